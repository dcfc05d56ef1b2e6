import { expect, test } from "vitest";
import { defaultSections } from "../../../server/domain/impact/sections";
import type { SummaryOptions } from "../../../server/domain/summaries";
import { changed, choiceQuery, periodsToChoose, planOf, readChoice, usualChoice } from "./choice";

const SERVICE = "018f0000-0000-7000-8000-000000000001";
const STORY = "018f0000-0000-7000-8000-000000000002";
const choices: SummaryOptions = {
  organisationName: "Wear Advice",
  services: [{ id: SERVICE, name: "Money advice" }],
  frameworks: [{ key: "phof-2019", name: "Public Health Outcomes Framework 2019" }],
  stories: [{ id: STORY, title: "Debts", audiences: ["team", "funder"] }],
  firstDay: "2025-11-20",
  today: "2026-08-04",
};
const read = (query: string, from: SummaryOptions = choices) => readChoice(new URLSearchParams(query), from);

test("the usual summary is of the last whole quarter and every service, for trustees, with their sections", () => {
  expect(read("")).toEqual({
    serviceId: null,
    period: "q:2026-Q1",
    audience: "trustees",
    sections: defaultSections("trustees"),
    framework: null,
    storyIds: [],
  });
});

test("an organisation that began this quarter sees this quarter", () => {
  expect(read("", { ...choices, firstDay: "2026-07-02" }).period).toBe("q:2026-Q2");
  expect(read("", { ...choices, firstDay: null }).period).toBe("q:2026-Q2");
});

test("a choice comes back from its address, and nonsense does not", () => {
  const choice = {
    serviceId: SERVICE,
    period: "m:2026-03",
    audience: "funder" as const,
    sections: ["needs" as const, "stories" as const],
    framework: "phof-2019",
    storyIds: [STORY],
  };
  expect(read(choiceQuery(choice))).toEqual(choice);
  expect(read("service=nobody&period=soon&audience=press&framework=none&stories=x")).toEqual(read(""));
  expect(read(choiceQuery({ ...choice, sections: [] })).sections).toEqual([]);
});

test("there is a period for every day on which something was recorded", () => {
  const [quarters, months, years] = periodsToChoose(choices);
  expect(quarters?.items.map((item) => item.value)).toEqual([
    "q:2026-Q2",
    "q:2026-Q1",
    "q:2025-Q4",
    "q:2025-Q3",
  ]);
  expect(quarters?.items[0]?.label).toBe("July to September 2026, so far");
  expect(months?.items.length).toBe(10);
  expect(years?.items.map((item) => item.value)).toEqual(["y:2026", "y:2025"]);
});

test("words of a section that is off do not travel", () => {
  const plan = planOf(
    { ...usualChoice(choices), sections: ["needs"] },
    { title: "Ours", needs: "N", value: "V" },
  );
  expect(plan.texts).toEqual({ title: "Ours", needs: "N" });
});

test("sections that nobody chose go with the audience, and chosen ones stay", () => {
  const usual = usualChoice(choices);
  expect(changed(usual, { audience: "public" }).sections).toEqual(defaultSections("public"));
  const chosen = changed(usual, { sections: ["needs", "time"] });
  expect(new Set(changed(chosen, { audience: "public" }).sections)).toEqual(new Set(["needs", "time"]));
  expect(choiceQuery(changed(usual, { audience: "public" }))).not.toContain("sections");
});

test("a story is told to those alone for whom it may be told", () => {
  expect(read(`audience=funder&stories=${STORY}`).storyIds).toEqual([STORY]);
  expect(read(`audience=public&stories=${STORY}`).storyIds).toEqual([]);
});
