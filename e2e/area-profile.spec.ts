/** A commissioner asks who is behind a figure: by age, sex and deprivation, and learns where that is not told, and why. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectAccessibleInBoth, test } from "./fixtures";
import { ANY_WIDTH } from "./widths";

const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 768;

/** On a phone the table and the card are in the sheet, which opens a stop at a time. */
async function openSheet(page: Page): Promise<void> {
  if (!isPhone(page)) return;
  const handle = page.getByRole("button", { name: /Show (more|less)$/ });
  while ((await handle.getAttribute("aria-expanded")) !== "true") await handle.press("ArrowUp");
}

/** The card of the first area in the table. */
async function openFirst(page: Page): Promise<void> {
  await openSheet(page);
  const first = page.getByRole("table").first().getByRole("button", { pressed: false }).last();
  await first.press("Enter");
}

/** The whole county in a year: a figure of 100 or more. */
async function showYear(page: Page): Promise<void> {
  await page.goto("/map?level=region&measure=people");
  if (isPhone(page)) await page.getByRole("button", { name: /^Period: .*Change$/ }).click();
  await page.getByRole("group", { name: "Length of period" }).getByText("Year", { exact: true }).click();
  if (isPhone(page)) await page.getByRole("button", { name: "Close", exact: true }).click();
  await expect(page).toHaveURL(/period=y/);
}

test("a large figure is told by age, by sex and by deprivation, one at a time", async ({ page, signIn }) => {
  await signIn("commissioner");
  await showYear(page);
  await openFirst(page);
  const profile = page.getByRole("region", { name: "Who they are" });
  await expect(profile.getByRole("table", { name: /^People by age/ })).toBeVisible();
  await expect(profile.getByRole("row")).toHaveCount(9);
  await expect(profile.getByRole("row", { name: /^35 to 49/ })).toContainText(/\d+\s*\d+%/);
  await expect(profile).toContainText("Age on the first day of the period");
  await expectAccessibleInBoth(page);

  await profile.getByRole("radio", { name: "Age" }).press("ArrowRight");
  await expect(profile.getByRole("row", { name: /^Female/ })).toContainText(/\d+%/);
  await expect(profile.getByRole("row", { name: /^Other/ })).toContainText(/fewer than 10|\d+%/);
  await profile.getByRole("radio", { name: "Sex" }).press("ArrowRight");
  await expect(profile.getByRole("row", { name: /^1, most deprived/ })).toContainText(/fewer than 10|\d+%/);
  await expect(profile).toContainText("average deprivation of the sector (England,");
  await expect(profile.getByRole("table")).toHaveCount(1);
});

test("a sector says that it is not told there", ANY_WIDTH, async ({ page, signIn }) => {
  await signIn("commissioner");
  await openFirst(page);
  const profile = page.getByRole("region", { name: "Who they are" });
  await expect(profile).toContainText("are shown for local authorities, regions and nations");
  await expect(profile.getByRole("table")).toHaveCount(0);
  // The row chosen is the last: scrolled back, so that none stands half under the head of the table.
  await page.getByRole("table").first().getByRole("rowheader").first().scrollIntoViewIfNeeded();
  await expectAccessible(page);
});
