/** A commissioner asks which needs come together and which areas are alike; by keyboard, and with the table that says the same. */
import { expect, expectAccessible, expectAccessibleInBoth, test } from "./fixtures";

test("the page opens on the newest period with a sentence, and everybody can use it", async ({
  page,
  signIn,
}) => {
  await signIn("commissioner");
  await page.goto("/together", { waitUntil: "networkidle" });
  await expect(page.getByRole("heading", { level: 1 })).toContainText(
    /Of about [\d,]+ people with .* needs, about [\d,]+ also brought|No two domains clearly|Too few people to say/,
  );
  await expect(page.getByRole("heading", { name: "Domains that come together" })).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Areas most like/ })).toBeVisible();
  await expectAccessibleInBoth(page);
});

test("a year of the whole county has pairs, a table that says the same, and areas that are alike", async ({
  page,
  signIn,
}) => {
  await signIn("commissioner");
  await page.goto("/together", { waitUntil: "networkidle" });
  await page
    .getByRole("textbox", { name: "Period" })
    .or(page.getByRole("combobox", { name: "Period" }))
    .first()
    .click();
  await page
    .getByRole("option", { name: /^April \d{4} to March \d{4}$/ })
    .first()
    .click();
  await expect(page).toHaveURL(/period=y/);
  await page.getByRole("button", { name: "Show the table" }).press("Enter");
  const table = page.getByRole("table", { name: /^Domains that come together/ });
  await expect(table.getByRole("columnheader", { name: "To expect by chance" })).toBeVisible();
  const rows = table.getByRole("row");
  expect(await rows.count()).toBeGreaterThan(1);
  await expect(rows.nth(1)).toContainText(/about [\d,]+.* times \(/);
  await expectAccessible(page);
});
