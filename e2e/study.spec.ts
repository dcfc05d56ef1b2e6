/**
 * The data lab from a plan to the open register: an employment charity's manager studies its cohort of 212 people, an
 * officer approves the plan, the file is sealed in the browser and sent, those who are lost are counted with the reason,
 * an analyst of the police signs, and everybody can read it.
 */
import { readFile } from "node:fs/promises";
import type { Browser, Page } from "@playwright/test";
import { newId } from "../app/_offline/new-id";
import { enterAs } from "./entering";
import { expect, expectAccessible, expectAccessibleInBoth, expectWholeAccessible, test } from "./fixtures";
import { ready } from "./ready";
import { ANY_WIDTH } from "./widths";

const MANAGER = /Hannah Vance/;
const OFFICER = /Theo Marsh/;
const HOLDERS_ANALYST = /Noor Castellan/;
/** Rows of the charity's file, and how many of them the file itself loses. */
const SENT = 212;

const title = (page: Page) => page.getByRole("heading", { level: 1 });
const onward = (page: Page) => page.getByRole("button", { name: "Save and go on" });
const step = (page: Page, name: string) => page.getByRole("heading", { level: 2, name });

/** Somebody else, in a browser of their own. */
async function another(
  browser: Browser,
  baseURL: string | undefined,
  page: Page,
  who: RegExp,
): Promise<Page> {
  const context = await browser.newContext({ ...(baseURL && { baseURL }), viewport: page.viewportSize() });
  const other = await context.newPage();
  await enterAs(other, who);
  return other;
}

/** Begins a study and writes its plan, up to the last step. */
async function writePlan(page: Page, intervention: string): Promise<void> {
  await page.goto("/studies");
  await (await ready(page.getByRole("button", { name: "Plan a study" }))).click();
  await expect(page).toHaveURL(/\/studies\/[0-9a-f-]{36}/);

  await page.getByRole("textbox", { name: "People who …" }).fill(intervention);
  await expect(page.getByText(`“Of every 100 people who ${intervention}, …”`)).toBeVisible();
  await page
    .getByRole("textbox", { name: "What the programme is" })
    .fill("A mentor each week for four months.");
  await page.getByRole("textbox", { name: "Kind of support" }).fill("Employment");
  await page.getByRole("textbox", { name: "How people come to it" }).fill("Sent by probation.");
  await page.getByRole("textbox", { name: "Where", exact: true }).fill("Wythershire");
  await page
    .getByRole("combobox", { name: "Your sector" })
    .or(page.getByRole("textbox", { name: "Your sector" }))
    .first()
    .click();
  await page.getByRole("option", { name: "Voluntary or community" }).click();
  const { from, to } = await daysOfCohort(page);
  await page.getByLabel("First day").fill(from);
  await page.getByLabel("Last day").fill(to);
  await onward(page).click();

  await expect(step(page, "Which records, and what to look for")).toBeFocused();
  await page.getByRole("radio", { name: /kept by Wythershire Police/ }).check();
  await expect(page.getByRole("heading", { name: "Not good for" })).toBeVisible();
  await onward(page).click();

  await expect(step(page, "Everybody who started")).toBeVisible();
  await page
    .getByRole("textbox", { name: "Who counts as having started" })
    .fill("Everybody who met a mentor.");
  await page.getByRole("textbox", { name: "How many people started" }).fill("220");
  await page.getByRole("button", { name: "Add a reason" }).click();
  await page.getByRole("textbox", { name: "Reason" }).fill("asked us not to send their details");
  await page.getByRole("textbox", { name: "People", exact: true }).fill("8");
  await expect(page.getByText("212 people should be in your file")).toBeVisible();
  // What could be seen stands beside it.
  await expect(
    page.getByText(/With 212 people you could see a difference of about \d+ in 100 or more/),
  ).toBeVisible();
  await page.getByRole("checkbox", { name: /Everybody who started is in the file/ }).check();
  await onward(page).click();

  await expect(step(page, "Why you may send names")).toBeVisible();
  await page.getByRole("radio", { name: /^Consent/ }).check();
  await page.getByRole("textbox", { name: "Who answers for the data" }).fill("Wytherwork");
  await page.getByRole("textbox", { name: "What the result is for" }).fill("To decide whether to go on.");
  await onward(page).click();

  await expect(step(page, "How people are compared")).toBeVisible();
  await expect(page.getByText("Everything is chosen already. You can go on.")).toBeVisible();
  await onward(page).click();
  await expect(step(page, "Check, then ask a second person")).toBeVisible();
}

