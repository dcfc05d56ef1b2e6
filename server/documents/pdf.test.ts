import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { Chance } from "../demo/random";
import { makePaper } from "../domain/impact/make-paper";
import type { Paper, PaperTable } from "../domain/impact/paper";
import { anyExact, anyFigures, anyPlan, SCOPE } from "../domain/impact/testing-numbers";
import { makeStudyPaper } from "../domain/lab/report-paper";
import { madeFacts, madeNumbers } from "../domain/lab/testing-report";
import { chartSvg } from "./chart-svg";
import { cleanPaper } from "./paper-words";
import { paperPdf } from "./pdf";
import { said } from "./pdf-table";
import { standsAtEnd, TABLES_HEADING } from "./pdf-tables";
import { samplePaper, TRAPS, trapPaper } from "./testing-paper";
import { type ReadPdf, readPdf, type TagRead } from "./testing-pdf";

/** What a table says: its head, and each cell in the words of the PDF. */
const saidByTable = ({ columns, rows }: PaperTable): string[] => [
  columns.map(({ label }) => label).join(""),
  ...rows.map((row) => columns.map((column, place) => said(row[place] ?? null, column)).join("")),
];

/** Everything that a paper says, in the order in which it should be read: tables of charts at the end. */
function saidBy(paper: Paper): string[] {
  const atEnd = paper.sections.map((section) => ({
    section,
    tables: section.blocks.flatMap((block) => {
      if (block.kind === "chart") return [block.table];
      return block.kind === "table" && standsAtEnd(section, block.table) ? [block.table] : [];
    }),
  }));
  return [
    paper.from,
    paper.title,
    ...paper.lead.split("\n"),
    ...paper.headlines.flatMap(({ value, what, note }) => [value, what, note]),
    ...paper.sections.flatMap((section) => [
      section.title,
      ...section.text.split("\n"),
      ...section.blocks.flatMap((block): string[] => {
        if (block.kind === "words") return [...block.words];
        if (block.kind === "story") return [...block.quote, block.who, block.consent];
        if (block.kind === "chart") return [block.title, block.says];
        return standsAtEnd(section, block.table) ? [] : [block.title, ...saidByTable(block.table)];
      }),
    ]),
    ...paper.counted,
    ...paper.limits,
    ...(paper.version?.changes ?? []),
    ...atEnd.flatMap(({ section, tables }) =>
      tables.length === 0
        ? []
        : [section.title, ...tables.flatMap((table) => [table.caption, ...saidByTable(table)])],
    ),
  ].filter((words) => words.trim() !== "");
}

const tight = (text: string) => text.replace(/\s+/g, "");

/** What stands on the pages, without their feet. */
const wholeOf = (pages: readonly string[], foot: string) =>
  tight(pages.map((page) => page.slice(0, page.lastIndexOf(foot))).join(""));

/** Expects how a section is counted after its title and before the next one: beside it, where it begins. */
function expectNotesInPlace(pages: readonly string[], { foot, sections }: Paper) {
  const whole = wholeOf(pages, foot);
  let from = 0;
  for (const [at, { title, notes }] of sections.entries()) {
    const next = sections[at + 1]?.title ?? "How we counted";
    const start = whole.indexOf(tight(title), from);
    const end = whole.indexOf(tight(next), start);
    for (const words of notes.flatMap(({ term, means }) => [term, means])) {
      const found = whole.indexOf(tight(words), start);
      expect(found, `“${words}” of ${title}`).toBeGreaterThan(start);
      expect(found, `“${words}” before ${next}`).toBeLessThan(end);
    }
    from = start;
  }
}

/** Expects each of these words after the one before it, whatever pages and lines they are on. */
function expectInOrder(pages: readonly string[], foot: string, said: readonly string[]) {
  const whole = wholeOf(pages, foot);
  let from = 0;
  for (const words of said) {
    const at = whole.indexOf(tight(words), from);
    expect(at, `“${words}” after “${whole.slice(Math.max(0, from - 60), from)}”`).toBeGreaterThanOrEqual(0);
    from = at + tight(words).length;
  }
}

/** The sample with a table of these rows in place of its first chart. */
function withTable(rows: PaperTable["rows"]): Paper {
  const [first, ...rest] = samplePaper().sections;
  const block = first?.blocks[0];
  if (!first || block?.kind !== "chart") throw new Error("The sample begins with a chart");
  const table = { ...block.table, columns: block.table.columns.slice(0, 2), rows };
  const long = { kind: "table" as const, title: "Every need", table };
  return { ...samplePaper(), sections: [{ ...first, blocks: [long] }, ...rest] };
}

const everyTag = (tags: readonly TagRead[]): TagRead[] =>
  tags.flatMap((each) => [each, ...everyTag(each.items)]);

const headings = (tags: readonly TagRead[]) =>
  everyTag(tags)
    .filter(({ tag }) => /^H\d$/.test(tag))
    .map(({ tag, words }) => ({ tag, words: tight(words) }));

