/**
 * Counts an impact summary of one organisation or one of its services: reads casework in order of person, a batch at a
 * time, and folds it (domain/impact/count.ts). Preview and freezing call the same. Everybody is one of the organisation's
 * own people: client records that its own records make one person count once, by the first of them.
 */

import type { Tx } from "../../db/client";
import { dayNumber, type Span } from "../domain/impact/became";
import { type FrameworkLines, ImpactFold } from "../domain/impact/count";
import type { ImpactCount } from "../domain/impact/count-numbers";
import { type Day, firstDayOf, lastDayOf, type Period, yearBefore } from "../domain/period";
import { readHouseholds, readInstruments, readServices, servicesWithoutList } from "./impact-count-facts";
import { ImpactRows } from "./impact-count-rows";

/** What is to be counted. */
export interface CountAsked {
  organisationId: number;
  /** Null: the whole organisation. */
  serviceId: string | null;
  period: Period;
  /** The day of the cut-off by the installation's clock: what is dated later does not count. */
  today: Day;
  /** Null: domains and needs alone. */
  lines: FrameworkLines | null;
}

/**
 * Counts one summary as everything is known now. Call it in a transaction of the app's login that acts for the
 * organisation; in one that reads repeatably all of it is of one instant. It records nothing: whoever shows the numbers
 * does. Needs the key "traits".
 */
export async function countImpact(tx: Tx, asked: CountAsked): Promise<ImpactCount> {
  const { organisationId, serviceId, period, today, lines } = asked;
  const span = spanOf(period, today);
  const before = spanOf(yearBefore(period), today);
  const services = await readServices(tx, organisationId, serviceId);
  const fold = new ImpactFold({ span, yearBefore: before, services, lines });
  const rows = await ImpactRows.open(tx, {
    ...{ organisationId, serviceId, services: services.map(({ id }) => id) },
    ...{ from: before.first, until: span.until },
  });

  // Contacts first: they say who was helped, and give the people their numbers.
  for await (const people of rows.contacts()) {
    for (const { person, contacts, anonymous } of people) fold.addContacts(person, contacts, anonymous);
  }
  for await (const people of rows.issues()) {
    for (const { person, issues } of people) fold.addIssues(person, issues);
  }
  for await (const { person, scores } of rows.scores()) fold.addScores(person, scores);
  for (const { person, referral } of rows.referralsInScope()) fold.addReferral(person, referral);
  for await (const people of rows.traits((person) => fold.isHelped(person))) {
    for (const { person, traits } of people) fold.addTraits(person, traits);
  }

  const counted = fold.finish();
  return {
    ...counted,
    people: rows.people,
    instruments: await readInstruments(tx, organisationId, [
      ...counted.sets.keys(),
      ...counted.setsYearBefore.keys(),
    ]),
    servicesWithoutList: await servicesWithoutList(tx, { organisationId, serviceId, span }),
    authorities: await readHouseholds(tx, rows.authorities, today),
  };
}

/** The days of a period that count: up to the cut-off when it is not over. */
function spanOf(period: Period, today: Day): Span {
  return {
    first: dayNumber(firstDayOf(period)),
    until: Math.min(dayNumber(lastDayOf(period)), dayNumber(today)),
  };
}
