/**
 * What is sent for a study is gone afterwards: a cohort of people like nobody else goes through the worker as it runs, to
 * a result, to a refusal, to a fault, withdrawn at each stage, the worker killed at each stage (SIGKILL) and started again,
 * or told to stop; after each, every place is searched: data directory, log of changes, temporary files, logs, a dump.
 * The short form is `server/lab-canaries.test.ts`.
 */

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { UploadEnding } from "../server/domain/lab/studies";
import { RUN_STAGES, type RunStage } from "../server/domain/lab/study";
import { getStudy } from "../server/studies";
import { withdrawStudy } from "../server/study-steps";
import type { TestDatabase } from "../server/testing";
import {
  arrangeCanaryLab,
  type CanaryLab,
  CONTROL,
  canaryFile,
  canaryHeaderless,
  canaryRubbish,
  LabWorker,
  searchFor,
  serverPlaces,
  until,
  untilStudy,
} from "../server/testing-canaries";
import { sendSealed } from "../server/testing-studies";
import type { Bench, Run } from "./bench";
import { BENCH_RING, inEmptyWorld } from "./world";

export const labCanaries: Bench = {
  name: "lab-canaries",
  about: "what is sent for a study is found nowhere afterwards, however its run ended",
  run: async (run) => {
    // A cluster of its own, so that all of its log of changes is searched and nothing else.
    const beside = join(run.dataDir, "..");
    mkdirSync(beside, { recursive: true });
    const dataDir = mkdtempSync(join(beside, "lab-canaries-"));
    try {
      await inEmptyWorld({ ...run, dataDir }, (db) => prove(run, db));
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

/** Times that a stage is waited for: one that is over in milliseconds may be missed. */
const TRIES = 6;

async function prove(run: Run, db: TestDatabase): Promise<void> {
  const lab = await arrangeCanaryLab(db);
  const worker = new LabWorker(db, BENCH_RING);
  const proof = new Proof(run, db, lab, worker);
  worker.start();
  try {
    await proof.endedBy("success", "success", (id) => untilStudy(lab.manager, id, "ready"));
    const refused = (id: string) => untilStudy(lab.manager, id, "fixed");
    await proof.endedBy("refusal", "refused", refused, canaryRubbish());
    await proof.endedBy("refusal without a header", "refused", refused, canaryHeaderless());
    await proof.fault();
    for (const stage of RUN_STAGES) await proof.withdrawnAt(stage);
    for (const stage of RUN_STAGES) await proof.killedAt(stage);
    await proof.stopped();
    await worker.end("SIGTERM");
    await proof.control();
  } finally {
    await worker.leave();
  }
}

class Proof {
  constructor(
    private readonly run: Run,
    private readonly db: TestDatabase,
    private readonly lab: CanaryLab,
    private readonly worker: LabWorker,
  ) {}

  private async send(file = canaryFile()): Promise<string> {
    // The limits on runs and files are another matter.
    await this.db.administrator`update lab.study set ran_at = ran_at - interval '2 months'`;
    await this.db.administrator`delete from casework.throttle`;
    const id = await this.lab.fixed();
    await sendSealed(this.lab.manager, id, file);
    return id;
  }

  private study(id: string) {
    return getStudy(this.lab.manager, id);
  }

  async endedBy(
    what: string,
    ended: UploadEnding,
    over: (id: string) => Promise<void>,
    file = canaryFile(),
  ): Promise<void> {
    const id = await this.send(file);
    await over(id);
    await this.search(what, id, ended);
  }

  async fault(): Promise<void> {
    const { administrator } = this.db;
    await administrator`alter table lab.data_set_block rename to data_set_block_away`;
    const id = await this.send();
    await untilStudy(this.lab.manager, id, "fixed");
    await administrator`alter table lab.data_set_block_away rename to data_set_block`;
    await this.search("fault", id, "fault");
  }

  /** A study that was seen at a stage; null when every one of some had passed it before it was seen. */
  private async seenAt(stage: RunStage): Promise<string | null> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const id = await this.send();
      let seen = false;
      await until(async () => {
        const [row] = await this.db.administrator<{ state: string; stage: string | null }[]>`
          select state, stage from lab.study where id = ${id}`;
        seen = row?.stage === stage;
        return seen || row?.state !== "running";
      }, `a run is ${stage}`);
      if (seen) return id;
    }
    return null;
  }

  async withdrawnAt(stage: RunStage): Promise<void> {
    const id = await this.seenAt(stage);
    if (id === null) return this.run.say(`No run was seen ${stage} in time to be withdrawn`);
    await withdrawStudy(this.lab.manager, id);
    await untilStudy(this.lab.manager, id, "withdrawn");
    await this.search(`withdrawn while ${stage}`, id, "withdrawn", "success");
  }

  async killedAt(stage: RunStage): Promise<void> {
    const id = await this.seenAt(stage);
    if (id === null) return this.run.say(`No run was seen ${stage} in time to be killed`);
    await this.worker.end("SIGKILL");
    // What a dead worker leaves is searched before anybody tidies up, and again afterwards.
    await this.search(`killed while ${stage}, before the restart`, null);
    this.worker.start();
    await until(
      async () => (await this.study(id)).receipts.length === 1,
      "a new worker has destroyed it",
      50,
    );
    await this.search(`killed while ${stage}, after the restart`, id, "restart", "success");
  }

  async stopped(): Promise<void> {
    const id = await this.seenAt("looking-for");
    if (id === null) return this.run.say("No run was seen in time to be stopped");
    await this.worker.end("SIGTERM");
    await this.search("worker stopped", id, "restart");
    this.worker.start();
  }

  private async places() {
    const { data, log } = await serverPlaces(this.db.administrator);
    return { paths: [data, log, this.worker.places], texts: { "the log of the worker": this.worker.log } };
  }

  /** Searches every place, and looks at the receipt of the study that this was about. */
  private async search(what: string, id: string | null, ...endings: readonly UploadEnding[]): Promise<void> {
    const from = performance.now();
    const { hits, files, bytes, rows } = await searchFor(this.db.administrator, await this.places());
    for (const hit of hits.slice(0, 10)) this.run.say(`  ${hit}`);
    const receipts = id === null ? [] : (await this.study(id)).receipts;
    const [receipt] = receipts;
    const isReceipted = id === null || (receipts.length === 1 && receipt && endings.includes(receipt.ended));
    const [left] = await this.db.administrator<{ pieces: number }[]>`
      select count(*)::int as pieces from lab.upload_piece`;
    this.run.measured({
      ...{
        bench: "lab-canaries",
        case: what,
        rows,
        hits: hits.length,
        files,
        megabytes: Math.round(bytes / 2 ** 20),
      },
      ...(receipt && { receipt: receipt.ended }),
      pieces_left: left?.pieces ?? 0,
      product_ms: Math.round(performance.now() - from),
      ok: hits.length === 0 && Boolean(isReceipted) && (id === null || left?.pieces === 0),
    });
  }

  /** The search finds what there is: a word in the database, its log of changes and a dump. */
  async control(): Promise<void> {
    await this.db
      .administrator`update casework.organisation set name = ${CONTROL} where name = 'Canary Mentors'`;
    const { hits } = await searchFor(this.db.administrator, await this.places(), [CONTROL]);
    const ok = ["/base/", "/pg_wal/", "a dump of"].every((place) => hits.some((hit) => hit.includes(place)));
    this.run.measured({
      ...{ bench: "lab-canaries", case: "a word that is there is found", rows: 0, hits: hits.length, ok },
    });
  }
}
