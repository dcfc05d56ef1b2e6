/** What each section says: one test for each rule that a sentence is made by. */

import { describe, expect, test } from "vitest";
import { DOMAINS } from "../needs";
import { findFramework } from "./frameworks";
import { makePaper } from "./make-paper";
import { type ExactNumbers, type FigureNumbers, measures } from "./numbers";
import type { PaperSection, PaperTable } from "./paper";
import type { SectionKey } from "./plan";
import { CONFIDENCE, EDITION, exactOf, figuresOf, planFor, SCOPE } from "./testing-numbers";
import type { UnitCost } from "./value";

type Made = Parameters<typeof makePaper>[0];

function sectionOf(
  key: SectionKey,
  numbers: FigureNumbers | ExactNumbers,
  given: Partial<Made> = {},
): PaperSection {
  const plan = planFor(numbers.basis === "exact" ? "team" : "trustees", { sections: [key] });
  const paper = makePaper({ plan, numbers, scope: SCOPE, ...given });
  const [section] = paper.sections;
  if (!section) throw new Error("The paper has no section");
  return section;
}

function tableOf({ blocks }: PaperSection, name: string): PaperTable {
  for (const block of blocks) {
    if ((block.kind === "chart" || block.kind === "table") && block.table.name === name) return block.table;
  }
  throw new Error(`There is no table ${name}`);
}

/** Column of a table by its key, with the first column as the name of each row. */
const columnOf = (table: PaperTable, key: string) =>
  Object.fromEntries(
    table.rows.map((row) => [row[0], row[table.columns.findIndex((column) => column.key === key)]]),
  );

const helped = { [measures.helped]: 485, [measures.need("brought", "*")]: 470 };
const noEstimates = figuresOf({}).estimates;

