import { expect, test } from "vitest";
import { logContacts } from "./contacts";
import { NotFound } from "./domain/errors";
import { answerEarlyHelp, earlyHelpPrompt, earlyHelpSetting, setEarlyHelp } from "./early-help";
import { uuidv7 } from "./ids";
import { testDatabase } from "./testing";
import { aContact, anEntry, arrangeTeam } from "./testing-casework";

const db = await testDatabase();
const team = await arrangeTeam(db, "Advice First");
const other = await arrangeTeam(db, "Elsewhere");

async function somebody(needs: readonly string[]): Promise<string> {
  const contact = aContact(team, { entries: needs.map((need) => anEntry({ need })) });
  const [answer] = await logContacts(team.ctx, [contact]);
  expect(answer?.outcome).toBe("stored");
  return contact.clientId;
}

test("nobody is asked until a manager wants it, and then the rule says what met it", async () => {
  const clientId = await somebody(["HOU-04", "FAM-01", "MON-01"]);
  expect(await earlyHelpSetting(team.ctx)).toEqual({ isOn: false });
  expect(await earlyHelpPrompt(team.ctx, { clientId })).toBeNull();
  await setEarlyHelp(team.ctx, { isOn: true });
  const prompt = await earlyHelpPrompt(team.ctx, { clientId });
  expect(prompt).toMatchObject({ answered: null });
  expect(prompt?.outcomes.length).toBeGreaterThanOrEqual(3);
  expect(await earlyHelpPrompt(team.ctx, { clientId })).toEqual(prompt);
  expect(await earlyHelpPrompt(team.ctx, { clientId: await somebody(["HOU-04"]) })).toBeNull();
  await expect(earlyHelpPrompt(other.ctx, { clientId })).rejects.toBeInstanceOf(NotFound);
});

test("the worker decides, and switching it off leaves nothing but that it was switched off", async () => {
  await setEarlyHelp(team.ctx, { isOn: true });
  const clientId = await somebody(["HOU-04", "FAM-01", "MON-01"]);
  const said = { id: uuidv7(), clientId, answer: "not-now", because: "they-said-no" } as const;
  await answerEarlyHelp(team.ctx, said);
  await answerEarlyHelp(team.ctx, said);
  expect(await earlyHelpPrompt(team.ctx, { clientId })).toMatchObject({
    answered: { answer: "not-now", memberName: "Robin Test" },
  });
  await setEarlyHelp(team.ctx, { isOn: false });
  expect(await earlyHelpPrompt(team.ctx, { clientId })).toBeNull();
  await expect(answerEarlyHelp(team.ctx, { ...said, id: uuidv7() })).rejects.toBeInstanceOf(NotFound);
  expect(await db.administrator`select 1 from casework.early_help_answer`).toHaveLength(0);
  await setEarlyHelp(team.ctx, { isOn: true });
  expect(await earlyHelpPrompt(team.ctx, { clientId })).toMatchObject({ answered: null });
});
