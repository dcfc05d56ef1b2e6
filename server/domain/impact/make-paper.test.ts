import { describe, expect, test } from "vitest";
import { makePaper } from "./make-paper";
import { measures } from "./numbers";
import type { Paper } from "./paper";
import { leavesOrganisation, SECTIONS } from "./plan";
import { defaultSections } from "./sections";
import { exactOf, figuresOf, planFor, SCOPE } from "./testing-numbers";

const QUARTER = {
  [measures.helped]: 485,
  [measures.anonymous]: 15,
  [measures.need("brought", "*")]: 470,
  [measures.need("resolved", "*")]: 180,
  [measures.need("theirs", "*")]: 120,
  [measures.need("brought", "MON")]: 310,
  [measures.need("brought", "BEN")]: 265,
  [measures.need("brought", "HOU")]: 190,
  [measures.referral("sent")]: 180,
  [measures.referral("completed")]: 90,
  [measures.placed("England", "IMD 2025")]: 470,
  [measures.mostDeprivedFifth("England", "IMD 2025")]: 265,
};

const paperOf = (given: Partial<Parameters<typeof makePaper>[0]> = {}): Paper =>
  makePaper({ plan: planFor("trustees"), numbers: figuresOf(QUARTER), scope: SCOPE, ...given });

describe("a paper", () => {
  test("opens with how many people were helped and what they most often brought", () => {
    const paper = paperOf();
    expect(paper.title).toBe("We helped 485 people, most often with money and debt, benefits, and housing");
    expect(paper.lead).toBe(
      "July to September 2026. About two in five of the people who brought a need had one resolved by 30 September 2026: 180 of 470. For 120 people a need was someone else’s to resolve.",
    );
    expect([paper.from, paper.period]).toEqual(["Wear Advice, money advice", "July to September 2026"]);
  });

  test("has four numbers at its top, each with what it is of", () => {
    expect(paperOf().headlines).toEqual([
      { value: "485", what: "people helped", note: "each counted once; 15 came without a name" },
      {
        value: "38%",
        what: "had a need resolved",
        note: "180 of 470 people who brought one, by 30 September 2026",
      },
      { value: "90", what: "people with a referral completed", note: "of 180 people we referred" },
      {
        value: "56%",
        what: "live in the 20% most deprived areas",
        note: "265 of 470 people with a known address in England (IMD 2025)",
      },
    ]);
  });

  test("leaves out of its top what is hidden or was never recorded, and says hidden in words", () => {
    const numbers = figuresOf({ [measures.helped]: 60, [measures.need("brought", "*")]: 50 });
    expect(paperOf({ numbers }).headlines).toEqual([
      { value: "60", what: "people helped", note: "each counted once" },
      { value: "fewer than 10, or none", what: "had a need resolved", note: "by 30 September 2026" },
    ]);
  });

  test("compares with the same months a year before, of this organisation alone", () => {
    const yearBefore = { [measures.helped]: 400 };
    expect(paperOf({ numbers: figuresOf(QUARTER, { yearBefore }) }).lead).toMatch(
      / In July to September 2025 we helped 400 people\.$/,
    );
  });

  test("does not compare with a year before that was not recorded whole, and says when recording began", () => {
    const numbers = figuresOf(QUARTER, { yearBefore: QUARTER });
    const began = (firstDay: string, plan = planFor("funder")) =>
      paperOf({ plan, numbers, scope: { ...SCOPE, firstDay } });
    const paper = began("2025-08-04");
    expect(paper.lead).toMatch(
      / Recording began in August 2025, so there is no whole quarter a year before to compare with\.$/,
    );
    expect(JSON.stringify(paper)).not.toMatch(/year_before|2025 we helped|Compared with|up from|down from/);
    const year = planFor("funder", { period: { type: "year", financialYear: 2024, index: 0 } });
    const ofYear = paperOf({ plan: year, numbers, scope: { ...SCOPE, firstDay: "2024-01-08" } });
    expect(ofYear.lead).toMatch(
      / Recording began in January 2024, so there is no whole year before to compare with\.$/,
    );
  });

  test("compares where recording began before, or on the first days after a holiday", () => {
    const numbers = figuresOf(QUARTER, { yearBefore: QUARTER });
    for (const firstDay of ["2019-01-01", "2025-07-01", "2025-07-05"]) {
      const { lead } = paperOf({ numbers, scope: { ...SCOPE, firstDay } });
      expect(lead).toMatch(/ In July to September 2025 we helped 485 people\.$/);
    }
    const { lead } = paperOf({ numbers, scope: { ...SCOPE, firstDay: "2025-07-06" } });
    expect(lead).toContain("Recording began in July 2025");
  });

  test("says nothing of when recording began where nobody was helped a year before", () => {
    const numbers = figuresOf(QUARTER);
    expect(paperOf({ numbers, scope: { ...SCOPE, firstDay: "2026-07-01" } }).lead).not.toContain("Recording");
  });

  test("of a period that is not over says so far, up to which day, and compares with no whole period", () => {
    const paper = paperOf({
      scope: { ...SCOPE, countedOn: "2026-08-12" },
      numbers: exactOf(QUARTER, { yearBefore: { [measures.helped]: 400 } }),
    });
    expect(paper.title).toMatch(/^So far we have helped 485 people/);
    expect(paper.lead).toMatch(/^July to September 2026, up to 12 August 2026\./);
    expect(JSON.stringify(paper)).not.toContain("2025 we helped");
    expect(JSON.stringify(paper)).not.toContain("year_before");
  });

  test("of a period without contacts says so, and no more", () => {
    const paper = paperOf({ numbers: exactOf({}) });
    expect([paper.title, paper.lead]).toEqual([
      "No contacts were recorded in this period",
      "July to September 2026.",
    ]);
    expect(paper.headlines).toEqual([]);
    expect(paper.sections.map(({ key }) => key)).toEqual(["stories"]);
  });

  test("of too few people to show says that they may be none", () => {
    const paper = paperOf({ numbers: figuresOf({}) });
    expect(paper.title).toBe("We helped fewer than 10 people, or none");
    expect(paper.headlines).toEqual([]);
  });

  test("of one person speaks of one person", () => {
    const one = {
      [measures.helped]: 1,
      [measures.need("brought", "*")]: 1,
      [measures.need("brought", "HOU")]: 1,
    };
    const paper = paperOf({ numbers: exactOf(one) });
    expect(paper.title).toBe("We helped one person, most often with housing");
    expect(paper.headlines[0]).toMatchObject({ value: "1", what: "person helped" });
    expect(paper.sections[0]?.text).toBe(
      "One person brought a need: most often housing (one person). By 30 September 2026, nobody had one resolved.",
    );
  });
});

