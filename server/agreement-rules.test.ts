/**
 * The rules of sharing stand twice: as pure functions, and in the database, which alone enforces them. Here random
 * agreements, members and clients are decided by both, and must come out the same.
 */

import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import {
  AGREEMENT_STATES,
  type AgreementState,
  letsSee,
  PURPOSES,
  type Purpose,
  RESTS,
  standingOf,
} from "./domain/agreements/agreement";
import { areaColours, authoritiesInPatch, coveredNodes } from "./domain/agreements/areas";
import { needNumbersOf } from "./domain/agreements/compile";
import { compare, detailOf, type Said } from "./domain/agreements/effective";
import { DETAILS, GROUPS, type Group, PLACES } from "./domain/agreements/grid";
import { canonicalJson } from "./domain/canonical-json";
import { findNeed, getNeedByNumber, NEEDS, type Need } from "./domain/needs";
import { addDays, addMonths, type Day, dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import { sha256Of } from "./sha256";
import { testDatabase } from "./testing";
import { anEntry } from "./testing-casework";
import { addPerson } from "./testing-linking";
import { arrangeMember } from "./testing-people";
import { arrangeShared, logMore, makeOne, type Shared, say } from "./testing-sharing";

const db = await testDatabase();
const sql = db.administrator;
const today = dayOf(new Date());

const CODES = ["HOU-04", "MEN-01", "PHY-01", "PHY-08"];
const BROUGHT: readonly Need[] = CODES.flatMap((code) => findNeed(code) ?? []);
const SAID: readonly (Said & { onDouble?: true })[] = [
  { consent: "not-asked", objected: false },
  { consent: "given", objected: false },
  { consent: "declined", objected: false },
  { consent: "withdrawn", objected: false },
  { consent: "lapsed", objected: false },
  { consent: "given", objected: true },
  // Said on another record that the giver has of the same person.
  { consent: "declined", objected: false, onDouble: true },
  { consent: "not-asked", objected: true, onDouble: true },
];

let shared: Shared;
let memberId: string;
/** The asker's own clients, in the order of SAID. */
const owns: string[] = [];

beforeAll(async () => {
  shared = await arrangeShared(db, "Rules");
  const { giver, asker } = shared;
  memberId = (await arrangeMember(db, asker.organisationId, ["caseworker"])).memberId;
  for (const { consent, objected, onDouble } of SAID) {
    const [given, own] = [await addPerson(giver), await addPerson(asker)];
    await makeOne(db, own, given);
    await logMore(giver, given.clientId, {
      entries: CODES.map((need) => anEntry({ issueId: uuidv7(), need })),
    });
    const answered = onDouble ? await addPerson(giver) : given;
    if (onDouble) await makeOne(db, own, answered);
    const answer = consent === "lapsed" ? "given" : consent;
    if (answer === "withdrawn") await say(giver.ctx, given.clientId, "given");
    if (answer !== "not-asked") await say(giver.ctx, answered.clientId, answer);
    if (consent === "lapsed") {
      await sql`
        update casework.consent set answered_on = ${addMonths(today, -8)}, expires_on = ${addMonths(today, -2)}
        where client_id = ${given.clientId}`;
    }
    if (objected) {
      await sql`
        insert into governance.objection (organisation_id, id, client_id, against, made_through, state)
        values (${giver.organisationId}, ${uuidv7()}, ${answered.clientId}, 'sharing', 'member', 'stands')`;
    }
    owns.push(own.clientId);
  }
});

const cell = fc.record({
  // Cells of other places lie beside those of a person.
  place: fc.oneof({ weight: 14, arbitrary: fc.constant("person" as const) }, fc.constantFrom(...PLACES)),
  detail: fc.constantFrom(...DETAILS),
  group: fc.constantFrom(...GROUPS),
  rests: fc.constantFrom(...RESTS),
});
const mostly = fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false));
const purposeAsked = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<Purpose>("direct-support", "safeguarding") },
  fc.constantFrom(...PURPOSES),
);
const agreement = fc.record({
  state: fc.oneof(
    { weight: 6, arbitrary: fc.constant<AgreementState>("signed") },
    fc.constantFrom(...AGREEMENT_STATES),
  ),
  starts: fc.integer({ min: -5, max: 1 }),
  lasts: fc.integer({ min: 0, max: 10 }),
  lastDay: fc.option(fc.integer({ min: -2, max: 2 })),
  purposes: fc.uniqueArray(purposeAsked, { minLength: 1, maxLength: 3 }),
  needs: fc.uniqueArray(fc.constantFrom("*", "HOU", "MEN", "PHY", "PHY-08", "HOU-04"), { minLength: 1 }),
  cells: fc.uniqueArray(cell, {
    minLength: 1,
    maxLength: 8,
    selector: (one) => `${one.place}/${one.detail}/${one.group}/${one.rests}`,
  }),
  gives: mostly,
  receives: mostly,
  /** Who of the two has not signed. */
  unsigned: fc.oneof({ weight: 8, arbitrary: fc.constant(null) }, fc.constantFrom("giver", "asker")),
  otherHash: fc.boolean(),
});
type Made = Parameters<
  Parameters<typeof fc.property<[typeof agreement extends fc.Arbitrary<infer T> ? T : never]>>[1]
>[0];

const daysOf = ({ starts, lasts, lastDay }: Made): { startsOn: Day; endsOn: Day; lastDay: Day | null } => ({
  startsOn: addDays(today, starts),
  endsOn: addDays(today, starts + lasts),
  lastDay: lastDay === null ? null : addDays(today, lastDay),
});

