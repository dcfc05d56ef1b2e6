import { beforeAll, describe, expect, test } from "vitest";
import {
  commentOnAgreement,
  exportTerms,
  listAgreements,
  listUsable,
  proposeAgreement,
  readAgreement,
  saveDraft,
  signAgreement,
  startNewVersion,
  termsHash,
  withdrawAgreement,
} from "./agreements";
import type { Actor, ActorCtx } from "./context";
import type { Cell, Terms } from "./domain/agreements/agreement";
import { compileTerms } from "./domain/agreements/compile";
import { Conflict, NotAllowed, NotFound } from "./domain/errors";
import { addDays, dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import { testDatabase } from "./testing";
import { arrangeSigned, officersOf, termsBetween } from "./testing-agreements";
import { arrangeMember, arrangeOrganisation, contextFor, steppedUp } from "./testing-people";

const db = await testDatabase();
const officerOf = officersOf(db);
const today = dayOf(new Date());
const CELL: Cell = { place: "person", detail: "coded", group: "caseworker", rests: "consent" };

let giver: number;
let receiver: number;
let stranger: number;
let worker: Actor;
const as = async (organisationId: number): Promise<ActorCtx> =>
  contextFor(db, await officerOf(organisationId));

beforeAll(async () => {
  giver = await arrangeOrganisation(db, "Giving");
  receiver = await arrangeOrganisation(db, "Receiving");
  stranger = await arrangeOrganisation(db, "Strange");
  worker = await arrangeMember(db, receiver, ["caseworker"]);
});

async function proposed(over: Partial<Terms> = {}) {
  const id = uuidv7();
  const terms = termsBetween(giver, receiver, [CELL], over);
  await saveDraft(await as(giver), { id, version: 1, terms });
  await proposeAgreement(await as(giver), { id, version: 1 });
  return { id, version: 1, terms, hash: termsHash(terms) };
}

const usable = async (id: string) =>
  (await listUsable(contextFor(db, worker))).filter((agreement) => agreement.id === id);

describe("an agreement", () => {
  test("goes from draft to proposal to signed by all, and lets nobody see anything before", async () => {
    const id = uuidv7();
    const terms = termsBetween(giver, receiver, [CELL]);
    await saveDraft(await as(giver), { id, version: 1, terms });
    const standing = async () => (await readAgreement(await as(receiver), { id })).standing;
    expect(await standing()).toBe("draft");
    await proposeAgreement(await as(giver), { id, version: 1 });
    expect(await standing()).toBe("waiting-for-signatures");
    const signed = { id, version: 1, hash: termsHash(terms) };
    expect(await signAgreement(await as(giver), signed)).toEqual({ complete: false });
    expect(await usable(id)).toEqual([]);
    expect(await signAgreement(await as(receiver), signed)).toEqual({ complete: true });
    expect(await standing()).toBe("in-force");
    expect(await usable(id)).toMatchObject([{ cells: [{ place: "person", detail: "coded" }] }]);
  });

  test("has in the database the hash that an officer reads, whatever stands in it", async () => {
    const { id, hash } = await proposed({
      title: 'A "title" \\ with é 🙂',
      reason: "Lines\nand\ttabs\u001f \u007f \u2028 here.",
    });
    expect((await readAgreement(await as(receiver), { id })).hash).toBe(hash);
    expect((await exportTerms(await as(receiver), { id })).sha256).toBe(hash);
  });

  test("is signed only for the terms that were read, by an officer, of a party", async () => {
    const { id, version, hash } = await proposed();
    const other = "0".repeat(64);
    await expect(signAgreement(await as(receiver), { id, version, hash: other })).rejects.toThrow(Conflict);
    await expect(signAgreement(await as(stranger), { id, version, hash })).rejects.toThrow(NotFound);
    const manager = contextFor(db, await steppedUp(db, await arrangeMember(db, receiver, ["manager"])));
    await expect(signAgreement(manager, { id, version, hash })).rejects.toThrow(NotAllowed);
    const open: ActorCtx = { ...manager, decide: () => ({ allow: true }) };
    await expect(signAgreement(open, { id, version, hash })).rejects.toThrow(NotFound);
    expect(
      (await readAgreement(await as(giver), { id })).parties.every(({ signedAt }) => signedAt === null),
    ).toBe(true);
  });

  test("does not change once proposed; comments stay with it, and another version takes its place", async () => {
    const { id, version, terms } = await proposed();
    await expect(saveDraft(await as(giver), { id, version, terms })).rejects.toThrow(Conflict);
    await commentOnAgreement(await as(receiver), {
      id,
      version,
      commentId: uuidv7(),
      words: "A year is too long.",
    });
    await withdrawAgreement(await as(giver), { id, version });
    expect(await startNewVersion(await as(giver), id)).toEqual({ version: 2 });
    const read = await readAgreement(await as(receiver), { id });
    expect(read).toMatchObject({
      version: 2,
      standing: "draft",
      comments: [{ words: "A year is too long." }],
    });
    expect(read.versions.map(({ standing }) => standing)).toEqual(["draft", "withdrawn"]);
  });

  test("is not written over while somebody else has changed it", async () => {
    const { id, terms } = await proposed();
    const officer = await as(giver);
    await withdrawAgreement(officer, { id, version: 1 });
    await startNewVersion(officer, id);
    const theirs = { ...terms, title: "Theirs" };
    const mine = { ...terms, title: "Mine" };
    await saveDraft(officer, { id, version: 2, terms: theirs, over: [terms] });
    const save = (over?: Terms[]) =>
      saveDraft(officer, { id, version: 2, terms: mine, ...(over && { over }) });
    await expect(save()).rejects.toThrow("Somebody else changed this draft");
    await expect(save([terms])).rejects.toThrow("Somebody else changed this draft");
    expect((await readAgreement(officer, { id })).terms.title).toBe("Theirs");
    // What was sent last, and whose answer was lost, is one's own.
    await save([terms, theirs]);
    await save([terms]);
    expect((await readAgreement(officer, { id })).terms.title).toBe("Mine");
  });

  test("is drafted by officers and managers of the maker alone", async () => {
    const { id, terms } = await proposed();
    await withdrawAgreement(await as(giver), { id, version: 1 });
    await expect(startNewVersion(await as(receiver), id)).rejects.toThrow(NotFound);
    await expect(saveDraft(await as(stranger), { id: uuidv7(), version: 1, terms })).rejects.toThrow(
      "can have these terms",
    );
    const open: ActorCtx = { ...contextFor(db, worker), decide: () => ({ allow: true }) };
    await expect(saveDraft(open, { id: uuidv7(), version: 1, terms })).rejects.toThrow(NotFound);
  });

  test("is replaced at once by the next version that all have signed, and not before", async () => {
    const { id, version, terms, hash } = await proposed();
    for (const party of [giver, receiver]) await signAgreement(await as(party), { id, version, hash });
    await startNewVersion(await as(giver), id);
    const less = { ...terms, cells: [{ ...CELL, detail: "rag" as const }] };
    await saveDraft(await as(giver), { id, version: 2, terms: less, over: [terms] });
    await proposeAgreement(await as(giver), { id, version: 2 });
    await signAgreement(await as(giver), { id, version: 2, hash: termsHash(less) });
    expect(await usable(id)).toMatchObject([{ version: 1, cells: [{ detail: "coded" }] }]);
    await signAgreement(await as(receiver), { id, version: 2, hash: termsHash(less) });
    expect(await usable(id)).toMatchObject([{ version: 2, cells: [{ detail: "rag" }] }]);
    expect((await readAgreement(await as(giver), { id, version: 1 })).standing).toBe("superseded");
  });

  test("holds until the day before a next version that starts later", async () => {
    const { id, version, terms, hash } = await proposed();
    for (const party of [giver, receiver]) await signAgreement(await as(party), { id, version, hash });
    const later = { ...terms, startsOn: addDays(today, 7) };
    await arrangeSigned(db, officerOf, later, { id, version: 2 });
    expect(await usable(id)).toMatchObject([{ version: 1, endsOn: addDays(today, 6) }]);
  });

  test("can be ended while it runs until the next version starts, and ends with that version", async () => {
    const versions = async (noticeDays: number) => {
      const terms = termsBetween(giver, receiver, [CELL], { noticeDays });
      const first = await arrangeSigned(db, officerOf, terms);
      const later = { ...terms, startsOn: addDays(today, 100) };
      await arrangeSigned(db, officerOf, later, { id: first.id, version: 2 });
      return { first, second: { id: first.id, version: 2 } };
    };
    const may = async (version: { id: string; version: number }) =>
      (await readAgreement(await as(receiver), version)).may.withdraw;

    const alone = await versions(0);
    expect(
      (await listAgreements(await as(receiver))).filter(({ id }) => id === alone.first.id),
    ).toMatchObject([
      { version: 2, standing: "not-started" },
      { version: 1, standing: "in-force" },
    ]);
    expect(await may(alone.first)).toBe(true);
    await withdrawAgreement(await as(receiver), alone.first);
    expect(await usable(alone.first.id)).toEqual([]);
    expect(await may(alone.first)).toBe(false);
    await expect(withdrawAgreement(await as(receiver), alone.first)).rejects.toThrow(Conflict);
    expect((await readAgreement(await as(giver), alone.second)).standing).toBe("not-started");

    const both = await versions(0);
    await withdrawAgreement(await as(giver), both.second);
    expect(await usable(both.first.id)).toEqual([]);

    const slow = await versions(30);
    await withdrawAgreement(await as(giver), slow.second);
    expect(await usable(slow.first.id)).toMatchObject([{ version: 1, endsOn: addDays(today, 29) }]);
    expect((await readAgreement(await as(giver), slow.first)).standing).toBe("notice-given");
  });

  test("opens nothing once anything of it was altered behind the signatures", async () => {
    const sql = db.administrator;
    const outside = await arrangeOrganisation(db, "Slipped in");
    const isOpen = (id: string) =>
      db.app.begin(async (tx) => {
        await tx`select set_config('app.organisation_id', ${String(receiver)}, true),
                        set_config('app.member_id', ${worker.memberId}, true)`;
        const rows = await tx`
          select 1 from governance.area_look('ward', 'direct-support') where agreement_id = ${id}`;
        return rows.length > 0;
      });
    const cell: Cell = { place: "ward", detail: "rag", group: "caseworker", rests: "basis" };
    const alterations = [
      (id: string) => sql`update governance.agreement_cell set detail = 'full' where agreement_id = ${id}`,
      (id: string) =>
        sql`insert into governance.agreement_cell values (${id}, 1, 'person', 'full', 'caseworker', 'basis')`,
      (id: string) => sql`update governance.agreement set ends_on = ends_on + 1 where id = ${id}`,
      (id: string) => sql`update governance.agreement set starts_on = starts_on - 1 where id = ${id}`,
      (id: string) =>
        sql`update governance.agreement set purposes = purposes || '{early-help}' where id = ${id}`,
      (id: string) => sql`
        update governance.agreement set need_numbers = need_numbers || governance.needs_covered('{SUB-01}')
        where id = ${id}`,
      (id: string) =>
        sql`update governance.agreement set terms = terms || '{"reason": "Another one."}' where id = ${id}`,
      (id: string) => sql`
        update governance.agreement_party set gives = true where agreement_id = ${id} and receives`,
      (id: string) => sql`
        insert into governance.agreement_party (agreement_id, version, organisation_id, gives, receives, signed_hash)
        select id, 1, ${outside}, true, true, terms_hash from governance.agreement where id = ${id}`,
      (id: string) => sql`
        update governance.agreement_party set signed_hash = null where agreement_id = ${id} and gives`,
    ];
    for (const alter of alterations) {
      const { id } = await arrangeSigned(
        db,
        officerOf,
        termsBetween(giver, receiver, [cell], { needs: ["HOU", "MON"], noticeDays: 0 }),
      );
      expect(await isOpen(id)).toBe(true);
      expect((await alter(id)).count).toBeGreaterThan(0);
      expect(await isOpen(id)).toBe(false);
      await withdrawAgreement(await as(giver), { id, version: 1 });
    }
  });

  test("ends with the days of notice, or at once where there are none", async () => {
    const slow = await arrangeSigned(db, officerOf, termsBetween(giver, receiver, [CELL]));
    expect(await withdrawAgreement(await as(receiver), slow)).toEqual({ lastDay: addDays(today, 29) });
    expect((await readAgreement(await as(giver), slow)).standing).toBe("notice-given");
    expect(await usable(slow.id)).toHaveLength(1);
    const quick = await arrangeSigned(
      db,
      officerOf,
      termsBetween(giver, receiver, [CELL], { noticeDays: 0 }),
    );
    await withdrawAgreement(await as(giver), quick);
    expect(await usable(quick.id)).toEqual([]);
    await expect(withdrawAgreement(await as(giver), quick)).rejects.toThrow(Conflict);
  });

  test("is there for its parties alone", async () => {
    const { id } = await proposed();
    expect((await listAgreements(await as(receiver))).some((line) => line.id === id && line.waitsForUs)).toBe(
      true,
    );
    expect(await listAgreements(await as(stranger))).toEqual([]);
    await expect(readAgreement(await as(stranger), { id })).rejects.toThrow(NotFound);
  });

  test("is compiled by the database to exactly the rows that the pure rules say", async () => {
    const over = { needs: ["HOU", "MEN", "PHY", "PHY-08", "JUS"] };
    const cells: Cell[] = [CELL, { ...CELL, place: "sector", group: "commissioner" }, CELL];
    const terms = termsBetween(giver, receiver, cells, over);
    const { id } = await arrangeSigned(db, officerOf, terms);
    const compiled = compileTerms(terms);
    const [row] = await db.administrator<{ needNumbers: number[] }[]>`
      select need_numbers from governance.agreement where id = ${id}`;
    expect(row?.needNumbers).toEqual(compiled.needNumbers);
    const rows = await db.administrator`
      select place, detail, member_group as "group", rests from governance.agreement_cell where agreement_id = ${id}`;
    const inOrder = (list: readonly object[]) => list.map((cell) => JSON.stringify(cell)).sort();
    expect(inOrder([...rows].map((cell) => ({ ...cell })))).toEqual(inOrder(compiled.cells));
    for (const paths of [["*"], ["SUB"], ["*", "SUB-01"], ["FAM", "FAM-05"]]) {
      const [found] = await db.administrator<{ numbers: number[] }[]>`
        select governance.needs_covered(${paths}) as numbers`;
      expect(found?.numbers).toEqual(compileTerms({ ...terms, needs: paths }).needNumbers);
    }
  });
});
