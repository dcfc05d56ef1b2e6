/**
 * Known to: an adviser looks who else knows the person in front of them, asks them for a yes, and the
 * housing team is told. Once it has noted the yes itself, the adviser sees what they asked for there, and no longer once
 * it was taken back.
 */
import type { Page } from "@playwright/test";
import { newId } from "../app/_offline/new-id";
import { enterAs } from "./entering";
import { expect, expectAccessibleInBoth, test } from "./fixtures";
import { ready } from "./ready";
import { openInstallationDatabase } from "./told";

/** Calls a procedure as whoever is signed in on the page. */
async function call<T>(page: Page, path: string, input: unknown): Promise<T> {
  const headers = { origin: new URL(page.url()).origin };
  const answer = await page.request.post(`/api/trpc/${path}`, { headers, data: { json: input } });
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
  return (await answer.json()).result.data.json;
}

/** A day that has been for the installation, whose clock may stand ahead. */
const today = () => new Date().toISOString().slice(0, 10);

/** Somebody met today about rent, as this worker's client; gives the id. */
async function meetAs(page: Page, worker: RegExp, familyName: string, nino: string): Promise<string> {
  await page.context().clearCookies();
  await enterAs(page, worker);
  const me = await (await page.request.get("/api/trpc/session.me")).json();
  const services = await (await page.request.get("/api/trpc/services.list")).json();
  const serviceId = me.result.data.json.serviceId ?? services.result.data.json[0].id;
  const clientId = newId();
  const contact = {
    ...{ id: newId(), clientId, serviceId, occurredOn: today(), channel: "phone" },
    lateReason: "Arranged for the journey",
    newClient: {
      ...{ givenName: "Isolde", familyName, dateOfBirth: "1979-08-14", phone: "01999 550777" },
      identifiers: [{ kind: "nino", value: nino }],
    },
    entries: [{ issueId: newId(), need: "HOU-04", status: "new", severity: "high", ours: true }],
  };
  const [answer] = await call<{ outcome: string }[]>(page, "contacts.log", { contacts: [contact] });
  expect(answer?.outcome).toBe("stored");
  return clientId;
}

/** Waits until the linker has found that the two are one person, and gives the day that it is for the installation. */
async function untilOne(clients: readonly string[]): Promise<string> {
  const database = await openInstallationDatabase();
  try {
    await expect(async () => {
      const [row] = await database.sql<{ people: number }[]>`
        select count(distinct person_id)::int as people from identity.client_person
        where client_id = any (${[...clients]}::uuid[])`;
      expect(row?.people).toBe(1);
    }).toPass({ timeout: 60_000 });
    const [clock] = await database.sql<{ today: string }[]>`select governance.today()::text as today`;
    return clock?.today ?? "";
  } finally {
    await database.close();
  }
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: label }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

test("a look says who knows them, their yes shows more, and taking it back takes it away", async ({
  page,
  browser,
}, { project }) => {
  test.setTimeout(120_000);
  const isPhone = project.name === "phone";
  const [familyName, nino] = isPhone ? ["Marchbanks", "JG103759A"] : ["Tolliver", "JG103760B"];
  const own = await meetAs(page, /Amira Haddow/, familyName, nino);
  const context = await browser.newContext({ baseURL: new URL(page.url()).origin });
  const housing = await context.newPage();
  await housing.goto("/");
  const given = await meetAs(housing, /Priya Raman/, familyName, nino);
  const installationDay = await untilOne([own, given]);

  await page.goto(`/people/${own}`);
  const fold = page.getByRole("button", { name: "Who else knows them", expanded: false });
  if (await fold.isVisible()) await (await ready(fold)).click();
  await (await ready(page.getByRole("button", { name: "Look who else knows them" }))).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Look now" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Choose why you look now.");
  await choose(page, "What is it for?", "Direct support");
  await choose(page, "Why now?", "To agree who does what");
  await expectAccessibleInBoth(page);
  await dialog.getByRole("button", { name: "Look now" }).click();

  const card = page.getByRole("region", { name: /Who else knows them/ });
  await expect(card.getByRole("heading", { name: /Known to/ })).toBeVisible();
  await expect(card).toContainText("In the last 3 months. Speak with them first");
  await expect(card).not.toContainText("Rent");
  await card.getByRole("button", { name: "See what they share" }).click();
  await expect(card).toContainText("That is all you can see for now.");
  await (await ready(card.getByRole("button", { name: "Ask them now" }))).click();
  await dialog.getByRole("button", { name: "They said yes" }).click();
  await expect(card).toContainText("They have been told. You see more once they have noted the yes.");
  await expect(card).not.toContainText("Rent or mortgage arrears");

  // The housing team reads it on the record, and notes the yes as its own.
  await housing.goto(`/people/${given}`);
  await expect(housing.getByText(/says that this person said yes to sharing with them/)).toBeVisible();
  const noted = { clientId: given, answeredOn: installationDay, how: "phone" };
  await call(housing, "consents.record", { ...noted, id: newId(), answer: "given" });
  await card.getByRole("button", { name: "See what they share now" }).click();
  await expect(card).toContainText("Rent or mortgage arrears");
  await expect(card).toContainText(/They said yes on .* it holds until/);
  await expectAccessibleInBoth(page);

  // Written down at the other organisation: they see that somebody looked, and what for.
  await housing.goto(`/people/${given}/looks`);
  await expect(housing.getByText(/^A caseworker at /).first()).toBeVisible();
  await expect(housing.getByText(/learned that this person is known to you/i).first()).toBeVisible();
  await call(housing, "consents.record", { ...noted, id: newId(), answer: "withdrawn" });
  await expect(card.getByText("What was here is not shared any longer")).toBeVisible({ timeout: 5_000 });
  await expect(card).not.toContainText("Rent or mortgage arrears");
  await context.close();
});
