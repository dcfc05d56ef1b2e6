/** A worker's day: find somebody, log what came up, see it in their record; and what goes wrong on the way. */
import type { Page } from "@playwright/test";
import { HOLD_MS } from "../app/_offline/sync";
import { enterAs } from "./entering";
import { expect, expectAccessible, openRecord, test } from "./fixtures";
import { letPagesTell } from "./held-device";
import { ready } from "./ready";
import { sharedPeople } from "./shared-person";
import { ANY_WIDTH } from "./widths";

const people = sharedPeople();
/** Each width has people of its own, so that the two do not meet on one record. */
const personFor = (project: string) => people[project === "phone" ? 0 : 1];

const searchNeeds = (page: Page) => page.getByRole("combobox", { name: /What came up/ });
const fullName = (client: { givenName: string; familyName: string }) =>
  `${client.givenName} ${client.familyName}`;
const savedTitle = (page: Page) => page.getByRole("heading", { name: /^Saved on this (phone|computer)$/ });
const sent = (page: Page) => page.getByRole("main").getByText("Sent.", { exact: true });
const save = (page: Page) => page.getByRole("button", { name: /^Save \d issues?$/ });
/** Longer than an item is held for Undo, and then sent. */
const SENT_WITHIN = { timeout: 30_000 };

/**
 * Lets the time pass in which a contact can be taken back, by the page's clock (`page.clock.install()` comes first).
 * The journey of Undo waits for it.
 */
const letHoldPass = (page: Page) => page.clock.fastForward(HOLD_MS);

async function signInAs(page: Page, organisation: string): Promise<void> {
  await enterAs(page, new RegExp(`Caseworker.*${organisation}`));
  await expect(page.getByRole("heading", { name: "Who are you with?" })).toBeVisible();
}

/** Opens the log screen of somebody in the list of recent people. */
async function openRecent(page: Page, place: number): Promise<void> {
  await page
    .getByRole("region", { name: "Recent people" })
    .getByRole("link", { name: /Born/ })
    .nth(place)
    .click();
  await searchNeeds(page).waitFor();
}

async function addNeed(page: Page, words: string): Promise<void> {
  await searchNeeds(page).fill(words);
  await searchNeeds(page).press("Enter");
}

test("three issues for somebody known elsewhere are saved, seen here, and not seen there", async ({ page }, {
  project,
}) => {
  const person = personFor(project.name);
  if (!person) throw new Error("The demo county has nobody whom two organisations know");
  await page.clock.install();
  await signInAs(page, "Wythershire Advice");
  await page.getByRole("textbox", { name: /Name, reference/ }).fill(person.advice.reference);
  await page
    .getByRole("listitem")
    .filter({ hasText: person.advice.reference })
    .getByRole("link", { name: /Born|not known/ })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: fullName(person.advice) })).toBeVisible();

  await searchNeeds(page).fill("hungry");
  await page.getByRole("option").first().click();
  await addNeed(page, "loan shark");
  await addNeed(page, "power of attorney");
  await expectAccessible(page);
  await save(page).click();

  await expect(savedTitle(page)).toBeFocused();
  await expectAccessible(page);
  await letHoldPass(page);
  await expect(sent(page)).toBeVisible(SENT_WITHIN);
  await page.getByRole("link", { name: "the record" }).click();
  const latest = page.getByRole("region", { name: "Contacts" }).getByRole("listitem").first();
  await expect(latest).toContainText(/Today|Yesterday/);
  await expect(latest).toContainText("Illegal lending");
  await expect(latest).toContainText("Decision making and advocacy");
  await expectAccessible(page);

  await page.context().clearCookies();
  await signInAs(page, "Wytherhaven City Council");
  await page.getByRole("textbox", { name: /Name, reference/ }).fill(person.housing.reference);
  await openRecord(page, page.getByRole("listitem").filter({ hasText: person.housing.reference }));
  await expect(page.getByRole("region", { name: "Contacts" })).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText("Illegal lending");
  await expect(page.getByRole("main")).not.toContainText("Wythershire Advice");
});