describe("what people needed", () => {
  const people = {
    ...helped,
    [measures.need("brought", "MON")]: 310,
    [measures.need("resolved", "MON")]: 105,
    [measures.need("brought", "BEN")]: 265,
    [measures.need("brought", "HOU")]: 190,
    [measures.need("resolved", "*")]: 180,
    [measures.need("open", "*")]: 300,
    [measures.need("improved", "*")]: 90,
    [measures.need("worsened", "*")]: 40,
  };

  test("is said by the commonest kinds, what was resolved, and what got better and worse", () => {
    expect(sectionOf("needs", figuresOf(people)).text).toBe(
      "470 people brought a need: most often money and debt (310 people), then benefits (265) and housing (190). " +
        "By 30 September 2026, 180 of 470 people (38%) had at least one resolved, and 300 still had one open. " +
        "A need was recorded as better for 90 people, and as worse for 40 people.",
    );
  });

  test("is compared with the year before where it moved most, and only where both numbers show", () => {
    const yearBefore = {
      ...{ [measures.need("brought", "MON")]: 225, [measures.need("brought", "HOU")]: 210 },
      [measures.need("brought", "BAS")]: 300,
    };
    expect(sectionOf("needs", figuresOf(people, { yearBefore })).text).toMatch(
      / Compared with July to September 2025, money and debt rose from 225 people to 310, and housing fell from 210 people to 190\.$/,
    );
  });

  test("is said to be much the same where no kind moved by more than rounding can", () => {
    const yearBefore = { [measures.need("brought", "MON")]: 305 };
    expect(sectionOf("needs", figuresOf(people, { yearBefore })).text).toMatch(
      / No kind of need was much more or less common than in July to September 2025\.$/,
    );
  });

  test("is drawn with the longest bar first and a hidden part in words", () => {
    const [block] = sectionOf("needs", figuresOf(people)).blocks;
    expect(block).toMatchObject({
      kind: "chart",
      title: "Money and debt came up most: 310 people",
      chart: {
        bars: [
          { label: "Money and debt", whole: 310, part: 105, note: "105 resolved" },
          { label: "Benefits", whole: 265, part: null, note: "under 10 resolved" },
          { label: "Housing", whole: 190, part: null },
        ],
      },
    });
  });

  test("draws the ten most common of many kinds, and names the others with their numbers", () => {
    const many = Object.fromEntries(
      DOMAINS.map(({ code }, at) => [measures.need("brought", code), 400 - 20 * at]),
    );
    const [block, words] = sectionOf("needs", figuresOf({ ...people, ...many })).blocks;
    if (block?.kind !== "chart" || block.chart.kind !== "bars") throw new Error("There are no bars");
    expect(block.chart.bars).toHaveLength(10);
    expect(block.table.rows).toHaveLength(DOMAINS.length + 1);
    const [left] = words?.kind === "words" ? words.words : [];
    expect(left).toMatch(/^Not drawn, with fewer people: .*\(200\); .*other needs \(\d+\)\.$/);
    expect(left?.split(";")).toHaveLength(DOMAINS.length - 10);
  });

  test("names the kinds that are too small to show, because none may be left out", () => {
    const words = sectionOf("needs", figuresOf(people)).blocks.find(({ kind }) => kind === "words");
    expect(words).toMatchObject({
      words: [
        "One person can bring several needs, so the bars add to more than 470 people.",
        expect.stringMatching(
          /^Fewer than 10 people, or none, brought each of these: work; .*transport, digital and access; basic needs; other needs\.$/,
        ),
      ],
    });
  });

  test("does not list those kinds again in the table, unless a number of theirs shows", () => {
    const yearBefore = { [measures.need("brought", "ACC")]: 20 };
    const kinds = (numbers: ReturnType<typeof figuresOf>) => {
      const table = tableOf(sectionOf("needs", numbers), "needs-by-kind");
      expect(table.caption).toBe("People by kind of need; kinds without a number to show are not listed");
      return table.rows.map(([kind]) => kind);
    };
    const shown = ["Any need", "Money and debt", "Benefits", "Housing"];
    expect(kinds(figuresOf(people))).toEqual(shown);
    expect(kinds(figuresOf(people, { yearBefore }))).toEqual([...shown, "Transport, digital and access"]);
  });

  test("in exact numbers leaves out kinds that nobody brought, and counts the needs themselves", () => {
    const counts = {
      brought: 1140,
      opened: 700,
      open: 600,
      resolved: 425,
      "no-longer-relevant": 115,
      improved: 90,
    };
    const rest = {
      worsened: 40,
      theirs: 0,
      "theirs-resolved": 0,
      "theirs-referred": 0,
      "outside-list": 0,
      unmet: 0,
      again: 0,
    };
    const things = { ...exactOf({}).things, issues: { "*": { ...counts, ...rest } } };
    const section = sectionOf("needs", exactOf(people, { things }));
    expect(tableOf(section, "needs-by-kind").rows.map(([kind]) => kind)).toEqual([
      "Any need",
      "Money and debt",
      "Benefits",
      "Housing",
    ]);
    expect(columnOf(tableOf(section, "needs-one-by-one"), "resolved")["Any need"]).toBe(425);
  });

  test("never tells outside how many needs there were, nor in a draft for outside: things do not leave", () => {
    expect(() => tableOf(sectionOf("needs", figuresOf(people)), "needs-one-by-one")).toThrow("no table");
    const draft = sectionOf("needs", exactOf(people), { plan: planFor("funder", { sections: ["needs"] }) });
    expect(() => tableOf(draft, "needs-one-by-one")).toThrow("no table");
  });

  test("is said not to have been recorded where it was not", () => {
    expect(sectionOf("needs", exactOf({ [measures.helped]: 12 })).text).toBe(
      "No needs were recorded in this period.",
    );
    expect(sectionOf("needs", figuresOf({ [measures.helped]: 60 })).text).toBe(
      "Fewer than 10 people, or none, brought a need in this period.",
    );
  });

  test("says where rounded parts are more than their whole, by kind and by line of a framework", () => {
    const terms = (over: object, framework?: ReturnType<typeof findFramework>) =>
      sectionOf("needs", figuresOf({ ...people, ...over }), framework ? { framework } : {}).notes.map(
        ({ term }) => term,
      );
    expect(terms({})).not.toContain("Parts and wholes");
    expect(terms({ [measures.need("resolved", "HOU")]: 195 })).toContain("Parts and wholes");
    const line = { [measures.framework("phof-2019", "B")]: 475 };
    expect(terms(line, findFramework("phof-2019"))).toContain("Parts and wholes");
  });

  test("is seen through a framework with what it has no line for in sight", () => {
    const framework = findFramework("phof-2019");
    const lines = { [measures.framework("phof-2019", "B")]: 200, [measures.framework("phof-2019", "")]: 120 };
    const section = sectionOf("needs", figuresOf({ ...people, ...lines }), { framework });
    const table = tableOf(section, "needs-by-framework");
    expect(table.rows.at(-1)).toEqual(["none", "Not in this framework", 120]);
    // Lines without a number are not listed one by one.
    expect(table.rows.map(([code]) => code)).toEqual(["B", "none"]);
    expect(table.caption).toContain("lines of fewer than 10 people, or none, are not listed");
    expect(section.blocks[0]).toMatchObject({
      title:
        "By Public Health Outcomes Framework 2019, Wider determinants of health came up most: 200 people",
    });
    expect(section.text).toBe(sectionOf("needs", figuresOf(people)).text);
  });
});

