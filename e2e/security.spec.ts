/** What a browser, and somebody who is not one, gets from the running installation. */

import type { Page, Response } from "@playwright/test";
import { expect, test } from "./fixtures";
import { ready } from "./ready";

const PAGES = ["/sign-in", "/forgotten-password", "/set-password?token=made-up"];

/** The nonce of an answer's policy. */
const nonceOf = (response: Response | null) =>
  /'nonce-([^']+)'/.exec(response?.headers()["content-security-policy"] ?? "")?.[1];

/** What the browser refused to run or load, as it happens. */
function refusalsOf(page: Page): string[] {
  const refusals: string[] = [];
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) refusals.push(message.text());
  });
  return refusals;
}

test("every page runs only the scripts and styles of its own nonce, and nothing is refused", async ({
  page,
}) => {
  const refusals = refusalsOf(page);
  const nonces = new Set<string | undefined>();
  for (const path of [...PAGES, ...PAGES]) {
    const response = await page.goto(path, { waitUntil: "networkidle" });
    const policy = response?.headers()["content-security-policy"] ?? "";
    expect(policy).toContain("'strict-dynamic'");
    expect(policy).toContain("frame-ancestors 'none'");
    // Attributes may be styled; scripts and style elements need the nonce.
    expect(policy.replace(/style-src-attr [^;]*/, "")).not.toMatch(/unsafe-(inline|eval)/);
    nonces.add(nonceOf(response));
  }
  expect(nonces.size).toBe(2 * PAGES.length);
  expect(nonces).not.toContain(undefined);
  expect(refusals).toEqual([]);
});

test("the pages behind sign-in run under the same policy, and are kept nowhere", async ({ page, signIn }) => {
  const refusals = refusalsOf(page);
  await signIn("manager");
  for (const path of ["/people", "/map", "/summary", "/team", "/services", "/account"]) {
    const response = await page.goto(path, { waitUntil: "load" });
    expect(response?.headers()["cache-control"]).toContain("no-store");
    expect(nonceOf(response)).toBeDefined();
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  }
  expect(refusals).toEqual([]);
});

test("a dialog brings its styles under the nonce of the page, and nothing is refused", async ({
  page,
  signIn,
}) => {
  const refusals = refusalsOf(page);
  await signIn("caseworker");
  await page.goto("/today/people");
  await page.getByRole("main").getByRole("listitem").nth(3).getByRole("link").click();
  const actions = page.getByRole("region", { name: "Next actions" });
  await (await ready(actions.getByRole("button", { name: "Add an action" }))).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  const keepsStill = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("style")].some(
        ({ nonce, textContent }) => nonce && textContent?.includes("overflow: hidden"),
      ),
    );
  await expect.poll(keepsStill).toBe(true);
  expect(refusals).toEqual([]);
});

test("a script that got into a page does not run", async ({ page }) => {
  await page.goto("/sign-in");
  const ran = await page.evaluate(() => {
    // What text shown as HTML could bring. A script element made by our own code would run: it is trusted.
    const host = document.createElement("div");
    host.innerHTML =
      "<img src=x onerror='window.injected = true'><a href='javascript:void (window.injected = true)'>x</a>";
    document.body.append(host);
    host.querySelector("a")?.click();
    return new Promise((resolve) => setTimeout(() => resolve("injected" in window), 300));
  });
  expect(ran).toBe(false);
});

test("every answer, of pages and of procedures, carries the headers that keep browsers strict", async ({
  request,
}) => {
  for (const path of [
    "/sign-in",
    "/api/health",
    "/api/trpc/session.me",
    "/api/summaries/none/summary.pdf",
    "/no-such-page",
  ]) {
    const headers = (await request.get(path)).headers();
    expect({ path, ...headers }).toMatchObject({
      path,
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "strict-transport-security": expect.stringContaining("max-age="),
      "referrer-policy": expect.stringMatching(/^(same-origin|no-referrer)$/),
      "cross-origin-opener-policy": "same-origin",
    });
    expect(headers).not.toHaveProperty("x-powered-by");
  }
});

test("after signing out the Back button shows nothing, and the old cookie opens nothing", async ({
  page,
  signIn,
  context,
}) => {
  await signIn("caseworker");
  await page.goto("/people");
  const cookies = await context.cookies();
  await page.evaluate(async () => {
    const { csrfToken } = await (await fetch("/api/auth/csrf")).json();
    await fetch("/api/auth/signout", { method: "POST", body: new URLSearchParams({ csrfToken }) });
  });
  await page.goto("/sign-in");
  await page.goBack();
  await expect(page).toHaveURL(/sign-in/);
  await context.addCookies(cookies);
  expect((await page.request.get("/api/trpc/session.me")).status()).toBe(401);
});

test("the session cookie is out of reach of scripts and of other sites", async ({
  page,
  signIn,
  context,
}) => {
  await signIn("caseworker");
  const session = (await context.cookies()).find(({ name }) => name.endsWith("common-need.session"));
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  expect(await page.evaluate(() => document.cookie)).not.toContain("common-need.session");
});
