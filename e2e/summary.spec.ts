/**
 * A manager with a board meeting: from sign-in to a downloaded PDF of last quarter, words of their own, an exact copy
 * for the team, and a kept summary that stands still while work goes on.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Download, Page } from "@playwright/test";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { newId } from "../app/_offline/new-id";
import { dayOf, periodOf, periodText } from "../server/domain/period";
import { expect, expectAccessible, expectAccessibleInBoth, test } from "./fixtures";
import { ready } from "./ready";
import { ANY_WIDTH } from "./widths";

const MOST_CLICKS = 10;
const JOURNEY_MS = 60_000;

const title = (page: Page) => page.getByRole("heading", { level: 1 });
const sheet = (page: Page) => page.getByRole("article", { name: "Summary" });
const finish = (page: Page) => page.getByRole("button", { name: "Finish" });
const pdf = (page: Page) => page.getByRole("link", { name: "Download PDF" });

async function openDraft(page: Page, query = ""): Promise<void> {
  await page.goto(`/summary${query}`);
  await expect(title(page)).toContainText(/helped/);
}

/** Finishes what is composed and waits for the kept summary. */
async function finishDraft(page: Page, button = finish(page)): Promise<void> {
  await (await ready(button)).click();
  await expect(page).toHaveURL(/\/summary\/[0-9a-f-]{36}$/);
  await expect(pdf(page)).toBeVisible({ timeout: 45_000 });
}

async function chooseIn(page: Page, setting: string, option: string | RegExp): Promise<void> {
  await page
    .getByRole("combobox", { name: setting })
    .or(page.getByRole("textbox", { name: setting }))
    .first()
    .click();
  await page.getByRole("option", { name: option }).first().click();
}

/** Text that does not depend on where lines break, nor on the shapes of letters. */
const inOneLine = (text: string) => text.normalize("NFKC").replace(/[‘’]/g, "'").replace(/\s+/g, " ").trim();

/** The text of a PDF, page by page in the order in which it is read. */
async function textOfPdf(bytes: Uint8Array): Promise<string> {
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let at = 1; at <= document.numPages; at += 1) {
    const { items } = await (await document.getPage(at)).getTextContent();
    pages.push(items.map((item) => ("str" in item ? `${item.str}${item.hasEOL ? " " : ""}` : "")).join(""));
  }
  await document.destroy();
  return inOneLine(pages.join(" "));
}

const bytesOf = async (download: Download) => readFile(await download.path());
const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** The bytes that the address of the PDF answers with. */
async function fetchPdf(page: Page): Promise<Buffer> {
  const answer = await page.request.get((await pdf(page).getAttribute("href")) ?? "");
  expect(answer.status()).toBe(200);
  return answer.body();
}

test("from sign-in to a PDF of last quarter in ten clicks", async ({ page }) => {
  test.setTimeout(JOURNEY_MS);
  let clicks = 0;
  await page.exposeBinding("pressed", () => {
    clicks += 1;
  });
  await page.addInitScript(() => {
    // A label passes a click on to its field: that one is not a press.
    document.addEventListener(
      "pointerdown",
      () => (window as unknown as { pressed(): Promise<void> }).pressed(),
      true,
    );
  });
  const began = Date.now();
  await page.goto("/sign-in?another=1");
  await (await ready(page.getByRole("button", { name: /\bManager\b/ }).first())).click();

  await expect(title(page)).toContainText(/^We helped [\d,]+ people/);
  await expect(page.getByText("Draft with exact numbers, inside only.")).toBeVisible();
  await finishDraft(page);
  const downloading = page.waitForEvent("download");
  await pdf(page).click();
  const file = await bytesOf(await downloading);
  const took = Date.now() - began;
  console.log(`summary: from sign-in to the PDF: ${clicks} clicks, ${(took / 1000).toFixed(1)} s`);
  expect(clicks).toBeLessThanOrEqual(MOST_CLICKS);

  const text = await textOfPdf(file);
  expect(text).toContain(inOneLine((await title(page).textContent()) ?? ""));
  const numbers = await sheet(page).locator("dl").first().locator("dd").allTextContents();
  expect(numbers.length).toBeGreaterThanOrEqual(4);
  for (const number of numbers) expect(text).toContain(inOneLine(number));
  const headings = await sheet(page).getByRole("heading", { level: 2 }).allTextContents();
  for (const heading of headings) expect(text).toContain(inOneLine(heading));
  // What leaves is rounded.
  const helped = Number(/helped ([\d,]+) people/.exec(text)?.[1]?.replace(",", ""));
  expect(helped % 5).toBe(0);
  await expect(sheet(page)).not.toContainText("inside only");
});

