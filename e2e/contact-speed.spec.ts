/**
 * How fast a contact is logged on a slow phone: Chromium with a CPU four times slower and the network that Chrome's
 * developer tools call Slow 3G. Presses, bytes and the usual time of a save are asserted; other times depend on the
 * machine, so they are printed, and docs/performance.md keeps them. However quick it is, "saved" is said when the disk
 * has it and not before. Runs at the width of a phone alone.
 */
import type { CDPSession, Page } from "@playwright/test";
import { expect, test } from "./fixtures";

/** Slow 3G: 400 ms to the mast and back five times over, 500 kbit/s of which a fifth is lost (Chrome DevTools). */
const SLOW_3G = { offline: false, latency: 2_000, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const SLOWER_CPU = 4;
const MOST_PRESSES = 8;
const ACKNOWLEDGED_MS = 200;
const MOST_SCRIPT_KIB = 200;
const CODE = "otter lantern";

/** Saves that are timed, the first one after the app was loaded among them. */
const SAVES = 10;

const searchNeeds = (page: Page) => page.getByRole("combobox", { name: /What came up/ });

function say(what: string, figure: string): void {
  console.log(`contact-speed: ${what}: ${figure}`);
}
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
const savedTitle = (page: Page) => page.getByRole("heading", { name: /^Saved on this/ });

async function slowDown(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER_CPU });
  return session;
}

/** The service worker has what the field screens need, and serves this page. */
async function isKept(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(async () => {
    const names = await caches.keys();
    const counts = await Promise.all(
      names.map(async (name) => (await (await caches.open(name)).keys()).length),
    );
    return counts.reduce((sum, count) => sum + count, 0) > 10;
  });
}

test("a known person with two issues, on Slow 3G and a slow CPU, takes eight presses or fewer", async ({
  page,
  signIn,
}) => {
  test.setTimeout(180_000);
  await signIn("caseworker");
  await page.getByRole("region", { name: "Recent people" }).getByRole("link").first().waitFor();
  await isKept(page);

  const session = await slowDown(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", SLOW_3G);
  let presses = 0;
  const press = async (name: Parameters<Page["getByRole"]>[1], role: "link" | "button", within?: string) => {
    presses += 1;
    const where = within ? page.getByRole("region", { name: within }) : page;
    await where.getByRole(role, name).first().tap();
  };

  const began = Date.now();
  await page.goto("/people");
  await press({ name: /Born/ }, "link", "Recent people");
  await searchNeeds(page).waitFor();
  const opened = Date.now();
  await press({}, "button", "Often here");
  await press({}, "button", "Often here");
  const acknowledged = await timeOfSave(page, () => press({ name: "Save 2 issues" }, "button"));
  const done = Date.now();

  say("presses, known person, two issues", `${presses}`);
  say("from opening the app to the log screen, Slow 3G and slow CPU", seconds(opened - began));
  say("from opening the app to saved, Slow 3G and slow CPU, without thinking", seconds(done - began));
  expect(presses).toBeLessThanOrEqual(MOST_PRESSES);

  const times = [acknowledged];
  while (times.length < SAVES) {
    await press({ name: "Next person" }, "link");
    await press({ name: /Born/ }, "link", "Recent people");
    for (const words of ["skint", "hungry"]) {
      await searchNeeds(page).fill(words);
      await searchNeeds(page).press("Enter");
    }
    times.push(await timeOfSave(page, () => press({ name: "Save 2 issues" }, "button")));
  }
  const inOrder = times.toSorted((one, other) => one - other).map(Math.round);
  const median = inOrder[SAVES / 2] ?? Number.NaN;
  say(
    "Save acknowledged after",
    `${acknowledged.toFixed(0)} ms the first time; of ${SAVES}: median ${median} ms, ` +
      `worst ${inOrder.at(-1)} ms (${inOrder.join(", ")})`,
  );
  // Twice what it takes beside other work: one save may fall into another program's flush of the disk, half may not.
  expect(median).toBeLessThan(ACKNOWLEDGED_MS);
});

/** Milliseconds from the press of Save until "saved" has been painted. */
async function timeOfSave(page: Page, pressSave: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    performance.clearMarks();
    window.addEventListener(
      "click",
      ({ timeStamp }) => performance.mark("pressed", { startTime: timeStamp }),
      { capture: true, once: true },
    );
    const watch = new MutationObserver(() => {
      if (!document.querySelector("h1")?.textContent?.startsWith("Saved on this")) return;
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => performance.mark("shown")));
    });
    watch.observe(document.body, { subtree: true, childList: true });
  });
  // The first such wait brings 300 kB of script for itself, which would count against the first save.
  await page.waitForFunction(() => true);
  await pressSave();
  await page.waitForFunction(() => performance.getEntriesByName("shown").length > 0);
  await expect(savedTitle(page)).toBeVisible();
  return page.evaluate(() => performance.measure("acknowledged", "pressed", "shown").duration);
}

