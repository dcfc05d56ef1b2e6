/**
 * A thousand made reports of every kind: none claims what a comparison cannot say, each says its range and that it must
 * not be compared, and all of it is in plain words.
 */

import { describe, expect, test } from "vitest";
import { Chance } from "../../demo/random";
import { Invalid } from "../errors";
import type { PaperBlock, StudyPaper } from "../impact/paper";
import { claimIn } from "./claim-words";
import { readCodebook } from "./codebook-reading";
import { faultsOfPlan } from "./plan-faults";
import { makeStudyPaper } from "./report-paper";
import {
  effectSentences,
  limitSentences,
  methodSentences,
  NOT_CLEAR,
  NOT_COMPARABLE,
  reportLead,
  reportTitle,
  verdictSentence,
  whatYouCannotSay,
  whatYouCanSay,
} from "./report-words";
import type { StudyPlan } from "./study";
import { madeFacts, madeNumbers, TEST_CODEBOOK, TEST_PLAN } from "./testing-report";

const REPORTS = 1_000;

/** Every word of a paper that a reader sees, a line for each. */
function wordsOf(paper: StudyPaper): string[] {
  const blockWords = (block: PaperBlock): string[] => {
    if (block.kind === "words") return [...block.words];
    if (block.kind === "story") return [...block.quote];
    const table = [
      block.table.caption,
      ...block.table.columns.flatMap(({ label, about }) => [label, about]),
      ...block.table.rows.flatMap((row) => row.filter((cell) => typeof cell === "string")),
    ];
    return block.kind === "chart"
      ? [block.title, block.says, JSON.stringify(block.chart), ...table]
      : [block.title, ...table];
  };
  return [
    paper.title,
    ...paper.lead.split("\n"),
    ...paper.headlines.flatMap(({ value, what, note }) => [value, what, note]),
    ...paper.sections.flatMap(({ title, text, blocks, notes }) => [
      title,
      ...text.split("\n"),
      ...blocks.flatMap(blockWords),
      ...notes.flatMap(({ term, means }) => [term, means]),
    ]),
    ...paper.counted,
    ...paper.limits,
    paper.foot,
  ];
}

const chance = new Chance("a thousand reports");
const reports = Array.from({ length: REPORTS }, () => {
  const facts = madeFacts(chance);
  const numbers = madeNumbers(chance);
  return { facts, numbers, paper: makeStudyPaper(facts, numbers, "2026-03-20") };
});

test("a report says up to when its records go, and of records without a last day the day of the study", () => {
  const facts = { ...madeFacts(new Chance("days")), countedOn: "2026-03-06" };
  const upTo = (completeTo: string) =>
    methodSentences(madeNumbers(new Chance("numbers")), {
      ...facts,
      dataSet: { ...facts.dataSet, completeTo },
    }).join(" ");
  expect(upTo("2026-01-31")).toContain("with what happened up to 31 January 2026.");
  expect(upTo("2099-12-31")).toContain("with what happened up to 6 March 2026.");
});

test("a study in these records themselves never says that anybody was sent or looked for", () => {
  for (const { facts, numbers } of reports.slice(0, 100)) {
    const paper = makeStudyPaper({ ...facts, destroyed: null }, numbers, null);
    expect(
      wordsOf(paper).filter((words) => /\bsent\b|in the file|not found|looked for/i.test(words)),
    ).toEqual([
      ...["Who took part is known from the records themselves, so that nobody’s name had to be sent."],
    ]);
  }
});

