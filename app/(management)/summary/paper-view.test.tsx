/** A paper on screen, as the browser would get it. */
import { MantineProvider } from "@mantine/core";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { samplePaper } from "../../../server/documents/testing-paper";
import type { Paper } from "../../../server/domain/impact/paper";
import { PaperView } from "./paper-view";

const MADE_PAPER = samplePaper();

const page = (paper: Paper) =>
  renderToStaticMarkup(
    <MantineProvider>
      <PaperView paper={paper} />
    </MantineProvider>,
  );
const words = (html: string) =>
  html
    .replace(/<style[\s\S]*?<\/style>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");

test("headings stand in order, the title first and each chart under its section", () => {
  const found = [...page(MADE_PAPER).matchAll(/<h([1-3])[^>]*>(.*?)<\/h\1>/g)].map(
    ([, level, text]) => `${level} ${text}`,
  );
  expect(found).toEqual([
    `1 ${MADE_PAPER.title}`,
    "2 Version 2: what changed and why",
    ...MADE_PAPER.sections.flatMap(({ title, blocks }) => [
      `2 ${title}`,
      ...blocks.flatMap((block) => ("title" in block ? [`3 ${block.title}`] : [])),
    ]),
    "2 How we counted",
    "2 What this does not show",
  ]);
});

test("words that a person wrote are marked, and drafted ones are not", () => {
  const html = page(MADE_PAPER);
  expect(html.match(/>edited</g)).toHaveLength(2);
  expect(page({ ...MADE_PAPER, leadEdited: false, sections: [] })).not.toContain(">edited<");
});

test("what is hidden is said in words, and never as a nought", () => {
  const said = words(page(MADE_PAPER));
  expect(said).toContain("fewer than 10, or none");
  // The sample's own noughts: where three scales begin, and the lowest of a range in pounds.
  const noughts = ["0% 50% 100%", "points 0 2 4 6 8 10", "£0 £98,700", "0 10 20 30 40 50 60 70 80 90 days"];
  for (const nought of noughts) expect(said).toContain(nought);
  const rest = noughts.reduce((left, nought) => left.replaceAll(nought, ""), said);
  expect(rest).not.toMatch(/(?<![\d.,])0\b(?![.,]\d)/);
});

test("exact numbers say that they stay inside, and figures do not", () => {
  expect(words(page({ ...MADE_PAPER, basis: "exact", audience: "team" }))).toContain(
    "Exact numbers, inside only",
  );
  expect(words(page(MADE_PAPER))).not.toContain("inside only");
});

test("a paper of nobody is a sheet without headlines or sections", () => {
  const html = page({ ...MADE_PAPER, headlines: [], sections: [], version: null });
  expect(html).toContain("How we counted");
  expect(html).not.toContain("<dl");
});
