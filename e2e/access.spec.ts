/**
 * Ways in and out: an invitation and its link, the second step and its recovery codes, the lock, the list of devices,
 * and what a wrong password is told.
 */
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { generate } from "otplib";
import { expect, expectAccessible, test } from "./fixtures";
import { ready } from "./ready";
import { ANY_WIDTH } from "./widths";

const PASSWORD = "marble otter lantern";
const ANDROID =
  "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36";
const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:138.0) Gecko/20100101 Firefox/138.0";

/** The newest link that the installation wrote to its log; it has no mail server. */
function latestLink(): string | null {
  const log = readFileSync("test-results/installation.log", "utf8");
  return log.match(/https?:\/\/[^\s"]+\/set-password\?token=[\w-]+/g)?.at(-1) ?? null;
}

/** A manager invites somebody, who sets a password by the link. */
async function invite(
  page: Page,
  signIn: (role: "manager", path: string) => Promise<void>,
  email: string,
): Promise<string> {
  await signIn("manager", "/team");
  await (await ready(page.getByRole("button", { name: "Invite somebody" }))).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Nadia Farrow");
  await page.getByRole("textbox", { name: "E-mail address" }).fill(email);
  const before = latestLink();
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByText("Nadia Farrow is invited")).toBeVisible();
  await expect.poll(latestLink).not.toBe(before);
  await page.context().clearCookies();
  return latestLink() ?? "";
}

async function setPassword(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await ready(page.getByRole("button", { name: "Set password" }));
  await page.getByLabel("New password", { exact: false }).first().fill(PASSWORD);
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByText("Your password is set.")).toBeVisible();
}

async function givePassword(page: Page, email: string): Promise<void> {
  await ready(page.getByRole("button", { name: "Sign in", exact: true }));
  await page.getByRole("textbox", { name: "E-mail address" }).fill(email);
  await page.locator("#password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Teaches the key on the page to a phone, which is this test; gives the recovery codes. */
async function setUpSecondStep(page: Page): Promise<string[]> {
  await expect(page.getByRole("heading", { name: "Set up your second step" })).toBeVisible();
  const key = await page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).textContent();
  await ready(page.getByRole("button", { name: "Continue" }));
  await page
    .getByLabel("Enter the code that the app shows")
    .fill(await generate({ secret: (key ?? "").replaceAll(" ", "") }));
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Your second step is set up" })).toBeFocused();
  return page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").allTextContents();
}

test("a manager invites somebody, who sets a password by the link, and the link works once", async ({
  page,
  signIn,
}, { project, retry }) => {
  // Whoever was invited at the first try is a member at the second.
  const email = `nadia.${project.name}.${retry}@example.org`;
  await signIn("manager", "/team");
  await (await ready(page.getByRole("button", { name: "Invite somebody" }))).click();
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Enter a name." })).toBeVisible();
  await expectAccessible(page);
  await page.context().clearCookies();
  const link = await invite(page, signIn, email);

  await page.goto(link);
  await expect(page.getByText(email)).toBeVisible();
  await ready(page.getByRole("button", { name: "Set password" }));
  await page.getByLabel("New password", { exact: false }).first().fill("password1234");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(
    page.getByRole("alert").filter({ hasText: "first passwords that others would try" }),
  ).toBeVisible();
  await expectAccessible(page);
  await setPassword(page, link);
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
});

test(
  "the first sign-in sets a second step up, and a recovery code stands in for the phone once",
  ANY_WIDTH,
  async ({ page, signIn }, { retry }) => {
    const email = `nadia.second.${retry}@example.org`;
    await setPassword(page, await invite(page, signIn, email));
    await givePassword(page, email);
    await expect(page.getByRole("img", { name: /^Picture for your authenticator app/ })).toBeVisible();
    await expectAccessible(page);
    // Until then, there is no way round it.
    await page.goto("/account");
    await expect(page).toHaveURL(/second-factor\/set-up$/);
    await ready(page.getByRole("button", { name: "Continue" }));
    await page.getByLabel("Enter the code that the app shows").fill("000000");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByText("That code is not right.")).toBeVisible();
    await expectAccessible(page);
    const codes = await setUpSecondStep(page);
    expect(codes).toHaveLength(10);
    await expectAccessible(page);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Keep as a file" }).click();
    expect(readFileSync(await (await download).path(), "utf8")).toContain(codes[9]);
    await page.getByRole("button", { name: "I have kept them" }).click();
    await expect(page.getByRole("heading", { name: "Who are you with?" })).toBeVisible();

    const enter = async (code: string) => {
      await page.context().clearCookies();
      await page.goto("/sign-in");
      await givePassword(page, email);
      await expect(page.getByRole("heading", { name: "Enter your code" })).toBeVisible();
      await (await ready(page.getByRole("button", { name: "I do not have my phone" }))).click();
      await page.getByLabel("Recovery code").fill(code);
      await page.getByRole("button", { name: "Continue" }).click();
    };
    await enter(codes[0] ?? "");
    await expect(page.getByRole("heading", { name: "Who are you with?" })).toBeVisible();
    await page.goto("/account");
    await expect(page.getByText("9 recovery codes are left.")).toBeVisible();
    await enter(codes[0] ?? "");
    await expect(page.getByText("That recovery code is not right, or was used before.")).toBeVisible();
    await expectAccessible(page);

    await page.getByLabel("Recovery code").fill(codes[1] ?? "");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByRole("heading", { name: "Who are you with?" })).toBeVisible();
    await page.clock.install();
    await page.goto("/account");
    await ready(page.getByRole("button", { name: "New recovery codes" }));
    await page.clock.fastForward("05:10");
    await expect(page.getByRole("heading", { name: "Locked" })).toBeVisible();
    await expect(page.getByText("Nadia Farrow, this screen locks")).toBeVisible();
    await ready(page.getByRole("button", { name: "Unlock" }));
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Unlock" }).click();
    await expect(page.getByText("The password is not right.")).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Unlock" }).click();
    await expect(page).toHaveURL(/account$/);
    await expect(page.getByRole("heading", { name: "Nadia Farrow" })).toBeVisible();
  },
);