/** Puts agreements in place of those that were there, as no function of the product would let anybody. */
async function put(agreements: readonly Made[]): Promise<void> {
  const { giver, asker } = shared;
  await sql`truncate governance.agreement cascade`;
  for (const made of agreements) {
    const id = uuidv7();
    const { startsOn, endsOn, lastDay } = daysOf(made);
    const parties = [
      { organisationId: giver.organisationId, gives: made.gives, receives: false },
      { organisationId: asker.organisationId, gives: false, receives: made.receives },
    ];
    const { needs, cells, purposes } = made;
    const terms = { needs, cells, purposes, parties, startsOn, endsOn, noticeDays: 0 };
    const hash = Buffer.from(sha256Of(canonicalJson(terms)), "hex");
    await sql`
      insert into governance.agreement
        (id, version, organisation_id, state, terms, terms_hash, starts_on, review_on, ends_on, notice_days, purposes,
         need_numbers, made_by, last_day)
      values (${id}, 1, ${giver.organisationId}, ${made.state}, ${sql.json(terms)}, ${hash},
              ${startsOn}, ${startsOn}, ${endsOn}, 0, ${made.purposes}, ${needNumbersOf(made.needs)}, ${memberId},
              ${lastDay})`;
    for (const { organisationId, gives, receives } of parties) {
      const who = organisationId === giver.organisationId ? "giver" : "asker";
      const signed = made.unsigned === who ? (made.otherHash ? Buffer.alloc(32, 2) : null) : hash;
      await sql`
        insert into governance.agreement_party (agreement_id, version, organisation_id, gives, receives, signed_hash)
        values (${id}, 1, ${organisationId}, ${gives}, ${receives}, ${signed})`;
    }
    for (const { place, detail, group, rests } of made.cells) {
      await sql`insert into governance.agreement_cell values (${id}, 1, ${place}, ${detail}, ${group}, ${rests})`;
    }
  }
}

const isInForce = (made: Made): boolean =>
  made.gives &&
  made.receives &&
  made.unsigned === null &&
  letsSee(standingOf({ ...made, ...daysOf(made) }, today));

/** What the pure rules open: by need its detail and what it rests on. */
function byRules(
  agreements: readonly Made[],
  groups: readonly Group[],
  purpose: Purpose,
  said: Said,
): string[] {
  const inForce = agreements.filter(isInForce);
  return BROUGHT.flatMap((need) => {
    const [best] = inForce
      .flatMap((made) => detailOf(made, need, { groups, place: "person", purpose, said }) ?? [])
      .sort((a, b) => compare(b, a));
    return best ? [`${need.code} ${best.detail} ${best.rests}`] : [];
  }).sort();
}

async function byDatabase(groups: readonly Group[], purpose: Purpose, own: string): Promise<string[]> {
  const rows = await sql.begin(async (tx) => {
    await tx`update casework.member set roles = ${[...groups]} where id = ${memberId}`;
    await tx`
      select set_config('app.organisation_id', ${String(shared.asker.organisationId)}, true),
             set_config('app.member_id', ${memberId}, true)`;
    return tx<{ needNumber: number; rank: number; rests: string }[]>`
      select need_number, rank, rests from governance.open_needs(${own}, ${purpose})`;
  });
  // Two records of one person open alike.
  return [
    ...new Set(
      rows.map(
        ({ needNumber, rank, rests }) => `${getNeedByNumber(needNumber).code} ${DETAILS[rank - 1]} ${rests}`,
      ),
    ),
  ].sort();
}

test("what may be seen of a person is the same by the rules and by the database", async () => {
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(agreement, { minLength: 1, maxLength: 4 }),
      fc.uniqueArray(fc.constantFrom(...GROUPS), { minLength: 1, maxLength: 3 }),
      purposeAsked,
      async (agreements, groups, purpose) => {
        await put(agreements);
        for (const [at, said] of SAID.entries()) {
          const expected = byRules(agreements, groups, purpose, said);
          seen += expected.length;
          expect(await byDatabase(groups, purpose, owns[at] ?? "")).toEqual(expected);
        }
      },
    ),
    { numRuns: 120 },
  );
  // A walk in which nobody ever sees anything proves nothing.
  expect(seen).toBeGreaterThan(50);
});

test("what areas show covers the same figures by the rules and by the database", async () => {
  const codes = [
    "*",
    ...new Set(NEEDS.map(({ code }) => code.slice(0, 3))),
    ...NEEDS.map(({ code }) => code),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.constantFrom(...codes), { minLength: 1, maxLength: 6 }),
      async (paths) => {
        const rows = await sql<{ measure: string }[]>`select measure from governance.area_nodes(${paths})`;
        expect(rows.map(({ measure }) => measure.replace("need|brought|", "")).sort()).toEqual(
          coveredNodes(paths)
            .map(({ path }) => path)
            .sort(),
        );
      },
    ),
    { numRuns: 60 },
  );
});

test("colours are thirds by rate, and equal rates have one colour", () => {
  expect(areaColours([30, 20, 10])).toEqual(["red", "amber", "green"]);
  expect(areaColours([null, 10, 10, 10])).toEqual([null, "red", "red", "red"]);
  expect(areaColours([6, 5, 4, 3, 2, 1])).toEqual(["red", "red", "amber", "amber", "green", "green"]);
  expect(areaColours([])).toEqual([]);
});

test("whoever has a patch of whole authorities chooses among these, everybody else among all", () => {
  const [one, two] = [{ area: 1 }, { area: 2 }];
  expect(authoritiesInPatch([one, two], new Set([2, 7]))).toEqual([two]);
  expect(authoritiesInPatch([one, two], new Set([7]))).toEqual([one, two]);
  expect(authoritiesInPatch([one, two], new Set())).toEqual([one, two]);
});