describe("a thousand reports", () => {
  test("are of every kind", () => {
    const kinds = new Set(reports.map(({ numbers }) => numbers.noHeadline ?? numbers.effects[0]?.verdict));
    expect([...kinds].sort()).toEqual(["fewer", "more", "not-clear", "red-balance", "small-numbers"]);
  });

  test("claim nothing that a comparison cannot say", () => {
    const said = reports.flatMap(({ paper }) => wordsOf(paper));
    expect(said.filter((words) => claimIn(words) !== null)).toEqual([]);
  });

  const CLAIMING = [
    ...["had a mentor, which works and caused less harm", "had what was PROVEN TO help", "were a success"],
    ...[
      "proved it",
      "beat an in\u00ADeffective course",
      "got support that never fails",
      "found proof",
      "saw its impact",
    ],
  ];
  const PLAN_WORDS = [
    "intervention",
    "about",
    "referralRoute",
    "place",
    "supportType",
    "inclusionRule",
  ] as const;

  test.each(CLAIMING)("nor in an organisation's own words, which reach the report: “%s”", (claiming) => {
    const beside = { codebook: TEST_CODEBOOK, today: "2026-03-01" };
    const plans: [string, StudyPlan][] = [
      ...PLAN_WORDS.map((field): [string, StudyPlan] => [field, { ...TEST_PLAN, [field]: claiming }]),
      ["leftOut", { ...TEST_PLAN, leftOut: [{ reason: claiming, people: 4 }] }],
    ];
    for (const [field, plan] of plans) {
      const facts = madeFacts(new Chance("hostile"), plan);
      const words = wordsOf(makeStudyPaper(facts, madeNumbers(new Chance("hostile")), null));
      expect(words.some((each) => claimIn(each) !== null)).toBe(true);
      expect(faultsOfPlan(plan, beside).filter(({ stops }) => stops)).toContainEqual(
        expect.objectContaining({ field }),
      );
    }
  });

  const faultsOfCodebook = (codebook: object): string => {
    try {
      readCodebook(JSON.stringify(codebook));
      return "";
    } catch (error) {
      return error instanceof Invalid ? JSON.stringify(error.fields) : String(error);
    }
  };

  test.each(CLAIMING)("nor in a holder's: “%s”", (claiming) => {
    const [covariate, event, outcome] = [
      TEST_CODEBOOK.covariates[0],
      TEST_CODEBOOK.events[0],
      TEST_CODEBOOK.outcomes[0],
    ];
    for (const over of [
      ...["name", "about", "population", "indexDate"].map((field) => ({ [field]: claiming })),
      { covariates: [{ ...covariate, label: claiming }] },
      { events: [{ ...event, label: claiming }] },
      { outcomes: [{ ...outcome, label: claiming }] },
      { outcomes: [{ ...outcome, verb: claiming }] },
      { notMeasured: [claiming] },
      { notSuitedFor: [claiming] },
    ]) {
      expect(faultsOfCodebook({ ...TEST_CODEBOOK, ...over })).toContain("claims a cause");
    }
    expect(faultsOfCodebook(TEST_CODEBOOK)).not.toContain("claims a cause");
  });

  test("always say that they must not be compared, at their head, among their limits and at their foot", () => {
    for (const { paper } of reports) {
      expect(paper.lead).toContain(NOT_COMPARABLE);
      expect(paper.limits).toContain(NOT_COMPARABLE);
      expect(paper.foot).toContain(NOT_COMPARABLE);
    }
  });

  test("always give the range beside a difference, and say of what is not clear that it is not the same as no effect", () => {
    for (const { facts, numbers, paper } of reports) {
      const all = wordsOf(paper).join("\n");
      for (const effect of numbers.effects) {
        const said = effectSentences(effect, facts);
        expect(said).toMatch(/The (true )?difference is likely to (be|lie) /);
        expect(said.includes(NOT_CLEAR)).toBe(effect.verdict === "not-clear");
        expect(all).toContain(said);
      }
      if (numbers.noHeadline === null)
        expect(reportLead(numbers, facts)).toContain("difference is likely to");
    }
  });

  test("say fewer or more only where the whole range lies on that side", () => {
    for (const { facts, numbers } of reports) {
      for (const effect of numbers.effects) {
        const [isFewer, isMore] = [effect.high < 0, effect.low > 0];
        expect(effect.verdict).toBe(isFewer ? "fewer" : isMore ? "more" : "not-clear");
        const said = verdictSentence(effect, facts);
        expect(/we cannot tell/i.test(said)).toBe(!isFewer && !isMore);
        expect(effect.p < 0.05).toBe(isFewer || isMore);
        expect(effect.low <= effect.difference && effect.difference <= effect.high).toBe(true);
      }
    }
  });

  test("give no result and say why where the groups are too unlike, whatever came out", () => {
    for (const { facts, numbers } of reports.filter((each) => each.numbers.band === "red")) {
      expect(numbers).toMatchObject({
        noHeadline: "red-balance",
        effects: [],
        grid: [],
        subgroups: [],
        curves: null,
      });
      expect(reportTitle(numbers, facts)).toMatch(/^No result/);
      expect(reportLead(numbers, facts)).toContain("too different in things that matter");
      expect(whatYouCanSay(numbers, facts).join()).toContain("no result");
    }
  });

  test("say for each outcome what may be said and what not", () => {
    for (const { facts, numbers } of reports) {
      if (numbers.noHeadline === "red-balance") continue;
      const [can, cannot] = [whatYouCanSay(numbers, facts), whatYouCannotSay(numbers, facts)];
      expect(can.length).toBeGreaterThan(0);
      for (const { verdict, label } of numbers.effects) {
        if (verdict === "not-clear") expect(cannot.join("\n")).toContain(`That “${label}” did not change.`);
      }
      expect(cannot.join("\n")).toContain("Studies cannot be ranked");
    }
  });

  test("show no number of people but figures: none under 10, all by fives", () => {
    for (const { numbers, paper } of reports) {
      const people = [
        numbers.attrition.sent,
        ...numbers.attrition.stages,
        ...numbers.attrition.losses,
      ].flatMap((each) =>
        each === null ? [] : typeof each === "number" ? [each] : each.people === null ? [] : [each.people],
      );
      for (const figure of people) expect(figure >= 10 && figure % 5 === 0).toBe(true);
      for (const section of paper.sections) {
        for (const block of section.blocks) {
          if (block.kind !== "chart" && block.kind !== "table") continue;
          const { columns, rows } = block.table;
          const counted = columns.flatMap(({ type }, at) =>
            type === "people" ? rows.map((row) => row[at]) : [],
          );
          for (const cell of counted)
            expect(cell === "few" || (Number(cell) >= 10 && Number(cell) % 5 === 0)).toBe(true);
        }
      }
    }
  });

  test("can be read at about twelve", () => {
    const ages = reports.slice(0, 200).map(({ paper }) => readingAge(sentencesOf(paper)));
    const mean = ages.reduce((sum, age) => sum + age, 0) / ages.length;
    expect(mean).toBeLessThan(13);
    expect(Math.max(...ages)).toBeLessThan(14);
  });
});

