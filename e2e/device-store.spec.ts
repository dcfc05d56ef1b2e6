/**
 * What a browser really does with what a device keeps: two tabs that write at once, a disk that is full, a key that is
 * another's, a code that is guessed. The product's own store and vault, in Chromium.
 */
import type { Page } from "@playwright/test";
import { build } from "esbuild";
import type { AccountStore, SharedStore, wipeAccount } from "../app/_offline/store";
import type { openVault, wrapKey } from "../app/_offline/vault";
import { expect, test } from "./fixtures";

declare global {
  interface Window {
    kept: {
      AccountStore: typeof AccountStore;
      SharedStore: typeof SharedStore;
      wipeAccount: typeof wipeAccount;
      openVault: typeof openVault;
      wrapKey: typeof wrapKey;
      store: AccountStore;
    };
  }
}

const PROFILE = "account.1";

/** The product's store as a page has it, bundled once. */
const bundle = build({
  stdin: {
    contents: `import * as store from "./store"; import * as vault from "./vault"; window.kept = { ...store, ...vault };`,
    resolveDir: "app/_offline",
  },
  bundle: true,
  write: false,
  format: "iife",
}).then(({ outputFiles }) => outputFiles[0]?.text ?? "");

/** Opens what the account keeps, with the key of so many bytes of one number. */
async function openStore(page: Page, key = 7): Promise<void> {
  await page.goto("/sign-in");
  await page.evaluate(await bundle);
  await page.evaluate(
    async ({ profile, byte }) => {
      const vault = await window.kept.openVault(new Uint8Array(32).fill(byte));
      window.kept.store = await window.kept.AccountStore.open(profile, vault);
    },
    { profile: PROFILE, byte: key },
  );
}

/** Appends events one after the other, each on the ledger as just read; gives how many of each answer. */
const append = (page: Page, count: number, size = 1) =>
  page.evaluate(
    async ({ count, size }) => {
      const { store } = window.kept;
      const answers: Record<string, number> = {};
      for (let at = 0; at < count; at += 1) {
        const position = (await store.read(0)).at(-1)?.position ?? 0;
        const answer = await store.append([{ kind: "resent", id: "x".repeat(size) }], position);
        const kind = typeof answer === "string" ? answer : "appended";
        answers[kind] = (answers[kind] ?? 0) + 1;
      }
      return answers;
    },
    { count, size },
  );

const events = (page: Page) => page.evaluate(async () => (await window.kept.store.read(0)).length);

test("two tabs that write at once never write over each other", async ({ page, context }) => {
  const other = await context.newPage();
  await openStore(page);
  await openStore(other);
  const [here, there] = await Promise.all([append(page, 60), append(other, 60)]);
  const appended = (here["appended"] ?? 0) + (there["appended"] ?? 0);
  expect(await events(page)).toBe(appended);

  // Both know the same and write: one is told that it has to look first, and nothing of it is there.
  const appendAfter = (tab: Page) =>
    tab.evaluate(async (place) => {
      const answer = await window.kept.store.append([{ kind: "resent", id: "x" }], place);
      return typeof answer === "string" ? answer : answer.map(({ position }) => position - place);
    }, appended);
  const answers = await Promise.all([appendAfter(page), appendAfter(other)]);
  expect(answers).toContainEqual([1]);
  expect(answers).toContainEqual("changed");
  expect(await events(page)).toBe(appended + 1);
});

test("a full disk is an answer, and what was written before is still there", async ({
  page,
  context,
  baseURL,
}) => {
  await openStore(page);
  const chromium = await context.newCDPSession(page);
  await chromium.send("Storage.overrideQuotaForOrigin", { origin: baseURL ?? "", quotaSize: 400_000 });
  const { appended = 0, "no-room": full = 0 } = await append(page, 60, 20_000);
  expect(full).toBeGreaterThan(0);
  expect(await events(page)).toBe(appended);
  await chromium.send("Storage.overrideQuotaForOrigin", { origin: baseURL ?? "" });
  expect(await append(page, 1)).toEqual({ appended: 1 });
});

test("another key opens nothing, and a wipe takes everything, also under an open tab", async ({
  page,
  context,
}) => {
  const other = await context.newPage();
  await openStore(page);
  await append(page, 1);
  await openStore(other, 8);
  await expect(events(other)).rejects.toThrow();
  await other.evaluate((profile) => window.kept.wipeAccount(profile, "everything"), PROFILE);
  await openStore(page);
  expect(await events(page)).toBe(0);
});

test("a code can be tried ten times, however the tries are spread over tabs", async ({ page, context }) => {
  const other = await context.newPage();
  await openStore(page);
  await openStore(other);
  await page.evaluate(async () => {
    const wrapped = await window.kept.wrapKey(new Uint8Array(32).fill(7), "tin-boat-7", "account|device");
    await (await window.kept.SharedStore.open()).setCode("account", wrapped);
  });
  const tries = (at: Page, count: number) =>
    at.evaluate(async (count) => {
      const shared = await window.kept.SharedStore.open();
      const left: (number | null)[] = [];
      for (let at = 0; at < count; at += 1) left.push((await shared.takeTry("account"))?.left ?? null);
      return left;
    }, count);
  const left = (await Promise.all([tries(page, 6), tries(other, 6)])).flat();
  expect(left.filter((each) => each !== null).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
