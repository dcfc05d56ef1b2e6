/**
 * Three organisations agree to be counted together, each by a manager of its own, and the one that leads makes a summary
 * of figures; one takes its yes back and cannot be counted any more.
 */
import type { Browser, Page } from "@playwright/test";
import { newId } from "../app/_offline/new-id";
import { enterAs } from "./entering";
import { expect, expectAccessibleInBoth, test } from "./fixtures";
import { ready } from "./ready";
import { ANY_WIDTH } from "./widths";

const cardOf = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

async function agree(page: Page, name: string): Promise<void> {
  await (await ready(page.getByRole("button", { name: `We agree to ${name}` }))).click();
  await expect(page.getByRole("button", { name: `Take our agreement back: ${name}` })).toBeVisible();
}

/** As a manager of another organisation, in a browser of their own. */
async function asManager(browser: Browser, manager: RegExp, work: (page: Page) => Promise<void>) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await enterAs(page, manager);
  await page.goto("/programmes");
  await work(page);
  await context.close();
}

test(
  "three organisations agree, are counted together once, and one takes it back",
  ANY_WIDTH,
  async ({ page, browser }) => {
    test.setTimeout(120_000);
    const name = `Homes first ${newId().slice(-6)}`;
    await enterAs(page, /Grace Okonjo/);
    await page.goto("/summary/earlier");
    await page.getByRole("link", { name: "With others" }).click();
    await (await ready(page.getByRole("button", { name: "Start a programme" }))).click();
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("What its summaries are for").fill("To show our joint funder who was helped");
    await page.getByRole("button", { name: "Start the programme" }).click();
    const card = cardOf(page, name);
    await expect(card.getByText("At least three organisations must agree")).toBeVisible();
    await agree(page, name);
    for (const other of [/Council/, /Primary Care/]) {
      await card.getByLabel(`Invite an organisation to ${name}`).first().click();
      await page.getByRole("option", { name: other }).first().click();
      await card.getByRole("button", { name: "Invite" }).click();
      await expect(page.getByText("is invited. It is counted once a manager there agrees.")).toBeVisible();
    }
    await expect(card.getByText("1 of 3 organisations agree")).toBeVisible();
    await expectAccessibleInBoth(page);

    for (const manager of [/Daniel Whitlock/, /Farah Siddiq/]) {
      await asManager(browser, manager, async (theirs) => {
        await expect(cardOf(theirs, name).getByText("Each person is counted once")).toBeVisible();
        await expect(cardOf(theirs, name).getByRole("button", { name: "Make the summary" })).toHaveCount(0);
        await agree(theirs, name);
      });
    }

    await page.reload();
    await expect(card.getByText("3 of 3 organisations agree")).toBeVisible();
    await (await ready(card.getByRole("button", { name: "Make the summary" }))).click();
    await expect(page).toHaveURL(/\/summary\/[0-9a-f-]{36}$/);
    await expect(page.getByRole("link", { name: "Download PDF" })).toBeVisible({ timeout: 60_000 });
    const paper = page.getByRole("article", { name: "Summary" });
    await expect(paper).toContainText(name);
    await expect(paper).toContainText("Each person counts once across three organisations");
    await expect(paper).toContainText(
      "Counted together: Wyther Valley Primary Care Network, Wytherhaven City",
    );
    await expect(paper).not.toContainText("Exact numbers");

    await asManager(browser, /Farah Siddiq/, async (theirs) => {
      await (await ready(theirs.getByRole("button", { name: `Take our agreement back: ${name}` }))).click();
      await theirs.getByRole("button", { name: "Take our agreement back", exact: true }).click();
      await expect(theirs.getByRole("button", { name: `We agree to ${name}` })).toBeVisible();
    });
    await page.goto("/programmes");
    await expect(cardOf(page, name).getByText("Two have agreed.")).toBeVisible();
  },
);