declare global {
  interface Window {
    /** What the disk does with the next contact: takes no time, all the time there is, or fails at the end. */
    disk: "quick" | "held" | "failing";
  }
}

test("nothing says saved while the disk has not taken the contact, or when it fails", async ({
  page,
  signIn,
}) => {
  await page.addInitScript(() => {
    window.disk = "quick";
    const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...asked) {
      const tx = begin.apply(this, asked);
      if (window.disk === "quick" || tx.mode !== "readwrite" || !tx.objectStoreNames.contains("ledger")) {
        return tx;
      }
      // Nobody else can end it, and it does not end by itself while something is asked of it.
      tx.commit = () => {};
      const keepOpen = () => {
        if (window.disk === "failing") tx.abort();
        if (window.disk === "held") tx.objectStore("ledger").count().onsuccess = keepOpen;
      };
      keepOpen();
      return tx;
    };
  });
  await signIn("caseworker");
  await page.getByRole("region", { name: "Recent people" }).getByRole("link", { name: /Born/ }).first().tap();
  await page.getByRole("region", { name: "Often here" }).getByRole("button").first().tap();
  const pressSave = () => page.getByRole("button", { name: "Save 1 issue" }).tap();

  await page.evaluate(() => Object.assign(window, { disk: "failing" }));
  await pressSave();
  await expect(page.getByText("Not saved yet. Everything is still here.")).toBeVisible();

  await page.evaluate(() => Object.assign(window, { disk: "held" }));
  await pressSave();
  // A hundred times what the disk usually takes.
  await page.waitForTimeout(1_500);
  await expect(page.getByRole("button", { name: "Save 1 issue" })).toBeVisible();
  await expect(savedTitle(page)).toBeHidden();

  await page.evaluate(() => Object.assign(window, { disk: "quick" }));
  await expect(savedTitle(page)).toBeVisible();
});

/** Marks, on the page that comes next, when there is a field to type in. */
async function markField(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watch = new MutationObserver(() => {
      if (!document.querySelector("main input")) return;
      watch.disconnect();
      performance.mark("usable");
    });
    watch.observe(document, { subtree: true, childList: true });
  });
}

test("the contact screen wants 200 KiB of script or less", async ({ page, signIn }) => {
  await signIn("caseworker");
  await page.waitForLoadState("networkidle");
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  await session.send("Network.setBypassServiceWorker", { bypass: true });
  const scripts = new Set<string>();
  let bytes = 0;
  session.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  session.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto("/contact", { waitUntil: "networkidle" });
  await searchNeeds(page).waitFor();
  await page.waitForLoadState("networkidle");
  const kib = bytes / 1024;
  say("compressed script of the contact screen", `${kib.toFixed(1)} KiB in ${scripts.size} files`);
  expect(kib).toBeLessThanOrEqual(MOST_SCRIPT_KIB);
});

test("without network the app opens from the device, and a contact is logged", async ({
  page,
  signIn,
  context,
}) => {
  test.setTimeout(120_000);
  await signIn("caseworker");
  await page.getByRole("button", { name: "Set a code" }).click();
  await page.getByLabel("Code", { exact: true }).fill(CODE);
  await page.getByLabel("The same code again").fill(CODE);
  await page.getByRole("button", { name: "Set the code" }).click();
  await expect(page.getByText("Your code is set.")).toBeVisible();
  await isKept(page);
  await slowDown(page);
  await context.setOffline(true);

  await markField(page);
  await page.goto("/contact", { waitUntil: "commit" });
  const code = page.getByLabel("Your code for this device");
  await code.waitFor();
  const usable = await page.evaluate(() => performance.getEntriesByName("usable")[0]?.startTime ?? NaN);
  say("from cache without network to a field one can type in, slow CPU", seconds(usable));

  await code.fill(CODE);
  const unlocking = Date.now();
  await page.getByRole("button", { name: "Unlock" }).tap();
  await searchNeeds(page).waitFor();
  say("from the code to the contact screen, without network, slow CPU", seconds(Date.now() - unlocking));

  await page.getByRole("link", { name: "Back to people" }).tap();
  await page.getByRole("link", { name: /Born/ }).first().tap();
  const picked = Date.now();
  await searchNeeds(page).waitFor();
  say("from a person to their log screen, without network, slow CPU", seconds(Date.now() - picked));
  await searchNeeds(page).fill("skint");
  await searchNeeds(page).press("Enter");
  await page.getByRole("button", { name: "Save 1 issue" }).tap();
  await expect(page.getByText("We will send it when you have signal.")).toBeVisible();

  await context.setOffline(false);
  await expect(page.getByRole("main").getByText("Sent.", { exact: true })).toBeVisible({ timeout: 45_000 });
});
