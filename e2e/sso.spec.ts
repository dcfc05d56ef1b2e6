/**
 * Signing in with one's organisation, against a real provider on this machine; and showing again that it is you before
 * records leave, by keyboard. Each width sets up an organisation of its own, so that both can run at once.
 */
import { startProvider } from "../server/testing-sign-in-provider";
import { expect, expectAccessible, expectAccessibleInBoth, test } from "./fixtures";
import { ready } from "./ready";

test("an administrator links somebody by their code; they sign in at their organisation, and are out when unlinked", async ({
  page,
  browser,
  signIn,
}, { project }) => {
  test.setTimeout(120_000);
  const isPhone = project.name === "phone";
  await signIn("administrator");
  await page.goto("/admin");
  await page
    .getByRole("link", { name: /^Sign-in of / })
    .nth(isPhone ? 0 : 1)
    .click();
  const title = await page.getByRole("heading", { level: 1, name: /^Sign-in of / }).textContent();
  const organisation = (title ?? "").replace("Sign-in of ", "");
  const address = await page.getByText("/api/sso/callback/").textContent();
  const provider = await startProvider(address ?? "", {
    port: Number(process.env[isPhone ? "E2E_SSO_PORT_PHONE" : "E2E_SSO_PORT_DESKTOP"]),
  });
  provider.person = { subject: "worker-1", amr: ["pwd", "mfa"] };
  const theirs = await browser.newContext({ viewport: page.viewportSize() });
  const worker = await theirs.newPage();
  try {
    await (await ready(page.getByLabel("Address of the provider (issuer)"))).fill(provider.issuer);
    await page.getByLabel("Client ID").fill(provider.clientId);
    await page.getByLabel("Client secret").fill(provider.clientSecret);
    await page.getByLabel("Its second step counts as ours").check();
    await page.getByRole("button", { name: "Save and turn on" }).click();
    await page.getByRole("button", { name: "It is me" }).click();
    await expect(page.getByText("Saved: the provider answered")).toBeVisible();
    await expectAccessibleInBoth(page);

    await worker.goto("/sign-in");
    await worker.getByRole("link", { name: "Sign in with your organisation" }).click();
    await expectAccessibleInBoth(worker);
    await worker.getByRole("button", { name: organisation }).click();
    await expect(worker.getByRole("heading", { name: "Ask your administrator" })).toBeVisible();
    await expectAccessibleInBoth(worker);
    const code = await worker.getByRole("status", { name: "Your code" }).textContent();

    await page.reload();
    await (await ready(page.getByLabel("Code that they see"))).fill(code ?? "");
    await page.getByLabel("Who it is").selectOption({ index: 1 });
    await page.getByRole("button", { name: "Link", exact: true }).click();
    await expect(page.getByText("is linked and can sign in")).toBeVisible();

    await worker.getByRole("link", { name: "Sign in again" }).click();
    await worker.getByRole("button", { name: organisation }).click();
    await expect(worker).not.toHaveURL(/sign-in|second-factor/);

    await page.getByRole("button", { name: /^Unlink / }).click();
    await expect(page.getByText("is unlinked and was signed out")).toBeVisible();
    // An open page leaves by itself, too, and may be on its way already.
    await expect(async () => {
      await worker.goto("/account");
      await expect(worker).toHaveURL(/\/sign-in\?because=ended/, { timeout: 2_000 });
    }).toPass();
    await expectAccessible(worker);

    await page.getByRole("button", { name: "Turn off" }).click();
    await expect(page.getByText("passwords work again")).toBeVisible();
  } finally {
    await theirs.close();
    await provider.stop();
  }
});

test("records leave the platform only after somebody has shown again that it is they", async ({
  page,
  signIn,
}) => {
  await signIn("manager");
  await page.goto("/summary/earlier");
  const records = await ready(page.getByRole("link", { name: /your records without names/ }));
  await records.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Show that it is you" });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await records.focus();
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("button", { name: "It is me" })).toBeFocused();
  const download = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
});
