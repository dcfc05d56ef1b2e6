/** The directory: a worker finds who can help and whether to check first; a manager corrects it, and undoes it. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectAccessibleInBoth, test } from "./fixtures";
import { ready } from "./ready";
import { ANY_WIDTH } from "./widths";

const words = (page: Page) => page.getByRole("searchbox", { name: /What is needed/ });
const card = (page: Page, name: string) =>
  page.getByRole("article").filter({ has: page.getByRole("heading", { name, exact: true }) });

/** The error summary; the framework has an alert of its own for what it announces. */
const problem = (page: Page) => page.getByRole("alert").filter({ hasText: "There is a problem" });

async function openDirectory(page: Page): Promise<void> {
  await page.goto("/directory");
  await ready(words(page));
  await expect(page.getByText(/Say what is needed, or where/)).toBeVisible();
}

test("a worker finds a service by what is wrong and where, and is told why it is shown", async ({
  page,
  signIn,
}) => {
  await signIn("caseworker");
  await openDirectory(page);
  await words(page).fill("bailiff near WY1 3");
  const exchange = card(page, "Debt advice at the Exchange");
  await expect(exchange).toContainText("Serves Wytherhaven");
  await expect(exchange).toContainText("for “Priority debt”");
  await expect(exchange).toContainText("open Monday 9am to 5pm");
  await expect(exchange.getByRole("link", { name: "01632 960 203" })).toHaveAttribute(
    "href",
    "tel:01632960203",
  );
  await expect(page.getByRole("heading", { level: 2, name: "Northmoor advice shop" })).toHaveCount(0);
  await expectAccessibleInBoth(page);
  // Nothing that was typed is in the address.
  expect(new URL(page.url()).search).toBe("");
});

test(
  "needs are chosen as chips, a stale entry says so, and a closed one is found by its name alone",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    await signIn("caseworker");
    await openDirectory(page);
    await words(page).fill("skint");
    await page.getByRole("button", { name: "Look for Income does not cover essentials" }).click();
    await expect(
      page.getByRole("button", { name: "Take away Income does not cover essentials" }),
    ).toBeVisible();
    await expect(card(page, "Vale money mentors")).toContainText(
      /Check before you send: last checked \d+ \w+ \d{4}/,
    );
    await page.getByRole("button", { name: /^Take away/ }).click();
    await words(page).fill("northmoor advice shop");
    await expect(card(page, "Northmoor advice shop")).toContainText("Closed");
    await words(page).fill("zebra crossing repair shop");
    await expect(page.getByText("Nothing fits all of this.", { exact: false })).toBeVisible();
    await expectAccessible(page);
  },
);

test(
  "somebody comes back from a service to what they were looking for",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    await signIn("caseworker");
    await openDirectory(page);
    await words(page).fill("kite");
    await card(page, "Kite: young minds").getByRole("link", { name: "Kite: young minds" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Kite: young minds" })).toBeVisible();
    await expect(page.getByText("11 to 25")).toBeVisible();
    await expect(page.getByRole("link", { name: "Correct it" })).toHaveCount(0);
    await expectAccessible(page);
    await page.getByRole("link", { name: "Back to the directory" }).click();
    await expect(words(page)).toHaveValue("kite");
  },
);

test("a manager corrects an entry, everybody sees who did, and it is undone", async ({ page, signIn }, {
  project,
}) => {
  // Each width has an entry of its own.
  const name = project.name === "phone" ? "Memory cafe" : "Get online";
  const number = project.name === "phone" ? "01632 960 901" : "01632 960 902";
  await signIn("manager");
  await openDirectory(page);
  await words(page).fill(name);
  await card(page, name).getByRole("link", { name }).click();
  await page.getByRole("link", { name: "Correct it" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Correct ${name}` })).toBeVisible();
  await expectAccessible(page);
  const phone = page.getByRole("textbox", { name: "Phone" });
  await ready(phone);
  await phone.fill("ask at the desk");
  await page.getByRole("button", { name: "Save the corrections" }).click();
  await expect(problem(page)).toContainText("Enter a phone number");
  await phone.fill(number);
  await page.getByRole("button", { name: "Save the corrections" }).click();
  await expect(page.getByRole("link", { name: number })).toBeVisible();
  const byHand = page.getByRole("region", { name: "Changed by hand" });
  await expect(byHand).toContainText(
    /Phone changed on .* by Wythershire Advice\. The source now says “01632 960 2/,
  );
  await page.getByRole("button", { name: "Mark as checked today" }).click();
  await expect(page.getByText("Marked as checked today.")).toBeVisible();
  await expect(page.getByText(/Check before you send/)).toHaveCount(0);
  await expectAccessible(page);
  await byHand.getByRole("button", { name: "Undo the change of phone" }).click();
  await expect(page.getByRole("link", { name: number })).toHaveCount(0);
});

test(
  "a manager adds a service, and puts one of their own into the directory",
  ANY_WIDTH,
  async ({ page, signIn }, { retry }) => {
    const name = `Made room ${retry}`;
    await signIn("manager", "/directory/add");
    await (await ready(page.getByRole("textbox", { name: "Name", exact: true }))).fill(name);
    await page.getByRole("button", { name: "Add the service" }).click();
    await expect(problem(page)).toContainText("Enter who runs the service.");
    await page.getByRole("textbox", { name: "Run by" }).fill("Made helpers");
    await page.getByRole("textbox", { name: "Needs it helps with" }).fill("lonely");
    await page.getByRole("button", { name: "Loneliness" }).click();
    await page.getByRole("textbox", { name: "Areas it serves" }).fill("Wytherhaven");
    await page.getByRole("button", { name: "Add the service" }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await expect(page.getByText("Entered here by hand.", { exact: false })).toBeVisible();
    await page.getByRole("button", { name: "Take it out" }).click();
    await page.getByRole("button", { name: "Yes, take it out for everybody" }).click();
    await expect(page.getByText("Taken out of the directory.")).toBeVisible();

    await page.goto("/directory/ours");
    await expectAccessible(page);
    await page.getByRole("link", { name: /Advice line/ }).click();
    await page.getByRole("heading", { level: 1, name: "Advice line" }).waitFor();
    await ready(page.getByRole("textbox", { name: "What it does" }));
    await page.getByRole("textbox", { name: "What it does" }).fill("Advice by phone on any matter.");
    await expectAccessible(page);
    await page.getByRole("button", { name: /Put it in the directory|Save/ }).click();
    await expect(page.getByText("On Common Need")).toBeVisible();
  },
);
