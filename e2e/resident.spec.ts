/** A worker gives somebody a code; they see their own record, say no to sharing, and ask for a copy; the worker sees it. */
import type { Page } from "@playwright/test";
import { newId } from "../app/_offline/new-id";
import { expect, expectAccessible, test } from "./fixtures";
import { ready } from "./ready";

const BORN = "1984-05-31";

/** Somebody new with one plain need and one that is private. */
async function arrangePerson(page: Page): Promise<{ id: string; name: string }> {
  const id = newId();
  const familyName = `Quill${id.slice(-6)}`;
  const read = async <T>(path: string): Promise<T> =>
    (await (await page.request.get(`/api/trpc/${path}`)).json()).result.data.json;
  const me = await read<{ serviceId: string | null }>("session.me");
  const services = await read<{ id: string }[]>("services.list");
  const entry = (need: string) => ({ issueId: newId(), need, status: "new", severity: "high", ours: true });
  const contact = {
    id: newId(),
    clientId: id,
    newClient: { givenName: "Odette", familyName, dateOfBirth: BORN },
    serviceId: me.serviceId ?? services[0]?.id,
    occurredOn: new Date().toISOString().slice(0, 10),
    channel: "message",
    entries: [entry("HOU-04"), entry("SAF-01")],
    lateReason: "Arranged for the journey",
  };
  const answer = await page.request.post("/api/trpc/contacts.log", {
    headers: { origin: new URL(page.url()).origin },
    data: { json: { contacts: [contact] } },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  return { id, name: `Odette ${familyName}` };
}

/** Opens a part of the rail, which folds on a phone. */
async function openPart(page: Page, title: RegExp): Promise<void> {
  const fold = page.getByRole("button", { name: title, expanded: false });
  if (await fold.isVisible()) await (await ready(fold)).click();
}

test("somebody sees their own record by a code, says no to sharing, and asks for a copy", async ({
  page,
  browser,
  signIn,
}) => {
  await signIn("caseworker");
  const { id, name } = await arrangePerson(page);
  await page.goto(`/people/${id}`);
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await openPart(page, /^Their say/);
  await (await ready(page.getByRole("button", { name: "Let them see their own record" }))).click();
  const dialog = page.getByRole("dialog", { name: "A code to their own page" });
  await dialog.getByRole("button", { name: "Make a code" }).click();
  const code = (await dialog.getByText(/^[2-9A-Z]{4}(-[2-9A-Z]{4}){3}$/).textContent()) ?? "";
  await dialog.getByRole("button", { name: "Done" }).click();

  // Their own device: nobody is signed in on it.
  const own = await browser.newContext({ viewport: page.viewportSize() });
  const theirs = await own.newPage();
  await theirs.goto(new URL("/my-record", page.url()).href);
  await (await ready(theirs.getByRole("textbox", { name: "Your code" }))).fill(`${code.slice(0, -1)}?`);
  await theirs.getByLabel("Your date of birth").fill(BORN);
  await theirs.getByRole("button", { name: "Show my record" }).click();
  await expect(theirs.getByRole("alert").filter({ hasText: "There is a slip in this code" })).toBeVisible();
  await expectAccessible(theirs);
  await theirs.getByRole("textbox", { name: "Your code" }).fill(code.toLowerCase());
  await theirs.getByLabel("Your date of birth").fill("1990-01-01");
  await theirs.getByRole("button", { name: "Show my record" }).click();
  await expect(theirs.getByRole("alert").filter({ hasText: "This did not open a record" })).toBeVisible();
  // As people write a day: it is read, and said back in words.
  const born = theirs.getByLabel("Your date of birth");
  await born.fill("31 2 1984");
  await born.blur();
  await expect(theirs.getByText("There is no such day in the calendar.")).toBeVisible();
  await born.fill("31 5 84");
  await born.blur();
  await expect(born).toHaveValue("31 May 1984");
  await theirs.getByRole("button", { name: "Show my record" }).click();

  await expect(theirs.getByRole("heading", { level: 1, name: /^Your record at / })).toBeVisible();
  expect(new URL(theirs.url()).pathname + new URL(theirs.url()).search).toBe("/my-record");
  await expect(theirs.getByRole("region", { name: "What you told us that you need" })).toContainText(
    "You are behind with your rent or mortgage.",
  );
  await expect(theirs.getByRole("main")).not.toContainText("hurts, scares");
  await expect(theirs.getByRole("region", { name: "Who has looked, and why" })).toContainText("A worker at ");
  await expectAccessible(theirs);

  const no = theirs.getByRole("region", { name: "You can say no" });
  await no.getByText("Both: do not share me and do not count me").click();
  await no.getByRole("button", { name: "Say no" }).click();
  await expect(no).toContainText("You asked us not to share your record, and not to count you in figures.");
  const ask = theirs.getByRole("region", { name: "Ask us" });
  await ask.getByRole("button", { name: "Ask for a copy of everything" }).click();
  await expect(ask).toContainText("You asked for a copy of everything on");
  await theirs.getByRole("button", { name: "Close my record" }).click();
  await expect(theirs.getByText("Your record is closed.")).toBeVisible();
  await own.close();

  await page.reload();
  await openPart(page, /^Their say/);
  await expect(page.getByRole("region", { name: "Their say" })).toContainText(
    "They object to: sharing, and being counted in figures. No other organisation sees anything of them",
  );
  await expectAccessible(page);
  await page.goto(`/referrals/new?client=${id}`);
  await expect(page.getByText(/^They object to sharing with other services\./)).toBeVisible();
});
