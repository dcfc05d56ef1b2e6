/** A worker's day: find somebody, log what came up, see it in their record; and somebody who gives no name. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./fixtures";
import { ready } from "./ready";
import { sharedPeople } from "./shared-person";

const people = sharedPeople();
/** Each width has people of its own, so that the two do not meet on one record. */
const personFor = (project: string) => people[project === "phone" ? 0 : 1];

const searchNeeds = (page: Page) => page.getByRole("combobox", { name: /What came up/ });
const fullName = (client: { givenName: string; familyName: string }) =>
  `${client.givenName} ${client.familyName}`;

async function signInAs(page: Page, organisation: string): Promise<void> {
  await page.goto("/sign-in");
  await page.locator("summary").click();
  const person = page.getByRole("button", { name: new RegExp(`Caseworker.*${organisation}`) }).first();
  await (await ready(person)).click();
  await expect(page.getByRole("heading", { name: "Who are you with?" })).toBeVisible();
}

/** Opens the log screen of somebody found by their reference. */
async function openLog(page: Page, reference: string): Promise<void> {
  await page.getByRole("textbox", { name: /Name, reference/ }).fill(reference);
  await page
    .getByRole("listitem")
    .filter({ hasText: reference })
    .getByRole("link", { name: /Born|not known/ })
    .click();
  await ready(searchNeeds(page));
}

test("three issues for somebody known elsewhere are saved, seen here, and not seen there", async ({ page }, {
  project,
}) => {
  const person = personFor(project.name);
  if (!person) throw new Error("The demo county has nobody whom two organisations know");
  await signInAs(page, "Wythershire Advice");
  await openLog(page, person.advice.reference);
  await expect(page.getByRole("heading", { level: 1, name: fullName(person.advice) })).toBeVisible();

  await searchNeeds(page).fill("hungry");
  await page.getByRole("option").first().click();
  await searchNeeds(page).fill("loan shark");
  await searchNeeds(page).press("Enter");
  await searchNeeds(page).fill("power of attorney");
  await searchNeeds(page).press("Enter");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save 3 issues" }).click();

  await expect(page.getByRole("heading", { name: "Saved" })).toBeFocused();
  await expectAccessible(page);
  await page.getByRole("link", { name: `Back to ${fullName(person.advice)}` }).click();
  const latest = page.getByRole("region", { name: "Contacts" }).getByRole("listitem").first();
  await expect(latest).toContainText(/Today|Yesterday/);
  await expect(latest).toContainText("Illegal lending");
  await expect(latest).toContainText("Decision making and advocacy");
  await expectAccessible(page);

  await page.context().clearCookies();
  await signInAs(page, "Wytherhaven City Council");
  await page.getByRole("textbox", { name: /Name, reference/ }).fill(person.housing.reference);
  await page
    .getByRole("listitem")
    .filter({ hasText: person.housing.reference })
    .getByRole("link", { name: /^Record of/ })
    .click();
  await expect(page.getByRole("region", { name: "Contacts" })).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText("Illegal lending");
  await expect(page.getByRole("main")).not.toContainText("Wythershire Advice");
});

test("a known person with two issues takes eight presses or fewer", async ({ page, signIn }) => {
  await signIn("caseworker");
  let presses = 0;
  const press = async (click: Promise<void>) => {
    presses += 1;
    await click;
  };
  await press(
    page.getByRole("listitem").filter({ hasText: /Born/ }).nth(2).getByRole("link").first().click(),
  );
  const offers = page.getByRole("region", { name: "Often here" }).getByRole("button");
  await ready(offers.first());
  await press(offers.first().click());
  await press(offers.first().click());
  await press(page.getByRole("button", { name: "Save 2 issues" }).click());
  await expect(page.getByRole("heading", { name: "Saved" })).toBeVisible();
  expect(presses).toBeLessThanOrEqual(8);
});