let paper: Paper;
let pdf: ReadPdf;
beforeAll(async () => {
  paper = samplePaper();
  pdf = await readPdf(await paperPdf(paper, chartSvg));
});

describe("the PDF of a paper", () => {
  test("says in which language it is, what it is called and when it was counted, and leads nowhere", () => {
    expect(pdf.language).toBe("en-GB");
    expect(pdf.title).toBe(paper.title);
    expect(pdf.creationDate).toBe("D:20261124120000Z");
    expect(pdf.actions).toBe(0);
  });

  test("keeps all its words on the sheet, of the widest table of a study too", async () => {
    expect(pdf.outside).toEqual([]);
    const chance = new Chance("a wide table");
    const study = makeStudyPaper(
      madeFacts(chance),
      madeNumbers(chance, { people: 200, rate: 0.45, difference: -0.1, band: "green" }),
      "2026-11-22",
    );
    const widest = study.sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => ("table" in block ? [block.table.columns.length] : [])),
    );
    expect(Math.max(...widest)).toBeGreaterThan(10);
    const read = await readPdf(await paperPdf(study, chartSvg));
    expect(read.outside).toEqual([]);
    expect(read.pages.join("")).toMatch(/continued/i);
  });

  test("says everything that the paper says, every number of every table too, in its order", () => {
    expectInOrder(pdf.pages, paper.foot, saidBy(paper));
    expectNotesInPlace(pdf.pages, paper);
  });

  test("has its headings as an outline that leads to their pages, and its tables below one of their own", () => {
    const inPlace = paper.sections.map((section) => ({
      title: section.title,
      items: section.blocks.flatMap((block) =>
        "title" in block && !(block.kind === "table" && standsAtEnd(section, block.table))
          ? [block.title]
          : [],
      ),
    }));
    const found = pdf.outline.map(({ title, items }) => ({ title, items: items.map((item) => item.title) }));
    expect(found.slice(0, inPlace.length)).toEqual(inPlace);
    const rest = found.slice(inPlace.length);
    expect(rest.map(({ title }) => title)).toEqual([
      "How we counted",
      "What this does not show",
      "What is different from version 1",
      TABLES_HEADING,
    ]);
    expect(rest.at(-1)?.items[0]).toBe("Table 1. People who brought a need, by kind of need");
    for (const heading of pdf.outline.flatMap((each) => [each, ...each.items])) {
      expect(tight(pdf.pages[heading.page - 1] ?? ""), heading.title).toContain(tight(heading.title));
    }
  });

  test("tells programs that read aloud what is a heading, in order and of which level", () => {
    const title = { tag: "H1", words: paper.title };
    const sections = paper.sections.flatMap((section) => [
      { tag: "H2", words: section.title },
      ...section.blocks.flatMap((block) =>
        "title" in block && !(block.kind === "table" && standsAtEnd(section, block.table))
          ? [{ tag: "H3", words: block.title }]
          : [],
      ),
    ]);
    const read = headings(pdf.tags);
    expect(read.slice(0, 1 + sections.length)).toEqual(
      [title, ...sections].map(({ tag, words }) => ({ tag, words: tight(words) })),
    );
    const levels = read.map(({ tag }) => Number(tag.slice(1)));
    expect(levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1)).toEqual([]);
  });

  test("tells them of each chart in words, and of each table whose numbers are whose", () => {
    const all = everyTag(pdf.tags);
    expect(all.filter(({ tag }) => tag === "Figure").map(({ alt }) => alt)).toEqual(
      paper.sections.flatMap(({ blocks }) =>
        blocks.flatMap((block) => (block.kind === "chart" ? [`${block.title}. ${block.says}`] : [])),
      ),
    );
    const chart = paper.sections.flatMap(({ blocks }) => blocks).find(({ kind }) => kind === "chart");
    if (chart?.kind !== "chart") throw new Error("The sample begins with a chart");
    const { columns, rows } = chart.table;
    const table = all.find(
      ({ tag, items }) => tag === "Table" && items[0]?.items[0]?.words === columns[0]?.label,
    );
    const cells = (table?.items ?? []).map(({ items }) => items.map(({ tag, words }) => `${tag} ${words}`));
    expect(cells[0]).toEqual(columns.map(({ label }) => `TH ${label}`));
    expect(cells.slice(1)).toEqual(
      rows.map((row) =>
        columns.map((column, at) =>
          `${at === 0 ? "TH" : "TD"} ${said(row[at] ?? null, column)}`.replaceAll("\u00a0", " "),
        ),
      ),
    );
  });

  test("has nothing read aloud twice: no foot, and no head of a table again on its next page", async () => {
    const rows = Array.from({ length: 113 }, (_, at) => [`Need number ${at + 1}`, at + 10]);
    const read = await readPdf(await paperPdf(withTable(rows), chartSvg));
    expect(read.pages.filter((page) => page.includes("Kind of need People")).length).toBeGreaterThan(1);
    const words = everyTag(read.tags).map((each) => each.words);
    expect(words.filter((each) => each === "Kind of need")).toHaveLength(1);
    expect(words.filter((each) => /Page \d+ of/.test(each) || each.includes(paper.foot))).toEqual([]);
  });

  test("leads from each chart to its table by a number, and says what stands for a hidden one", () => {
    const whole = pdf.pages.join("\n").replace(/\s+/g, " ");
    const [needs] = paper.sections;
    const [chart] = needs?.blocks ?? [];
    if (chart?.kind !== "chart") throw new Error("The sample begins with a chart");
    expect(whole).toContain(`${chart.says} Numbers: table 1.`);
    expect(whole).toMatch(/Immigration ?under 10/);
    expect(whole).toContain("“under 10” is fewer than 10, or none.");
  });

  test("has its foot and its number on every page, and nothing alone on a page", () => {
    for (const [at, page] of pdf.pages.entries()) {
      expect(page).toContain(paper.foot);
      expect(page).toContain(`Page ${at + 1} of ${pdf.pages.length}`);
      expect(page.length).toBeGreaterThan(200);
    }
  });

  test("begins its first section on the first page, also where the chart has no room there", async () => {
    const sample = samplePaper();
    const [first, ...rest] = sample.sections;
    const block = first?.blocks[0];
    if (!first || block?.kind !== "chart" || block.chart.kind !== "bars")
      throw new Error("It begins with bars");
    const bars = [
      ...block.chart.bars,
      ...block.chart.bars.map((bar) => ({ ...bar, label: `Other ${bar.label}` })),
    ];
    const long = { ...block, chart: { ...block.chart, bars } };
    const read = await readPdf(
      await paperPdf({ ...sample, sections: [{ ...first, blocks: [long] }, ...rest] }, chartSvg),
    );
    expect(tight(read.pages[0] ?? "")).toContain(tight(first.text.split("\n")[0] ?? ""));
    expect(tight(read.pages[1] ?? "")).toContain(tight(block.title));
  });

  test("has the words of its charts as text", () => {
    const whole = pdf.pages.join("\n");
    for (const words of ["fewer than 10, or none", "half within 58 days", "Most deprived tenth"]) {
      expect(whole).toContain(words);
    }
  });

  test("keeps a long table's head with it on every page and leaves no heading behind", async () => {
    const rows = Array.from({ length: 113 }, (_, at) => [`Need number ${at + 1}`, at + 10]);
    const read = await readPdf(await paperPdf(withTable(rows), chartSvg));
    for (const [name] of rows) expect(read.pages.join("\n")).toContain(String(name));
    const pagesWithRows = read.pages.filter((page) => /Need number/.test(page));
    expect(pagesWithRows.length).toBeGreaterThan(1);
    for (const page of pagesWithRows) expect(page).toContain("Kind of need People");
    const start = read.pages.find((page) => page.includes("Every need"));
    expect(start).toMatch(/Need number 2\b/);
  });

  test("loses nothing of any summary that can be made of any numbers", async () => {
    const papers = fc
      .tuple(fc.oneof(anyFigures, anyExact), anyPlan)
      .map(([numbers, plan]) => makePaper({ plan, numbers, scope: SCOPE }));
    await fc.assert(
      fc.asyncProperty(papers, async (made) => {
        const read = await readPdf(await paperPdf(made, chartSvg));
        const foot = made.basis === "exact" ? "Exact numbers: not to leave the organisation." : made.foot;
        expectInOrder(read.pages, foot, saidBy(made));
        const whole = tight(read.pages.join(""));
        for (const { term, means } of made.sections.flatMap(({ notes }) => notes)) {
          expect(whole).toContain(tight(term));
          expect(whole).toContain(tight(means));
        }
        for (const page of read.pages) expect(page.length).toBeGreaterThan(150);
      }),
      { numRuns: 8 },
    );
  });

  test("is whole with names that are traps, in any script and of any length", async () => {
    const traps = cleanPaper(trapPaper());
    const read = await readPdf(await paperPdf(traps, chartSvg));
    expect(read.actions).toBe(0);
    expect(read.title).toBe(TRAPS[7]);
    const foot = `Exact numbers: not to leave the organisation. ${traps.foot}`;
    const readable = (words: string) => /^[\x20-\x7e\u00a0-\u017f–’“”]+$/.test(words);
    expectInOrder(read.pages, foot, saidBy(traps).filter(readable));
    const whole = tight(read.pages.join(""));
    for (const { means } of traps.sections.flatMap(({ notes }) => notes)) {
      if (readable(means)) expect(whole).toContain(tight(means));
    }
    for (const name of ["Κέντρο", "Центр", "Ŷd", "Łódź"]) expect(whole).toContain(name);
  });
});
