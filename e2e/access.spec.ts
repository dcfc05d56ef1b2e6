/** Ways in: the sign-in page, an invitation and its link, and what a wrong password is told. */
import { readFileSync } from "node:fs";
import { expect, expectAccessible, test } from "./fixtures";
import { ready } from "./ready";

/** The newest link that the installation wrote to its log; it has no mail server. */
function latestLink(): string | null {
  const log = readFileSync("test-results/installation.log", "utf8");
  return log.match(/https?:\/\/[^\s"]+\/set-password\?token=[\w-]+/g)?.at(-1) ?? null;
}

test("a manager invites somebody, who sets a password by the link and signs in", async ({ page, signIn }, {
  project,
}) => {
  const email = `nadia.${project.name}@example.org`;
  await signIn("manager");
  await page.goto("/team");
  await (await ready(page.getByRole("button", { name: "Invite somebody" }))).click();
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Enter a name." })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "Name" }).fill("Nadia Farrow");
  await page.getByRole("textbox", { name: "E-mail address" }).fill(email);
  const before = latestLink();
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByText("Nadia Farrow is invited")).toBeVisible();
  await expect.poll(latestLink).not.toBe(before);
  const link = latestLink();

  await page.context().clearCookies();
  await page.goto(link ?? "");
  await expect(page.getByText(email)).toBeVisible();
  await ready(page.getByRole("button", { name: "Set password" }));
  await page.getByLabel("New password", { exact: false }).first().fill("password1234");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(
    page.getByRole("alert").filter({ hasText: "first passwords that others would try" }),
  ).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("New password", { exact: false }).first().fill("marble otter lantern");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByText("Your password is set.")).toBeVisible();
  await ready(page.getByRole("button", { name: "Sign in", exact: true }));

  await page.getByRole("textbox", { name: "E-mail address" }).fill(email);
  await page.locator("#password").fill("marble otter lantern");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Who are you with?" })).toBeVisible();

  await page.goto(link ?? "");
  await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
});

test("a wrong password is told without saying which half was wrong, and too many are slowed down", async ({
  page,
}) => {
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
});

test("signing out everywhere ends the session on another device", async ({ page, signIn, browser }, {
  project,
}) => {
  // Each width has a person of its own: they would end the session of each other.
  await signIn(project.name === "phone" ? "steward" : "analyst");
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
});

test("a page that a role may not see reads as not there", async ({ page, signIn }) => {
  await signIn("commissioner");
  await page.goto("/people");
  await expect(page.getByRole("heading", { name: "There is nothing here for you" })).toBeVisible();
});
