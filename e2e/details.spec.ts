/**
 * A person's details in the field: changed without signal they show at once and arrive later; where two people changed
 * the same, both values are kept until somebody chooses; nothing that was typed is lost.
 */
import type { Browser, Page } from "@playwright/test";
import type { NewContactInput } from "../server/domain/contact";
import { uuidv7 } from "../server/ids";
import { expect, expectAccessible, test } from "./fixtures";
import { letPagesTell, openAs, openState, save, sendAll, statusOf, unsentOn } from "./held-device";
import { ready } from "./ready";
import { ANY_WIDTH } from "./widths";

const OURS = "Wythershire Advice";
const PHONE = "07700 900123";
const WORDS = { personName: null, summary: "1 issue" };

interface Somebody {
  id: string;
  name: string;
}

const phoneField = (page: Page) => page.getByRole("textbox", { name: "Phone" });
const savedTitle = (page: Page) => page.getByRole("heading", { name: /^Saved on this (phone|computer)$/ });

/** A contact as the worker of this page would log it. */
async function contactWith(page: Page, id: string): Promise<NewContactInput> {
  const { services, today } = await openState(page);
  return {
    id: uuidv7(),
    clientId: id,
    serviceId: services[0]?.id ?? "",
    occurredOn: today ?? "",
    channel: "phone",
    entries: [{ issueId: uuidv7(), need: "MON-01", status: "new", severity: "medium", ours: true }],
  };
}

/** Somebody whom nobody else's journey meets, known to the server and carried by this device. */
async function arrangeSomebody(page: Page, givenName: string): Promise<Somebody> {
  const id = uuidv7();
  const familyName = `Wrenfield-${id.slice(-4)}`;
  const newClient = { givenName, familyName, dateOfBirth: "1984-03-14", phone: PHONE };
  await save(page, [{ ...(await contactWith(page, id)), newClient }], WORDS);
  await sendAll(page);
  const carried = async () => (await openState(page)).people.find((person) => person.id === id)?.unsent;
  await expect.poll(carried).toBe(false);
  return { id, name: `${givenName} ${familyName}` };
}

/** Opens the details of somebody from the log screen, as during a contact. */
async function openDetails(page: Page, { name }: Somebody): Promise<void> {
  await page
    .getByRole("link", { name: new RegExp(`^${name}`) })
    .first()
    .click();
  await page.getByRole("link", { name: `Details of ${name}` }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

async function changePhone(page: Page, to: string): Promise<void> {
  await phoneField(page).fill(to);
  await page.getByRole("button", { name: "Save 1 change" }).click();
  await expect(savedTitle(page)).toBeFocused();
}

/** Another worker of the organisation on another device, who carries the same person. */
async function colleague(browser: Browser, baseURL: string, id: string): Promise<Page> {
  const context = await browser.newContext({ baseURL });
  await letPagesTell(context);
  const page = await context.newPage();
  await openAs(page, OURS, 1);
  await save(page, [await contactWith(page, id)], WORDS);
  await sendAll(page);
  const carries = async () => (await openState(page)).people.some((person) => person.id === id);
  await expect.poll(carries).toBe(true);
  return page;
}

// Two devices open and send one after the other, and each item is held for ten seconds.
test.describe.configure({ timeout: 120_000 });

test.beforeEach(async ({ context }) => {
  await letPagesTell(context);
});

test("a phone number changed without signal shows at once, is sent with signal, and stands in the record", async ({
  page,
  context,
}) => {
  await openAs(page, OURS);
  const dawn = await arrangeSomebody(page, "Dawn");
  await context.setOffline(true);
  await openDetails(page, dawn);
  await expect(phoneField(page)).toHaveValue(PHONE);
  await expectAccessible(page);
  await changePhone(page, "07700 900456");
  await expect(page.getByText(/It goes when you have signal/)).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "07700 900456" })).toContainText(
    `before: ${PHONE}`,
  );
  await expectAccessible(page);

  await page.getByRole("link", { name: "Back to the contact" }).click();
  await expect(page.getByRole("heading", { level: 1, name: dawn.name })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("07700 900456");
  await expect(page.getByRole("main")).toContainText("1 change waiting");
  await expectAccessible(page);
  await page.getByRole("link", { name: "Back to people" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: dawn.name }).first()).toContainText("Changed");
  await expectAccessible(page);
  await page.goto("about:blank");
  await context.setOffline(false);

  await page.goto("/outbox");
  await expect.poll(() => statusOf(page)).toBe("open");
  await expect(page.getByRole("listitem").filter({ hasText: "Details: phone" })).toContainText(dawn.name);
  await sendAll(page);
  await page.goto(`/people/${dawn.id}`);
  await expect(page.getByText("07700 900456").first()).toBeAttached();
  await expect(page.getByText(PHONE)).toHaveCount(0);
});