describe("what was someone else’s to resolve", () => {
  const people = {
    ...helped,
    [measures.need("theirs", "*")]: 120,
    [measures.need("theirs-referred", "*")]: 60,
    [measures.need("theirs-resolved", "*")]: 40,
    [measures.need("outside-list", "*")]: 85,
    [measures.need("brought", "HOU")]: 190,
    [measures.need("theirs", "HOU")]: 70,
  };

  test("is said with what became of it", () => {
    expect(sectionOf("others", figuresOf(people)).text).toBe(
      "A need was someone else’s to resolve for 120 of 470 people who brought one (26%). " +
        "Of these, 60 people had that need referred. By 30 September 2026, 40 people had it resolved. " +
        "85 people brought a need that is not on our own list.",
    );
  });

  test("names services without a list, in which nothing can be outside it, to readers inside alone", () => {
    const oneWithout = exactOf(people, { servicesWithoutList: ["Money advice"] });
    const one = sectionOf("others", oneWithout);
    expect(one.text).toMatch(
      /Money advice has chosen no list of needs yet, so nothing recorded there counts as outside it\.$/,
    );
    const two = sectionOf(
      "others",
      exactOf(people, { servicesWithoutList: ["Money advice", "Housing help"] }),
    );
    expect(two.text).toMatch(/Money advice and Housing help have chosen no list of needs yet/);
    const draft = sectionOf("others", oneWithout, { plan: planFor("funder", { sections: ["others"] }) });
    expect(JSON.stringify(draft)).not.toContain("Money advice");
    expect(draft.notes).toEqual(sectionOf("others", figuresOf(people)).notes);
  });

  test("is drawn by kind, most people first", () => {
    expect(sectionOf("others", figuresOf(people)).blocks[0]).toMatchObject({
      title: "Someone else’s most often: housing, 70 people",
    });
  });

  test("names kinds without a number in words, and lists those that have one", () => {
    const section = sectionOf("others", figuresOf(people));
    const table = tableOf(section, "someone-elses-by-kind");
    expect(table.rows.map(([kind]) => kind)).toEqual(["Any need", "Housing"]);
    expect(table.caption).toContain("kinds without a number to show are named in the text");
    expect(section.blocks[1]).toMatchObject({
      kind: "words",
      words: [
        expect.stringMatching(
          /^Fewer than 10 people, or none, are in each column of the table for these kinds: money and debt; /,
        ),
      ],
    });
    // Nobody is hidden in exact numbers, and few are no heap.
    expect(sectionOf("others", exactOf(people)).blocks).toHaveLength(1);
  });

  test("is nothing where nothing was, and hidden where it is hidden", () => {
    expect(sectionOf("others", exactOf(helped)).text).toBe(
      "No need of this period was someone else’s to resolve.",
    );
    expect(sectionOf("others", figuresOf(helped)).text).toBe(
      "A need was someone else’s to resolve for fewer than 10 people, or none.",
    );
  });
});