test("a desk that nobody uses locks in every tab, and goes on where it was", async ({ page, signIn }, {
  project,
}) => {
  // Before any page: one that is open already would take the new clock for minutes that passed, and lock.
  await page.clock.install();
  await signIn(project.name === "phone" ? "commissioner" : "officer");
  await page.goto("/account");
  const other = await page.context().newPage();
  await other.goto("/account");
  await ready(page.getByRole("button", { name: "Sign out everywhere" }));
  await ready(other.getByRole("button", { name: "Sign out everywhere" }));
  // Four minutes, somebody moves, four minutes more: nothing is locked.
  await page.clock.fastForward("04:00");
  const told = page.waitForResponse(/session\.alive/);
  await page.keyboard.press("Shift");
  await told;
  await other.evaluate(() => document.title);
  await page.clock.fastForward("04:00");
  await expect(page.getByRole("heading", { name: "Signing out" })).toBeVisible();
  await page.clock.fastForward("01:10");
  await expect(page).toHaveURL(/locked\?from=%2Faccount$/);
  await expect(other).toHaveURL(/locked\?from=%2Faccount$/);
  await expectAccessible(page);
  // Nothing else answers: another page of the same person leads to the lock, too.
  await page.goto("/map");
  await expect(page).toHaveURL(/locked\?from=%2Fmap$/);
  await (await ready(page.getByRole("button", { name: "Unlock" }))).click();
  await expect(page).not.toHaveURL(/locked/);
  await expect(other).toHaveURL(/account$/);
  await other.close();
});

test("somebody else signs out at the lock", ANY_WIDTH, async ({ page, signIn }) => {
  await signIn("steward");
  await page.clock.install();
  await page.goto("/account");
  await ready(page.getByRole("button", { name: "Sign out everywhere" }));
  await page.clock.fastForward("05:10");
  await (await ready(page.getByRole("button", { name: "Not you? Sign out" }))).click();
  await expect(page).toHaveURL(/sign-in$/);
  await page.goto("/account");
  await expect(page).toHaveURL(/sign-in$/);
});

