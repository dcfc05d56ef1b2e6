/**
 * The field screens from the device itself: what the service worker keeps after one visit is the same for everybody,
 * and opens without signal, and nothing else is kept.
 */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, openRecord, test } from "./fixtures";

/** Addresses of what is kept, and the words of the pages among it. */
async function kept(page: Page): Promise<{ paths: string[]; pages: string }> {
  return page.evaluate(async () => {
    const paths: string[] = [];
    let pages = "";
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const { pathname } = new URL(request.url);
        paths.push(pathname);
        if (!pathname.startsWith("/_next/")) pages += await (await cache.match(request))?.text();
      }
    }
    return { paths, pages };
  });
}

/** An id as devices and servers make it. A part of one stands by chance in the name of a script. */
const ANY_ID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/;

const pagesAmong = (paths: readonly string[]) => [
  ...new Set(paths.filter((path) => !path.startsWith("/_next/static/"))),
];

/** Waits until the worker has everything: with the last page it is ready. */
async function untilKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await expect
    .poll(async () => pagesAmong((await kept(page)).paths).sort())
    .toEqual(["/contact", "/details", "/outbox", "/people"]);
}

test("after one visit four pages are kept that say nothing of anybody", async ({ page, signIn }) => {
  await signIn("caseworker");
  await expect(page.getByRole("heading", { name: "Who are you with?" })).toBeVisible();
  await untilKept(page);
  // Other pages that are looked at, and people found, are kept nowhere.
  const shown = await page
    .getByRole("listitem")
    .filter({ hasText: /Born/ })
    .first()
    .locator("strong")
    .textContent();
  const name = shown ?? "";
  await openRecord(page, page.getByRole("listitem").filter({ hasText: /Born/ }).first());
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
  await page.goto("/people");
  await expect(page.getByText(name).first()).toBeVisible();
  const { paths, pages } = await kept(page);
  expect(pagesAmong(paths).sort()).toEqual(["/contact", "/details", "/outbox", "/people"]);
  expect(pages).toContain("data-field-shell");
  // A name of two or three letters stands in any page by chance: in a word, or in the random text of a nonce.
  const words = name.split(" ").filter((word) => word.length > 3);
  for (const word of [name, ...words, "Ellwood", "Haddow", "accountId"]) {
    expect(pages).not.toContain(word);
  }
  expect(pages).not.toMatch(ANY_ID);
});

test("without signal the app opens from its icon, at once and whatever the address says", async ({
  page,
  context,
  signIn,
}) => {
  await signIn("caseworker");
  await untilKept(page);
  await context.setOffline(true);
  // A page that needs signal leads back to where work can go on, and is kept no more than before.
  await page.goto("/account");
  await expect(page).toHaveURL(/\/people$/);
  await expect(page.getByRole("heading", { name: "Locked" })).toBeVisible();
  expect(pagesAmong((await kept(page)).paths).sort()).toEqual(["/contact", "/details", "/outbox", "/people"]);
  for (const address of [
    "/",
    "/people",
    "/contact?with=01a201bb-bdcf-7624-8532-7fb381701929",
    "/details?of=01a201bb-bdcf-7624-8532-7fb381701929",
    "/outbox",
  ]) {
    await page.goto(address);
    await expect(page.getByRole("heading", { name: "Locked" })).toBeVisible();
  }
  await expectAccessible(page);
});

test("the worker itself is looked for anew each time", async ({ request }) => {
  const answer = await request.get("/sw.js");
  expect(answer.headers()["cache-control"]).toBe("no-cache");
  expect(answer.headers()["content-type"]).toContain("javascript");
});

test("whoever is not signed in leaves no page of theirs under a kept address", async ({ page, signIn }) => {
  await signIn("caseworker");
  await untilKept(page);
  await page.context().clearCookies();
  await page.goto("/people");
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect.poll(async () => (await kept(page)).pages).toContain("data-field-shell");
  expect((await kept(page)).pages).not.toMatch(/password/i);
});

test("a device whose session is over leads to sign-in, and not round in circles", async ({
  page,
  signIn,
}) => {
  await signIn("caseworker");
  await untilKept(page);
  await page.context().clearCookies();
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});
