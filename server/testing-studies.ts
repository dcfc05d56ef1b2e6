/** Studies for tests: a whole plan, a study in any state, a cohort's file, and sending it as a browser does. */

import { setTimeout as sleep } from "node:timers/promises";
import { sealFile } from "../app/_lab/sealing";
import type { ActorCtx } from "./context";
import { CASEWORK_DATA_SET_ID } from "./domain/lab/casework-set";
import { EMPTY_PLAN } from "./domain/lab/studies";
import type { StudyPlan } from "./domain/lab/study";
import { uuidv7 } from "./ids";
import { askUpload, getUpload, takePiece } from "./lab-uploads";
import { beginStudy } from "./studies";
import { approveStudy, askForStudy } from "./study-steps";
import type { TestDatabase } from "./testing";
import { makeKeys } from "./upload-keys";

/** A plan without a fault, in the records of the platform itself unless another data set is named. */
export const wholePlan = (over: Partial<StudyPlan> = {}): StudyPlan => ({
  ...EMPTY_PLAN,
  ...{
    intervention: "had a mentor",
    about: "A mentor for a year.",
    referralRoute: "By probation",
    place: "Wythershire",
  },
  ...{ supportType: "Mentoring", sector: "voluntary", startedFrom: "2024-01-01", startedTo: "2024-12-31" },
  ...{
    wholeCohort: true,
    inclusionRule: "Everybody who met their mentor once.",
    eligible: 100,
    lawfulBasis: "public-task",
  },
  ...{ controller: "Wear Mentors", purpose: "To know whether it helps.", dataSetId: CASEWORK_DATA_SET_ID },
  ...{ outcomes: ["again"], covariates: ["age", "sex"] },
  methods: [{ name: "radius", caliper: 0.2, exact: [], score: "logit" }],
  ...over,
});

/** A study whose plan is fixed: asked for by one member and seconded by another of the same organisation. */
export async function arrangeFixedStudy(asker: ActorCtx, second: ActorCtx, plan: StudyPlan): Promise<string> {
  const id = uuidv7();
  const { version } = await beginStudy(asker, { id, plan });
  await askForStudy(asker, id);
  await approveStudy(second, { id, version });
  return id;
}

/** Sends a file for a fixed study as a browser does, whole; gives the upload's id. The worker here makes its key. */
export function sendCohort(
  db: TestDatabase,
  ctx: ActorCtx,
  studyId: string,
  file: Uint8Array<ArrayBuffer>,
): Promise<string> {
  return sendSealed(ctx, studyId, file, () => makeKeys(db.stats));
}

/** The same where a worker runs in a process of its own, or `makeKey` does its part. */
export async function sendSealed(
  ctx: ActorCtx,
  studyId: string,
  file: Uint8Array<ArrayBuffer>,
  makeKey: () => Promise<unknown> = () => sleep(50),
): Promise<string> {
  const uploadId = uuidv7();
  await askUpload(ctx, { id: studyId, uploadId });
  let { publicKey } = await getUpload(ctx, uploadId);
  for (let tries = 0; publicKey === null && tries < 1_000; tries += 1) {
    await makeKey();
    ({ publicKey } = await getUpload(ctx, uploadId));
  }
  for await (const { bytes, ...piece } of sealFile(file, { uploadId, publicKey: publicKey ?? "" })) {
    await takePiece(ctx, { uploadId, ...piece, bytes: Buffer.from(bytes) });
  }
  return uploadId;
}

const GIVEN = [
  "Ada",
  "Bela",
  "Cyril",
  "Dora",
  "Ennis",
  "Fay",
  "Gus",
  "Hana",
  "Ivor",
  "Juno",
  "Kit",
  "Lorne",
  "Mabel",
];
const letters = (number: number) => [...String(number)].map((digit) => "abcdefghij"[Number(digit)]).join("");
const two = (number: number) => String(number).padStart(2, "0");

/** Somebody of a made data set: everybody's name and birthday are their own. */
export const madePerson = (at: number) => ({
  number: String(at).padStart(5, "0"),
  given: GIVEN[at % GIVEN.length] ?? "",
  family: `Marl${letters(at)}ow`,
  born: `19${50 + (at % 49)}-${two(1 + (at % 12))}-${two(1 + (at % 28))}`,
  sex: at % 2 ? "F" : "M",
  sentenced: `2024-${two(1 + (at % 12))}-${two(1 + (at % 28))}`,
  age: 18 + ((at * 7) % 50),
});

/** people.csv and events.csv of so many made people without their headers; every third was convicted again. */
export function madePeople(size: number, personOf = madePerson): { people: string[]; events: string[] } {
  const all = Array.from({ length: size }, (_, at) => personOf(at));
  return {
    people: all.map(({ number, given, family, born, sex, sentenced, age }, at) =>
      [number, given, family, born, sex, "", sentenced, age, at % 4 ? "theft" : "assault", "North"].join(","),
    ),
    events: all.flatMap(({ number }, at) => (at % 3 ? [] : [`${number},2025-02-0${1 + (at % 9)},proven`])),
  };
}

/** A cohort's file of some of them. */
export function cohortFile(people: readonly number[], more: readonly string[] = []): Uint8Array<ArrayBuffer> {
  const rows = people.map((at) => {
    const { given, family, born, sex, sentenced } = madePerson(at);
    return [given, family, born, sex, sentenced, sentenced].join(",");
  });
  const header = "first_name,last_name,date_of_birth,sex,conviction_date,intervention_start";
  return new TextEncoder().encode([header, ...rows, ...more].join("\r\n"));
}

/** What a plan asks of the made data set (`testing-outcomes.ts`). */
export const madePlan = (dataSetId: string): StudyPlan =>
  wholePlan({ dataSetId, outcomes: ["reoffended"], covariates: ["age", "offence"] });
