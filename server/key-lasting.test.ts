/**
 * What a new secret must leave as it was: figures and who is who to the statistics, the anchors of the audit, ids and
 * fingerprints of what was sent, the work that phones keep, and who is signed in. Also once the old secret is gone.
 */

import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anchorHead } from "./audit-anchors";
import { sealEntries, verifyChain } from "./audit-chain";
import { logContacts } from "./contacts";
import { deviceKey } from "./devices";
import { derivedIds } from "./identity-vault";
import { uuidv7 } from "./ids";
import { withNewSecret, withoutSecret } from "./key-ring";
import { rotateRows } from "./key-rotation";
import { holdKeys, type KeyRing, key } from "./keys";
import { openCookie, sessionSecret } from "./request";
import { statisticsTick } from "./statistics";
import { keyedHash } from "./statistics/keyed-hash";
import { recountAll } from "./statistics/recount";
import { testDatabase } from "./testing";
import { aContact, arrangeTeam } from "./testing-casework";

const db = await testDatabase();
const dataDir = mkdtempSync(join(tmpdir(), "lasting-"));
afterAll(() => rm(dataDir, { recursive: true }));

const old: KeyRing = { current: "1", secrets: { "1": Buffer.alloc(32, 7) } };
const both = withNewSecret(old);
const alone = withoutSecret(both, "1", true);
/** The ring before, while both secrets are there, and when the old one is gone. */
const RINGS = [
  ["with both secrets", both],
  ["when the old secret is gone", alone],
  ["after one more", withNewSecret(alone)],
] as const;

const team = await arrangeTeam(db, "Lasting");
const contacts = Array.from({ length: 12 }, () => aContact(team));
const device = { accountId: uuidv7(), deviceId: uuidv7() };
const asCounted = () =>
  db.administrator`
    select (select jsonb_agg(p order by p) from statistics.presence as p) as presence,
           (select jsonb_agg(c order by c) from statistics.cell as c) as cells,
           (select jsonb_agg(f order by f) from published.figure as f) as figures`;

let before: { counted: unknown; ids: string[]; deviceKey: Buffer; cookie: string };

beforeAll(async () => {
  holdKeys(old);
  const answers = await logContacts(team.ctx, contacts);
  expect(answers.map(({ outcome }) => outcome)).not.toContain("refused");
  await statisticsTick(db.stats, key("disclosure"));
  expect(await db.administrator`select from statistics.presence`).toHaveLength(contacts.length);
  await sealEntries(db.stats);
  await anchorHead(db.stats, [dataDir]);
  const ids = derivedIds(team.organisationId, "a row", 0);
  before = {
    counted: await asCounted(),
    ids: [0, 1, 31].map(ids),
    deviceKey: deviceKey(device.accountId, device.deviceId, "1"),
    cookie: await encode({ token: { sid: uuidv7() }, secret: sessionSecret() }),
  };
});

describe.each(RINGS)("%s", (_when, ring) => {
  beforeAll(async () => {
    holdKeys(ring);
    await rotateRows(db.stats);
  });

  test("every figure and everybody's pseudonym in the statistics is the same, and a recount differs by nothing", async () => {
    expect(await asCounted()).toEqual(before.counted);
    expect(await recountAll(db.stats, keyedHash(key("disclosure")))).toMatchObject({ presence: 0, cells: 0 });
    expect(await asCounted()).toEqual(before.counted);
  });

  test("the audit is whole, and its anchors were written here", async () => {
    await sealEntries(db.stats);
    expect(await verifyChain(db.stats, { places: [dataDir] })).toMatchObject({
      ok: true,
      firstBad: null,
      anchors: 3,
    });
  });

  test("what was sent before and is sent again is known, and something else under its id is not taken", async () => {
    const [contact] = contacts;
    if (!contact) throw new Error("no contact");
    expect(await logContacts(team.ctx, [contact])).toMatchObject([{ outcome: "already-stored" }]);
    const other = { ...contact, channel: "letter" as const };
    expect(await logContacts(team.ctx, [other])).toMatchObject([{ outcome: "conflict" }]);
  });

  test("a row of an import has the ids that it had, so a file loaded before adds nothing", () => {
    expect([0, 1, 31].map(derivedIds(team.organisationId, "a row", 0))).toEqual(before.ids);
  });

  test("a phone is given the key that it began with", () => {
    expect(deviceKey(device.accountId, device.deviceId, "1")).toEqual(before.deviceKey);
  });
});

test("nobody is signed out by a new secret; a cookie ends with the secret that closed it, or with its twelve hours", async () => {
  holdKeys(both);
  expect(await openCookie(before.cookie)).toMatchObject({ sid: expect.any(String) });
  holdKeys(alone);
  expect(await openCookie(before.cookie)).toBeNull();
});
