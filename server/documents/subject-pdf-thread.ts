/** The thread that makes one PDF of a pack, and ends. */

import { parentPort, workerData } from "node:worker_threads";
import type { Pack } from "../domain/rights/pack";
import { subjectPdf } from "./subject-pdf";

const pack: Pack = workerData;
parentPort?.postMessage(await subjectPdf(pack));
