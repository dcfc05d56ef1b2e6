/**
 * An agreement from the first word to the last signature: an officer drafts it, names what people will do with it, takes
 * the least data that is enough, and sends it; the other party's officer reads it in plain words and signs.
 */
import type { Page } from "@playwright/test";
import { newId } from "../app/_offline/new-id";
import { enterAs } from "./entering";
import { expect, expectAccessible, expectAccessibleInBoth, test } from "./fixtures";
import { ready } from "./ready";

async function sign(page: Page): Promise<void> {
  await (await ready(page.getByRole("button", { name: "Sign", exact: true }))).click();
  const itIsMe = page.getByRole("button", { name: "It is me" });
  const signed = page.getByRole("status").getByText(/signed/);
  await expect(itIsMe.or(signed).first()).toBeVisible();
  if (await itIsMe.isVisible()) await itIsMe.click();
  await expect(signed).toBeVisible();
}

test("two officers agree to share the least that their work needs", async ({ page, browser }) => {
  test.setTimeout(150_000);
  const name = `Ring first ${newId().slice(-6)}`;
  await enterAs(page, /Martin Pell/);
  await page.goto("/agreements");
  await expect(
    page
      .getByText("Not used in 90 days")
      .or(page.getByText(/in 90 days/))
      .first(),
  ).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: "Draft an agreement" }).click();
  const start = await ready(page.getByRole("button", { name: "Start the draft" }));
  await start.click();
  await expect(page.getByRole("link", { name: "Choose at least one other organisation." })).toBeVisible();
  await page.getByLabel("Name of the agreement").fill(name);
  await page.getByRole("combobox", { name: "With whom?" }).click();
  await page.getByRole("option", { name: /Council/ }).click();
  await page.keyboard.press("Escape");
  await page.getByLabel("What will you do with it?").fill("To ring the other worker before a first visit.");
  await start.click();

  await page.getByRole("link", { name: "Add an action" }).click();
  await (await ready(page.getByLabel("What will people do?"))).fill("Ring before a first visit");
  await page.getByRole("combobox", { name: "How much do they need to see?" }).click();
  await page.getByRole("option", { name: "Needs" }).click();
  await page.getByRole("button", { name: "Save the action" }).click();
  await expect(page.getByText("Caseworkers, one person, needs, if they said yes")).toBeVisible();
  await expectAccessibleInBoth(page);
  await page.getByRole("button", { name: "Write these cells into the draft" }).click();

  await expect(page.getByText("Can be done with this draft.")).toBeVisible();
  await expect(page.getByText(/which needs are open for one person/)).toBeVisible();
  await (await ready(page.getByRole("button", { name: /One person, Known to/ }))).click();
  await page.getByRole("group", { name: "Caseworkers" }).getByLabel("Unless the client said no").check();
  await page.getByRole("button", { name: "Done", exact: true }).click();
  await expect(page.getByText(/caseworkers at .* see which services know the person/)).toBeVisible();
  await expectAccessibleInBoth(page);
  const title = page.getByLabel("Name of the agreement");
  await page.getByText("Name, parties, purpose, needs and days").click();
  await title.fill(`${name}, then visit`);
  await expect(page.getByText("Everything is saved.")).toBeVisible();
  await page.reload();
  await expect(title).toHaveValue(`${name}, then visit`);
  await (await ready(page.getByRole("button", { name: "Send for signature" }))).click();
  await sign(page);

  const context = await browser.newContext();
  const theirs = await context.newPage();
  await enterAs(theirs, /Elspeth Quayle/);
  await theirs.goto("/agreements");
  await theirs.getByRole("region", { name: "Waiting for your signature" }).getByText(name).click();
  await expect(theirs.getByText(/You sign exactly this text/)).toBeVisible();
  await expectAccessible(theirs);
  await sign(theirs);
  await expect(theirs.getByText("Signed, not started")).toBeVisible();
  await theirs.goto("/agreements");
  const signed = theirs.getByRole("region", { name: "Signed, to start later" }).getByRole("link", { name });
  await signed.click();
  await (await ready(theirs.getByRole("button", { name: "Give notice" }))).click();
  await theirs.getByRole("dialog").getByRole("button", { name: "Give notice" }).click();
  await expect(theirs.getByText(/gave notice\. Sharing by it starts on/)).toBeVisible();
  await theirs.goto("/agreements");
  await expect(signed).toContainText("Last day");
  await context.close();
});
