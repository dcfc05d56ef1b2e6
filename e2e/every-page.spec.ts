/** Every page, as each role sees it: usable by everyone, in light and dark, and light enough for a slow phone. */
import type { Page } from "@playwright/test";
import type { Role } from "../server/domain/access";
import { expect, expectAccessible, expectAccessibleInBoth, test } from "./fixtures";
import { ready } from "./ready";
import { ANY_WIDTH } from "./widths";

const PAGES: Readonly<Partial<Record<Role, readonly string[]>>> = {
  caseworker: [
    "/people",
    "/contact",
    "/details",
    "/outbox",
    "/account",
    "/directory",
    "/today",
    "/today/people",
  ],
  manager: [
    "/team",
    "/services",
    "/summary",
    "/directory/ours",
    "/directory/add",
    "/today/team",
    "/crisis-cards",
    "/instruments",
    "/early-help",
    "/outcomes",
    "/unit-costs",
    "/stories",
    "/programmes",
    "/studies",
    "/data-sets",
  ],
  commissioner: ["/change", "/change/events/new", "/map", "/together", "/coverage", "/shared-areas"],
  officer: [
    "/agreements",
    "/agreements/new",
    "/agreements/assets",
    "/rights",
    "/rights/old-records",
    "/rights/new",
    "/desk",
    "/looks",
    "/desk/look-ups",
    "/desk/emergency",
    "/desk/breaches",
    "/desk/processing",
    "/desk/principles",
    "/desk/disclosure",
    "/audit",
    "/link-quality",
    "/studies",
    "/objections",
    "/why-held",
  ],
  steward: ["/reviews", "/reviews/mine", "/link-quality"],
  administrator: ["/admin"],
};

/** Most compressed script of a page, in KiB: what it weighed when this was written, and a little room. */
const MOST_SCRIPT_KIB: Readonly<Record<string, number>> = {
  "/account": 220,
  // With the screens that it fetches ahead: logging a contact, a person's details, the search.
  "/people": 255,
  "/contact": 215,
  "/summary": 320,
  "/map": 385,
};

for (const [role, paths] of Object.entries(PAGES) as [Role, readonly string[]][]) {
  test(`the pages of a ${role} have no fault that axe can find`, async ({ page, signIn }) => {
    test.setTimeout(30_000 + 15_000 * paths.length);
    await signIn(role);
    for (const path of paths) {
      await page.goto(path, { waitUntil: "networkidle" });
      await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
      await expectAccessibleInBoth(page);
    }
  });
}

test("the pages before sign-in have no fault that axe can find", async ({ page }) => {
  for (const path of [
    "/sign-in",
    "/forgotten-password",
    "/set-password?token=no",
    "/my-record",
    "/nowhere",
  ]) {
    await page.goto(path, { waitUntil: "networkidle" });
    await expectAccessible(page);
  }
});

/** Whether what has the focus lies under something else at its middle; what is not drawn itself shows by its label. */
const focusIsCovered = () => {
  const held = document.activeElement;
  if (!(held instanceof HTMLElement) || held === document.body) return null;
  const shown = (held instanceof HTMLInputElement && held.labels?.[0]) || held;
  const { left, top, width, height } = shown.getBoundingClientRect();
  const there = document.elementFromPoint(left + width / 2, top + height / 2);
  const isSeen = there !== null && (shown.contains(there) || there.contains(shown));
  return isSeen ? null : `${held.tagName} ${held.getAttribute("aria-label") ?? held.textContent}`;
};

async function coveredOnTheWay(page: Page, presses: number): Promise<string[]> {
  const covered: string[] = [];
  for (let press = 0; press < presses; press += 1) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(focusIsCovered);
    if (found !== null) covered.push(found);
  }
  return covered;
}

test("what the keyboard comes to lies under no bar", ANY_WIDTH, async ({ page, signIn }) => {
  await page.setViewportSize({ width: 390, height: 600 });
  await signIn("caseworker");
  await page
    .getByRole("link", { name: /^Details of/ })
    .first()
    .waitFor();
  expect(await coveredOnTheWay(page, 30)).toEqual([]);
  await page.goto("/contact");
  await (await ready(page.getByRole("button", { name: /^\d+ more$/ }))).click();
  expect(await coveredOnTheWay(page, 30)).toEqual([]);
  await signIn("commissioner", "/map");
  await ready(page.getByRole("button", { name: /^Time and table/ }));
  await page.getByRole("table").first().waitFor();
  expect(await coveredOnTheWay(page, 30)).toEqual([]);
});

test(
  "enlarged four times, no bar takes the room of what a page says",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    // 1,280 by 1,024 at 400%.
    await page.setViewportSize({ width: 320, height: 256 });
    await signIn("commissioner", "/map");
    const map = page.getByRole("application", { name: /^Map/ });
    await map.waitFor();
    await map.evaluate((element) => element.scrollIntoView({ block: "center" }));
    for (const y of [20, 128, 236]) {
      expect(
        await map.evaluate((element, at) => element.contains(document.elementFromPoint(160, at)), y),
      ).toBe(true);
    }
    await page.getByRole("columnheader").first().scrollIntoViewIfNeeded();
    await expect(page.getByRole("columnheader").first()).toBeInViewport({ ratio: 1 });
  },
);

/** What buttons say that is wider than they are. */
const cutShort = () =>
  [...document.querySelectorAll<HTMLElement>("main button, main button *")]
    .filter((part) => part.clientWidth > 8 && part.scrollWidth > part.clientWidth + 1)
    .filter((part) => getComputedStyle(part).overflowX !== "visible")
    .map((part) => part.textContent);

test("enlarged four times, every button says all of its words", ANY_WIDTH, async ({ page, signIn }) => {
  await page.setViewportSize({ width: 320, height: 256 });
  await signIn("manager", "/summary");
  await ready(page.getByRole("button", { name: /sections$/ }));
  expect(await page.evaluate(cutShort)).toEqual([]);
  await signIn("officer", "/desk/disclosure");
  await ready(page.getByRole("button", { name: "Show what would be published" }));
  expect(await page.evaluate(cutShort)).toEqual([]);
});

test("a need list is searched, ordered and saved", ANY_WIDTH, async ({ page, signIn }) => {
  const need = "Scam or fraud loss";
  await signIn("manager", "/services");
  await (await ready(page.getByRole("button", { name: /^Change the need list/ }).last())).click();
  await page.getByRole("textbox", { name: "Add needs" }).fill(need);
  await expectAccessible(page);
  await page.getByRole("button", { name: need, exact: true }).click();
  await page.getByRole("button", { name: `Move ${need} up` }).click();
  await page.getByRole("button", { name: "Save the need list" }).click();
  await expect(page.getByText(/^The need list of .* is saved\.$/)).toBeVisible();
});

test("no page wants more script than its measure", ANY_WIDTH, async ({ page, signIn }) => {
  await signIn("manager");
  // What the first page is still fetching is not part of the next.
  await page.waitForLoadState("networkidle");
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const scripts = new Set<string>();
  let bytes = 0;
  session.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  for (const [path, most] of Object.entries(MOST_SCRIPT_KIB)) {
    bytes = 0;
    await page.goto(path, { waitUntil: "networkidle" });
    expect(bytes / 1024, `script of ${path}`).toBeLessThanOrEqual(most);
  }
});
