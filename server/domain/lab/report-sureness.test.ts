/** How sure a result is and what limits it, as a reader is told: no closer than it is known, and each thing once. */

import { expect, test } from "vitest";
import { Chance } from "../../demo/random";
import { makeStudyPaper } from "./report-paper";
import { drawnBalance } from "./report-pictures";
import { limitSentences, neededSentence, pCell, pWords } from "./report-words";
import { madeFacts, madeNumbers } from "./testing-report";

const chance = new Chance("how sure");
const reports = Array.from({ length: 100 }, () => {
  const numbers = madeNumbers(chance);
  return { numbers, paper: makeStudyPaper(madeFacts(chance), numbers, "2026-03-20") };
});

test("p is told to two figures and never more closely than what is rounded behind it", () => {
  expect([0.000089, 0.00999, 0.0123, 0.26, 1].map(pCell)).toEqual([
    "less than 0.01",
    "less than 0.01",
    "0.012",
    "0.26",
    "1",
  ]);
  expect(pWords(0.000089)).toBe("p is less than 0.01");
  expect(pWords(1)).toContain("the same in both groups");
});

test("every p of a table and of its file is told as on the page", () => {
  for (const { paper } of reports) {
    for (const { blocks } of paper.sections) {
      for (const block of blocks) {
        if (!("table" in block)) continue;
        const places = block.table.columns.flatMap(({ key }, at) =>
          key === "p" || key === "corrected_p" ? [at] : [],
        );
        for (const row of block.table.rows) {
          for (const at of places) {
            const cell = row[at] ?? null;
            if (cell !== null) expect(cell).toMatch(/^(less than 0\.01|0\.\d{2,3}|0\.\d|1)$/);
          }
        }
      }
    }
  }
});

test("what the records are not suited for is said in one place, whoever says it named once", () => {
  const made = new Chance("limits");
  const facts = madeFacts(made);
  const dataSet = { ...facts.dataSet, notSuitedFor: ["Police in Wales", "People under 18."] };
  const limits = limitSentences(madeNumbers(made), { ...facts, dataSet });
  expect(limits.filter((words) => words.includes("not suited for"))).toEqual([
    "The holder of the records says what they are not suited for. Police in Wales. People under 18.",
  ]);
});

test("a trait with two values is one line of the balance, and one with more keeps them all", () => {
  const line = (covariate: string, level: string | null) => ({
    ...{ covariate, label: covariate, level },
    ...{ before: 0.2, after: 0.05 },
  });
  const balance = [
    ...[line("prior", "No"), line("prior", "Yes"), line("sex", "Female"), line("sex", "Male")],
    ...[line("area", "North"), line("area", "South"), line("area", "West"), line("age", null)],
  ];
  expect(drawnBalance(balance).map(({ covariate, level }) => `${covariate} ${level}`)).toEqual([
    ...["prior Yes", "sex Female", "area North", "area South", "area West", "age null"],
  ]);
});

test("how many people it would need says why the planner may have said fewer", () => {
  const effects = reports.flatMap(({ numbers }) => numbers.effects);
  const needing = effects.filter(({ verdict, needed }) => verdict === "not-clear" && needed !== null);
  expect(needing.length).toBeGreaterThan(0);
  for (const effect of needing) {
    const isLess = (effect.worth ?? 0) < (effect.nComparison ?? 0);
    expect(neededSentence(effect)?.includes("The planner may have said fewer")).toBe(isLess);
  }
});