test(
  "a browser that was left signed in is shut out from the list",
  ANY_WIDTH,
  async ({ page, signIn, browser }) => {
    const elsewhere = await browser.newContext({ userAgent: FIREFOX });
    const other = await elsewhere.newPage();
    await other.goto("/sign-in");
    await other
      .getByRole("button", { name: /^\W*Link steward/ })
      .first()
      .click();
    await expect(other).not.toHaveURL(/sign-in/);
    await signIn("steward", "/account");
    await expect(page.getByRole("listitem").filter({ hasText: "This one" })).toHaveCount(1);
    await (await ready(page.getByRole("button", { name: /^Shut out Firefox on Windows/ }).first())).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Shut it out" }).click();
    await expect(page.getByText("Firefox on Windows is shut out.")).toBeVisible();
    await other.goto("/account");
    await expect(other).toHaveURL(/sign-in\?because=ended$/);
    await elsewhere.close();
  },
);

test(
  "a phone that is shut out is told so and forgets whom it carries",
  ANY_WIDTH,
  async ({ page, signIn, browser }) => {
    const lost = { userAgent: ANDROID, name: "Chrome on Android" };
    const elsewhere = await browser.newContext({ userAgent: lost.userAgent });
    const phone = await elsewhere.newPage();
    await phone.goto("/sign-in");
    await phone
      .getByRole("button", { name: /Caseworker/ })
      .first()
      .click();
    await expect(phone.getByRole("heading", { name: "Who are you with?" })).toBeVisible();

    await signIn("caseworker");
    await page.goto("/account");
    const place = page.getByRole("listitem").filter({ hasText: lost.name });
    await expect(place.first()).toContainText("Carries people for working without signal");
    await (await ready(place.first().getByRole("button", { name: /^Shut out/ }))).click();
    await page.getByRole("button", { name: "Shut it out" }).click();
    await expect(page.getByText(`${lost.name} is shut out.`)).toBeVisible();

    await phone.goto("/people");
    await expect(phone.getByRole("heading", { name: "This device was struck off" })).toBeVisible();
    await elsewhere.close();
  },
);

test(
  "a wrong password is told without saying which half was wrong, and too many are slowed down",
  ANY_WIDTH,
  async ({ page }) => {
    await page.goto("/sign-in");
    await (await ready(page.getByRole("button", { name: "Sign in", exact: true }))).click();
    await expect(page.getByRole("alert").filter({ hasText: "Enter your e-mail address." })).toBeFocused();

    await page.getByRole("textbox", { name: "E-mail address" }).fill("nobody@example.org");
    await page.locator("#password").fill("not the password");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(
      page.getByRole("alert").filter({ hasText: "address or the password is not right" }),
    ).toBeVisible();
    await expectAccessible(page);

    // How many guesses there are is proven beside the throttle; using them up here would lock out the other width.
    await page.route("**/api/auth/callback/credentials**", (route) =>
      route.fulfill({ status: 401, json: { url: new URL("/sign-in?error=throttled", page.url()).href } }),
    );
    await page.locator("#password").fill("not the password");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("alert").filter({ hasText: "Too many attempts" })).toBeVisible();
  },
);

test(
  "signing out everywhere ends the session on another device",
  ANY_WIDTH,
  async ({ page, signIn, browser }) => {
    await signIn("steward");
    const other = await browser.newContext();
    const elsewhere = await other.newPage();
    await other.addCookies(await page.context().cookies());
    await elsewhere.goto("/account");
    await expect(elsewhere.getByRole("button", { name: "Sign out everywhere" })).toBeVisible();
    await page.goto("/account");
    await (await ready(page.getByRole("button", { name: "Sign out everywhere" }))).click();
    await expect(page).toHaveURL(/sign-in/);
    await elsewhere.goto("/account");
    await expect(elsewhere).toHaveURL(/sign-in/);
    await other.close();
  },
);

test("a page that a role may not see reads as not there", ANY_WIDTH, async ({ page, signIn }) => {
  await signIn("commissioner", "/people");
  await expect(page.getByRole("heading", { name: "There is nothing here for you" })).toBeVisible();
});