describe("referrals", () => {
  const people = {
    ...helped,
    [measures.referral("sent")]: 180,
    [measures.referral("accepted")]: 150,
    [measures.referral("completed")]: 90,
    [measures.referral("declined")]: 20,
    [measures.referral("waiting")]: 10,
  };
  const estimates = {
    ...noEstimates,
    acceptance: { people: 150, median: 5, quarters: [2, 9] as const },
    completion: { people: 90, median: 1, quarters: [1, 1] as const },
  };

  test("are said step by step, each with its base, and how many days the steps took", () => {
    expect(sectionOf("referrals", figuresOf(people, { estimates })).text).toBe(
      "We referred 180 people to another service. " +
        "By 30 September 2026 the referral was accepted for 150 of 180 people (83%), and completed for 90 of 180 people (50%). " +
        "It was declined for 20 people and still had no answer for 10 people. " +
        "Half of those accepted were accepted within 5 days, and the middle half took 2 to 9. " +
        "Half of those completed were completed within one day.",
    );
  });

  test("are compared with the year before", () => {
    const textAfter = (sent: number) =>
      sectionOf("referrals", figuresOf(people, { yearBefore: { [measures.referral("sent")]: sent } })).text;
    expect(textAfter(150)).toMatch(
      /^We referred 180 people to another service, up from 150 in July to September 2025\./,
    );
    expect(textAfter(175)).toMatch(
      /^We referred 180 people to another service, about as many as in July to September 2025\./,
    );
  });

  test("that were not sent, accepted or completed are said so", () => {
    expect(sectionOf("referrals", exactOf(helped)).text).toBe("No referral was sent in this period.");
    expect(sectionOf("referrals", figuresOf(helped)).text).toBe(
      "Fewer than 10 people, or none, had a referral sent in this period.",
    );
    const sent = exactOf({ ...helped, [measures.referral("sent")]: 3 });
    expect(sectionOf("referrals", sent).text).toBe(
      "We referred three people to another service. By 30 September 2026 no referral was accepted.",
    );
  });
});

describe("time to resolution", () => {
  const curve = [0, 30, 60, 90].map((days) => ({
    ...{ days, share: 1 - days / 150, low: 0.95 - days / 150, high: 1 - days / 200, atRisk: null },
  }));
  const resolution = {
    issues: null,
    resolved: null,
    people: 200,
    median: { days: 62, low: 50, high: 75 },
    curve,
  };
  const withMedian = (median: typeof resolution.median | { days: null; low: null; high: null }) =>
    sectionOf(
      "time",
      figuresOf(helped, { estimates: { ...noEstimates, resolution: { ...resolution, median } } }),
    ).text;

  test("is the middle with its range, the share still open, and whose needs it is of", () => {
    expect(withMedian(resolution.median)).toBe(
      "Half of the needs were resolved within 62 days, likely between 50 and 75. " +
        "After 90 days, 40% of the needs were still open, likely between 35% and 55%. " +
        "This follows the needs of 200 people.",
    );
  });

  test("has no middle where fewer than half were resolved", () => {
    expect(withMedian({ days: null, low: null, high: null })).toMatch(
      /^Fewer than half of the needs were resolved while we followed them, so there is no middle to give\./,
    );
  });

  test("in exact numbers says how many needs it follows", () => {
    const estimates = { ...noEstimates, resolution: { ...resolution, issues: 310, resolved: 120 } };
    expect(sectionOf("time", exactOf(helped, { estimates })).text).toMatch(
      / This follows 310 needs of 200 people; 120 were resolved\.$/,
    );
  });

  test("is not given where nothing can be followed, or too few outside", () => {
    expect(sectionOf("time", exactOf(helped)).text).toBe(
      "No need was first recorded in the 12 months up to 30 September 2026, so there is nothing to follow.",
    );
    expect(sectionOf("time", figuresOf(helped)).text).toBe(
      "Fewer than 30 people had a need that could be followed, so no time is given.",
    );
  });
});

