/**
 * A link steward's day: pairs wait, one is looked at masked, decided by keyboard or by touch, taken back; a word that
 * goes against the evidence waits for a second steward, who does not see it; and the quality page says how good links
 * are.
 */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./fixtures";
import { ready } from "./ready";
import { ANY_WIDTH } from "./widths";

const rail = (page: Page) => page.getByRole("navigation", { name: "Pairs to review" });

/** Pairs that are all but certain and that nothing forbids: parting one takes two stewards. */
const certain = (page: Page) =>
  rail(page).getByRole("link").filter({ hasText: "over 999 in 1,000" }).filter({ hasNotText: "with care" });

/** Opens a pair and gives its address. Both widths walk at the same time, each from its own end of the queue. */
async function openPair(page: Page, project: string, number: number): Promise<string> {
  const pairs = certain(page);
  const link = project === "phone" ? pairs.nth(-1 - number) : pairs.nth(number);
  const href = await link.getAttribute("href");
  await link.click();
  await expect(page).toHaveURL(new RegExp(`${href}$`));
  await expect(page.getByRole("heading", { name: "Are these the same person?" })).toBeVisible();
  return page.url();
}

/** The first such pair of which the same can be said without parting others: that would take two stewards as well. */
async function openPairThatPartsNobody(page: Page, project: string): Promise<string> {
  for (const number of [0, 3, 4, 5, 6]) {
    const address = await openPair(page, project, number);
    await ready(page.getByRole("button", { name: "Record and go to next" }));
    if (!(await page.getByRole("region", { name: "would part others" }).isVisible())) return address;
    // On a phone a pair has the screen to itself: the next one is opened from the queue.
    await openQueue(page);
  }
  throw new Error("Every pair would part others");
}

async function openQueue(page: Page): Promise<void> {
  await page.goto("/reviews");
  if ((page.viewportSize()?.width ?? 0) < 1024) return expect(rail(page)).toBeVisible();
  await expect(page).toHaveURL(/\/reviews\/[0-9a-f-]{36}$/);
}

test("a steward decides a pair, sees that it is recorded, and takes it back", async ({ page, signIn }, {
  project,
}) => {
  await signIn("steward");
  await expect(page).toHaveURL(/\/reviews/);
  await openQueue(page);
  await expect(rail(page).getByText(/^\d+ to review$/)).toBeVisible();
  const address = await openPairThatPartsNobody(page, project.name);

  const records = page.getByRole("table", { name: /What the two records hold/ });
  await expect(records.getByRole("row", { name: /Family name/ })).toContainText("•");
  await expect(records.getByRole("row", { name: /Birth date/ })).toContainText(/•• (\w+|••) \d{4}/);
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "light" });

  await (await ready(page.getByRole("button", { name: "Show the table" }))).click();
  await expect(page.getByRole("row", { name: /^How rare a match is/ })).toBeVisible();
  await page.getByText("How this number comes about").click();
  await expect(page.getByText(/^Weighed by/)).toBeVisible();

  // Nothing is chosen beforehand, and nothing is recorded without a choice.
  const choices = page.getByRole("main").getByRole("radio");
  await expect(choices).toHaveCount(3);
  for (const choice of await choices.all()) await expect(choice).not.toBeChecked();
  await page.getByRole("button", { name: "Record and go to next" }).click();
  await expect(page.getByText("Choose what you think first.")).toBeVisible();

  if (project.name === "phone") {
    await page.getByRole("radio", { name: /Same person/ }).check();
    await page.getByRole("button", { name: "Record and go to next" }).click();
  } else {
    await page.getByRole("main").press("d");
    await expect(page.getByRole("radio", { name: /Different people/ })).toBeChecked();
    await page.keyboard.press("s");
    await expect(page.getByRole("radio", { name: /Same person/ })).toBeChecked();
    await page.keyboard.press("Enter");
  }
  await expect(page.getByText("Recorded: the same person, counted once.")).toBeVisible();
  await expect(page).not.toHaveURL(address);

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Taken back. The pair is open again.")).toBeVisible();
  await expect(page).toHaveURL(address);
  await expect(page.getByRole("button", { name: "Record and go to next" })).toBeVisible();
});

test(
  "a word against the evidence waits for another steward, who does not see it",
  ANY_WIDTH,
  async ({ page, signIn, browser }, { project }) => {
    await signIn("steward");
    await openQueue(page);
    const address = await openPair(page, project.name, 2);
    await (await ready(page.getByRole("radio", { name: /Different people/ }))).check();
    await page.getByRole("button", { name: "Record and go to next" }).click();
    await expect(
      page.getByText("Recorded. Another steward looks at it before anything changes."),
    ).toBeVisible();

    await page.goto("/reviews/mine");
    await expect(page.getByRole("main").getByRole("listitem").first()).toContainText(
      "Another steward must agree",
    );
    await expectAccessible(page);
    await page.goto(address);
    await expect(page.getByRole("region", { name: "What you said" })).toContainText("different people");
    await expectAccessible(page);

    const elsewhere = await browser.newContext({ viewport: page.viewportSize() });
    const second = await elsewhere.newPage();
    await second.goto(new URL("/sign-in", address).href);
    await second.getByText(/more people of the county$/).click();
    await second.getByRole("button", { name: /Isobel Crane/ }).click();
    await expect(second).toHaveURL(/\/reviews/);
    await second.goto(address);
    await expect(second.getByRole("button", { name: "Record and go to next" })).toBeVisible();
    await expect(second.getByRole("region", { name: "What you said" })).toHaveCount(0);
    await (await ready(second.getByRole("radio", { name: /Cannot tell/ }))).check();
    await second.getByRole("button", { name: "Record and go to next" }).click();
    await expect(
      second.getByText("Recorded. Another steward looks at it before anything changes."),
    ).toBeVisible();
    await elsewhere.close();

    await page.getByRole("button", { name: "Take it back" }).click();
    await expect(page.getByText("Taken back. The pair is open again.")).toBeVisible();
  },
);

test(
  "the quality page says what was checked, and tells an officer nothing of a steward",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    await signIn("steward", "/link-quality");
    await expect(page.getByRole("heading", { level: 1 })).toContainText(/automatic link/i);
    await expect(page.getByText("With other stewards, on the same pair")).toBeVisible();
    await expectAccessible(page);
    await page.context().clearCookies();
    await signIn("officer", "/link-quality");
    await expect(page.getByText("How long reviews wait")).toBeVisible();
    await expect(page.getByText("With other stewards, on the same pair")).toHaveCount(0);
    // The pairs themselves are a steward's alone.
    const answer = await page.goto("/reviews");
    expect(answer?.status()).toBe(404);
  },
);

test("a pair that no longer waits says so", ANY_WIDTH, async ({ page, signIn }) => {
  await signIn("steward", "/reviews/0198c0de-0000-7000-8000-000000000000");
  await expect(page.getByRole("heading", { name: "This pair no longer waits" })).toBeVisible();
  await expectAccessible(page);
});