describe("words that somebody wrote", () => {
  test("stand in place of the drafted ones and are marked; the numbers stay", () => {
    const texts = { title: "A busy summer", needs: "People came about money." };
    const paper = paperOf({ plan: planFor("trustees", { texts }) });
    const drafted = paperOf();
    expect([paper.title, paper.titleEdited, paper.leadEdited]).toEqual(["A busy summer", true, false]);
    const [needs, ...others] = paper.sections;
    expect(needs).toMatchObject({ text: "People came about money.", edited: true });
    expect(needs?.blocks).toEqual(drafted.sections[0]?.blocks);
    expect(others.every(({ edited }) => !edited)).toBe(true);
  });
});

describe("the sections of a paper", () => {
  test("are those that are on, in the order of who reads them", () => {
    const sections = ["places", "needs", "unmet"] as const;
    const keys = (audience: "trustees" | "commissioner") =>
      paperOf({ plan: planFor(audience, { sections: [...sections] }) }).sections.map(({ key }) => key);
    expect(keys("trustees")).toEqual(["needs", "places", "unmet"]);
    expect(keys("commissioner")).toEqual(["needs", "places", "unmet"]);
    expect(
      paperOf({ plan: planFor("team", { sections: [...sections] }) }).sections.map(({ key }) => key),
    ).toEqual(["needs", "unmet", "places"]);
  });

  test("that a summary begins with are fewest for the public, never stories or value, and always needs first", () => {
    const audiences = ["team", "trustees", "funder", "commissioner", "public"] as const;
    const counts = audiences.map((audience) => defaultSections(audience).length);
    expect(Math.min(...counts)).toBe(defaultSections("public").length);
    for (const audience of audiences) {
      const sections = defaultSections(audience);
      expect(sections[0]).toBe("needs");
      expect(sections).not.toContain("stories");
      expect(sections).not.toContain("value");
    }
  });

  test("are all there when all are on, for every audience, but those that wait for something to be put in", () => {
    for (const audience of ["team", "trustees", "funder", "commissioner", "public"] as const) {
      const keys = paperOf({ plan: planFor(audience) }).sections.map(({ key }) => key);
      const waiting = ["stories", "value"];
      expect([...keys, ...waiting].sort()).toEqual([...SECTIONS].sort());
    }
  });
});