test("somebody who is not there is added in one row, and goes straight to the contact", async ({
  page,
  signIn,
}, { project }) => {
  await page.clock.install();
  await signIn("caseworker");
  const [given, family] = project.name === "phone" ? ["Ozymandias", "Quill"] : ["Zebedee", "Farthingale"];
  await page.getByRole("textbox", { name: /Name, reference/ }).fill(`${given} ${family}`.toLowerCase());
  await expect(page.getByText(/^Nobody here by that name/)).toBeVisible();
  await page.getByRole("button", { name: /Add somebody new/ }).click();
  await expect(page.getByText(`Given name ${given}, family name ${family}.`)).toBeVisible();

  await page.getByRole("textbox", { name: /Birth date/ }).fill("31 2 1984");
  await page.getByRole("button", { name: "Add and log a contact" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "no such day" })).toBeFocused();
  await expectAccessible(page);

  await page.getByRole("textbox", { name: /Birth date/ }).fill("29/2/1984");
  await page.getByRole("button", { name: "No fixed address" }).click();
  await page.getByRole("button", { name: "Add and log a contact" }).click();
  await expect(page.getByText("New here · Born 29 February 1984 · No fixed address")).toBeVisible();
  await addNeed(page, "skint");
  await save(page).click();
  await expect(savedTitle(page)).toBeVisible();
  await letHoldPass(page);
  await expect(sent(page)).toBeVisible(SENT_WITHIN);

  // The same name again: it is asked whether it is the same person.
  await page.getByRole("link", { name: "Next person" }).click();
  await page.getByRole("textbox", { name: /Name, reference/ }).fill(family);
  await page.getByRole("button", { name: /Add somebody new/ }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(`${given} ${family}`);
  await page.getByRole("button", { name: "Add and log a contact" }).click();
  await expect(page.getByRole("heading", { name: "Is it one of these?" })).toBeVisible();
  await expectAccessible(page);
});

test("somebody who gives no name is counted without a record", async ({ page, signIn }) => {
  await signIn("caseworker");
  await page.getByRole("link", { name: /gives no name/ }).click();
  await page.getByRole("button", { name: "Place not known" }).click();
  await page.getByRole("button", { name: "No fixed address" }).click();
  await addNeed(page, "sofa surfing");
  await expectAccessible(page);
  await save(page).click();
  await expect(page.getByText("1 issue for somebody who gave no name")).toBeVisible();
});

test(
  "undo takes a contact back with everything in place, and the next Save has one effect",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    await signIn("caseworker");
    await openRecent(page, 3);
    await addNeed(page, "skint");
    await page.getByRole("button", { name: "Add a note" }).click();
    await page.getByRole("textbox", { name: "Note" }).fill("Ring again on Monday");
    await save(page).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("Ring again on Monday");
    await expect(page.getByRole("heading", { name: "Income does not cover essentials" })).toBeVisible();
    await save(page).click();
    await expect(sent(page)).toBeVisible(SENT_WITHIN);
    await page.getByRole("link", { name: "the record" }).click();
    const said = page.getByRole("region", { name: "Contacts" }).getByText("Ring again on Monday");
    await expect(said).toHaveCount(1);
  },
);

test(
  "what is being typed survives a reload, and is found again on the first screen",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    await letPagesTell(page.context());
    await signIn("caseworker");
    await openRecent(page, 5);
    const name = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
    await addNeed(page, "skint");
    // A moment after each change it is sealed on the device, and listed there.
    await expect.poll(() => page.evaluate(() => window.heldDevice()?.verbs.kept("unfinished"))).toBeTruthy();
    await page.goto("/people");
    await expectAccessible(page);
    await page.getByRole("region", { name: "Not saved yet" }).getByRole("link", { name }).click();
    await expect(page.getByRole("heading", { name: "Income does not cover essentials" })).toBeVisible();
    // Whoever was open is offered again for a while.
    await page.getByRole("link", { name: "Back to people" }).click();
    await expect(page.getByRole("region", { name: /^Opened/ })).toContainText(name);
  },
);

