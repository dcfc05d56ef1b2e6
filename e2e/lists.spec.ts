/**
 * Lists by agreement: a housing manager lists streets where others share that something is open, writes at one what will be
 * done, takes the list as a file after showing that it is they, and later says what came of it and sees what has changed.
 */
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { enterAs } from "./entering";
import { expect, expectAccessibleInBoth, test } from "./fixtures";
import { ready } from "./ready";

async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByRole("combobox", { name: label }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

test("a manager lists streets, writes what will be done, and says what came of it", async ({ page }) => {
  test.setTimeout(90_000);
  await enterAs(page, /Daniel Whitlock/);
  await page.goto("/lists");
  await ready(page.getByRole("button", { name: "Make the list" }));
  await page.getByRole("button", { name: "Make the list" }).click();
  await expect(page.getByRole("alert").first()).toContainText("Say where");
  await choose(page, "By which agreement?", "Known to: advice, housing and social prescribing");
  await page.getByText("Streets", { exact: true }).click();
  await page.getByLabel("Where?").fill("WY1 1");
  await choose(page, "Which needs stand together there?", "Any need that the agreement covers");
  await page.keyboard.press("Escape");
  await choose(page, "What is it for?", "Early help");
  await choose(page, "Why now?", "To offer help before it gets worse");
  await expectAccessibleInBoth(page);
  await page.getByRole("button", { name: "Make the list" }).click();

  await expect(page.getByRole("heading", { name: "Streets in WY1 1" })).toBeFocused();
  const row = page.getByRole("row").nth(1);
  await expect(row).toContainText(/(Red|Amber|Green): something/);
  await expectAccessibleInBoth(page);
  const place = ((await row.getByRole("rowheader").textContent()) ?? "").trim();
  await row.getByRole("button", { name: /Write what you will do/ }).click();
  await choose(page, "What will be done?", "Speak with the service that knows them");
  await page.getByLabel("More, if it helps").fill("Agree who visits first");
  await page.getByRole("button", { name: "Write it down" }).click();
  await expect(row).toContainText("Written down: speak with the service that knows them.");

  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Take it as a CSV file" }).click();
  await page.getByRole("button", { name: "It is me" }).click();
  const lines = (await readFile(await (await saved).path(), "utf8")).trim().split("\r\n");
  expect(lines[0]).toBe("place,services,how recent,colour");
  expect(lines.length).toBeGreaterThan(1);

  await page.getByRole("link", { name: "What we set out to do" }).first().click();
  const card = page.getByRole("listitem").filter({ hasText: place }).first();
  await expect(card).toContainText("Agree who visits first");
  await ready(card.getByRole("button", { name: "See what has changed" }));
  await card.getByRole("button", { name: "See what has changed" }).click();
  await expect(card.getByRole("status")).toContainText(/^Still (red|amber|green)\.$/);
  await card.getByRole("button", { name: "Say what came of it" }).click();
  await choose(page, "What came of it?", "Done, and it helped");
  await page.getByRole("button", { name: "Close it" }).click();
  await expect(page.getByRole("heading", { name: /^What came of (?:it|the rest)$/ })).toBeVisible();
  await expectAccessibleInBoth(page);
});