describe("change", () => {
  const severity = { people: 95, firstMean: 2.8, latestMean: 2.1, mean: -0.7, low: -0.9, high: -0.5 };
  const people = {
    ...helped,
    [measures.severity("both")]: 95,
    [measures.severity("better")]: 60,
    [measures.severity("same")]: 25,
    [measures.severity("worse")]: 10,
    [measures.severity("once")]: 300,
  };
  const of = (change: typeof severity | null) =>
    sectionOf("change", figuresOf(people, { estimates: { ...noEstimates, severity: change } })).text;

  test("is said with its range in words, for whom it was better and worse, and who is missing", () => {
    expect(of(severity)).toBe(
      "How serious needs were: on average from 2.8 to 2.1 (1 is low, 4 is crisis). That is 0.7 lower, likely between 0.5 and 0.9. " +
        "The latest was lower than the first for 60 of 95 people (63%), the same for 25 and higher for 10. " +
        "95 of 485 people helped (20%) were rated twice or more; 300 people were rated once and are left out.",
    );
  });

  test("that chance could make is not called a change, nor no change", () => {
    expect(of({ ...severity, mean: -0.1, latestMean: 2.7, low: -0.3, high: 0.1 })).toContain(
      "(1 is low, 4 is crisis). We cannot tell from 95 people whether that is a change. That is not the same as no change.",
    );
  });

  test("whose range begins at nothing once it is rounded is not clear either", () => {
    expect(of({ ...severity, low: -0.9, high: -0.04 })).toContain("We cannot tell from 95 people");
  });

  test("of too few people outside has no average, and still says who is missing", () => {
    expect(of(null)).toMatch(
      /^How serious needs were: fewer than 30 people were rated twice, so no average is given\./,
    );
  });

  test("is drawn as a slope whose end bar is the range of the change", () => {
    const section = sectionOf("change", figuresOf(people, { estimates: { ...noEstimates, severity } }));
    expect(section.blocks[0]).toMatchObject({
      chart: {
        kind: "slope",
        first: { value: 2.8, low: null, high: null },
        latest: { value: 2.1, low: 1.9, high: 2.3 },
        lowest: 1,
        highest: 4,
      },
    });
    expect(section.notes[0]?.means).toContain("This shows change, not that we caused it.");
  });

  test("of a scored instrument says which way is better, and goes on a line of its own", () => {
    const scores = {
      [measures.instrument(CONFIDENCE.id, "both")]: 50,
      [measures.instrument(CONFIDENCE.id, "better")]: 40,
      [measures.instrument(CONFIDENCE.id, "worse")]: 10,
    };
    const change = { people: 50, firstMean: 3.9, latestMean: 5.6, mean: 1.7, low: 1.3, high: 2.1 };
    const numbers = figuresOf(
      { ...people, ...scores },
      {
        instruments: [CONFIDENCE],
        estimates: { ...noEstimates, severity, instruments: { [CONFIDENCE.id]: change } },
      },
    );
    const [, second] = sectionOf("change", numbers).text.split("\n");
    expect(second).toBe(
      "Confidence with money: on average from 3.9 to 5.6 (0 to 10, higher is better). That is 1.7 higher, likely between 1.3 and 2.1. " +
        "The latest was higher than the first for 40 of 50 people (80%), the same for fewer than 10, or none, and lower for 10. " +
        "50 of 485 people helped (10%) were scored twice or more.",
    );
  });

  test("says that nothing was measured where nothing was", () => {
    expect(sectionOf("change", exactOf(helped)).text).toBe(
      "Nothing was rated or scored in this period, so no change can be shown.",
    );
  });
});

