/**
 * The data lab on the demo's own files, from the text of a cohort to the effect: what was made to be lost is lost, and
 * what was made true is found, although the plain comparison hides it.
 */

import { expect, test } from "vitest";
import { analyse } from "../domain/lab/analyse";
import type { LabTable } from "../domain/lab/analysis";
import { LOSSES, type Loss } from "../domain/lab/attrition";
import { readCodebook } from "../domain/lab/codebook-reading";
import { readCohort } from "../domain/lab/cohort";
import { CohortSearch } from "../domain/lab/cohort-linking";
import { formsOf, type Identities, longestFollowUp } from "../domain/lab/data-set";
import { DataSetReader, type PeopleBlock } from "../domain/lab/data-set-reading";
import { outcomeOf, TableBuilder, tableOf } from "../domain/lab/index-records";
import { analysisPlanOf } from "../domain/lab/plan-faults";
import { studyPlanSchema } from "../domain/lab/study";
import { cohortFile, madeLosses } from "./cohort-file";
import { makeCounty } from "./county";
import { labDays } from "./lab-days";
import { outcomeFiles } from "./outcome-files";
import { makeSentenced, PROGRAMMES, type ProgrammeKey, trueEffect } from "./sentenced";
import { studyPlanOf } from "./study-plans";

const SEED = "wythershire";
const TODAY = "2027-01-26";
const days = labDays(TODAY);
const people = makeSentenced(SEED, makeCounty(SEED), TODAY);
const files = outcomeFiles(people, days);
const codebook = readCodebook(files.codebook);
const blocks = readDataSet();

function readDataSet(): PeopleBlock[] {
  const rowsOf = (text: string) =>
    text
      .replace("\u{feff}", "")
      .trimEnd()
      .split("\r\n")
      .map((line) => line.split(","));
  const reader = new DataSetReader(codebook);
  const [header = [], ...rows] = rowsOf(files.people);
  expect(reader.beginPeople(header)).toEqual([]);
  expect(rows.flatMap((row, i) => reader.takePerson(i + 2, row))).toEqual([]);
  const [eventHeader = [], ...events] = rowsOf(files.events);
  reader.beginEvents(eventHeader);
  expect(events.flatMap((row, i) => reader.takeEvent(i + 2, row))).toEqual([]);
  expect(reader.people).toBe(people.length);
  return [...reader.blocks()];
}

/** A programme's study, as the worker runs it. */
function study(key: ProgrammeKey) {
  const plan = studyPlanSchema.parse(studyPlanOf(key, days, crypto.randomUUID()));
  const { startedFrom, startedTo } = plan;
  if (startedFrom === null || startedTo === null) throw new Error("The plan has no days");
  const sent = readCohort(new TextEncoder().encode(cohortFile(SEED, people, key)), {
    today: TODAY,
    startedFrom,
    startedTo,
  });
  if ("problem" in sent) throw new Error(sent.problem);
  const search = new CohortSearch(
    sent.entries.map(({ record }) => record),
    people.length,
  );
  const everybody: Identities = blocks.flatMap(({ identities }) => identities);
  for (const [person, forms] of everybody.entries()) search.show(person, formsOf(forms, 2027));
  const builder = new TableBuilder(sent.entries, search.finish(), {
    ...{ startedFrom, startedTo, anchorDays: codebook.anchorDays, completeTo: codebook.completeTo },
    followUp: longestFollowUp(codebook, plan.outcomes),
  });
  builder.show(
    0,
    blocks.flatMap(({ covariates }) => covariates),
  );
  const { losses, records, treated } = builder.finish();
  const analysisPlan = analysisPlanOf(plan, codebook);
  const events = blocks.flatMap((block) => block.events);
  const outcomes = new Map(
    codebook.outcomes.map((outcome) => [
      outcome.name,
      Float64Array.from(records, ({ person, date }) =>
        outcomeOf(outcome, codebook, date, events[person] ?? []),
      ),
    ]),
  );
  const table: LabTable = { ...tableOf(codebook, records, treated, plan.covariates), outcomes };
  const analysis = analyse(table, analysisPlan);
  const lost = Object.fromEntries(LOSSES.map((loss) => [loss, 0])) as Record<Loss, number>;
  for (const loss of losses) if (loss) lost[loss] += 1;
  const headline = analysis.methods[0];
  if (headline) lost["nobody-similar"] += headline.treated - headline.treatedMatched;
  return { sent, analysis, headline, lost };
}

const mentors = study("mentors");

const truthOf = (key: ProgrammeKey) =>
  trueEffect(
    people.filter(({ programme, lostAs }) => programme === key && lostAs === null),
    PROGRAMMES[key],
  );

test("of the 212 people of the mentors 194 are compared, and the 18 others are lost for the reasons that were made", () => {
  const { sent, lost, headline } = mentors;
  expect(sent.entries).toHaveLength(212);
  expect(Object.fromEntries(Object.entries(lost).filter(([, count]) => count > 0))).toEqual(
    madeLosses(people, "mentors"),
  );
  expect(headline?.treatedMatched).toBe(194);
});

test("the matched comparison finds the true effect of a mentor, which the plain one does not show", () => {
  const { analysis } = mentors;
  const truth = truthOf("mentors");
  const [radius, , , unmatched] = analysis.methods;
  const found = radius?.effects.find(({ outcome }) => outcome === "reoffended");
  const naive = unmatched?.effects.find(({ outcome }) => outcome === "reoffended");
  if (!found || !naive) throw new Error("There is no effect on reoffending");
  expect(radius?.band).not.toBe("red");
  expect(found.low).toBeLessThan(truth.reoffended);
  expect(found.high).toBeGreaterThan(truth.reoffended);
  expect(found.high).toBeLessThan(0);
  expect(naive.low).toBeGreaterThan(truth.reoffended);
  const offences = radius?.effects.find(({ outcome }) => outcome === "offences");
  expect(offences?.low).toBeLessThan(truth.frequency);
  expect(offences?.high).toBeGreaterThan(truth.frequency);
});

test("of the two earlier studies one shows a difference and one is not clear", () => {
  const reoffended = (key: ProgrammeKey) => {
    const { headline } = study(key);
    expect(headline?.band).not.toBe("red");
    return headline?.effects.find(({ outcome }) => outcome === "reoffended");
  };
  const desk = reoffended("court-desk");
  const pilot = reoffended("pilot");
  expect(desk?.high).toBeLessThan(0);
  expect(pilot?.low).toBeLessThan(0);
  expect(pilot?.high).toBeGreaterThan(0);
});