test("a report says that the time before the start counts too, and where its own people signed it", () => {
  const numbers = madeNumbers(new Chance("two"));
  const facts = madeFacts(new Chance("one"));
  const limits = (holder: string) =>
    limitSentences(numbers, { ...facts, dataSet: { ...facts.dataSet, holder } }).join("\n");
  expect(limits("Wythershire Police")).toContain(
    "followed from the same kind of day: the day of the sentence",
  );
  expect(limits("Wythershire Police")).not.toContain("own people");
  expect(limits(facts.organisation)).toContain("signed by one of its own people");
});

test("the same numbers make the same words, and a preview says that it is one", () => {
  const facts = madeFacts(new Chance("one"));
  const numbers = madeNumbers(new Chance("two"));
  expect(makeStudyPaper(facts, numbers, null)).toEqual(makeStudyPaper(facts, numbers, null));
  expect(makeStudyPaper(facts, numbers, null).study).toContain("not released");
});

/** What a reader reads through: the lead and what every section says, without tables, marks and what others wrote. */
const sentencesOf = ({ lead, sections, limits, counted }: StudyPaper): string =>
  [
    lead,
    ...sections.filter(({ key }) => key !== "study").map(({ text }) => text),
    ...limits,
    ...counted,
  ].join(" ");

/** Flesch and Kincaid's grade with five years on top: the age at which it is read (Kincaid and others 1975). */
function readingAge(text: string): number {
  const sentences = text.split(/[.:?!]+(?:\s|$)/).filter((sentence) => sentence.trim() !== "").length;
  const words = text.match(/[a-z’]+/gi) ?? [];
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  return 0.39 * (words.length / sentences) + 11.8 * (syllables / words.length) - 15.59 + 5;
}

/** Groups of vowels, without a silent e at the end. */
function syllablesOf(word: string): number {
  const sounded = word.toLowerCase().replace(/(?:[^laeiouy]es|[^dt]ed|[^laeiouy]e)$/, "");
  return Math.max(1, (sounded.match(/[aeiouy]+/g) ?? []).length);
}
