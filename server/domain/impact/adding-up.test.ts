import { describe, expect, test } from "vitest";
import { slicesOf } from "../slices";
import { addsUp, eachOf } from "./adding-up";
import { makePaper } from "./make-paper";
import { type Measure, measures, type PeopleNumbers } from "./numbers";
import type { SectionKey } from "./plan";
import { exactOf, figuresOf, planFor, SCOPE } from "./testing-numbers";

const SEXES = slicesOf("sex").map(({ number }) => number);
const SAID = "Rounded one by one, so parts do not add up exactly.";

const sectionOf = (key: SectionKey, numbers: ReturnType<typeof figuresOf> | ReturnType<typeof exactOf>) =>
  makePaper({ plan: planFor("funder", { sections: [key] }), numbers, scope: SCOPE }).sections[0];
const meanings = (key: SectionKey, people: PeopleNumbers) =>
  sectionOf(key, figuresOf(people))?.notes.map(({ means }) => means);

describe("parts of a whole", () => {
  test("may be fewer than it where others are in none of them, and never more", () => {
    expect(addsUp({ parts: [70, 130], whole: 200, isAll: false })).toBe(true);
    expect(addsUp({ parts: [70, 100], whole: 200, isAll: false })).toBe(true);
    expect(addsUp({ parts: [70, 135], whole: 200, isAll: false })).toBe(false);
    expect(addsUp({ parts: [70, 100], whole: 200, isAll: true })).toBe(false);
  });

  test("that are hidden can make up what is missing, but not more than they may be", () => {
    expect(addsUp({ parts: [100, "few"], whole: 105, isAll: true })).toBe(true);
    expect(addsUp({ parts: [100, "few"], whole: 110, isAll: true })).toBe(false);
    expect(addsUp({ parts: [100, "few"], whole: 100, isAll: true })).toBe(true);
  });

  test("are not shown of a hidden whole", () => {
    expect(eachOf("few", ["few", 0]).every(addsUp)).toBe(true);
    expect(eachOf("few", ["few", 10]).every(addsUp)).toBe(false);
  });
});

describe("a section says that numbers were rounded one by one", () => {
  test("where more were rated than helped", () => {
    const rated = (once: number): PeopleNumbers => ({
      ...{ [measures.helped]: 200, [measures.severity("both")]: 70, [measures.severity("once")]: once },
      ...{ [measures.severity("better")]: 40, [measures.severity("same")]: 30 },
    });
    expect(sectionOf("change", figuresOf(rated(135)))?.text).toContain("135 people were rated once");
    expect(meanings("change", rated(135))).toContain(SAID);
    expect(meanings("change", rated(130))).not.toContain(SAID);
  });

  test("where more had their needs resolved than had such needs", () => {
    const needs = (theirs: number): PeopleNumbers => ({
      ...{ [measures.helped]: 200, [measures.need("brought", "*")]: 150 },
      ...{ [measures.need("theirs", "*")]: theirs, [measures.need("theirs-resolved", "*")]: 30 },
    });
    expect(meanings("others", needs(25))).toContain(SAID);
    expect(meanings("others", needs(30))).not.toContain(SAID);
  });

  test("where a later step of a referral has more people than the one before", () => {
    const referred = (started: number): PeopleNumbers => ({
      ...{ [measures.helped]: 200, [measures.referral("sent")]: 60, [measures.referral("accepted")]: 40 },
      ...{ [measures.referral("started")]: started, [measures.referral("completed")]: 20 },
    });
    expect(meanings("referrals", referred(45))).toContain(SAID);
    expect(meanings("referrals", referred(40))).not.toContain(SAID);
  });

  test("and never of exact numbers, which add up", () => {
    const people = { [measures.helped]: 200, [measures.severity("both")]: 70 };
    const section = sectionOf("change", exactOf(people));
    expect(section?.notes.map(({ means }) => means)).not.toContain(SAID);
  });
});

test("sexes of 43%, 40% and 20% stand beside no 100%, and the section says why they make 103%", () => {
  const people: Record<Measure, number> = { [measures.helped]: 300 };
  for (const [number, count] of [130, 120, 60].entries()) people[measures.slice(SEXES[number] ?? 0)] = count;
  const section = sectionOf("people", figuresOf(people));
  const block = section?.blocks.find((each) => each.kind === "chart" && each.name === "people-by-sex");
  const rows = block?.kind === "chart" ? block.table.rows : [];
  expect(rows.map((row) => row.at(-1)).filter((cell) => typeof cell === "number")).toEqual([43, 40, 20]);
  expect(rows.at(-1)).toEqual(["All people helped", 300, null]);
  expect(section?.notes.map(({ means }) => means)).toContain(SAID);
});
