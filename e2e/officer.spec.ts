/**
 * An officer who has never seen it finds, from their first page and without help, who looked at a given person and why:
 * a colleague who works with them, and one of whom the records give no reason.
 */
import type { Page } from "@playwright/test";
import { newId } from "../app/_offline/new-id";
import { enterAs } from "./entering";
import { expect, expectAccessibleInBoth, test } from "./fixtures";
import { ready } from "./ready";

/** Somebody new, met today by whoever is signed in. */
async function meetSomebody(page: Page): Promise<{ id: string; familyName: string }> {
  const id = newId();
  const familyName = `Larkspur${id.slice(-6)}`;
  const headers = { origin: new URL(page.url()).origin };
  const services = await (await page.request.get("/api/trpc/services.list")).json();
  const contact = {
    ...{ id: newId(), clientId: id, newClient: { givenName: "Ottilie", familyName } },
    ...{ serviceId: services.result.data.json[0]?.id, occurredOn: new Date().toISOString().slice(0, 10) },
    ...{ channel: "phone", lateReason: "Arranged for the journey" },
    entries: [{ issueId: newId(), need: "HOU-04", status: "new", severity: "low", ours: true }],
  };
  const data = { json: { contacts: [contact] } };
  const answer = await page.request.post("/api/trpc/contacts.log", { headers, data });
  expect(answer.ok(), await answer.text()).toBe(true);
  return { id, familyName };
}

test("an officer finds who looked at a given person, and why", async ({ page }) => {
  await enterAs(page, /\bCaseworker\b/);
  const { id, familyName } = await meetSomebody(page);
  await page.goto(`/people/${id}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(familyName);
  // A manager who never met them opens the record, too.
  await enterAs(page, /\bManager\b/);
  await page.goto(`/people/${id}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(familyName);

  await enterAs(page, /Information governance officer/);
  await expect(page).toHaveURL(/\/desk$/);
  await expect(page.getByRole("heading", { level: 1, name: "Your desk" })).toBeVisible();
  await expectAccessibleInBoth(page);
  await page.getByRole("link", { name: "Who has looked, and why" }).click();
  const field = await ready(page.getByRole("textbox", { name: "Name, date of birth or reference" }));
  await field.fill(familyName);
  await page.getByRole("button", { name: "Find" }).click();
  await page
    .getByRole("list", { name: "People found" })
    .getByRole("button", { name: new RegExp(familyName) })
    .click();

  const answer = page.getByRole("region", { name: "Answer" });
  await expect(answer.getByRole("heading", { level: 2 })).toHaveText(
    new RegExp(`^\\d+ people looked at Ottilie ${familyName} between`),
  );
  await expect(answer.getByRole("listitem").filter({ hasText: "opened the record" }).first()).toBeVisible();
  await expect(answer.getByText(/They (work with|look after) this person/).first()).toBeVisible();
  await expect(answer.getByText(/No reason on record/).first()).toBeVisible();
  await expectAccessibleInBoth(page);

  // The address keeps the question, by numbers and days alone: Back leads to the same answer.
  await expect(page).toHaveURL(new RegExp(`/looks\\?person=${id}&from=[\\d-]{10}&to=[\\d-]{10}$`));
  await answer.getByRole("link", { name: "records of use" }).click();
  await expect(page).toHaveURL(/\/audit$/);
  await page.goBack();
  await expect(answer.getByRole("heading", { level: 2 })).toHaveText(
    new RegExp(`looked at Ottilie ${familyName} between`),
  );
  await page.goBack();
  await expect(page).toHaveURL(/\/looks$/);
  await expect(answer).toBeHidden();
});

/** Types a day and a time into the fields of this name. */
async function fillMoment(page: Page, name: string, day: string, time: string): Promise<void> {
  const moment = page.getByRole("group", { name });
  await moment.getByLabel("Day").fill(day);
  await moment.getByLabel("Time").fill(time);
}

test("an officer carries a breach from a colleague's access to its close", async ({ page }) => {
  test.setTimeout(150_000);
  await enterAs(page, /Amira Haddow/);
  const { id } = await meetSomebody(page);
  await page.goto(`/people/${id}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Larkspur");

  await enterAs(page, /Martin Pell/);
  await page.goto("/desk/breaches");
  const colleague = page.getByRole("combobox", { name: "Whose access was it?" });
  await (await ready(colleague)).click();
  await page.getByRole("option", { name: /^Amira Haddow/ }).click();
  const today = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London" }).format(new Date());
  await fillMoment(page, "From when?", today, "25:99");
  const list = page.getByRole("button", { name: "List everybody affected" }).last();
  await list.click();
  await expect(page.getByRole("group", { name: "From when?" })).toContainText(
    "The time must be between 00:00 and 23:59.",
  );
  await fillMoment(page, "From when?", today, "00:00");
  await fillMoment(page, "Until when?", today, "23:59");
  const listed = page.getByText(/the records of .* were touched/);
  await list.click();
  await expect(listed).toBeVisible();

  // Another time is another list: nothing goes on record that was not shown.
  const keep = page.getByRole("button", { name: "Put it on record" });
  await expect(keep).toBeVisible();
  await fillMoment(page, "Until when?", today, "23:58");
  await expect(keep).toHaveCount(0);
  await list.click();
  // The list pushes what is below it down, and a menu that leaves the screen closes.
  await expect(listed).toBeVisible();
  await page.getByRole("combobox", { name: "What happened?" }).click();
  await page.getByRole("option", { name: "Somebody else used an account" }).click();
  const words = `A screen was left open, ${id}`;
  await page.getByRole("textbox", { name: "In your words" }).fill(words);
  await fillMoment(page, "When did you become aware?", today, "00:00");
  await keep.click();
  await expect(page.getByRole("status").filter({ hasText: "It is on record." })).toBeFocused();
  await expectAccessibleInBoth(page);

  // The next breach begins with nothing of this one.
  await expect(page.getByRole("group", { name: "From when?" }).getByLabel("Day")).toHaveValue("");
  await expect(colleague).toHaveValue("");

  const breach = page.getByRole("article").filter({ hasText: words });
  await breach.getByRole("button", { name: "Nobody is at risk" }).click();
  const decision = page.getByRole("dialog", { name: "Is nobody at risk?" });
  await decision.getByRole("button", { name: "Keep this decision" }).click();
  await expect(decision.getByRole("alert")).toContainText("Say why nobody is at risk, in a sentence.");
  await expectAccessibleInBoth(page);
  const reason = "Only a street was shown, and it was deleted unread.";
  await decision.getByLabel("Why is nobody at risk?").fill(reason);
  await decision.getByRole("button", { name: "Keep this decision" }).click();
  await expect(breach.getByText(/^Decided on .* that nobody is at risk/)).toContainText(reason);
  await breach.getByRole("button", { name: "I told the Commissioner after all" }).click();
  await expect(breach.getByText(/^The Information Commissioner was told on/)).toBeVisible();
  await breach.getByRole("button", { name: "Close", exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText("and the people were not told");
  await expectAccessibleInBoth(page);
  await page.getByRole("button", { name: "Close it" }).click();
  await expect(breach.getByText(/^Closed on/)).toBeVisible();
  await expect(breach.getByText("The people were not told.")).toBeVisible();
});
