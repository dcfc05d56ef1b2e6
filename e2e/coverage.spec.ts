/**
 * A commissioner asks who reports and whether a rise is one of need: on the coverage page, by keyboard too. The small demo
 * has too few people for most figures, so what must hold here holds for any; the whole county is asked in `change.spec`.
 */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectAccessibleInBoth, test } from "./fixtures";
import { ANY_WIDTH, DESK_ONLY } from "./widths";

const title = (page: Page) => page.getByRole("heading", { level: 1 });

/** A picker is a text box to some readers and a combo box to others. */
const picker = (page: Page, name: string) =>
  page.getByRole("textbox", { name }).or(page.getByRole("combobox", { name })).first();

test("the page says who reports, and keeps recorded need apart from what others publish", async ({
  page,
  signIn,
}) => {
  await signIn("commissioner");
  await page.goto("/coverage", { waitUntil: "networkidle" });
  await expect(title(page)).toContainText(/organisations? reports? in|Nobody’s own figures show in/);
  await expect(page.getByRole("heading", { name: /^Who reports in/ })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Recorded need is not prevalence" })).toBeVisible();
  await expect(page.getByText("never on one scale")).toBeVisible();
  await expectAccessibleInBoth(page);
});

test(
  "need and length of period are chosen by keyboard and stay in the address",
  DESK_ONLY,
  async ({ page, signIn }) => {
    await signIn("commissioner");
    await page.goto("/coverage", { waitUntil: "networkidle" });
    // What is marked is chosen, however soon after the list opened it was typed.
    await picker(page, "Need").fill("housing");
    await expect(page.getByRole("option", { name: "Housing (all)" })).toHaveAttribute(
      "data-combobox-selected",
      "true",
    );
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/node=HOU/);
    await expect(page.getByRole("heading", { name: /Housing in / })).toBeVisible();
    await page.getByRole("radio", { name: "Quarter" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect(page).toHaveURL(/type=year/);
    await page.getByRole("button", { name: "Show the table" }).last().press("Enter");
    await expect(page.getByRole("columnheader", { name: "Everybody" })).toBeVisible();
    await expectAccessible(page);
  },
);

test("a caseworker reads the map and not this page", ANY_WIDTH, async ({ page, signIn }) => {
  await signIn("caseworker");
  await page.goto("/coverage");
  await expect(page.getByRole("heading", { name: /^Who reports in/ })).toHaveCount(0);
});