test("everybody can use the pages of a summary", async ({ page, signIn }) => {
  test.setTimeout(120_000);
  await signIn("manager");
  await openDraft(page);
  await expectAccessibleInBoth(page);
  await (await ready(page.getByRole("button", { name: /sections$/ }))).click();
  await expect(page.getByRole("button", { name: "Where people live", exact: true })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await expect(page.getByLabel("Group needs by").first()).toHaveValue("Kinds of need");
  await page.getByRole("button", { name: "Change the words of the title" }).click();
  await expect(page.getByRole("textbox", { name: "Your words for the title" })).toBeFocused();
  await expectAccessibleInBoth(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Show the table" }).first().click();
  await expectAccessible(page);
  await finishDraft(page);
  await expectAccessibleInBoth(page);
  await page.goto("/summary/earlier");
  await expect(page.getByRole("main").getByRole("listitem").first()).toContainText("for trustees");
  await expectAccessibleInBoth(page);
});

test(
  "words are changed where they stand, marked, kept, and taken back",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    await signIn("manager");
    await openDraft(page);
    const drafted = (await title(page).textContent()) ?? "";
    const change = page.getByRole("button", { name: "Change the words of the title" });
    const box = page.getByRole("textbox", { name: "Your words for the title" });
    await (await ready(change)).click();
    await box.fill("A summer of unpaid bills");
    await page.getByRole("button", { name: "Done" }).click();
    await expect(title(page)).toHaveText("A summer of unpaid bills");
    await expect(sheet(page).getByText("edited", { exact: true })).toHaveCount(1);
    await expect(change).toBeFocused();

    // Other settings and a reload lose nothing.
    await chooseIn(page, "Audience", "For a funder");
    await expect(page).toHaveURL(/audience=funder/);
    await expect(title(page)).toHaveText("A summer of unpaid bills");
    await page.reload();
    await expect(title(page)).toHaveText("A summer of unpaid bills");

    // An exact number that was taken over is pointed out; Escape takes back what was typed since.
    await (await ready(change)).click();
    await box.fill(drafted.replace("We helped", "This summer we helped"));
    await expect(page.getByText(/Your words are not rounded/)).toBeVisible();
    await box.press("Escape");
    await expect(title(page)).toHaveText("A summer of unpaid bills");

    // What is finished bears the words, marked; after that the next draft is a fresh one.
    await finishDraft(page);
    await expect(title(page)).toHaveText("A summer of unpaid bills");
    await expect(sheet(page).getByText("edited", { exact: true })).toHaveCount(1);
    expect(await textOfPdf(await fetchPdf(page))).toContain("A summer of unpaid bills");

    await page.getByRole("button", { name: "More with this summary" }).click();
    await page.getByRole("button", { name: "Change words or settings" }).click();
    await expect(page).toHaveURL(/\/summary\?/);
    await expect(title(page)).toHaveText("A summer of unpaid bills");
    await (await ready(change)).click();
    await page.getByRole("button", { name: "Back to the drafted words" }).click();
    await expect(title(page)).toHaveText(drafted);
    await expect(sheet(page).getByText("edited", { exact: true })).toHaveCount(0);
  },
);

test(
  "a summary that is refused says why, is listed as unmade, and is mended where its words are",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    await signIn("manager");
    await openDraft(page);
    const change = page.getByRole("button", { name: "Change the words of the title" });
    const box = page.getByRole("textbox", { name: "Your words for the title" });
    await (await ready(change)).click();
    await box.fill("We answered 77,123 calls for help");
    await page.getByRole("button", { name: "Done" }).click();
    await (await ready(finish(page))).click();
    await expect(title(page)).toHaveText("This summary could not be made", { timeout: 45_000 });
    await expect(page.getByText("77,123 in the title")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Summaries made earlier" }).click();
    await page
      .getByRole("link", { name: /A summary that could not be made/ })
      .first()
      .click();

    await (await ready(page.getByRole("button", { name: "Change the words" }))).click();
    await expect(title(page)).toHaveText("We answered 77,123 calls for help");
    await (await ready(change)).click();
    await page.getByRole("button", { name: "Back to the drafted words" }).click();
    await finishDraft(page);
  },
);

test("sections go on and off, and the address keeps what was chosen", ANY_WIDTH, async ({ page, signIn }) => {
  await signIn("manager");
  await openDraft(page);
  await (await ready(page.getByRole("button", { name: /sections$/ }))).click();
  await page.getByRole("button", { name: "What people needed", exact: true }).click();
  await expect(page).toHaveURL(/sections=/);
  await expect(sheet(page).getByRole("heading", { name: "What people needed help with" })).toHaveCount(0);
  await chooseIn(page, "Service", /^(?!All services)/);
  await expect(page).toHaveURL(/service=/);
  await expect(sheet(page).locator("p").first()).toContainText(/, .*Exact numbers/);
  const from = await sheet(page).locator("p").first().textContent();
  await page.reload();
  await expect(sheet(page).locator("p").first()).toHaveText(from ?? "");
  await page.goBack();
  await expect(page).not.toHaveURL(/service=/);
});

test(
  "a copy for the team is exact and says so, and a period so far stays inside",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    await signIn("manager");
    await openDraft(page);
    await chooseIn(page, "Period", /so far$/);
    await expect(page.getByText(/This period is not over yet/)).toBeVisible();
    await expect(finish(page)).toBeDisabled();
    await chooseIn(page, "Audience", "For our own team");
    await expect(page.getByText(/Exact numbers, for your own team/)).toBeVisible();
    // Until the new period is counted, the sheet still says the one before.
    await expect(title(page)).toContainText(/^So far/);
    const exact = (await title(page).textContent()) ?? "";
    await finishDraft(page, page.getByRole("button", { name: "Keep this copy" }));
    await expect(title(page)).toHaveText(exact);
    await expect(sheet(page).getByText("Exact numbers, inside only")).toBeVisible();
  },
);

