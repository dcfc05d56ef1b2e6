/**
 * A referral from its sending to its end: between two organisations, with a no, and by a link to somebody outside who
 * is not signed in. Each page is looked at by axe on the way.
 */
import { randomUUID } from "node:crypto";
import type { Browser, Page } from "@playwright/test";
import { enterAs } from "./entering";
import { expect, expectAccessible, test } from "./fixtures";
import { ready } from "./ready";
import { ANY_WIDTH } from "./widths";

/** A page of one of the demo's people, in a browser of their own. */
async function pageOf(browser: Browser, page: Page, name: string): Promise<Page> {
  const viewport = page.viewportSize();
  const own = await (await browser.newContext(viewport ? { viewport } : {})).newPage();
  await enterAs(own, new RegExp(name));
  return own;
}

/** A call as the page itself makes it. */
async function call<T>(page: Page, path: string, input: unknown): Promise<T> {
  const answer = await page.evaluate(
    async ({ path, input }) => {
      const response = await fetch(`/api/trpc/${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ json: input }),
      });
      return response.json();
    },
    { path, input },
  );
  return (answer as { result: { data: { json: T } } }).result.data.json;
}

/** Somebody new at the advice charity whose home is in disrepair, which is someone else's to resolve. */
async function arrangePerson(page: Page): Promise<{ clientId: string; name: string }> {
  const familyName = `Ferris${randomUUID().replaceAll(/[^a-f]/g, "")}`;
  const clientId = randomUUID();
  const me = await call<{ serviceId: string }>(page, "session.me", undefined);
  const { today } = await call<{ today: string }>(page, "demo.status", undefined);
  const [stored] = await call<{ outcome: string; reason?: string }[]>(page, "contacts.log", {
    contacts: [
      {
        id: randomUUID(),
        clientId,
        newClient: { givenName: "Nell", familyName, phone: "07700 900321", dateOfBirth: "1990-05-04" },
        serviceId: me.serviceId,
        occurredOn: today,
        channel: "phone",
        entries: [
          { issueId: randomUUID(), need: "HOU-05", status: "new", severity: "high", ours: false },
          { issueId: randomUUID(), need: "BEN-02", status: "new", severity: "medium", ours: true },
        ],
      },
    ],
  });
  expect(stored).toMatchObject({ outcome: "stored" });
  return { clientId, name: `Nell ${familyName}` };
}

/** A long page at its full height: what lies half under a bar while it is scrolled is no fault of its own. */
async function expectWholeAccessible(page: Page): Promise<void> {
  const before = page.viewportSize();
  if (before) await page.setViewportSize({ width: before.width, height: 3000 });
  await expectAccessible(page);
  if (before) await page.setViewportSize(before);
}

const NEED = /^Disrepair|damp|repair/i;

/** From the record to a referral that was sent; gives its address. */
async function refer(
  page: Page,
  clientId: string,
  name: string,
  service: () => Promise<void>,
): Promise<string> {
  await page.goto(`/people/${clientId}`);
  const link = page.getByRole("link", { name: "Refer to a service" });
  // On a phone the section folds to one line.
  const fold = page.getByRole("button", { name: /^Referrals/ });
  await link.or(fold).first().waitFor();
  if (!(await link.isVisible())) await fold.click();
  await link.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Refer ${name}`);
  await ready(page.getByRole("searchbox", { name: "Find a service" }));
  await expect(page.getByRole("checkbox", { name: NEED })).toBeChecked();
  await service();
  await expect(
    page.getByText(/^“May we tell .* your name, your phone number and that you would like help with/),
  ).toBeVisible();
  await page.getByText("Yes, send it").click();
  await expectWholeAccessible(page);
  await page.getByRole("button", { name: "Send the referral" }).click();
  await expect(page).toHaveURL(/\/referrals\/[\da-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(page.getByRole("heading", { name: /^Sent / })).toBeVisible();
  return new URL(page.url()).pathname;
}

const chooseTenancySupport = (page: Page) => async () => {
  await page.getByRole("radio", { name: /^Tenancy support/ }).check();
};

test("goes out from the advice charity, arrives at the housing team and comes back step by step", async ({
  browser,
  page,
  signIn,
}) => {
  test.slow();
  await signIn("caseworker");
  const { clientId, name } = await arrangePerson(page);
  const address = await refer(page, clientId, name, chooseTenancySupport(page));

  const housing = await pageOf(browser, page, "Callum Straker");
  await housing.goto("/referrals");
  await expectAccessible(housing);
  await housing.getByRole("link", { name }).click();
  await expect(housing.getByText("07700 900321")).toBeVisible();
  // Neither what is ours alone nor what was not ticked.
  await expect(housing.getByText(/Benefit|1990/)).toHaveCount(0);
  await ready(housing.getByRole("button", { name: "Accept" }));
  await housing.getByRole("button", { name: "Accept" }).click();
  await expect(housing.getByRole("heading", { name: /^Accepted / })).toBeVisible();
  await expectAccessible(housing);
  await housing.getByRole("button", { name: "Add as our client" }).click();
  await expect(housing.getByRole("heading", { name: "They are your client" })).toBeVisible();

  await page.goto(address);
  await expect(page.getByRole("heading", { name: /^Accepted / })).toBeVisible();

  await housing.getByRole("button", { name: "Help has started" }).click();
  await expect(housing.getByRole("heading", { name: /^Started / })).toBeVisible();
  await housing.getByRole("button", { name: "Complete" }).click();
  await housing.getByText("Achieved", { exact: true }).click();
  await housing.getByRole("textbox", { name: /Anything to add/ }).fill("The landlord has mended the roof.");
  await expectAccessible(housing);
  await housing.getByRole("button", { name: "Complete" }).click();
  await expect(housing.getByRole("heading", { name: /^Completed the same day/ })).toBeVisible();

  await page.goto(address);
  await expect(page.getByRole("heading", { name: /^Completed the same day/ })).toBeVisible();
  await expect(page.getByText("The landlord has mended the roof.")).toBeVisible();
  await expect(page.getByText("Achieved", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/referrals?box=sent&show=all");
  await expect(page.getByRole("link", { name })).toContainText("Completed the same day");
  await expectAccessible(page);
  await page.goto(address);
  await page.getByRole("link", { name: "Log a contact with what came of it" }).click();
  await expect(page).toHaveURL(new RegExp(`/contact\\?with=${clientId}&referral=`));
  await expect(page.getByRole("radio", { name: "Resolved" }).first()).toBeChecked();
});

test(
  "opens its issues at the receiver's first contact, as new",
  ANY_WIDTH,
  async ({ browser, page, signIn }) => {
    test.slow();
    await signIn("caseworker");
    const { clientId, name } = await arrangePerson(page);
    const address = await refer(page, clientId, name, chooseTenancySupport(page));
    const housing = await pageOf(browser, page, "Josie Tennant");
    await housing.goto(address);
    await ready(housing.getByRole("button", { name: "Accept" }));
    await housing.getByRole("button", { name: "Accept" }).click();
    await housing.getByRole("button", { name: "Add as our client" }).click();
    await housing.getByRole("link", { name: "Log a contact" }).click();
    await expect(housing.getByText(name).first()).toBeVisible();
    await expect(housing.getByText(NEED).first()).toBeVisible();
    await housing.getByRole("button", { name: /^Save/ }).click();
    await expect(housing.getByText(/Saved on this/).first()).toBeVisible();
  },
);

test(
  "comes back declined, with the reason, and the details are shown no more",
  ANY_WIDTH,
  async ({ browser, page, signIn }) => {
    await signIn("caseworker");
    const { clientId, name } = await arrangePerson(page);
    const address = await refer(page, clientId, name, chooseTenancySupport(page));

    const housing = await pageOf(browser, page, "Callum Straker");
    await housing.goto(address);
    const decline = housing.getByRole("button", { name: "Decline" });
    await ready(decline);
    await decline.click();
    await decline.click();
    await expect(housing.getByRole("heading", { name: "There is a problem" })).toBeVisible();
    await expect(housing.getByText(/^Say why/).first()).toBeVisible();
    await expectAccessible(housing);
    await housing.getByRole("radio", { name: "They live outside our area" }).check();
    await decline.click();
    await expect(housing.getByRole("heading", { name: /^Declined / })).toBeVisible();
    await expect(housing.getByText("07700 900321")).toHaveCount(0);
    await expect(housing.getByRole("heading", { level: 1 })).toContainText("by reference");

    await page.goto(address);
    await expect(page.getByText("Declined: they live outside our area")).toBeVisible();
    await expect(page.getByRole("link", { name: "Refer to another service" })).toBeVisible();
    await expectAccessible(page);
  },
);

test("goes outside by e-mail, and is answered by somebody who is not signed in", async ({
  browser,
  page,
  signIn,
}) => {
  await signIn("caseworker");
  const { clientId, name } = await arrangePerson(page);
  const address = await refer(page, clientId, name, async () => {
    await page.getByRole("button", { name: "Enter another service" }).click();
    await page.getByRole("textbox", { name: "Name of the service" }).fill("Elmer Roofers’ Fund");
    await page.getByRole("textbox", { name: "E-mail address of the service" }).fill("door@roofers.example");
  });
  // No mail leaves the demo: the sender hands the link over.
  await page.getByRole("button", { name: "Make a link to hand over" }).click();
  const link = (await page.locator("code").textContent()) ?? "";
  expect(link).toMatch(/\/referral\/[\w-]{43}$/);
  await expectAccessible(page);

  const outside = await (await browser.newContext({ viewport: page.viewportSize() })).newPage();
  const { pathname } = new URL(link);
  const fetched = await outside.goto(pathname);
  // A program that only fetches the address learns nothing.
  expect(await fetched?.text()).not.toContain("Nell");
  await expectAccessible(outside);
  const show = outside.getByRole("button", { name: "Show the referral" });
  await ready(show);
  await show.click();
  await expect(outside.getByText(name)).toBeVisible();
  await expect(outside.getByText("07700 900321")).toBeVisible();
  await expectAccessible(outside);
  await outside.getByRole("button", { name: "Accept" }).click();
  await expect(outside.getByRole("link", { name: "Enter your name." })).toBeVisible();
  await outside.getByRole("textbox", { name: "Your name" }).fill("Hilda Roof");
  await outside.getByRole("button", { name: "Accept" }).click();
  await expect(outside.getByText(/^Thank you\./)).toBeVisible();
  await outside.getByRole("textbox", { name: "Your name" }).fill("Hilda Roof");
  await outside.getByRole("button", { name: "Help has started" }).click();
  await expect(outside.getByRole("button", { name: "Complete" })).toBeVisible();

  await page.goto(address);
  await expect(page.getByRole("heading", { name: /^Started / })).toBeVisible();
  await expect(page.getByText("Hilda Roof, by the link").first()).toBeVisible();
  const end = page.getByRole("button", { name: "End the link" });
  await ready(end);
  await end.click();
  await expect(page.getByText("Nobody can open the referral by a link any more.")).toBeVisible();
  await outside.goto(pathname);
  await ready(show);
  await show.click();
  await expect(outside.getByText(/^This link no longer works\./)).toBeVisible();
});

test(
  "does not go when the person says no, who is given the number instead",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    await signIn("caseworker");
    const { clientId } = await arrangePerson(page);
    await page.goto(`/referrals/new?client=${clientId}`);
    await ready(page.getByRole("searchbox", { name: "Find a service" }));
    await page.getByRole("radio", { name: /^Tenancy support/ }).check();
    await page.getByText("No", { exact: true }).click();
    await expect(page.getByText(/^Nothing is sent\./)).toBeVisible();
    await page.getByRole("button", { name: "Keep their answer, send nothing" }).click();
    await expect(page.getByText(/^Nothing was sent\./)).toBeVisible();
    await expectAccessible(page);
  },
);