test("a crisis shows what to do now, and never stands in the way", async ({ page, signIn }) => {
  await signIn("caseworker");
  await openRecent(page, 6);
  await addNeed(page, "no food");
  await save(page).click();
  await expect(page.getByText("Do this now")).toBeVisible();
  await expect(page.getByRole("link", { name: /111/ }).first()).toHaveAttribute("href", /^tel:\d+$/);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Next person" }).click();
  await expect(page.getByRole("heading", { name: "Who are you with?" })).toBeVisible();
});

test.describe("what comes back from the server", () => {
  // A page behind a service worker sends past the place where answers can be changed.
  test.use({ serviceWorkers: "block" });

  test(
    "a lost answer is asked for again, and the contact has one effect",
    ANY_WIDTH,
    async ({ page, signIn }) => {
      await page.clock.install();
      await signIn("caseworker");
      await openRecent(page, 4);
      await addNeed(page, "skint");
      await page.getByRole("button", { name: "Add a note" }).click();
      await page.getByRole("textbox", { name: "Note" }).fill("Answer lost on the way");
      // The server stores it, and the first answer is lost.
      let lost = 0;
      await page.route("**/api/trpc/*contacts.log*", async (route) => {
        await route.fetch();
        lost += 1;
        await route.abort("connectionreset");
        await page.unroute("**/api/trpc/*contacts.log*");
      });
      await save(page).click();
      await expect(savedTitle(page)).toBeVisible();
      await letHoldPass(page);
      await expect(sent(page)).toBeVisible({ timeout: 45_000 });
      expect(lost).toBe(1);
      await page.getByRole("link", { name: "the record" }).click();
      const said = page.getByRole("region", { name: "Contacts" }).getByText("Answer lost on the way");
      await expect(said).toHaveCount(1);
    },
  );

  test(
    "a contact that is refused waits with its fault, and is put right in its place",
    ANY_WIDTH,
    async ({ page, signIn }) => {
      await page.clock.install();
      await signIn("caseworker");
      await openRecent(page, 7);
      await addNeed(page, "skint");
      const reason = "This service closed on 1 November 2026. Choose another, or an earlier day.";
      await page.route("**/api/trpc/*contacts.log*", async (route) => {
        const asked = route.request().postDataJSON();
        const answers = asked[0].json.contacts.map(({ id }: { id: string }) => ({
          id,
          outcome: "refused",
          reason,
          fields: { serviceId: reason },
        }));
        await route.fulfill({ json: [{ result: { data: { json: answers } } }] });
      });
      await save(page).click();
      await expect(savedTitle(page)).toBeVisible();
      await letHoldPass(page);
      await expect(page.getByRole("link", { name: "Put it right" })).toBeVisible(SENT_WITHIN);
      await page.getByRole("link", { name: "Next person" }).click();
      await page
        .getByRole("link", { name: /needs you/ })
        .first()
        .click();
      await expect(page.getByRole("region", { name: "Needs you" })).toContainText(reason);
      await expectAccessible(page);
      await page.unroute("**/api/trpc/*contacts.log*");
      await page.getByRole("link", { name: "Put it right" }).click();
      await expect(page.getByRole("alert").filter({ hasText: "Nothing is lost" })).toContainText(reason);
      await expectAccessible(page);
      await save(page).click();
      await expect(savedTitle(page)).toBeVisible();
      await letHoldPass(page);
      await expect(sent(page)).toBeVisible(SENT_WITHIN);
    },
  );
});

