import { expect, test } from "vitest";
import { logContacts } from "./contacts";
import type { NewContactInput } from "./domain/contact";
import { offersFor } from "./domain/need-pairs";
import { addDays, dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import { listNeedPairs, refreshNeedPairs } from "./need-pairs";
import { testDatabase } from "./testing";
import { aContact, anEntry, arrangeTeam, type Team } from "./testing-casework";

const db = await testDatabase();
const team = await arrangeTeam(db, "Advice First");
const other = await arrangeTeam(db, "Harbour Housing");
const today = dayOf(new Date());

/** Somebody of the team with these needs. */
const someone = (of: Team, needs: readonly string[], with_: Partial<NewContactInput> = {}) =>
  aContact(of, { entries: needs.map((need) => anEntry({ need })), ...with_ });

async function log(of: Team, contacts: readonly NewContactInput[]): Promise<void> {
  for (let at = 0; at < contacts.length; at += 50) {
    for (const answer of await logContacts(of.ctx, contacts.slice(at, at + 50))) {
      if (answer.outcome !== "stored") throw new Error(answer.reason);
    }
  }
}

const times = (count: number, make: (at: number) => NewContactInput) =>
  Array.from({ length: count }, (_, at) => make(at));

/** Counts again as the next night would. */
async function countAgain(): Promise<void> {
  await db.administrator`update casework.need_pair set computed_on = computed_on - 1`;
  await refreshNeedPairs(db.app);
}

const pairsOf = async (of: Team) =>
  (await listNeedPairs(of.ctx)).map(({ need, offer, people }) => `${need} ${offer} of ${people}`);

test("What comes together among an organisation's people is offered to its members, and to nobody else", async () => {
  await log(team, [
    // Of 20 people with arrears, 12 bring debt; hardly anybody else does.
    ...times(12, () => someone(team, ["HOU-04", "MON-01"])),
    ...times(8, () => someone(team, ["HOU-04"])),
    ...times(60, (at) => someone(team, [at % 2 === 0 ? "SOC-01" : "ACC-01"])),
    // Domestic abuse comes with a move as often, and is never offered.
    ...times(12, () => someone(team, ["HOU-08", "SAF-01"])),
  ]);
  await log(
    other,
    times(20, () => someone(other, ["BAS-01", "BEN-07"])),
  );
  await log(
    other,
    times(60, () => someone(other, ["SOC-01"])),
  );
  await refreshNeedPairs(db.app);

  expect(await pairsOf(team)).toEqual(["HOU-04 MON-01 of 20", "MON-01 HOU-04 of 12", "SAF-01 HOU-08 of 12"]);
  expect(await pairsOf(other)).toEqual(["BEN-07 BAS-01 of 20", "BAS-01 BEN-07 of 20"]);
  expect(offersFor(["HOU-04"], [], await listNeedPairs(team.ctx)).map(({ reason }) => reason)).toEqual([
    "6 in 10 people here with rent or mortgage arrears also bring priority debt",
  ]);
});

test("Row-level security alone hides one organisation's pairs from another", async () => {
  const seen = await db.app.begin(async (tx) => {
    await tx`select set_config('app.organisation_id', ${String(other.organisationId)}, true)`;
    return tx<{ organisationId: number }[]>`select distinct organisation_id from casework.need_pair`;
  });
  expect(seen).toEqual([{ organisationId: other.organisationId }]);
  expect(await db.app`select * from casework.need_pair`).toEqual([]);
});

test("Counted once a day, however often the worker comes round", async () => {
  const before = await pairsOf(other);
  await log(
    other,
    times(20, () => someone(other, ["EMP-01", "EMP-03"])),
  );
  await refreshNeedPairs(db.app);
  expect(await pairsOf(other)).toEqual(before);
  await countAgain();
  expect(await pairsOf(other)).toContain("EMP-01 EMP-03 of 20");
});

test("Voided, long resolved and unnamed contacts do not count; what is still open does, however old", async () => {
  const third = await arrangeTeam(db, "Third");
  const long = { occurredOn: addDays(today, -500), lateReason: "Typed in from paper" };
  const old = times(15, () => someone(third, ["MON-01", "MON-02"], long));
  await log(third, [
    ...old,
    ...times(60, () => someone(third, ["SOC-01"])),
    ...times(15, () => ({
      ...someone(third, ["BAS-01", "BAS-02"]),
      anonymous: true as const,
      newClient: undefined,
    })),
  ]);
  const voided = times(15, () => someone(third, ["EDU-05", "EDU-06"]));
  await log(third, voided);
  await db.administrator`
    update casework.contact set voided_at = now(), void_reason = 'Wrong person', voided_by = ${third.ctx.actor.memberId}
    where id = any (${voided.map(({ id }) => id)}::uuid[])`;
  await countAgain();
  expect(await pairsOf(third)).toEqual(["MON-01 MON-02 of 15", "MON-02 MON-01 of 15"]);

  // The debts are resolved a year and more ago: nobody has them now.
  await log(
    third,
    old.map(({ clientId, entries, serviceId }) => ({
      id: uuidv7(),
      clientId,
      serviceId,
      channel: "phone" as const,
      occurredOn: addDays(today, -400),
      lateReason: "Typed in from paper",
      entries: entries.map((entry) => ({ ...entry, status: "resolved" as const })),
    })),
  );
  await countAgain();
  expect(await pairsOf(third)).toEqual([]);
});