describe("where people live", () => {
  const people = {
    ...helped,
    [measures.placed("England", EDITION)]: 470,
    [measures.mostDeprivedFifth("England", EDITION)]: 265,
    [measures.decile("England", EDITION, 1)]: 165,
    [measures.notPlaced("no-fixed-address")]: 15,
  };
  const areas = [
    {
      ...{ nation: "England", edition: EDITION, areas: ["Wearside", "Tynemouth"] },
      households: [5000, 4000, 3000, 3000, 3000, 2500, 2500, 2000, 1500, 900],
    },
  ];

  test("is said with nation and edition, beside the homes of the same places, and who is left out", () => {
    expect(sectionOf("places", figuresOf(people, { areas })).text).toBe(
      `In England, 265 of 470 people with a known address (56%) live in the 20% most deprived areas (${EDITION}). ` +
        "Of the homes in Wearside and Tynemouth, 9,000 of 27,400 (33%) are in those areas.\n" +
        "Left out here: 15 people with no fixed address.",
    );
  });

  test("is drawn in tenths as shares, with the homes as the line", () => {
    const [block] = sectionOf("places", figuresOf(people, { areas })).blocks;
    if (block?.kind !== "chart" || block.chart.kind !== "profile") throw new Error("No profile");
    expect(block.chart.bars).toHaveLength(10);
    expect(block.chart.bars[0]?.share).toBeCloseTo(165 / 470);
    expect(block.chart.bars[0]?.against).toBeCloseTo(5000 / 27400);
    expect(block.chart.bars[1]?.share).toBeNull();
    expect(block.table.name).toBe("places-england-2025");
  });

  test("never adds nations up: each has its own sentence, chart and table", () => {
    const wales = "Welsh Index of Multiple Deprivation 2019";
    const both = {
      ...people,
      [measures.placed("Wales", wales)]: 40,
      [measures.mostDeprivedFifth("Wales", wales)]: 10,
    };
    const section = sectionOf("places", figuresOf(both));
    expect(section.text).toContain(
      `In Wales, 10 of 40 people with a known address live in the 20% most deprived areas (${wales}).`,
    );
    expect(section.blocks.map(({ kind }) => kind)).toEqual(["chart", "table", "table"]);
    expect(columnOf(tableOf(section, "places-england-2025"), "people")["All"]).toBe(470);
    expect(columnOf(tableOf(section, "places-wales-2019"), "people")["All"]).toBe(40);
  });

  test("is not told of fewer than 100 people outside", () => {
    expect(sectionOf("places", figuresOf({ ...people, [measures.helped]: 95 })).text).toBe(
      "Groups of people are shown only where we helped at least 100 people, so that nobody can be picked out.",
    );
  });

  test("that cannot be placed is said so", () => {
    expect(
      sectionOf("places", exactOf({ [measures.helped]: 3, [measures.notPlaced("unknown")]: 3 })).text,
    ).toBe(
      "No address of this period could be placed.\nLeft out here: three people with an address not known.",
    );
  });
});

describe("who was helped", () => {
  const people = {
    ...helped,
    ...{ [measures.slice(13)]: 140, [measures.slice(14)]: 120, [measures.slice(17)]: 20 },
    ...{ [measures.slice(20)]: 260, [measures.slice(21)]: 200 },
    [measures.anonymous]: 15,
  };

  test("is said by the largest age group, by sex as recorded, and who gave no name", () => {
    expect(sectionOf("people", figuresOf(people)).text).toBe(
      "The largest age group was 35 to 49: 140 of 485 people (29%). The age of 20 people is not known. " +
        "By sex as recorded: 260 female and 200 male. 15 people came without giving a name.",
    );
  });

  test("hides a group under ten as every figure, in chart and table alike", () => {
    const section = sectionOf("people", figuresOf(people));
    expect(columnOf(tableOf(section, "people-by-age"), "people")["80 and over"]).toBe("few");
    expect(columnOf(tableOf(section, "people-by-age"), "percent")["80 and over"]).toBe("not shown");
  });

  test("is not told by group of fewer than 100 people outside, and is inside", () => {
    const few = { ...people, [measures.helped]: 95 };
    expect(sectionOf("people", figuresOf(few)).blocks).toEqual([]);
    expect(sectionOf("people", exactOf(few)).blocks).toHaveLength(3);
  });
});

