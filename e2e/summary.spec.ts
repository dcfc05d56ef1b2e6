/** A manager reads the summary of the organisation, prints it, and takes the same numbers away as a file. */
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import Papa from "papaparse";
import { expect, expectAccessible, test } from "./fixtures";
import { ANY_WIDTH } from "./widths";

const title = (page: Page) => page.getByRole("heading", { level: 1 });

/** The file that the page hands out, as rows of text. */
async function downloadedRows(page: Page): Promise<string[][]> {
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download CSV" }).click();
  const file = await (await waiting).path();
  const text = await readFile(file, "utf8");
  expect(text.charCodeAt(0)).toBe(0xfeff);
  return Papa.parse<string[]>(text.slice(1), { skipEmptyLines: true }).data;
}

const numberIn = (rows: string[][], section: string, item: string, measure: string) =>
  rows.find((row) => row[0] === section && row[1] === item && row[2] === measure)?.[3];

test("the page says how many people were helped, and everybody can use it", async ({ page, signIn }) => {
  await signIn("manager");
  await page.goto("/summary");
  await expect(title(page)).toContainText(/^We helped [\d,]+ people, mostly with /);
  await expect(page.getByText(/of [\d,]+ with a postcode in /).first()).toBeVisible();
  await expect(page.getByText(/Exact numbers for use inside/)).toBeVisible();
  await expectAccessible(page);
});

test("the file holds the numbers of the screen", async ({ page, signIn }) => {
  await signIn("manager");
  await page.goto("/summary");
  await expect(title(page)).toContainText("We helped");
  const tables = page.getByRole("button", { name: "Show the table" });
  await tables.first().click();
  const rows = await downloadedRows(page);
  const grouped = (count: string | undefined) => Number(count).toLocaleString("en-GB");
  await expect(title(page)).toContainText(
    `We helped ${grouped(numberIn(rows, "Totals", "People", "people"))} people`,
  );
  await expect(
    page.getByText(`${grouped(numberIn(rows, "Totals", "Contacts", "contacts"))} contacts`).first(),
  ).toBeVisible();

  const shown = page.getByRole("region", { name: "Issues by kind of need" }).getByRole("row");
  const columns = ["people", "issues mentioned", "issues new", "issues open at the end", "issues resolved"];
  const count = await shown.count();
  expect(count).toBeGreaterThan(3);
  for (let at = 1; at < count; at += 1) {
    const domain = (await shown.nth(at).getByRole("rowheader").textContent()) ?? "";
    const cells = await shown.nth(at).getByRole("cell").allTextContents();
    expect(cells.slice(0, columns.length)).toEqual(
      columns.map((measure) => grouped(numberIn(rows, "By domain", domain, measure))),
    );
  }
});

test("another service and another period are one choice each, and the address keeps them", async ({
  page,
  signIn,
}) => {
  await signIn("manager");
  await page.goto("/summary");
  await expect(title(page)).toContainText("We helped");
  await page
    .getByRole("combobox", { name: "Service" })
    .or(page.getByRole("textbox", { name: "Service" }))
    .first()
    .click();
  const service = page.getByRole("option").nth(1);
  const name = (await service.textContent()) ?? "";
  await service.click();
  await expect(page).toHaveURL(/service=/);
  await expect(page.getByRole("article")).toContainText(name);
  await page.reload();
  await expect(page.getByRole("article")).toContainText(name);
  await page.goBack();
  await expect(page).not.toHaveURL(/service=/);
});

test("on paper there is the page and nothing round it", async ({ page, signIn }) => {
  await signIn("manager");
  await page.goto("/summary");
  await expect(title(page)).toContainText("We helped");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("link", { name: "Download CSV" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Show the table" }).first()).toBeHidden();
  await expect(page.getByRole("navigation").first()).toBeHidden();
  await expect(title(page)).toBeVisible();
});

test("somebody who logs contacts finds no summary here", ANY_WIDTH, async ({ page, signIn }) => {
  await signIn("caseworker");
  await page.goto("/summary");
  await expect(page.getByRole("link", { name: "Download CSV" })).toHaveCount(0);
  expect((await page.request.get("/api/impact.csv?period=q:2026-Q1")).status()).toBe(403);
});