/** Calls a procedure as whoever is signed in on the page. */
async function call<T>(page: Page, path: string, input: unknown): Promise<T> {
  const headers = { origin: new URL(page.url()).origin };
  const answer = await page.request.post(`/api/trpc/${path}`, { headers, data: { json: input } });
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
  return (await answer.json()).result.data.json;
}

/** Somebody new is met today, for a reason that the summary speaks of. */
async function logContact(page: Page): Promise<void> {
  const services = await (await page.request.get("/api/trpc/services.list")).json();
  const contact = {
    id: newId(),
    clientId: newId(),
    newClient: { givenName: "Odette", familyName: `Quill${newId().slice(-6)}`, phone: "0191 496 0100" },
    serviceId: services.result.data.json[0].id,
    occurredOn: dayOf(new Date()),
    channel: "message",
    entries: [{ issueId: newId(), need: "HOU-04", status: "new", severity: "high", ours: true }],
    lateReason: "Arranged for the journey",
  };
  const [answer] = await call<{ outcome: string }[]>(page, "contacts.log", { contacts: [contact] });
  expect(answer?.outcome).toBe("stored");
}

test(
  "a kept summary stands still while work goes on, and a new version says what changed",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    test.setTimeout(120_000);
    await signIn("manager");
    // The clock of the demo has gone on: this is the quarter that the contact below lies in.
    const quarter = periodText(periodOf("quarter", dayOf(new Date())));
    await openDraft(page, `?audience=team&period=${quarter}`);
    await finishDraft(page, page.getByRole("button", { name: "Keep this copy" }));
    const address = page.url();
    const before = hashOf(await fetchPdf(page));
    const said = await title(page).textContent();
    await logContact(page);
    await page.goto(address);
    await expect(title(page)).toHaveText(said ?? "");
    expect(hashOf(await fetchPdf(page))).toBe(before);

    await page.getByRole("button", { name: "More with this summary" }).click();
    await page.getByRole("button", { name: "Make a new version" }).click();
    await expect(page).not.toHaveURL(address);
    await expect(sheet(page).getByRole("heading", { name: /^Version 2/ })).toBeVisible({ timeout: 45_000 });
    await expect(title(page)).not.toHaveText(said ?? "");
    await page.goto(address);
    await expect(page.getByRole("link", { name: "Open version 2" })).toBeVisible();
    expect(hashOf(await fetchPdf(page))).toBe(before);
  },
);