describe("what is still open", () => {
  const people = {
    ...helped,
    [measures.need("open", "*")]: 300,
    [measures.need("unmet", "*")]: 85,
    [measures.need("unmet", "HOU")]: 50,
    [measures.need("again", "*")]: 25,
    [measures.waiting(0)]: 200,
    [measures.waiting(183)]: 40,
  };

  test("is said by what nobody took on, how long it has been open, and what came back", () => {
    expect(sectionOf("unmet", figuresOf(people)).text).toBe(
      "On 30 September 2026, 85 of 470 people (18%) had a need that nobody had taken on. " +
        "A need had been open for half a year or more for 40 of 300 people with an open need (13%). " +
        "25 people came back with a need that had been resolved in the 12 months before.",
    );
  });

  test("that is nothing is said so", () => {
    expect(sectionOf("unmet", exactOf(helped)).text).toBe("On 30 September 2026, no need was still open.");
    expect(sectionOf("unmet", exactOf({ ...helped, [measures.need("open", "*")]: 2 })).text).toBe(
      "On 30 September 2026, every open need was ours or had been taken on by somebody. No need had been open for half a year.",
    );
  });

  test("has bands of waiting that hold each person once", () => {
    expect(columnOf(tableOf(sectionOf("unmet", figuresOf(people)), "open-by-waiting"), "people")).toEqual({
      "30 days or fewer": 200,
      "31 to 90 days": "few",
      "91 to 182 days": "few",
      "183 days or more": 40,
      "All with an open need": 300,
    });
  });
});

describe("value", () => {
  const cost: UnitCost = {
    ...{
      id: "8c6e0f5e-1111-7000-8000-000000000002",
      name: "Arrears cleared",
      basis: "resolved",
      path: "HOU-04",
    },
    ...{
      value: 1200,
      low: 800,
      high: 1650,
      source: "A study",
      year: 2024,
      confidence: "medium",
      closed: false,
    },
  };

  test("is an estimate with a range and its source, and says that it is no outcome", () => {
    const numbers = figuresOf({ ...helped, [measures.need("resolved", "HOU-04")]: 35 });
    const section = sectionOf("value", numbers, { unitCosts: [cost] });
    expect(section.text).toBe(
      "Arrears cleared: 35 people with “Rent or mortgage arrears” resolved. An estimate: about £42,000, between £28,000 and £57,800.",
    );
    expect(tableOf(section, "value-unit-costs").rows[0]?.at(-1)).toContain("Prices of 2024, from A study");
    expect(section.notes[0]?.means).toContain("no part of the outcomes");
  });

  test("of hidden people is not estimated", () => {
    expect(sectionOf("value", figuresOf(helped), { unitCosts: [cost] }).text).toBe(
      "Arrears cleared: fewer than 10 people, or none, with “Rent or mortgage arrears” resolved. No estimate is made.",
    );
  });

  test("without unit costs says so", () => {
    expect(sectionOf("value", exactOf(helped)).text).toBe("No unit costs have been entered yet.");
  });
});

describe("stories", () => {
  const story = {
    quote: ["I open the post again."],
    who: "Someone we helped with debts",
    consentOn: "2026-10-02",
  };

  test("are told with the day of consent and without a number", () => {
    const section = sectionOf("stories", figuresOf(helped), { stories: [story] });
    expect([section.title, section.text]).toEqual([
      "One person’s story",
      "A story shows one life. It does not stand for everybody we helped.",
    ]);
    expect(section.blocks).toEqual([
      {
        ...{ kind: "story", quote: story.quote, who: `${story.who}.` },
        consent: expect.stringMatching(/^Told with the person’s consent, given on 2 October 2026\./),
      },
    ]);
    expect(sectionOf("stories", figuresOf(helped), { stories: [story, story] }).title).toBe(
      "Stories of two people",
    );
  });

  test("that were not chosen are said so", () => {
    expect(sectionOf("stories", exactOf(helped)).text).toBe("No story was chosen.");
  });
});
