/** Files of a copy of somebody's record: to nobody but an officer of the organisation who just showed who they are. */
import { encode } from "next-auth/jwt";
import { expect, test } from "vitest";
import type { Actor } from "../../server/context";
import { uuidv7 } from "../../server/ids";
import { sessionSecret } from "../../server/request";
import { testDatabase } from "../../server/testing";
import { arrangeMember, arrangeOrganisation, arrangeSession, steppedUp } from "../../server/testing-people";
import { GET } from "./rights/[id]/[file]/route";

const db = await testDatabase();
globalThis.commonNeedPools = { app: db.app, reader: db.reader };
const organisationId = await arrangeOrganisation(db, "Ours");

const ask = async (actor: Actor | null, file = "copy.html", id = uuidv7()) => {
  const token = { sid: actor?.sessionId };
  const cookie = actor ? `common-need.session=${await encode({ token, secret: sessionSecret() })}` : "";
  const request = new Request(`http://common-need.test/api/rights/${id}/${file}`, { headers: { cookie } });
  return (await GET(request, { params: Promise.resolve({ id, file }) })).status;
};

test("A copy is for officers alone, who showed again who they are", async () => {
  expect(await ask(null)).toBe(403);
  expect(await ask(await steppedUp(db, await arrangeMember(db, organisationId, ["manager"])))).toBe(403);
  const officer = await arrangeMember(db, organisationId, ["officer"]);
  const sessionId = await arrangeSession(db, officer.accountId);
  expect(await ask({ ...officer, sessionId })).toBe(403);
  // There is no copy under this id.
  expect(await ask(await steppedUp(db, officer))).toBe(404);
  expect(await ask(await steppedUp(db, officer), "other.html")).toBe(404);
  expect(await ask(await steppedUp(db, officer), "copy.html", "nonsense")).toBe(404);
});
