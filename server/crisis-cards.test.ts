/** Crisis cards as an organisation keeps them. */

import { expect, test } from "vitest";
import { listCrisisCards, saveCrisisCard } from "./crisis-cards";
import { CRISIS_NEEDS } from "./domain/crisis-cards";
import { dayOf } from "./domain/period";
import { testDatabase } from "./testing";
import { arrangeTeam } from "./testing-casework";

const db = await testDatabase();
const today = dayOf(new Date());
const card = (words: string) => ({
  ...{ need: "MEN-03", title: "Thoughts of suicide", words },
  phones: [{ label: "Our duty line", number: "01632 960 001" }],
});

test("there is a card for every crisis need from the first day, not checked by anybody", async () => {
  const { ctx } = await arrangeTeam(db, "New Charity");
  const cards = await listCrisisCards(ctx);
  expect(cards.map(({ need }) => need)).toEqual(CRISIS_NEEDS);
  expect(cards.every(({ reviewedOn }) => reviewedOn === null)).toBe(true);
});

test("a manager's wording is kept, counts as checked, and is that organisation's own", async () => {
  const [ours, theirs] = [await arrangeTeam(db, "Ours"), await arrangeTeam(db, "Theirs")];
  await saveCrisisCard(ours.ctx, card("First"));
  await saveCrisisCard(ours.ctx, card("Ask plainly.\nRing the duty line."));
  const own = (await listCrisisCards(ours.ctx)).find(({ need }) => need === "MEN-03");
  expect(own).toEqual({ ...card("Ask plainly.\nRing the duty line."), reviewedOn: today });
  const other = (await listCrisisCards(theirs.ctx)).find(({ need }) => need === "MEN-03");
  expect(other?.reviewedOn).toBeNull();
  expect(other?.phones.map(({ label }) => label)).not.toContain("Our duty line");
});