test(
  "a choice is kept under a name, begun from, prepared by itself, stopped and removed",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    await signIn("manager");
    await openDraft(page, "?audience=funder");
    await (await ready(page.getByRole("button", { name: /sections$/ }))).click();
    await page.getByRole("button", { name: "What people needed", exact: true }).click();
    await page.getByRole("textbox", { name: "Keep this choice as a template" }).fill("Lottery report");
    await page.getByRole("button", { name: "Keep", exact: true }).click();
    await expect(page.getByText("Lottery report is kept.")).toBeVisible();

    await page.goto("/summary/templates");
    await expectAccessible(page);
    await (await ready(page.getByRole("button", { name: "Prepare Lottery report by itself" }))).click();
    await page.getByText("Every quarter", { exact: true }).click();
    await page.getByRole("button", { name: "Prepare by itself", exact: true }).last().click();
    await expect(page.getByText("Lottery report is prepared every quarter from now on.")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Stop preparing Lottery report" }).click();
    await expect(page.getByText(/is no longer prepared by itself/)).toBeVisible();
    await page.getByRole("link", { name: "Use Lottery report" }).click();
    await expect(page).toHaveURL(/audience=funder/);
    await expect(page).toHaveURL(/sections=/);
    await page.goto("/summary/templates");
    await (await ready(page.getByRole("button", { name: "Remove Lottery report" }))).click();
    await expect(page.getByText(/Lottery report is removed/)).toBeVisible();
  },
);

test("on paper there is the sheet and nothing round it", ANY_WIDTH, async ({ page, signIn }) => {
  await signIn("manager");
  await openDraft(page);
  await page.emulateMedia({ media: "print" });
  await expect(finish(page)).toBeHidden();
  await expect(page.getByRole("button", { name: "Show the table" }).first()).toBeHidden();
  await expect(page.getByRole("navigation").first()).toBeHidden();
  await expect(title(page)).toBeVisible();
});

test("other roles find no summary here, and no file of one", ANY_WIDTH, async ({ page, signIn, context }) => {
  await signIn("manager");
  await openDraft(page);
  await finishDraft(page);
  const kept = page.url();
  const file = (await pdf(page).getAttribute("href")) ?? "";
  for (const role of ["caseworker", "commissioner", "officer"] as const) {
    await context.clearCookies();
    await signIn(role);
    expect((await page.goto("/summary"))?.status()).toBe(404);
    expect((await page.goto(kept))?.status()).toBe(404);
    expect([403, 404]).toContain((await page.request.get(file)).status());
  }
  await context.clearCookies();
  expect([401, 403]).toContain((await page.request.get(file)).status());
});