/** The days between which the mentors' people started: those of the draft that the demo leaves to whoever tries it. */
async function daysOfCohort(page: Page): Promise<{ from: string; to: string }> {
  const answer = await page.request.get("/api/trpc/studies.list");
  const lines: { intervention: string; startedFrom: string; startedTo: string }[] = (await answer.json())
    .result.data.json;
  const mentors = lines.find(({ intervention }) => intervention === "had a Wytherwork mentor");
  expect(mentors).toBeTruthy();
  return { from: mentors?.startedFrom ?? "", to: mentors?.startedTo ?? "" };
}

/** The file that the demo offers, as the manager's own. */
async function exampleFile(page: Page): Promise<Buffer> {
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Example people (demo)" }).click();
  return readFile(await (await downloading).path());
}

test("a charity studies its 212 people, from a plan to the open register", async ({
  page,
  browser,
  baseURL,
}, { project }) => {
  test.setTimeout(240_000);
  // Both widths, and whoever walks again, have a study of their own.
  const intervention = `had a Wytherwork mentor (${project.name}, ${newId().slice(-6)})`;
  await enterAs(page, MANAGER);
  await page.goto("/studies");
  await expectAccessibleInBoth(page);
  await writePlan(page, intervention);
  await expectAccessible(page);
  const ask = page.getByRole("button", { name: "Ask a second person" });
  await expect(ask).toBeEnabled();
  await ask.click();
  await expect(page.getByRole("heading", { name: "It waits for somebody else" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve and fix the plan" })).toHaveCount(0);
  const address = page.url();

  const officer = await another(browser, baseURL, page, OFFICER);
  await officer.goto("/studies");
  await officer.getByRole("link", { name: `People who ${intervention}` }).click();
  await expect(officer.getByRole("heading", { name: "Do you approve this plan?" })).toBeVisible();
  await expectAccessibleInBoth(officer);
  await (await ready(officer.getByRole("button", { name: "Approve and fix the plan" }))).click();
  await expect(officer.getByRole("heading", { name: "Plan fixed first" })).toBeVisible();
  await officer.getByRole("link", { name: "Read the plan" }).click();
  await expect(officer.getByText(/^[0-9a-f]{64}$/)).toBeVisible();
  await officer.context().close();

  await page.reload();
  await expect(page.getByRole("heading", { name: "Send the file" })).toBeVisible();
  await expectAccessibleInBoth(page);
  const file = await exampleFile(page);
  const choose = page.getByLabel("Choose the file (CSV)");
  await choose.setInputFiles({ name: "mentors.csv", mimeType: "text/csv", buffer: file });
  await expect(page.getByText(`mentors.csv: ${SENT} rows`)).toBeVisible();
  await expect(page.getByRole("region", { name: "Rows to look at" })).toContainText("cannot be looked for");
  await expectAccessibleInBoth(page);
  await page.getByRole("button", { name: `Seal and send ${SENT} rows` }).click();

  // From here nobody has to wait: the result is there when they come back.
  await expect(title(page)).toContainText(/^Of every 100 people who had a Wytherwork mentor/, {
    timeout: 120_000,
  });
  await expect(page.getByRole("heading", { name: "Destruction receipt" })).toBeVisible();
  await expect(page.getByText("fixed before the results were seen")).toBeVisible();
  await page.getByText("The numbers: Who is in the result, and why the others are not").click();
  const losses = page.getByRole("table", { name: /why the others are not/ });
  await expect(losses.getByRole("row", { name: /^Lost: had no full date of birth/ })).toBeVisible();
  await expect(losses.getByRole("row", { name: /^Lost: were not found in the records/ })).toBeVisible();
  await expect(page.getByText("This report must not be compared with other reports.").last()).toBeVisible();
  await expectWholeAccessible(page);
  const said = (await title(page).textContent()) ?? "";

  const analyst = await another(browser, baseURL, page, HOLDERS_ANALYST);
  await analyst.goto("/studies");
  await analyst.getByRole("link", { name: `People who ${intervention}` }).click();
  await expect(title(analyst)).toHaveText(said);
  await expectAccessibleInBoth(analyst);
  await (await ready(analyst.getByRole("button", { name: "Sign that it was done as planned" }))).click();
  await expect(analyst.getByRole("heading", { name: /^Signed on/ })).toBeVisible();
  await analyst.context().close();

  await page.goto(address);
  await (await ready(page.getByRole("button", { name: "Put it on the public register" }))).click();
  await expect(page.getByRole("heading", { name: "On the public register" })).toBeVisible();

  // The line comes once there is a result, and leads to it within seconds of being put there.
  await page.context().clearCookies();
  const line = page.getByRole("link", { name: `People who ${intervention}` });
  await expect(async () => {
    await page.goto("/open/studies");
    await line.click({ timeout: 2_000 });
    await expect(title(page)).toHaveText(said, { timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  await page.goto("/open/studies");
  await expect(line).toBeVisible();
  await expectAccessibleInBoth(page);
  await line.click();
  await expect(title(page)).toHaveText(said);
  await expectWholeAccessible(page);
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download report (PDF)" }).click();
  expect((await readFile(await (await downloading).path())).subarray(0, 5).toString()).toBe("%PDF-");
});

test("the register has no order by result, and says how a study is made", ANY_WIDTH, async ({ page }) => {
  await page.goto("/open/studies");
  await expect(page.getByRole("heading", { name: "So far" })).toBeVisible();
  await expect(page.getByText("They cannot be put in order of their results")).toBeVisible();
  await expect(page.getByRole("main").getByRole("button")).toHaveCount(0);
  await expect(page.getByRole("main").getByRole("combobox")).toHaveCount(0);
  await page.goto("/open/studies?sort=effect&page=1");
  await expect(page.getByRole("heading", { name: "All studies, the newest first" })).toBeVisible();
  await page.goto("/open/studies/how");
  await expectAccessibleInBoth(page);
  await page.goto("/open/studies/999999");
  await expect(page.getByRole("main")).not.toContainText("Of every 100");
});

test(
  "a file that cannot be read is refused in the browser, with what to do",
  ANY_WIDTH,
  async ({ page, browser, baseURL }) => {
    test.setTimeout(120_000);
    await enterAs(page, MANAGER);
    await writePlan(page, "sent a file that cannot be read");
    await page.getByRole("button", { name: "Ask a second person" }).click();
    await expect(page.getByRole("heading", { name: "It waits for somebody else" })).toBeVisible();
    const address = page.url();
    const officer = await another(browser, baseURL, page, OFFICER);
    await officer.goto(address);
    await (await ready(officer.getByRole("button", { name: "Approve and fix the plan" }))).click();
    await expect(officer.getByRole("heading", { name: "Plan fixed first" })).toBeVisible();
    await officer.context().close();
    await page.reload();
    const choose = page.getByLabel("Choose the file (CSV)");
    await choose.waitFor({ state: "attached" });
    await ready(page.getByRole("button", { name: "Template (CSV)" }));
    const of = (text: string) => ({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    await choose.setInputFiles(of("name,born\nAnn Bell,1980\n"));
    await expect(page.getByRole("main").getByRole("alert")).toContainText("first_name");
    await expect(page.getByRole("button", { name: "Seal and send" })).toBeDisabled();
    await expectAccessible(page);

    // And a study that was never sent is taken back without a trace on the register.
    await page.getByRole("button", { name: "Withdraw this study" }).click();
    await expect(page.getByText("nothing is on the register")).toBeVisible();
    await page.getByRole("button", { name: "Withdraw it for good" }).click();
    await expect(page.getByRole("heading", { name: /^Withdrawn/ })).toBeVisible();
  },
);

test(
  "a step that misses an answer says so, and the plan cannot be asked for",
  ANY_WIDTH,
  async ({ page }) => {
    await enterAs(page, MANAGER);
    await page.goto("/studies");
    await (await ready(page.getByRole("button", { name: "Plan a study" }))).click();
    await expect(page).toHaveURL(/\/studies\/[0-9a-f-]{36}/);
    await (await ready(onward(page))).click();
    await expect(page.getByRole("main").getByRole("alert")).toContainText("Say what those who took part did");
    await expectAccessibleInBoth(page);
    await page.getByRole("button", { name: /Check and ask/ }).click();
    await expect(page.getByRole("heading", { name: "Still missing" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Ask a second person" })).toBeDisabled();
    await expectAccessibleInBoth(page);
  },
);

test("who may not read studies finds none", ANY_WIDTH, async ({ page, signIn }) => {
  await signIn("caseworker");
  expect((await page.goto("/studies"))?.status()).toBe(404);
});
