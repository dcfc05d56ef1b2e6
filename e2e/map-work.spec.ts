/** A commissioner works with the need map: compares, looks back, finds a place, goes by keyboard, takes it away. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./fixtures";
import { ANY_WIDTH, DESK_ONLY } from "./widths";

const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 768;
const title = (page: Page) => page.getByRole("heading", { level: 1 });
/** Districts and people: in a small county most sectors are hidden. */
const DISTRICTS = "/map?level=district&measure=people";

/** Opens the control that a phone keeps behind a chip. */
async function openFilter(page: Page, name: string): Promise<void> {
  if (isPhone(page)) await page.getByRole("button", { name: new RegExp(`^${name}: .*Change$`) }).click();
}

/** On a phone the table is in the sheet, which opens a stop at a time. */
async function showTable(page: Page): Promise<void> {
  if (!isPhone(page)) return;
  const close = page.getByRole("button", { name: "Close", exact: true });
  // What was chosen may have closed it already.
  await expect(async () => {
    if (await close.isVisible()) await close.click({ timeout: 1_000 });
    await expect(close).toBeHidden({ timeout: 1_000 });
  }).toPass();
  const handle = page.getByRole("button", { name: /Show (more|less)$/ });
  while ((await handle.getAttribute("aria-expanded")) !== "true") await handle.press("ArrowUp");
}

test("two periods stand side by side, and each area says what is different or why it cannot be said", async ({
  page,
  signIn,
}) => {
  await signIn("commissioner");
  await page.goto(DISTRICTS);
  await expect(title(page)).toContainText("Any need");
  await openFilter(page, "Compare");
  await page.getByRole("button", { name: "Compare two periods" }).click();
  await expect(page).toHaveURL(/beside=q/);
  await showTable(page);
  const table = page.getByRole("table", { name: /Choose an area to see its difference/ });
  await expect(table.getByRole("columnheader", { name: /Change/ })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  // After the two heads that sort.
  await table.getByRole("button", { pressed: false }).nth(2).press("Enter");
  await expect(page.getByText(/^(Up|Down|About the same|Cannot be compared).*/).first()).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(page).toHaveURL(/beside=q.*/);
  await expect(page.getByText(/^(Up|Down|About the same|Cannot be compared).*/).first()).toBeVisible();
});

test("two needs stand side by side on one scale", ANY_WIDTH, async ({ page, signIn }) => {
  await signIn("commissioner", `${DISTRICTS}&beside=HOU`);
  await expect(title(page)).toContainText("Any need against housing");
  await expect(page.getByRole("region", { name: "Legend", exact: true })).toContainText(
    "One scale for both maps",
  );
  await showTable(page);
  await expect(page.getByRole("columnheader", { name: "Housing" })).toBeVisible();
});

test("the same value has the same colour in every period and area, on the small maps' table and on each map", async ({
  page,
  signIn,
}) => {
  await signIn("commissioner", `${DISTRICTS}&beside=periods`);
  await expect(title(page)).toContainText(/is highest in|nothing to show/);
  await showTable(page);
  const colours = new Map<string, string>();
  const note = (value: string, colour: string) => {
    expect(colours.get(value) ?? colour, `colour of ${value}`).toBe(colour);
    colours.set(value, colour);
  };
  const cells = await page.locator("td:has(> span[style])").evaluateAll((all) =>
    all.map((cell) => {
      const swatch = cell.querySelector("span");
      return [cell.textContent ?? "", swatch ? getComputedStyle(swatch).backgroundColor : ""] as const;
    }),
  );
  expect(cells.length).toBeGreaterThan(0);
  for (const [value, colour] of cells) note(value, colour);
  await expectAccessible(page);
  const maps = page.getByRole("listitem").getByRole("button", { name: /highest in|nothing to show/ });
  if (!isPhone(page)) {
    await maps.first().click();
    await expect(page).not.toHaveURL(/beside/);
    await expect(page).toHaveURL(/period=q/);
    const bars = await page.locator("tr:has(td > span[style])").evaluateAll((rows) =>
      rows.map((row) => {
        const bar = row.querySelector("td > span[style]");
        return [
          [...row.querySelectorAll("td")].at(-2)?.textContent ?? "",
          bar ? getComputedStyle(bar).backgroundColor : "",
        ] as const;
      }),
    );
    for (const [value, colour] of bars) note(value, colour);
  }
});

test(
  "a place is found by the beginning of its postcode, which stands in no address",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    await signIn("commissioner");
    await page.goto(DISTRICTS);
    await expect(title(page)).toContainText("Any need");
    await openFilter(page, "Place");
    const field = page
      .getByRole("textbox", { name: "Find a place" })
      .or(page.getByRole("combobox", { name: "Find a place" }));
    await field.first().fill("wy1");
    await page.getByRole("option", { name: "WY1, postcode district" }).click();
    await expect(page).toHaveURL(/area=\d+/);
    expect(page.url().toLowerCase()).not.toContain("wy1");
    await expect(page.getByRole("region", { name: /^WY1/ })).toBeVisible();
  },
);

test(
  "events that people wrote down stand below the map and lead to what came of them",
  DESK_ONLY,
  async ({ page, signIn }) => {
    await signIn("commissioner", DISTRICTS);
    const time = page.getByRole("region", { name: "Time" });
    await time.getByRole("link", { name: "Thornbeck Works closes" }).click();
    await expect(page).toHaveURL(/\/change\?event=/);
    await expect(page.getByRole("heading", { name: "Thornbeck Works closes" })).toBeVisible();
  },
);

test(
  "the arrow keys go over the map from area to area, Enter opens the card and Escape closes it",
  DESK_ONLY,
  async ({ page, signIn }) => {
    await signIn("commissioner");
    await page.goto(DISTRICTS);
    const map = page.getByRole("application", { name: /^Map: arrow keys/ });
    await map.focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/area=\d+/);
    await expect(page.getByRole("button", { name: /^Close WY/ })).toBeVisible();
    await map.focus();
    await page.keyboard.press("Escape");
    await expect(page).not.toHaveURL(/area=/);
  },
);

test("the map is taken away as a picture", ANY_WIDTH, async ({ page, signIn }) => {
  await signIn("commissioner");
  await page.goto(DISTRICTS);
  await expect(page.getByRole("application", { name: /^Map: arrow keys/ })).toBeVisible();
  await showTable(page);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download a picture" }).click();
  expect((await download).suggestedFilename()).toMatch(/^any-need-.*\.png$/);
});