test(
  "where two devices changed one number, a person chooses, with signal, and nothing is lost",
  ANY_WIDTH,
  async ({ page, context, browser }) => {
    await openAs(page, OURS);
    const kofi = await arrangeSomebody(page, "Kofi");
    const other = await colleague(browser, new URL(page.url()).origin, kofi.id);

    await page.goto("/people");
    await expect.poll(() => statusOf(page)).toBe("open");
    await other.goto("/people");
    await expect.poll(() => statusOf(other)).toBe("open");
    await context.setOffline(true);
    await other.context().setOffline(true);
    await openDetails(page, kofi);
    await changePhone(page, "07700 900111");
    await openDetails(other, kofi);
    await changePhone(other, "07700 900222");
    await context.setOffline(false);
    await sendAll(page);
    await other.context().setOffline(false);
    await sendAll(other);

    await other.getByRole("link", { name: "Back to people" }).click();
    const asked = other.getByRole("region", { name: "Two values: which is right?" });
    await expect(asked).toContainText(kofi.name);
    await expectAccessible(other);
    await asked.getByRole("link", { name: new RegExp(kofi.name) }).click();
    const pair = other.getByRole("group", { name: "Phone" });
    await expect(pair).toContainText("07700 900111");
    await expect(pair).toContainText("07700 900222");
    await expect(pair).toContainText(/by \w+/);
    await expectAccessible(other);

    await other.context().setOffline(true);
    await expect(other.getByText(/Choosing needs signal/)).toBeVisible();
    await expect(pair).toContainText("07700 900222");
    await expect(pair.getByRole("button")).toHaveCount(0);
    await other.context().setOffline(false);
    await other.getByRole("button", { name: "Phone: 07700 900222 is right" }).click();
    await expect(pair).toHaveCount(0);
    await expect(phoneField(other)).toHaveValue("07700 900222");
    const { sync } = await openState(other);
    expect(sync.needsYou).toBe(0);
    await other.goto(`/people/${kofi.id}`);
    await expect(other.getByText("07700 900222").first()).toBeAttached();
    await expect(other.getByText("07700 900111")).toHaveCount(0);
    await other.context().close();
  },
);

test("details are changed and taken back with a keyboard alone, and what cannot be right says what to do", async ({
  page,
}) => {
  await openAs(page, OURS);
  const maureen = await arrangeSomebody(page, "Maureen");
  await openDetails(page, maureen);
  const birth = page.getByRole("textbox", { name: "Date of birth" });
  await birth.focus();
  await birth.fill("31 2 1984");
  await birth.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "no such day" })).toBeFocused();
  await expectAccessible(page);
  await birth.fill("15 3 1984");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(savedTitle(page)).toBeFocused();
  await expect(page.getByText("2 changes for")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).press("Enter");
  await expect(birth).toHaveValue("15 3 1984");
  await expect.poll(() => unsentOn(page)).toBe(0);

  // Left unsaved, it is there again; with nothing of it, nobody is asked to go on.
  await phoneField(page).fill("07700 900789");
  await page.getByRole("link", { name: "Back to the contact" }).click();
  await page.getByRole("link", { name: "Back to people" }).click();
  await page.reload();
  await expect.poll(() => statusOf(page)).toBe("open");
  const unsaved = page.getByRole("region", { name: "Not saved yet" });
  await unsaved.getByRole("link", { name: new RegExp(maureen.name) }).click();
  await expect(phoneField(page)).toHaveValue("07700 900789");
  await expect(birth).toHaveValue("15 3 1984");
  await page.getByRole("textbox", { name: "E-mail" }).fill("maureen@example.org");
  await page.getByRole("button", { name: "Put back what was there" }).click();
  await expect(phoneField(page)).toBeFocused();
  await expect(birth).toHaveValue("14 March 1984");
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeVisible();
  await phoneField(page).fill("07700 900789");
  await page.getByRole("button", { name: "Save 1 change" }).click();
  await expect(savedTitle(page)).toBeFocused();
  await sendAll(page);
  await page.getByRole("link", { name: "Back to people" }).click();
  await expect(unsaved).toHaveCount(0);
});

test.describe("On a spoilt way", () => {
  // What is kept for opening without signal plays no part here, and its worker hides some requests from the spoiling.
  test.use({ serviceWorkers: "block" });

  test(
    "a change that is not accepted waits with its reason and is put right",
    ANY_WIDTH,
    async ({ page, context }) => {
      await openAs(page, OURS);
      const ada = await arrangeSomebody(page, "Ada");
      const fault = {
        message: "Check the number.",
        code: -32600,
        data: { code: "BAD_REQUEST", httpStatus: 400, fields: { phone: "Check the number." } },
      };
      await context.route(/clients\.edit/, (route) =>
        route.fulfill({ status: 400, json: [{ error: { json: fault } }] }),
      );
      await openDetails(page, ada);
      await changePhone(page, "07700 9009999");
      // What waits is refused, and then waits for its owner: nothing more is sent.
      await page.evaluate(() => window.heldDevice()?.verbs.sendNow());
      await expect(page.getByText(/It was not accepted: Check the number/)).toBeVisible();
      await context.unroute(/clients\.edit/);
      await page.getByRole("link", { name: "Back to people" }).click();
      await page.getByRole("link", { name: /1 thing needs you/ }).click();
      await page
        .getByRole("listitem")
        .filter({ hasText: ada.name })
        .getByRole("link", { name: "Put it right" })
        .click();
      await expect(page.getByRole("alert").filter({ hasText: "Nothing is lost" })).toContainText(
        "Check the number.",
      );
      await expect(phoneField(page)).toHaveValue("07700 9009999");
      await expectAccessible(page);
      await changePhone(page, "07700 900999");
      await sendAll(page);
      await page.goto(`/people/${ada.id}`);
      await expect(page.getByText("07700 900999").first()).toBeAttached();
    },
  );
});

test("the record's own form keeps what is typed when the signal goes", async ({ page, context }, {
  project,
}) => {
  await openAs(page, OURS);
  const bo = await arrangeSomebody(page, "Bo");
  await page.goto(`/people/${bo.id}`);
  if (project.name === "phone") await (await ready(page.getByRole("button", { name: /^Details/ }))).click();
  // The device opens behind the field, while there is signal.
  const opened = page.waitForResponse(/device\.open/);
  await (await ready(page.getByRole("button", { name: "Change Phone" }))).click();
  await (await opened).finished();
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await phoneField(page).fill("07700 900654");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText(/Phone is saved here and goes by itself/)).toBeVisible();
  await expect(page.getByText("Changed here, not sent yet")).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("Phone is sent.")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("07700 900654").first()).toBeVisible();
});
