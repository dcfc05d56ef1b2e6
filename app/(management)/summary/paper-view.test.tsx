/** A paper on screen, as the browser would get it. */
import { MantineProvider } from "@mantine/core";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { Paper } from "../../../server/domain/impact/paper";
import { PaperView } from "./paper-view";
import { MADE_PAPER } from "./testing-paper";

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
    "1 We helped 485 people, mostly with money and debt",
    "2 Version 2: what changed and why",
    "2 What people needed help with",
    "3 310 people came with money and debt",
    "2 Value",
    "3 What it may be worth",
    "2 One person’s story",
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
  expect(said).not.toMatch(/\b0\b/);
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
