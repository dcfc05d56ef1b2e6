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
});
