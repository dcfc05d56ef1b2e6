/**
 * What holds for every paper, whatever its numbers: thousands of random ones, exact and figures, are read for words that
 * are no words, numbers that no table has, percentages without a base, words of cause, and numbers that may not leave.
 */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makePaper } from "./make-paper";
import { type ImpactNumbers, measures } from "./numbers";
import type { Paper, PaperSection, PaperTable } from "./paper";
import { AUDIENCES, type Plan, SECTIONS } from "./plan";
import { anyExact, anyFigures, anyPlan, planFor, SCOPE, TESTED_FRAMEWORK } from "./testing-numbers";
import type { UnitCost } from "./value";

const COSTS: readonly UnitCost[] = [
  {
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
  },
];
const STORIES = [
  { quote: ["I open the post again."], who: "Someone we helped with debts", consentOn: "2026-10-02" },
];

const paperOf = (plan: Plan, numbers: ImpactNumbers): Paper =>
  makePaper({ plan, numbers, scope: SCOPE, framework: TESTED_FRAMEWORK, unitCosts: COSTS, stories: STORIES });

const anyNumbers = fc.oneof(anyFigures, anyExact);
const RUNS = { numRuns: 100 };

const tablesOf = ({ blocks }: PaperSection): PaperTable[] =>
  blocks.flatMap((block) => (block.kind === "chart" || block.kind === "table" ? [block.table] : []));

/** What a section says of its numbers: its text, the titles of its charts, and the words under them. */
const saidIn = ({ text, blocks }: PaperSection): string =>
  [
    text,
    ...blocks.flatMap((block) => {
      if (block.kind === "words") return block.words;
      return block.kind === "story" ? [] : [block.title];
    }),
  ].join("\n");

const everySentence = (paper: Paper): string =>
  [
    ...[paper.title, paper.lead, paper.foot, ...paper.counted, ...paper.limits],
    ...paper.headlines.flatMap(({ value, what, note }) => [value, what, note]),
    ...paper.sections.flatMap((section) => [
      ...[section.title, saidIn(section)],
      ...section.notes.flatMap(({ term, means }) => [term, means]),
      ...section.blocks.flatMap((block) => (block.kind === "chart" ? [block.says] : [])),
      ...tablesOf(section).flatMap(({ caption, columns }) => [
        caption,
        ...columns.flatMap(({ label, about }) => [label, about]),
      ]),
    ]),
  ].join("\n");

/** Numbers that name something and count nothing. */
const NAMES =
  /\b(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{4})?\b|20% most deprived|12 months|fewer than 10\b|fewer than 30 people|at least 100 people|Index of Multiple Deprivation \d{4}|Framework \d{4}|\(1 is low, 4 is crisis\)|\(0 to 10, higher is better\)|: \d+ to \d+, |Prices of \d{4}/gi;

/** Numbers that a text says: digits with what belongs to them, and number words but for "one", which is also a pronoun. */
const numbersIn = (text: string): string[] =>
  text
    .replace(NAMES, " ")
    .match(/£?\d+(?:,\d{3})*(?:\.\d+)?%?|\b(?:two|three|four|five|six|seven|eight|nine) (?=people)/gi)
    ?.map((said) => said.trim().toLowerCase()) ?? [];

const WORDS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const grouped = new Intl.NumberFormat("en-GB");

/** A cell as a sentence may say it. */
const cellsAsSaid = (tables: readonly PaperTable[]): Set<string> =>
  new Set(
    tables.flatMap(({ columns, rows }) =>
      rows.flatMap((row) =>
        row.flatMap((cell, at) => {
          if (typeof cell !== "number") return typeof cell === "string" ? numbersIn(cell) : [];
          const type = columns[at]?.type;
          if (type === "percent") return [`${cell}%`];
          if (type === "money") return [`£${grouped.format(cell)}`];
          if (type === "score") return [Math.abs(cell).toFixed(1)];
          return [grouped.format(cell), WORDS[cell] ?? ""];
        }),
      ),
    ),
  );

const sentencesOf = (text: string): string[] => text.split(/(?<=[.?!])\s+|\n/).filter((each) => each !== "");

/** Years of school that a text asks for (Kincaid and others 1975), a number or a percentage read as one short word. */
function gradeOf(text: string): number {
  const words = text.replace(/£?\d[\d,.]*%?/g, "ten").match(/[a-z’]+/gi) ?? [];
  const syllables = words
    .map(
      (word) =>
        word
          .toLowerCase()
          .replace(/([^l])e$/, "$1")
          .match(/[aeiouy]+/g)?.length ?? 1,
    )
    .reduce((sum, count) => sum + count, 0);
  return (0.39 * words.length) / sentencesOf(text).length + (11.8 * syllables) / words.length - 15.59;
}

