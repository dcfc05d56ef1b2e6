/** What readers outside must be able to trust: what they are told is no surer, and no more or less, than what is known. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coarseResolution } from "./coarse";
import { wholeOf } from "./figures";
import { makePaper } from "./make-paper";
import { measures } from "./numbers";
import { ABSENCES, percentCell } from "./paper-cell";
import { exactOf, figuresOf, planFor, SCOPE } from "./testing-numbers";
import { partOf } from "./words";

const NO_MIDDLE = { days: null, low: null, high: null };
const NO_ESTIMATES = exactOf({}).estimates;

test("how many people a curve follows is no part of who was helped: it looks back 12 months", () => {
  expect(wholeOf(measures.watched)).toBeNull();
});

describe("a percentage", () => {
  test("is not told outside of fewer than fifty, where rounding could make 11 of 31 into half", () => {
    expect(partOf(15, 30, "people", "figures")).toBe("15 of 30 people");
    expect(partOf(25, 50, "people", "figures")).toBe("25 of 50 people (50%)");
    expect(partOf(11, 31, "people", "exact")).toBe("11 of 31 people (35%)");
  });

  test("that is left out of a table says why", () => {
    expect(percentCell(15, 30, "figures")).toBe("base too small");
    expect(percentCell("few", 60, "figures")).toBe("not shown");
    expect(percentCell(65, 60, "figures")).toBe("not shown");
    expect(percentCell(30, 60, "figures")).toBe(50);
    expect(percentCell(0, 0, "exact")).toBeNull();
    for (const words of ["base too small", "not shown", "not reached"]) {
      expect(ABSENCES.map((absence) => absence.words)).toContain(words);
    }
  });
});

describe("a curve outside", () => {
  test("has a likely range that holds the true one, and is never narrower than five points to each side", () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(unit, unit, unit), (drawn) => {
        const [low = 0, share = 0, high = 0] = [...drawn].sort((a, b) => a - b);
        const { curve } = coarseResolution(
          { median: NO_MIDDLE, curve: [{ days: 0, share, low, high, atRisk: 90 }] },
          () => 90,
        );
        for (const told of curve) {
          expect(told.low).toBeLessThanOrEqual(low + 1e-9);
          expect(told.high).toBeGreaterThanOrEqual(high - 1e-9);
          expect(told.low).toBeLessThanOrEqual(Math.max(0, told.share - 0.05) + 1e-9);
          expect(told.high).toBeGreaterThanOrEqual(Math.min(1, told.share + 0.05) - 1e-9);
          for (const each of [told.share, told.low, told.high]) expect((each * 20) % 1).toBeCloseTo(0);
        }
      }),
    );
  });

  test("is told at the same day in a draft, which could follow a few people further", () => {
    const point = (days: number, atRisk: number | null) => ({
      days,
      share: 0.5,
      low: 0.4,
      high: 0.6,
      atRisk,
    });
    const said = (curve: ReturnType<typeof point>[]) => {
      const resolution = { issues: 40, people: 40, resolved: 20, median: NO_MIDDLE, curve };
      const numbers = exactOf({ [measures.helped]: 40 }, { estimates: { ...NO_ESTIMATES, resolution } });
      return makePaper({ plan: planFor("funder", { sections: ["time"] }), numbers, scope: SCOPE }).sections[0]
        ?.text;
    };
    expect(said([point(90, 40), point(180, 4)])).toMatch(/ After 90 days, /);
    expect(said([point(90, 40), point(180, 12)])).toMatch(/ After 180 days, /);
    expect(said([point(90, null), point(180, null)])).toMatch(/ After 180 days, /);
  });
});

describe("a section that waits for something to be put in", () => {
  const given = { plan: planFor("funder", { sections: ["value", "stories"] }), scope: SCOPE };
  const people = { [measures.helped]: 60 };

  test("is left out of what leaves, and says in the draft what is missing", () => {
    expect(makePaper({ ...given, numbers: figuresOf(people) }).sections).toEqual([]);
    const draft = makePaper({ ...given, numbers: exactOf(people) }).sections;
    expect(draft.map(({ text }) => text)).toEqual([
      "No unit costs have been entered yet.",
      "No story was chosen.",
    ]);
  });

  test("stays where somebody wrote words for it", () => {
    const plan = { ...given.plan, texts: { stories: "We will add stories in spring." } };
    const { sections } = makePaper({ ...given, plan, numbers: figuresOf(people) });
    expect(sections.map(({ text }) => text)).toEqual(["We will add stories in spring."]);
  });
});

test("whose story it is ends with a full stop, because a sentence stands beside it", () => {
  const stories = [{ who: "A father of two", consentOn: "2026-05-01", quote: ["They helped."] }];
  const plan = planFor("funder", { sections: ["stories"] });
  const [section] = makePaper({
    plan,
    scope: SCOPE,
    numbers: exactOf({ [measures.helped]: 60 }),
    stories,
  }).sections;
  expect(section?.blocks[0]).toMatchObject({ who: "A father of two." });
});

test("a line of a framework is written in a heading as its funder wrote it", () => {
  const framework = {
    key: "own",
    name: "Our fund",
    edition: "2026",
    lines: [{ code: "1", label: "Safe at Home" }],
  };
  const plan = planFor("funder", { sections: ["needs"], framework: "own" });
  const people = {
    ...{ [measures.helped]: 60, [measures.need("brought", "*")]: 60 },
    [measures.framework("own", "1")]: 40,
  };
  const [section] = makePaper({ plan, scope: SCOPE, framework, numbers: exactOf(people) }).sections;
  expect(section?.blocks[0]).toMatchObject({
    title: expect.stringContaining("Safe at Home came up most: 40 people"),
  });
});

test("of very few people the draft says that little will show, and the finished one why it is empty", () => {
  const plan = planFor("funder");
  const draft = (helped: number) =>
    makePaper({ plan, scope: SCOPE, numbers: exactOf({ [measures.helped]: helped }) }).counted.join(" ");
  expect(draft(19)).toContain("Almost nothing will show of a group this small. Choose a longer period.");
  expect(draft(20)).not.toContain("Almost nothing");
  const { lead } = makePaper({ plan, scope: SCOPE, numbers: figuresOf({}) });
  expect(lead).toBe(
    "July to September 2026. People in a group this small could be picked out, so nothing more is shown.",
  );
});
