/** Agreements for tests: terms that are right, and a version that was proposed and signed by everybody in it. */

import { proposeAgreement, saveDraft, signAgreement, termsHash } from "./agreements";
import type { Actor } from "./context";
import { type Cell, type Terms, termsSchema } from "./domain/agreements/agreement";
import { isSensitiveNeed, NEEDS } from "./domain/needs";
import { addDays, type Day, dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import type { TestDatabase } from "./testing";
import { arrangeMember, arrangeOrganisation, contextFor, steppedUp } from "./testing-people";

/** Terms by which the first organisation gives and the second may look, from today for a year. */
export function termsBetween(
  giver: number,
  receiver: number,
  cells: readonly Cell[],
  over: Partial<Terms> = {},
): Terms {
  const today = dayOf(new Date());
  return termsSchema.parse({
    title: `Agreement ${uuidv7()}`,
    purposes: ["direct-support"],
    reason: "To help people whom both of us know without asking them twice.",
    basis: "public-task",
    condition: "social-care",
    needs: ["*"],
    parties: [
      { organisationId: giver, gives: true, receives: false },
      { organisationId: receiver, gives: false, receives: true },
    ],
    cells,
    startsOn: today,
    reviewOn: addDays(today, 180),
    endsOn: addDays(today, 365),
    noticeDays: 30,
    ...over,
  });
}

/** Officers by organisation, made when one is first needed; each time, one who has just shown again that it is they. */
export function officersOf(db: TestDatabase): (organisationId: number) => Promise<Actor> {
  const known = new Map<number, Promise<Actor>>();
  return async (organisationId) => {
    const found = known.get(organisationId) ?? arrangeMember(db, organisationId, ["officer"]);
    known.set(organisationId, found);
    return steppedUp(db, await found);
  };
}

/** Drafts terms by the officer of the first party, proposes them, and has every party's officer sign. */
export async function arrangeSigned(
  db: TestDatabase,
  officerOf: (organisationId: number) => Promise<Actor>,
  terms: Terms,
  { id, version } = { id: uuidv7(), version: 1 },
): Promise<{ id: string; version: number }> {
  const [maker] = terms.parties;
  if (!maker) throw new Error("An agreement has parties");
  const ctx = contextFor(db, await officerOf(maker.organisationId));
  await saveDraft(ctx, { id, version, terms });
  await proposeAgreement(ctx, { id, version });
  for (const { organisationId } of terms.parties) {
    await signAgreement(contextFor(db, await officerOf(organisationId)), {
      id,
      version,
      hash: termsHash(terms),
    });
  }
  return { id, version };
}

/** Puts other days into what an organisation drafted, as if these had been signed: no function of the product does so. */
export async function signedWithDays(
  db: TestDatabase,
  maker: number,
  days: Partial<Pick<Terms, "startsOn" | "reviewOn" | "endsOn">>,
): Promise<void> {
  await db.administrator.begin(async (tx) => {
    const changed = await tx<{ id: string }[]>`
      update governance.agreement set terms = terms || ${tx.json(days)} where organisation_id = ${maker} returning id`;
    const ids = changed.map(({ id }) => id);
    await tx`
      update governance.agreement set
        starts_on = (terms ->> 'startsOn')::date, review_on = (terms ->> 'reviewOn')::date,
        ends_on = (terms ->> 'endsOn')::date,
        terms_hash = sha256(convert_to(governance.canonical(terms), 'UTF8'))
      where id = any (${ids}::uuid[])`;
    await tx`
      update governance.agreement_party as p set signed_hash = a.terms_hash
      from governance.agreement as a
      where a.id = p.agreement_id and a.version = p.version and a.id = any (${ids}::uuid[])`;
  });
}

/** The sensitive needs, each named. */
const SENSITIVE_PATHS = NEEDS.filter(isSensitiveNeed).map(({ code }) => code);

/** An agreement by which commissioners of an organisation may have single needs at sector, to plan services: every one. */
export async function arrangePlanning(
  db: TestDatabase,
  receiver: number,
  needs: readonly string[] = ["*", ...SENSITIVE_PATHS],
): Promise<{ id: string; version: number }> {
  const giver = await arrangeOrganisation(db, `Giving ${uuidv7()}`);
  const [row] = await db.administrator<{ today: Day }[]>`select governance.today() as today`;
  const today = row?.today ?? dayOf(new Date());
  const terms = termsBetween(
    giver,
    receiver,
    [{ place: "sector", detail: "full", group: "commissioner", rests: "basis" }],
    {
      purposes: ["service-planning"],
      needs: [...needs],
      ...{ startsOn: today, reviewOn: today, endsOn: addDays(today, 365) },
    },
  );
  return arrangeSigned(db, officersOf(db), terms);
}
