/**
 * A commissioner asks the demo county: where did food need fall after the pantry opened, which sectors rose after the
 * employer closed, is that just a new organisation reporting? The figures are those of the whole demo county, in an
 * installation of its own: the small one of the other journeys has too few people to show anything.
 */
import type { Page } from "@playwright/test";
import { addDays, dayOf } from "../server/domain/period";
import { enterAs } from "./entering";
import { expect, expectAccessible, expectAccessibleInBoth, test } from "./fixtures";
import { startInstallation } from "./installation";

const LOADED_WITHIN_MS = 660_000;
const port = process.env["E2E_FULL_PORT"];

test.describe.configure({ mode: "serial" });
test.use({ baseURL: `http://127.0.0.1:${port}` });

let stop: () => Promise<void> = async () => {};

test.beforeAll(async () => {
  test.setTimeout(LOADED_WITHIN_MS);
  stop = await startInstallation({ port, size: "full" });
});

test.afterAll(() => stop());

const title = (page: Page) => page.getByRole("heading", { level: 1 });

async function openChange(page: Page): Promise<void> {
  await enterAs(page, /\bCommissioner\b/);
  await page.goto("/change");
  await expect(page.getByRole("heading", { name: "Events" })).toBeVisible();
}

async function pickEvent(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name }).click();
  await expect(page.getByRole("heading", { level: 2, name })).toBeVisible();
}

/** The areas that the list names as clearly above or below the others. */
async function named(page: Page, verdict: "More than elsewhere" | "Less than elsewhere"): Promise<string[]> {
  const rows = page.getByRole("row").filter({ hasText: verdict });
  await expect(rows.first()).toBeVisible();
  return rows.getByRole("rowheader").getByRole("button").allTextContents();
}

test("where did food need fall after the pantry opened?", async ({ page }) => {
  await openChange(page);
  await pickEvent(page, "Saltersea Pantry opens");
  await expect(
    page.getByText("Written before any figure after the date was published").first(),
  ).toBeVisible();
  await expect(title(page)).toContainText("No food: fell, set against the others, in WY3");
  const fell = await named(page, "Less than elsewhere");
  const besides = fell.filter((sector) => !["WY3 1", "WY3 2", "WY3 3", "WY3 4"].includes(sector));
  expect(fell.length).toBeGreaterThan(besides.length);
  // One in twenty of those named may be there by chance.
  expect(besides.length).toBeLessThanOrEqual(1);
  await expect(page.getByText("This does not say why.").first()).toBeVisible();
  await expectAccessibleInBoth(page);

  // The district by month: the sentence, the day, what was to be expected, and the table that says the same.
  await page.getByText("One place", { exact: true }).click();
  await page
    .getByRole("combobox", { name: "Areas" })
    .or(page.getByRole("textbox", { name: "Areas" }))
    .first()
    .click();
  await page.getByRole("option", { name: "Postcode districts" }).click();
  await page
    .getByRole("textbox", { name: "Place" })
    .or(page.getByRole("combobox", { name: "Place" }))
    .first()
    .fill("WY3");
  await page.getByRole("option", { name: "WY3", exact: true }).click();
  await page.keyboard.press("Escape");
  await expect(title(page)).toContainText(/No food: fell by about .* in WY3 after .* set against the rest/);
  await expect(
    page.getByText(/likely between \d+% and \d+% fewer people than if it had gone as the/),
  ).toBeVisible();
  await expect(page.getByRole("heading", { name: "What this cannot tell" })).toBeVisible();
  await page.getByRole("button", { name: "Show the table" }).press("Enter");
  await expect(page.getByRole("columnheader", { name: "Expected without a step" })).toBeVisible();
  await expectAccessible(page);
});

test("which sectors rose after the employer closed?", async ({ page }) => {
  await openChange(page);
  await pickEvent(page, "Thornbeck Works closes");
  await page.getByRole("button", { name: "Money and debt", exact: true }).click();
  await expect(title(page)).toContainText("Money and debt: rose more than elsewhere in");
  const rose = await named(page, "More than elsewhere");
  expect(rose).toEqual(expect.arrayContaining(["WY4 1", "WY4 2", "WY5 1"]));
  // One in twenty of those named may be there by chance.
  expect(rose.length).toBeLessThanOrEqual(4);
  await page.getByRole("heading", { name: "How far chance reaches" }).scrollIntoViewIfNeeded();
  await expect(page.getByRole("img", { name: /^Each area by how much its figures can tell/ })).toBeVisible();
});

test("is that just a new organisation reporting?", async ({ page }) => {
  await openChange(page);
  await pickEvent(page, "Thornbeck Works closes");
  await page.getByRole("button", { name: "Money and debt", exact: true }).click();
  await page.getByRole("button", { name: "WY4 1", exact: true }).click();
  const answer = page.getByRole("region", { name: "Is that just a new organisation reporting?" });
  await expect(answer).toContainText(/No: as far as figures tell|It may be, in part/);
  await expect(answer).toContainText(/organisations? had about [\d,]+ people with this need/);
});

test("a phone shows the same, and an event is written by keyboard and never changed", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openChange(page);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Write down an event" }).press("Enter");
  await page.getByRole("button", { name: "Write it down" }).press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "There is a problem" })).toContainText(
    "Say in a few words what happened",
  );
  await expect(page.getByRole("alert").filter({ hasText: "There is a problem" })).toContainText(
    "Choose what kind of event it is",
  );
  await page.getByLabel("What kind of event").first().click();
  await page.getByRole("option").first().click();
  await page.getByRole("group", { name: "Which way" }).getByRole("radio").first().check({ force: true });
  await page.getByLabel("What happens").fill("A <b>new</b> advice desk opens");
  // After anything that is published: the clock of the demo stands three months ahead at the most.
  await page.getByLabel("On which day").fill(addDays(dayOf(new Date()), 120));
  await page
    .getByRole("textbox", { name: "Where" })
    .or(page.getByRole("combobox", { name: "Where" }))
    .first()
    .fill("WY1 1");
  await page.getByRole("option", { name: /^WY1 1/ }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Write it down" }).press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: "A new advice desk opens" })).toBeVisible();
  await expect(page.getByText("Written before any figure after the date was published")).toBeVisible();
  await page.getByRole("button", { name: "Take it back" }).click();
  await page.getByLabel("Why it is taken back").fill("It opens elsewhere");
  await page.getByRole("button", { name: "Take it back" }).click();
  await expect(page.getByText(/^Taken back on/)).toBeVisible();
  await expect(page.getByText("It opens elsewhere")).toBeVisible();
  await expect(page.getByRole("button", { name: "Take it back" })).toHaveCount(0);
  await expectAccessible(page);
});
