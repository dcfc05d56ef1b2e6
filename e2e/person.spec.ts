/** The record of a person: put right, closed and opened again, two values settled, sharing asked, all of it on paper. */
import type { Page } from "@playwright/test";
import { newId } from "../app/_offline/new-id";
import { HOLD_MS } from "../app/_offline/sync";
import { expect, expectAccessible, test } from "./fixtures";
import { ready } from "./ready";
import { ANY_WIDTH } from "./widths";

/** Calls a procedure as whoever is signed in on the page. */
async function call<T>(page: Page, path: string, input: unknown): Promise<T> {
  const headers = { origin: new URL(page.url()).origin };
  const answer = await page.request.post(`/api/trpc/${path}`, { headers, data: { json: input } });
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
  return (await answer.json()).result.data.json;
}

async function ask<T>(page: Page, path: string): Promise<T> {
  const answer = await page.request.get(`/api/trpc/${path}`);
  return (await answer.json()).result.data.json;
}

interface Arranged {
  id: string;
  name: string;
}

/** Somebody with two open issues, met today by a message. */
async function arrangePerson(page: Page): Promise<Arranged> {
  const id = newId();
  const familyName = `Quill${id.slice(-6)}`;
  const services = await ask<{ id: string; closedOn: string | null }[]>(page, "services.list");
  const me = await ask<{ today?: string; serviceId: string | null }>(page, "session.me");
  const serviceId = me.serviceId ?? services[0]?.id;
  const entry = (need: string) => ({ issueId: newId(), need, status: "new", severity: "high", ours: true });
  const contact = {
    id: newId(),
    clientId: id,
    newClient: { givenName: "Odette", familyName, phone: "0191 496 0100" },
    serviceId,
    occurredOn: new Date().toISOString().slice(0, 10),
    channel: "message",
    entries: [entry("HOU-04"), entry("MON-01")],
    lateReason: "Arranged for the journey",
  };
  const [answer] = await call<{ outcome: string }[]>(page, "contacts.log", { contacts: [contact] });
  expect(answer?.outcome).toBe("stored");
  return { id, name: `Odette ${familyName}` };
}

/** Opens a part of the rail, which folds on a phone. */
async function openPart(page: Page, title: string): Promise<void> {
  const fold = page.getByRole("button", { name: title, expanded: false });
  if (await fold.isVisible()) await (await ready(fold)).click();
}

async function openRecord(page: Page, { id, name }: Arranged): Promise<void> {
  await page.goto(`/people/${id}`);
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

const contacts = (page: Page) => page.getByRole("region", { name: "Contacts" });

test("a contact is corrected, and the pair is seen; then it is voided", async ({ page, signIn }) => {
  await page.clock.install();
  await signIn("caseworker");
  const person = await arrangePerson(page);
  await openRecord(page, person);
  await expectAccessible(page);

  await (await ready(contacts(page).getByRole("link", { name: /^Correct the contact/ }))).click();
  await page.getByRole("button", { name: /Message/ }).click();
  await page.getByRole("button", { name: "Phone", exact: true }).click();
  await page.getByRole("textbox", { name: /Why/ }).fill("It was a call");
  await page.getByRole("button", { name: /^Save/ }).click();
  await expect(page.getByRole("heading", { name: /Saved|Sent/ })).toBeVisible();
  // It leaves after the ten seconds in which it can be taken back.
  await page.clock.fastForward(HOLD_MS);
  await page.getByRole("link", { name: "the record" }).click({ timeout: 30_000 });
  await expect(page.getByRole("heading", { level: 1, name: person.name })).toBeVisible();
  await expect(contacts(page)).toContainText("channel was message, now phone");
  await expect(contacts(page)).toContainText("“It was a call”");
  await expect(contacts(page)).toContainText("1 in all");
  await contacts(page).getByText("What was logged first").click();
  await expect(contacts(page)).toContainText("Voided");
  await expectAccessible(page);

  await (await ready(contacts(page).getByRole("button", { name: /^Void the contact/ }))).click();
  await page.getByRole("textbox", { name: "Why?" }).fill("Logged for the wrong person");
  await page.getByRole("button", { name: "Void the contact", exact: true }).click();
  await expect(contacts(page)).toContainText("Logged for the wrong person");
  await expect(page.getByText("No issues in the last twelve months.")).toBeVisible();
});

test(
  "a record is closed by saying what became of each issue, found by search, and opened again",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    await signIn("caseworker");
    const person = await arrangePerson(page);
    await openRecord(page, person);
    await (await ready(page.getByRole("button", { name: "Close this record" }))).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Close the record" }).click();
    await expect(dialog.getByRole("alert")).toContainText("Say what became of");
    await dialog.getByRole("combobox", { name: "Why?" }).click();
    await page.getByRole("option", { name: "The work is finished" }).click();
    const groups = dialog.getByRole("group", { name: /^What became of (?!each)/ });
    await groups.first().getByText("Resolved", { exact: true }).click();
    await groups.last().getByText("Handed on").click();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Close the record" }).click();

    const notice = page.getByRole("region", { name: "This record is closed" });
    await expect(notice).toContainText("The work is finished");
    await expect(notice).toContainText("Handed on:");
    await expect(contacts(page).getByText("Resolved")).toBeVisible();
    await expect(notice).toBeInViewport();
    await expectAccessible(page);

    await notice.getByRole("button", { name: "Open it again" }).click();
    await page.getByRole("combobox", { name: "Why?" }).click();
    await page.getByRole("option", { name: "They came back" }).click();
    await page.getByRole("button", { name: "Open the record" }).click();
    await expect(notice).toBeHidden();
    await expect(page.getByRole("button", { name: "Close this record" })).toBeVisible();
  },
);