describe("whatever the numbers are, a paper", () => {
  test("holds no word that stands for a missing value", () => {
    fc.assert(
      fc.property(anyPlan, anyNumbers, (plan, numbers) => {
        expect(everySentence(paperOf(plan, numbers))).not.toMatch(
          /NaN|undefined|null|Infinity|\[object|\bfew\b|-0\b| {2}|\s[.,;:]|\.\.|,\./,
        );
      }),
      RUNS,
    );
  });

  test("says no number in a section that a table of that section does not have", () => {
    fc.assert(
      fc.property(anyNumbers, (numbers) => {
        for (const section of paperOf(planFor("team"), numbers).sections) {
          const known = cellsAsSaid(tablesOf(section));
          expect(numbersIn(saidIn(section)).filter((said) => !known.has(said))).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  test("says no percentage without the numbers it is of", () => {
    fc.assert(
      fc.property(anyPlan, anyNumbers, (plan, numbers) => {
        const paper = paperOf(plan, numbers);
        const said = [paper.lead, ...paper.sections.map(saidIn)].flatMap(sentencesOf);
        for (const sentence of said) {
          const plain = sentence.replaceAll("20% most deprived", "");
          if (!plain.includes("%")) continue;
          expect(plain).toMatch(/\b[\w,]+ of (?:the )?[\w,]+\b|% of the needs were still open/);
        }
        for (const { value, note } of paper.headlines) {
          if (value.endsWith("%")) expect(note).toMatch(/^[\d,]+ of [\d,]+ people/);
        }
      }),
      RUNS,
    );
  });

  test("speaks of no cause, and promises nothing", () => {
    fc.assert(
      fc.property(anyPlan, anyNumbers, (plan, numbers) => {
        const paper = paperOf(plan, numbers);
        const said = [paper.title, paper.lead, ...paper.sections.map(saidIn)].join("\n");
        expect(said).not.toMatch(
          /\b(caus\w*|because|due to|thanks to|led to|result(s|ed)? (in|from)|prov(e|es|ed|en)|effect\w*|impact\w*|success\w*|reduc\w*|saved|achiev\w*|significant\w*|lives changed|made a difference)\b/i,
        );
      }),
      RUNS,
    );
  });

  test("has sentences that are short enough to be read once", () => {
    fc.assert(
      fc.property(anyPlan, anyNumbers, (plan, numbers) => {
        const paper = paperOf(plan, numbers);
        const said = [paper.lead, ...paper.sections.map(({ text }) => text)].flatMap(sentencesOf);
        for (const sentence of said) expect(sentence.split(/\s+/).length, sentence).toBeLessThanOrEqual(40);
      }),
      RUNS,
    );
  });

  test("can be read at the age of 12: a Flesch–Kincaid grade under 8, which with five years on top is the age", () => {
    fc.assert(
      fc.property(anyFigures, (numbers) => {
        const { sections } = paperOf(planFor("trustees"), numbers);
        const text = sections.map((section) => section.text).join("\n");
        if (text.split(/\s+/).length > 150) expect(gradeOf(text)).toBeLessThan(8);
      }),
      { numRuns: 40 },
    );
  });

  test("begins each sentence with a capital or a number, and ends it with a full stop", () => {
    fc.assert(
      fc.property(anyNumbers, (numbers) => {
        const paper = paperOf(planFor("team"), numbers);
        for (const { text } of paper.sections) {
          for (const line of text.split("\n")) expect(line).toMatch(/^[A-Z\d].*\.$/);
        }
      }),
      RUNS,
    );
  });

  test("has tables with names of their own, short enough for a sheet, whose columns say what they count", () => {
    fc.assert(
      fc.property(anyNumbers, (numbers) => {
        const tables = paperOf(planFor("team"), numbers).sections.flatMap(tablesOf);
        const names = tables.map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
        for (const { name, columns, rows } of tables) {
          expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
          expect(name.length).toBeLessThanOrEqual(31);
          expect(new Set(columns.map(({ key }) => key)).size).toBe(columns.length);
          expect(columns.filter(({ key }) => !/^[a-z][a-z_0-9]*$/.test(key))).toEqual([]);
          expect(columns.filter(({ label, about }) => label === "" || about === "")).toEqual([]);
          expect(rows.filter(({ length }) => length !== columns.length)).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  test("gives no percentage above 100 or below 0", () => {
    fc.assert(
      fc.property(anyNumbers, (numbers) => {
        for (const { columns, rows } of paperOf(planFor("team"), numbers).sections.flatMap(tablesOf)) {
          columns.forEach(({ type }, at) => {
            if (type !== "percent") return;
            for (const row of rows) {
              const cell = row[at];
              if (typeof cell !== "number") continue;
              expect(cell).toBeGreaterThanOrEqual(0);
              expect(cell).toBeLessThanOrEqual(100);
            }
          });
        }
      }),
      RUNS,
    );
  });

  test("is the same for the same plan and numbers", () => {
    fc.assert(
      fc.property(anyPlan, anyNumbers, (plan, numbers) => {
        expect(JSON.stringify(paperOf(plan, numbers))).toBe(JSON.stringify(paperOf(plan, numbers)));
      }),
      { numRuns: 30 },
    );
  });

  test("says the same of how many were helped through every framework and for every audience", () => {
    fc.assert(
      fc.property(anyNumbers, (numbers) => {
        const plain = makePaper({ plan: planFor("trustees"), numbers, scope: SCOPE });
        const top = ({ title, lead, headlines }: Paper) => [
          ...[title, lead],
          ...headlines.map(({ value, what }) => `${value} ${what}`),
        ];
        for (const audience of AUDIENCES) {
          const paper = paperOf(planFor(audience), numbers);
          expect(top(paper)).toEqual(top(plain));
          // The team reads numbers of things besides.
          if (audience === "team") continue;
          for (const key of SECTIONS.filter(
            (key) => key !== "needs" && key !== "value" && key !== "stories",
          )) {
            const of = ({ sections }: Paper) => sections.find((section) => section.key === key);
            expect(of(paper)).toEqual(of(plain));
          }
          expect(paper.sections.find(({ key }) => key === "needs")?.text).toBe(
            plain.sections.find(({ key }) => key === "needs")?.text,
          );
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("a paper that leaves", () => {
  test("holds no number of people that is not a multiple of 5 from 10 up, and no number of things but homes", () => {
    fc.assert(
      fc.property(anyFigures, (numbers) => {
        for (const { columns, rows } of paperOf(planFor("funder"), numbers).sections.flatMap(tablesOf)) {
          columns.forEach(({ key, type }, at) => {
            if (type === "count") expect(key).toBe("homes");
            if (type !== "people") return;
            for (const row of rows) {
              const cell = row[at];
              if (cell === "few" || cell === null) continue;
              expect(typeof cell === "number" && cell >= 10 && cell % 5 === 0).toBe(true);
            }
          });
        }
      }),
      RUNS,
    );
  });

  test("draws nothing but figures either", () => {
    fc.assert(
      fc.property(anyFigures, (numbers) => {
        const charts = paperOf(planFor("public"), numbers).sections.flatMap(({ blocks }) =>
          blocks.flatMap((block) => (block.kind === "chart" ? [block.chart] : [])),
        );
        for (const chart of charts) {
          if (chart.kind !== "bars") continue;
          for (const { whole, part } of chart.bars) {
            for (const drawn of [whole, part]) {
              expect(drawn === null || (drawn >= 10 && drawn % 5 === 0)).toBe(true);
            }
          }
        }
      }),
      RUNS,
    );
  });

  test("has no row of 100% for a whole beside parts that do not make 100%", () => {
    fc.assert(
      fc.property(anyFigures, (numbers) => {
        for (const { columns, rows } of paperOf(planFor("funder"), numbers).sections.flatMap(tablesOf)) {
          const last = rows.at(-1);
          if (!/^All\b/.test(String(last?.[0]))) continue;
          columns.forEach(({ type }, at) => {
            if (type === "percent") expect(last?.[at]).not.toBe(100);
          });
        }
      }),
      RUNS,
    );
  });

  test("says of every section whose parts are more than their whole that they were rounded one by one", () => {
    fc.assert(
      fc.property(anyFigures, (numbers) => {
        const [helped, both, once] = [
          measures.helped,
          measures.severity("both"),
          measures.severity("once"),
        ].map((measure) => numbers.people[measure] ?? 0);
        if (!helped || !both || !once || both + once <= helped) return;
        const change = paperOf(planFor("funder"), numbers).sections.find(({ key }) => key === "change");
        expect(change?.notes.map(({ term }) => term)).toContain("Parts and wholes");
      }),
      RUNS,
    );
  });

  test("never says that there was nobody: what is hidden may be some", () => {
    fc.assert(
      fc.property(anyFigures, (numbers) => {
        const paper = paperOf(planFor("commissioner"), numbers);
        const said = [paper.title, paper.lead, ...paper.sections.map(saidIn)].join("\n");
        expect(said.replace(/so that nobody|that nobody had taken on|that nobody took on/g, "")).not.toMatch(
          /\bnobody\b|\b0 people\b|\bnone of\b|\bno needs?\b(?! was much)/i,
        );
      }),
      RUNS,
    );
  });
});
