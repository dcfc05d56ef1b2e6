/** Whose pairs nobody can decide, as the quality page says it. */

import { expect, test } from "vitest";
import { getLinkQuality } from "./link-quality";
import { testDatabase } from "./testing";
import { arrangeTeam } from "./testing-casework";
import { arrangeMember, contextFor } from "./testing-people";

const db = await testDatabase();
const [advice, council] = [await arrangeTeam(db, "Advice"), await arrangeTeam(db, "Council")];
const partnership = await arrangeTeam(db, "Partnership");
const officer = contextFor(db, await arrangeMember(db, partnership.organisationId, ["officer"]));

const outOfReach = async () => (await getLinkQuality(officer)).outOfReach;
/** A steward who does casework for a team as well. */
async function arrangeSteward(team: { organisationId: number } | null) {
  const steward = await arrangeMember(db, partnership.organisationId, ["steward"]);
  if (!team) return;
  const work = await arrangeMember(db, team.organisationId, ["caseworker"]);
  await db.administrator`
    update casework.member set account_id = ${steward.accountId} where id = ${work.memberId}`;
}

test("Pairs that every steward would know from work are told by their organisations, until there is another steward", async () => {
  expect((await outOfReach()).organisations, "there is no steward").toEqual([
    "Advice",
    "Council",
    "Partnership",
  ]);
  await arrangeSteward(advice);
  expect(await outOfReach()).toEqual({ organisations: ["Advice"], pairs: [] });
  await arrangeSteward(council);
  expect(await outOfReach()).toEqual({ organisations: [], pairs: [["Advice", "Council"]] });
  await arrangeSteward(null);
  expect(await outOfReach()).toEqual({ organisations: [], pairs: [] });
});