test("somebody who is not there is added in one step, and goes straight to the contact", async ({
  page,
  signIn,
}, { project }) => {
  await signIn("caseworker");
  const [given, family] = project.name === "phone" ? ["Ozymandias", "Quill"] : ["Zebedee", "Farthingale"];
  await page.getByRole("textbox", { name: /Name, reference/ }).fill(`${given} ${family}`.toLowerCase());
  await expect(page.getByText("Nobody here by that name")).toBeVisible();
  await page.getByRole("button", { name: /Add somebody new/ }).click();
  await expect(page.getByRole("textbox", { name: "Given name" })).toHaveValue(given);

  await page.getByRole("textbox", { name: /Birth date/ }).fill("31 2 1984");
  await page.getByRole("button", { name: "Add and log a contact" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "no such day" })).toBeFocused();
  await expectAccessible(page);

  await page.getByRole("textbox", { name: /Birth date/ }).fill("29/2/1984");
  await page.getByRole("checkbox", { name: "No fixed address" }).check();
  await page.getByRole("button", { name: "Add and log a contact" }).click();
  await expect(page.getByText("Born 29 February 1984 · No fixed address")).toBeVisible();
});

test("somebody who gives no name is counted without a record", async ({ page, signIn }) => {
  await signIn("caseworker");
  await page.getByRole("link", { name: /gives no name/ }).click();
  await (await ready(page.getByRole("button", { name: "Place not known" }))).click();
  await page.getByRole("button", { name: "No fixed address" }).click();
  await searchNeeds(page).fill("sofa surfing");
  await searchNeeds(page).press("Enter");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save 1 issue" }).click();
  await expect(page.getByText("1 issue for somebody who gave no name")).toBeVisible();
});

test("what was typed survives a lost connection, and saving again has one effect", async ({
  page,
  signIn,
}) => {
  await signIn("caseworker");
  await page.getByRole("listitem").filter({ hasText: /Born/ }).nth(3).getByRole("link").first().click();
  await ready(searchNeeds(page));
  await searchNeeds(page).fill("skint");
  await searchNeeds(page).press("Enter");
  // The server stores it, and the answer is lost on the way.
  await page.route("**/api/trpc/contacts.log**", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  await page.getByRole("button", { name: /^Save \d issue/ }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Everything is still here" })).toBeVisible();
  await expectAccessible(page);
  await page.unroute("**/api/trpc/contacts.log**");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("It had already arrived at the first try, and counts once.")).toBeVisible();
});

test("a day far back asks why, and a day that has not come is refused", async ({ page, signIn }) => {
  await signIn("caseworker");
  await page.getByRole("listitem").filter({ hasText: /Born/ }).nth(4).getByRole("link").first().click();
  await ready(searchNeeds(page));
  await searchNeeds(page).fill("skint");
  await searchNeeds(page).press("Enter");
  await page.getByRole("button", { name: /^Now/ }).click();
  const day = page.getByRole("textbox", { name: "Another day" });
  await day.fill("1 1 2099");
  await day.press("Enter");
  await expect(page.getByText("That day has not come yet")).toBeVisible();
  await day.fill("3 March 2020");
  await day.press("Enter");
  await page.getByRole("button", { name: /^Save \d issue/ }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Nothing is lost" })).toContainText("90 days");
  await page.getByRole("textbox", { name: "Why is this recorded now?" }).fill("Paper notes found");
  await page.getByRole("button", { name: /^Save \d issue/ }).click();
  await expect(page.getByRole("heading", { name: "Saved" })).toBeVisible();
});

test("a contact logged in error is voided with a reason", async ({ page, signIn }) => {
  await signIn("caseworker");
  await page
    .getByRole("link", { name: /^Record of/ })
    .nth(5)
    .click();
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
  await page.keyboard.press("Tab");
  await page.getByRole("link", { name: /Born/ }).nth(6).focus();
  await page.keyboard.press("Enter");
  await ready(searchNeeds(page));
  await page.keyboard.press("/");
  await expect(searchNeeds(page)).toBeFocused();
  await page.keyboard.type("skint");
  await page.keyboard.press("Enter");
  await page.keyboard.type("debt");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: /^Save \d issue/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Saved" })).toBeFocused();
});
