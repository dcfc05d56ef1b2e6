import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, chromium, type Page } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { provideChromium } from "../../bin/chromium";
import type { Paper } from "../domain/impact/paper";
import { cellWords } from "../domain/impact/paper-cell";
import { filesOf } from "./files";
import { cleanPaper, tablesOf } from "./paper-words";
import { samplePaper, trapPaper } from "./testing-paper";

let browser: Browser;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "page-"));
  browser = await chromium.launch({ executablePath: await provideChromium(), args: ["--no-sandbox"] });
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

interface Opened {
  page: Page;
  /** What the page tried to fetch, run or say on the console. */
  heard: string[];
}

/** The page of a paper as a file on a desk, opened so wide. */
async function opened(paper: Paper, width: number): Promise<Opened> {
  const html = (await filesOf(paper)).find(({ name }) => name === "summary.html");
  const path = join(folder, `${width}.html`);
  await writeFile(path, html?.bytes ?? "");
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  const heard: string[] = [];
  page.on("console", (message) => heard.push(message.text()));
  page.on("dialog", (dialog) => heard.push(dialog.message()));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:") && !request.url().startsWith("data:")) heard.push(request.url());
  });
  await page.goto(pathToFileURL(path).href);
  return { page, heard };
}

describe("the page of a paper", () => {
  test.each([
    ["the sample on a desk", samplePaper, 1280],
    ["the sample on a phone", samplePaper, 390],
    ["traps on a phone", trapPaper, 390],
  ])("is accessible, whole within its width and fetches nothing: %s", async (_what, make, width) => {
    const { page, heard } = await opened(make(), width);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(await page.locator("script").count()).toBe(0);
    expect(heard).toEqual([]);
    await page.context().close();
  });

  test("has its language, title, headings in order, and every table with its caption and heads", async () => {
    const paper = samplePaper();
    const { page } = await opened(paper, 1280);
    expect(await page.locator("html").getAttribute("lang")).toBe("en-GB");
    const ids = await page.locator("[id]").evaluateAll((all) => all.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(await page.title()).toBe(`${paper.title} – ${paper.from}, ${paper.period}`);
    const headings = await page.locator("h1, h2, h3").allTextContents();
    expect(headings).toEqual([
      paper.title,
      ...paper.sections.flatMap(({ title, blocks }) => [
        title,
        ...blocks.flatMap((block) => ("title" in block ? [block.title] : [])),
      ]),
      "How we counted",
      "What this does not show",
      "What is different from version 1",
    ]);
    const tables = await page.locator("table").evaluateAll((all) =>
      all.map((table) => ({
        caption: table.querySelector("caption")?.textContent,
        heads: [...table.querySelectorAll("thead th[scope=col]")].map((cell) => cell.textContent),
        rows: [...table.querySelectorAll("tbody tr")].map((row) =>
          [...row.querySelectorAll("th[scope=row], td")].map((cell) => cell.textContent),
        ),
      })),
    );
    expect(tables).toEqual(
      tablesOf(paper).map(({ table: { caption, columns, rows } }) => ({
        caption,
        heads: columns.map(({ label }) => label),
        rows: rows.map((row) => columns.map((column, at) => cellWords(row[at] ?? null, column))),
      })),
    );
    await page.context().close();
  });

  test("says each chart in words, and prints its numbers though they are folded away", async () => {
    const { page } = await opened(samplePaper(), 1280);
    const charts = page.getByRole("img", { name: /./ });
    expect(await charts.count()).toBe(5);
    await page.emulateMedia({ media: "print" });
    await expect.poll(() => page.getByText("Family and relationships").last().isVisible()).toBe(true);
    await page.context().close();
  });

  test("shows text as text, whatever it says", async () => {
    const paper = cleanPaper(trapPaper());
    const { page } = await opened(paper, 1280);
    expect(await page.locator("h1").textContent()).toBe(paper.title);
    expect(await page.locator("img").count()).toBe(0);
    await page.context().close();
  });
});
