/**
 * Signing in as somebody of the demo county. The first time in a worker it goes by the sign-in page, as a person does;
 * later ones take the same steps without drawing the page again. Each journey has a session of its own.
 */
import { expect, type Page } from "@playwright/test";
import { ready } from "./ready";

const STEP = "/api/auth/callback/demo";
/** Leads each role to the page where their work begins. */
const FIRST_PAGE = "/";

/** E-mail address by what was pressed, as the sign-in page sent it. */
const known = new Map<string, string>();

/**
 * Signs in by the button of this name (the one at this place among several), and opens a page: their first one unless
 * told. Where somebody else may be at work on the page it goes by the sign-in page each time.
 */
export async function enterAs(page: Page, name: RegExp, place = 0, path = FIRST_PAGE): Promise<void> {
  const key = `${name} ${place}`;
  const email = page.url() === "about:blank" ? known.get(key) : undefined;
  if (email) await enterAgain(page, email, path);
  else known.set(key, await enterByPage(page, name, place));
  await expect(page).not.toHaveURL(/sign-in/);
  if (!email && path !== FIRST_PAGE) await page.goto(path);
}

async function enterByPage(page: Page, name: RegExp, place: number): Promise<string> {
  await page.goto("/sign-in?another=1");
  const others = page.locator("summary");
  await ready(page.getByRole("button", { name: /Caseworker/ }).first());
  await others.click();
  const sent = page.waitForRequest((request) => new URL(request.url()).pathname === STEP);
  await page.getByRole("button", { name }).nth(place).click();
  return new URLSearchParams((await sent).postData() ?? "").get("email") ?? "";
}

/** What `signInBy` of app/_ui/sign-in.ts asks, and the page that follows. */
async function enterAgain(page: Page, email: string, path: string): Promise<void> {
  const { csrfToken } = await (await page.request.get("/api/auth/csrf")).json();
  const answer = await page.request.post(STEP, {
    form: { email, csrfToken, callbackUrl: "/", json: "true" },
    // The session is listed under the name of its browser.
    headers: { "user-agent": await page.evaluate(() => navigator.userAgent) },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  await page.goto(path);
}
