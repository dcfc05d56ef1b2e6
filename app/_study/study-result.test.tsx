/** The result page as text: what must stand there whichever way a study points, without a browser. */
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { ReportNumbers } from "../../server/domain/lab/report-numbers";
import { NOT_COMPARABLE } from "../../server/domain/lab/report-words";
import { StudyResult } from "./study-result";
import { FACTS, NOT_CLEAR_EFFECT, NUMBERS } from "./testing-result";

const draw = (over: Partial<ReportNumbers> = {}) =>
  renderToStaticMarkup(
    <StudyResult numbers={{ ...NUMBERS, ...over }} facts={FACTS} eyebrow="Study 14" aside={null} />,
  );
const words = (html: string) =>
  html
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&#x27;", "'")
    .replace(/\s+/g, " ");

const RED = { noHeadline: "red-balance", effects: [], grid: [], subgroups: [], band: "red" } as const;

test("the sentence comes first, with both groups and what may be said", () => {
  const text = words(draw());
  expect(text).toMatch(/^ ?Study 14 Of every 100 people who had a Wytherwork mentor, 31 went on to/);
  expect(text).toContain("12 fewer in every 100");
  expect(text).toContain("between 5 and 19 fewer in every 100");
  expect(text).toContain("What you cannot say");
});

test("31 and 43 dots are filled, at both widths", () => {
  const html = draw();
  const pictures = html.split("<svg").filter((picture) => picture.includes("Two groups of a hundred dots"));
  expect(pictures).toHaveLength(2);
  for (const picture of pictures) {
    const dots = picture.split("</svg>")[0] ?? "";
    expect(dots.match(/<circle[^>]*fill="var\(--brand\)"/g)).toHaveLength(31);
    expect(dots.match(/<circle[^>]*fill="var\(--ink-2\)"/g)).toHaveLength(43);
  }
});

test("a result that is not clear has no large number, says so, and about how many people it would take", () => {
  const html = draw({ effects: [NOT_CLEAR_EFFECT], band: "green" });
  const text = words(html);
  expect(html).toMatch(/data-words="true"[^>]*>Not clear</);
  expect(text).toContain("which is not the same as no effect");
  expect(text).toContain("about 1,400 people would have to take part");
  expect(text).not.toContain("5 fewer in every 100 ");
});

test("groups that are too unlike give no headline, no difference and no other method", () => {
  const text = words(draw(RED));
  expect(text).toContain("No result: the two groups were too different to compare");
  expect(text).toContain("This says nothing about the service, good or bad.");
  expect(text).not.toContain("Would another method say the same?");
  expect(text).not.toContain("fixed before the results were seen");
  expect(text).toContain("How alike the two groups are");
});

test("an organisation reads its own number beside the rounded one", () => {
  const sent = NUMBERS.attrition.sent ?? 0;
  const drawn = (planned: number) =>
    words(
      renderToStaticMarkup(
        <StudyResult numbers={NUMBERS} facts={FACTS} eyebrow="" aside={null} planned={planned} />,
      ),
    );
  expect(drawn(sent + 2)).toContain(`Your plan has ${sent + 2} people in the file.`);
  expect(drawn(sent)).not.toContain("Your plan has");
  expect(words(draw())).not.toContain("Your plan has");
});

test("who is lost is told by reason, and a hidden number is never shown as none", () => {
  const text = words(draw());
  expect(text).toContain("20 were not found in the records");
  expect(text).toContain("Lost: had no full date of birth fewer than 10, or none");
});

test.each([
  ["clear", {}],
  ["not clear", { effects: [NOT_CLEAR_EFFECT] }],
  ["too unlike", RED],
] as const)(
  "a result that is %s must not be compared with others, and says what is not in the data",
  (_, over) => {
    const text = words(draw(over));
    expect(text).toContain(NOT_COMPARABLE);
    expect(text).toContain("Not in the data: housing, mental health.");
    expect(text).not.toMatch(/\b(proves?|caused|works|failed)\b/i);
  },
);

test("every table of numbers can be opened by key", () => {
  const html = draw();
  const figures = html.match(/<figure/g)?.length ?? 0;
  expect(html.match(/<details/g)?.length ?? 0).toBe(figures);
  expect(figures).toBeGreaterThanOrEqual(5);
});