test(
  "signing out with something unsent says how much, and asks",
  ANY_WIDTH,
  async ({ page, signIn, context }) => {
    await signIn("caseworker");
    await openRecent(page, 8);
    await addNeed(page, "skint");
    await context.setOffline(true);
    await save(page).click();
    await expect(page.getByText(/We will send it (when you have signal|in a moment)/)).toBeVisible();
    await page.getByRole("link", { name: "Next person" }).click();
    await page.getByRole("button", { name: /^Your account/ }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByRole("heading", { name: "1 thing has not been sent" })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Stay signed in" }).click();
    await context.setOffline(false);
    await page.getByRole("button", { name: /send now/i }).click();
    await expect(page.getByText("Everything is sent. Nothing waits on this device.")).toBeVisible(
      SENT_WITHIN,
    );
  },
);

test(
  "a locked device shows nothing of anybody, and opens where one was",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    await signIn("caseworker");
    await openRecent(page, 0);
    const name = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
    await page
      .getByRole("link", { name: /See what waits/ })
      .first()
      .click();
    await page.getByRole("button", { name: "Lock now" }).click();
    await expect(page.getByRole("heading", { name: "Locked" })).toBeVisible();
    await expect(page.locator("body")).not.toContainText(name);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Unlock" }).click();
    await expect(page.getByRole("heading", { name: /^On this/ })).toBeVisible();
  },
);

test(
  "a day far back asks why, and a day that has not come is refused",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    await signIn("caseworker");
    await openRecent(page, 1);
    await addNeed(page, "skint");
    await page.getByRole("button", { name: /^Now/ }).click();
    const day = page.getByRole("textbox", { name: "Another day" });
    await day.fill("1 1 2099");
    await day.press("Enter");
    await expect(page.getByText("That day has not come yet")).toBeVisible();
    await day.fill("3 March 2020");
    await day.press("Enter");
    await save(page).click();
    await expect(page.getByRole("alert").filter({ hasText: "Nothing is lost" })).toContainText("90 days");
    await page.getByRole("textbox", { name: "Why is this recorded now?" }).fill("Paper notes found");
    await save(page).click();
    await expect(savedTitle(page)).toBeVisible();
  },
);

test("a contact logged in error is voided with a reason", ANY_WIDTH, async ({ page, signIn }) => {
  await signIn("caseworker");
  await openRecord(page, page.getByRole("listitem").filter({ hasText: /Born/ }).nth(5));
  // A week that another page runs may bring this person a newer contact meanwhile.
  const contacts = page.getByRole("region", { name: "Contacts" }).getByRole("listitem");
  await (await ready(page.getByRole("button", { name: /^Void the contact/ }).first())).click();
  await page.getByRole("textbox", { name: "Why?" }).fill("Logged for the wrong person");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Void the contact", exact: true }).click();
  await expect(contacts.filter({ hasText: "Logged for the wrong person" })).toHaveCount(1);
});

test("the whole log screen works with a keyboard alone", async ({ page, signIn }) => {
  await signIn("caseworker");
  await page.getByRole("link", { name: /Born/ }).nth(2).focus();
  await page.keyboard.press("Enter");
  await searchNeeds(page).waitFor();
  await page.keyboard.press("/");
  await expect(searchNeeds(page)).toBeFocused();
  await page.keyboard.type("skint");
  await page.keyboard.press("Enter");
  await page.keyboard.type("debt");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(save(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(savedTitle(page)).toBeFocused();
});

test(
  "with the keyboard of a phone open, and at twice the size, results and Save stay in reach",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    await signIn("caseworker");
    await openRecent(page, 0);
    // What is left of 844 above a keyboard; then the width and height of a phone at 200%.
    for (const size of [
      { width: 390, height: 470 },
      { width: 195, height: 422 },
    ]) {
      await page.setViewportSize(size);
      await searchNeeds(page).fill("food");
      await expect(page.getByRole("option").first()).toBeInViewport({ ratio: 0.9 });
      await expect(page.getByRole("button", { name: /^Save/ })).toBeInViewport({ ratio: 0.9 });
      await searchNeeds(page).press("Escape");
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    }
  },
);
