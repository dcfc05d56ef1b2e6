/**
 * The device behind a page: the product's own state and verbs, as the page's screens have them, so that a journey can
 * save two hundred contacts without typing each. Nothing in the product is made for this: it is read from the tree of
 * the screens, as the tools of a browser read it.
 */
import { createHash } from "node:crypto";
import type { BrowserContext, Page } from "@playwright/test";
import type { DeviceState, DeviceVerbs, ItemWords, Open, SaveAnswer } from "../app/_offline/device-state";
import type { NewContactInput } from "../server/domain/contact";
import { enterAs } from "./entering";
import { expect } from "./fixtures";

interface Held {
  state: DeviceState;
  verbs: DeviceVerbs;
}

declare global {
  interface Window {
    heldDevice(): Held | null;
  }
}

/** Lets every page of a context say what its device holds. */
export async function letPagesTell(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    /** What is looked at of React's own tree. */
    interface Fiber {
      memoizedProps: { open?: DeviceState; state?: DeviceState; verbs?: DeviceVerbs } | null;
      child: Fiber | null;
      sibling: Fiber | null;
    }
    window.heldDevice = () => {
      const key = Object.keys(document).find((name) => name.startsWith("__reactContainer"));
      const container: { stateNode: { current: Fiber } } | undefined = key && Reflect.get(document, key);
      const waiting: (Fiber | null)[] = container ? [container.stateNode.current] : [];
      while (waiting.length > 0) {
        const fiber = waiting.pop();
        if (!fiber) continue;
        const { open, state, verbs } = fiber.memoizedProps ?? {};
        const shown = open ?? state;
        if (verbs && shown) return { state: shown, verbs };
        waiting.push(fiber.sibling, fiber.child);
      }
      return null;
    };
  });
}

/** Signs in as the caseworker of an organisation with this place among them, and waits for the device to be open. */
export async function openAs(page: Page, organisation: string, place = 0): Promise<void> {
  await enterAs(page, new RegExp(`Caseworker.*${organisation}`), place);
  await expect(page.getByRole("heading", { name: "Who are you with?" })).toBeVisible();
  await expect.poll(() => statusOf(page)).toBe("open");
}

export const statusOf = (page: Page) => page.evaluate(() => window.heldDevice()?.state.status ?? "starting");

/** What the screens of a page are shown of an open device. */
export async function openState(page: Page): Promise<Open> {
  const state = await page.evaluate(() => window.heldDevice()?.state ?? null);
  if (state?.status !== "open") throw new Error(`The device is ${state?.status ?? "not there"}, not open`);
  return state;
}

export const unsentOn = async (page: Page) => (await openState(page)).sync.unsent;

/** Saves contacts one after the other, as a screen would; gives the answer to each. */
export function save(
  page: Page,
  contacts: readonly NewContactInput[],
  words: ItemWords,
): Promise<SaveAnswer[]> {
  return page.evaluate(
    async ([each, said]) => {
      const answers: SaveAnswer[] = [];
      for (const contact of each) {
        const held = window.heldDevice();
        if (!held) throw new Error("No device is shown");
        answers.push(await held.verbs.saveContact(contact, said));
      }
      return answers;
    },
    [contacts, words] as const,
  );
}

/** Sends what waits, again after each failure, until nothing waits any more. */
export async function sendAll(page: Page, most = 120): Promise<void> {
  for (let tries = 0; tries < most; tries += 1) {
    await page.evaluate(() => window.heldDevice()?.verbs.sendNow());
    if ((await unsentOn(page)) === 0) return;
  }
  throw new Error(`${await unsentOn(page)} items still wait after ${most} tries`);
}

/** Everything that the browser keeps for the site, as it lies there, in one text, but for the product's own files. */
export async function dumpStorage(page: Page): Promise<string> {
  const kept = await page.evaluate(async () => {
    const parts: string[] = [];
    const decoder = new TextDecoder("latin1");
    const add = (value: unknown): void => {
      if (value instanceof ArrayBuffer) parts.push(decoder.decode(value));
      else if (ArrayBuffer.isView(value)) parts.push(decoder.decode(value));
      else if (Array.isArray(value)) value.forEach(add);
      else if (typeof value === "object" && value !== null)
        for (const [name, each] of Object.entries(value)) add([name, each]);
      else parts.push(String(value));
    };
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    for (const { name = "" } of await indexedDB.databases()) {
      parts.push(name);
      const db = await answer(indexedDB.open(name));
      for (const store of db.objectStoreNames) {
        const rows = db.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([answer(rows.getAllKeys()), answer(rows.getAll())]);
        parts.push(store);
        add(keys);
        add(values);
      }
      db.close();
    }
    const files: [url: string, digest: string][] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const held = await (await cache.match(request))?.arrayBuffer();
        if (new URL(request.url).pathname.startsWith("/_next/static/") && held) {
          const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", held));
          files.push([request.url, [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("")]);
        } else {
          parts.push(request.url);
          add(held);
        }
      }
    }
    add(Object.entries(localStorage));
    add(Object.entries(sessionStorage));
    return { text: parts.join("\n"), files };
  });
  // The product's own files are the same for everybody, to the byte, and speak of needs and not of people.
  for (const [url, digest] of kept.files) {
    const served = await (await page.request.get(url)).body();
    expect(createHash("sha256").update(served).digest("hex"), url).toBe(digest);
  }
  const cookies = await page.context().cookies();
  return [kept.text, ...cookies.map(({ name, value }) => `${name}=${value}`)].join("\n");
}
