/** A commissioner reads the need map: by need, by period, by area, from the table, from an address. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./fixtures";
import { ANY_WIDTH, DESK_ONLY } from "./widths";

const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 768;

const title = (page: Page) => page.getByRole("heading", { level: 1 });

/** Opens the control that a phone keeps behind a chip. */
async function openFilter(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: new RegExp(`^${name}: .*Change$`) }).click();
}

/** On a phone the table is in the sheet, which opens a stop at a time. */
async function showTable(page: Page): Promise<void> {
  if (!isPhone(page)) return;
  const handle = page.getByRole("button", { name: /Show (more|less)$/ });
  while ((await handle.getAttribute("aria-expanded")) !== "true") await handle.press("ArrowUp");
}

async function pickNeed(page: Page, typed: string, need: string): Promise<void> {
  await openFilter(page, "Need");
  await page
    .getByRole("textbox", { name: "Need" })
    .or(page.getByRole("combobox", { name: "Need" }))
    .first()
    .fill(typed);
  await page.getByRole("option", { name: need }).click();
}

test("the sentence, the legend, the table and the time say the same period, and everybody can use them", async ({
  page,
  signIn,
}) => {
  await signIn("commissioner");
  await expect(title(page)).toContainText("Any need");
  await expect(
    page.getByText(/People who brought any need, per 1,000 households · .* · (settled|revised) on/),
  ).toBeVisible();
  await expect(page.getByRole("region", { name: "Legend", exact: true })).toContainText(
    "Same scale for every period",
  );
  await expect(page.getByRole("region", { name: /^Map: Any need/ })).toBeVisible();
  await showTable(page);
  await expect(page.getByRole("table")).toBeVisible();
  await expectAccessible(page);
});

test(
  "a need is found by the words that workers use, and Back takes the choice away again",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    await signIn("commissioner");
    await expect(title(page)).toContainText("Any need");
    await pickNeed(page, "housing", "Housing (all)");
    await expect(title(page)).toContainText("Housing");
    await expect(page).toHaveURL(/need=HOU/);
    await page.goBack();
    await expect(title(page)).toContainText("Any need");
    await page.goForward();
    await expect(title(page)).toContainText("Housing");
  },
);

test(
  "a need that no agreement opens by sector takes the map to districts",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    await signIn("commissioner", "/map?need=HOU-04");
    await expect(title(page)).toContainText("Rent or mortgage arrears");
    await expect(page.getByRole("button", { name: /^Areas: Sectors/ })).toBeVisible();
    await pickNeed(page, "feeling down", "Low mood or depression");
    await expect(title(page)).toContainText("Low mood or depression");
    await expect(page.getByRole("button", { name: /^Areas: Districts/ })).toBeVisible();
    await openFilter(page, "Areas");
    await expect(page.getByText("This need is shown by district and above.")).toBeVisible();
  },
);

test(
  "the stepper walks through the settled periods by keyboard, and the colours keep their scale",
  DESK_ONLY,
  async ({ page, signIn }) => {
    await signIn("commissioner");
    // A small county has a figure in every period as a whole; in its sectors chance may hide them all.
    await page.goto("/map?level=region&measure=people");
    const slider = page.getByRole("slider", { name: "Period" });
    const legend = page.getByRole("region", { name: "Legend", exact: true });
    await expect(slider).toBeVisible();
    const last = await slider.getAttribute("aria-valuetext");
    // Whether coverage changed is said of a period; the scale is the same for all.
    const classes = legend.getByRole("list");
    const scale = await classes.textContent();
    await slider.focus();
    await page.keyboard.press("ArrowLeft");
    await expect(slider).not.toHaveAttribute("aria-valuetext", last ?? "");
    const before = (await slider.getAttribute("aria-valuetext")) ?? "";
    await expect(page.getByText(`· ${before} ·`)).toBeVisible();
    expect(await classes.textContent()).toBe(scale);
    await page.keyboard.press("ArrowRight");
    await expect(slider).toHaveAttribute("aria-valuetext", last ?? "");
    await expect(page.getByText(/settles on \d+ \w+ \d{4}/).first()).toBeVisible();
  },
);

test("a sector chosen in the table has a card, and its address brings everything back", async ({
  page,
  signIn,
}) => {
  await signIn("commissioner");
  await showTable(page);
  const first = page.getByRole("table").getByRole("button", { pressed: false }).nth(2);
  const name = (await first.textContent()) ?? "";
  await first.focus();
  await page.keyboard.press("Enter");
  const card = page.getByRole("region", { name: new RegExp(`^${name}`) });
  await expect(card).toContainText("Settled");
  await expect(card).toContainText("Deprivation");
  await expect(page).toHaveURL(/area=\d+/);
  await expectAccessible(page);
  await page.reload();
  await expect(card).toContainText("Settled");
  await card.getByRole("button", { name: `Close ${name}` }).click();
  await expect(card).toHaveCount(0);
  await expect(page).not.toHaveURL(/area=/);
});

test(
  "people or a rate: the table shows what is asked, from the same figures",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    await signIn("commissioner");
    await openFilter(page, "Show");
    await page.getByRole("group", { name: "Show" }).getByText("People", { exact: true }).click();
    await expect(page).toHaveURL(/measure=people/);
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await expect(page.getByRole("region", { name: "Legend", exact: true })).toContainText("People.");
    await showTable(page);
    await expect(page.getByRole("columnheader", { name: /People/ })).toHaveAttribute(
      "aria-sort",
      "descending",
    );
  },
);

test("the series stands beside its table, one key away", ANY_WIDTH, async ({ page, signIn }) => {
  await signIn("commissioner");
  await showTable(page);
  const time = page.getByRole("region", { name: "Time", exact: true });
  const more = time.getByRole("button", { name: "Show the table" });
  await more.focus();
  await page.keyboard.press("Enter");
  await expect(time.getByRole("columnheader", { name: "People" })).toBeVisible();
  await expect(time.getByRole("row").nth(1)).toContainText(/\d+|fewer than 10/);
});

test("how we count is a page of plain words", ANY_WIDTH, async ({ page, signIn }) => {
  await signIn("commissioner");
  await showTable(page);
  await page.getByRole("link", { name: "How we count" }).click();
  await expect(title(page)).toHaveText("How we count");
  await expectAccessible(page);
});