test(
  "a detail is changed where it stands, and two values wait until somebody chooses",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    await signIn("caseworker");
    const person = await arrangePerson(page);
    await openRecord(page, person);
    await openPart(page, "Details");
    await (await ready(page.getByRole("button", { name: "Change Phone" }))).click();
    await page.getByRole("textbox", { name: "Phone" }).fill("0191 496 0200");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Phone is saved." })).toBeVisible();

    await page.getByRole("button", { name: "Change Postcode" }).click();
    await page.getByRole("textbox", { name: "Postcode" }).fill("SR9 9ZZ");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText(/SR9 9ZZ is not in the postcode list/).first()).toBeVisible();

    // A device that has not seen the change sends its own.
    await call(page, "clients.edit", {
      id: person.id,
      editId: newId(),
      changes: [{ field: "phone", from: "0191 496 0100", to: "0191 496 0300" }],
    });
    await openRecord(page, person);
    const choice = page.getByRole("region", { name: "Two values: which is right?" });
    await expect(choice).toContainText("0191 496 0200");
    await expect(choice).toContainText("0191 496 0300");
    await expectAccessible(page);
    await (await ready(choice.getByRole("button", { name: "Phone: 0191 496 0300 is right" }))).click();
    await expect(page.getByRole("status").filter({ hasText: "Phone: 0191 496 0300." })).toBeVisible();
    await openRecord(page, person);
    await expect(choice).toBeHidden();
    await expect(page.getByRole("main")).toContainText("0191 496 0300");
  },
);

test("somebody is asked about sharing, says yes and takes it back; and who looked is seen", async ({
  page,
  signIn,
}) => {
  await signIn("caseworker");
  const person = await arrangePerson(page);
  await openRecord(page, person);
  await openPart(page, "Consent");
  const consent = page.getByRole("region", { name: "Consent" });
  await expect(consent).toContainText("Not asked yet.");
  await (await ready(consent.getByRole("button", { name: "Ask about sharing" }))).click();
  await expect(page.getByText(/May we tell other services/)).toBeVisible();
  await page.getByText("Yes", { exact: true }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Record the answer" }).click();
  await expect(consent).toContainText("Said yes to sharing with other services, until");

  await consent.getByRole("button", { name: "They take it back: stop sharing" }).click();
  await expect(consent).toContainText("Took back the yes to sharing.");
  await consent.getByText("Everything they said").click();
  await expect(consent).toContainText("said yes to sharing");

  await openPart(page, "Who has looked");
  const looked = page.getByRole("region", { name: "Who has looked" });
  await expect(looked).toContainText("Recorded an answer about sharing");
  await looked.getByRole("link", { name: /^All/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Who has looked" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Opened the record");
  await expectAccessible(page);
});

test("the record is printed whole: who printed it and when, and no navigation", async ({ page, signIn }) => {
  await signIn("caseworker");
  const person = await arrangePerson(page);
  await openRecord(page, person);
  await page.getByRole("link", { name: "Print this record" }).click();
  await expect(page.getByText(/Printed by .+ on .+/)).toBeVisible();
  await expectAccessible(page);
  await page.emulateMedia({ media: "print" });
  for (const title of ["Details", "Issues", "Next actions", "Referrals", "Consent", "Contacts: 1 in all"]) {
    await expect(page.getByRole("heading", { name: title })).toBeVisible();
  }
  await expect(page.getByRole("banner").first()).toBeHidden();
  await expect(page.getByRole("link", { name: "My day" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
  const paper = await page.pdf({ format: "A4" });
  expect(paper.byteLength).toBeGreaterThan(10_000);
  await page.emulateMedia({ media: "screen" });
  await page.goto(`/people/${person.id}/looks`);
  await expect(page.getByRole("main")).toContainText("Printed the record");
});
