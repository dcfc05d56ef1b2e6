import { describe, expect, test } from "vitest";
import { readIdentifier } from "../domain/identifiers";
import { codebookSchema } from "../domain/lab/codebook";
import { FEWEST_SENT, studyPlanSchema } from "../domain/lab/study";
import { addDays, daysBetween } from "../domain/period";
import { cohortFile, madeLosses } from "./cohort-file";
import { makeCounty } from "./county";
import { FOLLOW_UP, labDays } from "./lab-days";
import { demoCodebook, outcomeFiles } from "./outcome-files";
import {
  makeSentenced,
  offencesOf,
  PROGRAMMES,
  type ProgrammeKey,
  type Sentenced,
  trueEffect,
} from "./sentenced";
import { studyPlanOf } from "./study-plans";

const today = "2027-01-26";
const county = makeCounty("wythershire");
const people = makeSentenced("wythershire", county, today);
const days = labDays(today);
const joined = (key: ProgrammeKey) =>
  people.filter(({ programme, lostAs }) => programme === key && lostAs === null);
const mean = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
const withinYear = (person: Sentenced) =>
  offencesOf(person).filter(({ on }) => on <= addDays(person.indexOn, FOLLOW_UP)).length;

describe("the made people of the courts", () => {
  test("are the same for the same seed and day, and so are their files", () => {
    const again = makeSentenced("wythershire", county, today);
    expect(outcomeFiles(again, days)).toEqual(outcomeFiles(people, days));
    expect(cohortFile("wythershire", again, "mentors")).toBe(cohortFile("wythershire", people, "mentors"));
    expect(outcomeFiles(makeSentenced("other", county, today), days)).not.toEqual(outcomeFiles(people, days));
  });

  test("have identifiers that keep their rules and are given once", () => {
    const rules = { currentYear: 2027, testRanges: true };
    for (const { pncId, prisonNumber } of people) {
      expect(readIdentifier("pnc-id", pncId, rules)).toEqual({ kind: "pnc-id", value: pncId });
      if (prisonNumber) expect(readIdentifier("prison-number", prisonNumber, rules)).toHaveProperty("value");
    }
    const given = people.flatMap(({ pncId, prisonNumber }) => [pncId, prisonNumber ?? []].flat());
    expect(new Set(given).size).toBe(given.length);
  });

  test("were sentenced and started within the days of the extract, and offended after their sentence", () => {
    for (const { indexOn, startedOn, programme, offences } of people) {
      expect(indexOn >= days.from && indexOn <= days.to).toBe(true);
      expect(offences.every(({ on }) => on > indexOn && on <= days.completeTo)).toBe(true);
      if (programme === "mentors" && startedOn) {
        expect(startedOn >= days.startedFrom && startedOn <= days.startedTo).toBe(true);
      }
    }
    expect(daysBetween(days.startedTo, days.completeTo)).toBeGreaterThanOrEqual(FOLLOW_UP);
  });

  test("the true effect of a mentor is that 12 of 100 fewer reoffend within a year", () => {
    const effect = trueEffect(joined("mentors"), PROGRAMMES.mentors);
    expect(effect.reoffended).toBeGreaterThan(-0.13);
    expect(effect.reoffended).toBeLessThan(-0.11);
    expect(trueEffect(joined("pilot"), PROGRAMMES.pilot).reoffended).toBe(0);
  });

  test("whoever joins is likelier to offend anyway, so that plain shares hide the effect", () => {
    const mentored = joined("mentors");
    const others = people.filter(({ programme }) => programme === null);
    expect(mean(mentored.map(({ expected }) => expected))).toBeGreaterThan(
      1.3 * mean(others.map(({ expected }) => expected)),
    );
    const share = (group: readonly Sentenced[]) =>
      mean(group.map((person) => (withinYear(person) > 0 ? 1 : 0)));
    const [with_, without] = [share(mentored), share(others)];
    const error = Math.sqrt(
      (with_ * (1 - with_)) / mentored.length + (without * (1 - without)) / others.length,
    );
    const truth = trueEffect(mentored, PROGRAMMES.mentors).reoffended;
    expect(with_ - without - 1.96 * error).toBeGreaterThan(truth);
  });
});

describe("the made files", () => {
  test("have a codebook and plans that are as they should be", () => {
    expect(codebookSchema.safeParse(demoCodebook(days)).error).toBeUndefined();
    for (const key of ["mentors", "court-desk", "pilot"] as const) {
      const plan = studyPlanSchema.parse(studyPlanOf(key, days, crypto.randomUUID()));
      const sent = (plan.eligible ?? 0) - plan.leftOut.reduce((sum, { people }) => sum + people, 0);
      expect(cohortFile("wythershire", people, key).trim().split("\r\n").length - 1).toBe(sent);
      expect(sent).toBeGreaterThan(FEWEST_SENT);
    }
  });

  test("the mentors' cohort has 212 rows, of which 18 will be lost, for seven reasons", () => {
    const losses = madeLosses(people, "mentors");
    expect(Object.values(losses).reduce((sum, count) => sum + count, 0)).toBe(18);
    expect(Object.keys(losses)).toHaveLength(7);
    expect(joined("mentors")).toHaveLength(194);
  });

  test("write some people in another way than the courts have them", () => {
    const written = new Set(
      cohortFile("wythershire", people, "mentors")
        .split("\r\n")
        .map((line) => line.split(",").slice(0, 2).join(" ").replaceAll('"', "").trim()),
    );
    const asHeld = joined("mentors").filter(({ givenName, familyName }) =>
      written.has(`${givenName} ${familyName}`),
    );
    expect(asHeld.length).toBeGreaterThan(120);
    expect(asHeld.length).toBeLessThan(180);
  });
});