describe("how a paper was counted", () => {
  test("says of figures how they are made", () => {
    const { basis, counted } = paperOf();
    expect(basis).toBe("figures");
    expect(counted.join(" ")).toContain("rounded to 5 with a small planned error");
    expect(counted.join(" ")).toContain("“fewer than 10, or none”");
  });

  test("says of exact numbers that they stay inside", () => {
    const { counted } = paperOf({ plan: planFor("team"), numbers: exactOf(QUARTER) });
    expect(counted.join(" ")).toContain("they stay inside Wear Advice");
    expect(counted.join(" ")).not.toContain("draft");
  });

  test("says of exact numbers for somebody outside that they are a draft, whose finished numbers differ", () => {
    expect(leavesOrganisation("funder")).toBe(true);
    const { counted } = paperOf({ plan: planFor("funder"), numbers: exactOf(QUARTER) });
    expect(counted.join(" ")).toContain("This is a draft.");
  });

  test("of a programme says across how many organisations people count once", () => {
    const together = ["Wear Advice", "Wear Council", "Tyne Police"];
    const paper = paperOf({ scope: { ...SCOPE, together } });
    expect(paper.counted[0]).toBe(
      "Each person counts once across three organisations, however many of them they came to.",
    );
    expect(paper.limits.join(" ")).not.toContain("added up");
  });

  test("ends with the day of the count", () => {
    const { foot, countedOn } = paperOf();
    expect([foot, countedOn]).toEqual([
      "Counted on 24 November 2026. Shared list of needs, edition 1.",
      "2026-11-24",
    ]);
  });

  test("never claims a cause, and says so", () => {
    expect(paperOf().limits[0]).toBe(
      "What would have happened without us. This shows change, not that we caused it.",
    );
  });
});

describe("a paper is refused", () => {
  test("when several organisations come with exact numbers", () => {
    const scope = { ...SCOPE, together: ["Wear Advice", "Wear Council"] };
    expect(() => paperOf({ scope, numbers: exactOf(QUARTER) })).toThrow("figures");
  });

  test("when a number that has not passed disclosure control stands for a figure", () => {
    expect(() => paperOf({ numbers: figuresOf({ ...QUARTER, [measures.helped]: 483 }) })).toThrow(
      "not passed disclosure control",
    );
    const spread = { people: 31, median: 4, quarters: [2, 9] as const };
    const { estimates } = figuresOf({});
    const numbers = figuresOf(QUARTER, { estimates: { ...estimates, acceptance: spread } });
    expect(() => paperOf({ numbers })).toThrow("not passed disclosure control");
  });
});
