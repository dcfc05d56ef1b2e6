/**
 * A contact that was shown as saved is never lost and never doubled, whatever happens on its way: the journeys save
 * through the product, spoil the way, and compare what was shown (a ledger kept here) with what the database holds.
 * Walked at the width of a phone alone: nothing of this depends on it.
 */
import type { BrowserContext, Page, Route } from "@playwright/test";
import type { NewContactInput } from "../server/domain/contact";
import { uuidv7 } from "../server/ids";
import { expect, test } from "./fixtures";
import {
  dumpStorage,
  letPagesTell,
  openAs,
  openState,
  save,
  sendAll,
  statusOf,
  unsentOn,
} from "./held-device";
import { FAMILY, NOTED, openInstallationDatabase, Told } from "./told";

/** Nobody else signs in to this organisation meanwhile: another journey would log with, or void for, these people. */
const OURS = "Wyther Valley Primary Care Network";

// Some of them wait for a browser or a server to be patient.
test.describe.configure({ mode: "default", timeout: 120_000 });

let database: Awaited<ReturnType<typeof openInstallationDatabase>>;
test.beforeAll(async () => {
  database = await openInstallationDatabase();
});
test.afterAll(async () => {
  await database.close();
});
test.beforeEach(async ({ context }) => {
  await letPagesTell(context);
});

const WORDS = { personName: `Test ${FAMILY}`, summary: "1 issue" };
const LOG = /\/api\/trpc\/[^?]*contacts\.log/;
const CALLS = /\/api\/trpc\//;

/** Somebody who is added with the first contact that arrives. */
const newcomer = (given: string): NonNullable<NewContactInput["newClient"]> => ({
  givenName: given,
  familyName: FAMILY,
  dateOfBirth: "1984-03-14",
  phone: "07700 900123",
});

/** So many contacts of this ledger, over some new people in turn. */
async function contactsFor(
  page: Page,
  told: Told,
  count: number,
  people: number,
): Promise<NewContactInput[]> {
  const { services, today } = await openState(page);
  const serviceId = services[0]?.id ?? "";
  const clients = Array.from({ length: people }, () => uuidv7());
  return Array.from({ length: count }, (_, at) => {
    const clientId = clients[at % people] ?? "";
    return told.contact({
      clientId,
      serviceId,
      occurredOn: today ?? new Date().toISOString().slice(0, 10),
      newClient: newcomer(`Person ${at % people}`),
    });
  });
}

/** Saves and notes what was acknowledged; everything must be. */
async function saveAll(page: Page, told: Told, contacts: readonly NewContactInput[]): Promise<void> {
  const answers = await save(page, contacts, WORDS);
  answers.forEach((answer, at) => {
    expect(answer.ok).toBe(true);
    told.saved(contacts[at]?.id ?? "");
  });
}

/** Nothing is lost, doubled, made up or altered; says the counts. */
async function expectKept(told: Told, what: string): Promise<void> {
  const found = await told.compare(database.sql);
  console.log(
    `${what}: ${found.acknowledged} shown as saved, ${found.stored} stored, ${found.lost.length} lost, ` +
      `${found.doubled.length} doubled, ${found.phantom.length} phantom, ${found.altered.length} altered`,
  );
  expect(found).toMatchObject({ lost: [], doubled: [], phantom: [], altered: [] });
}

/** The ways in which sending one batch can go wrong. */
const FAULTS: Readonly<Record<string, (route: Route, context: BrowserContext) => Promise<void>>> = {
  "cut before it leaves": (route) => route.abort("internetdisconnected"),
  "reply lost after it was stored": async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  },
  "reply cut short": async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    await route.fulfill({ response, body: body.slice(0, Math.floor(body.length / 2)) });
  },
  "a gateway answers": (route) =>
    route.fulfill({ status: 502, contentType: "text/html", body: "<h1>Bad gateway</h1>" }),
  "a network's sign-in page answers": (route) =>
    route.fulfill({ status: 200, contentType: "text/html", body: "<h1>Welcome to free WiFi</h1>" }),
  "the server fails": (route) => route.fulfill({ status: 500, json: { error: "broken" } }),
  "signal goes while it is under way": async (route, context) => {
    await route.fetch();
    await context.setOffline(true);
    await route.abort("internetdisconnected");
    await context.setOffline(false);
  },
};

const GIVEN = "Amber Bruno Celia Derek Edith Felix Greta Hugo Irma Jonas Klara Lionel".split(" ");

/** Logs a contact for somebody new by hand: name, need, Save; gives back what the device says it keeps. */
async function saveOnScreen(page: Page, given: string, words: string): Promise<NewContactInput> {
  await page.getByRole("button", { name: /Add somebody new/ }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(`${given} ${FAMILY}`);
  await page.getByRole("button", { name: "Add and log a contact" }).click();
  const search = page.getByRole("combobox", { name: /What came up/ });
  // Others of the family are shown first: none of them is meant.
  await search
    .or(page.getByRole("button", { name: "No, add them" }))
    .first()
    .waitFor();
  if (!(await search.isVisible())) await page.getByRole("button", { name: "No, add them" }).click();
  await search.fill(words);
  await search.press("Enter");
  await page.getByRole("button", { name: /^Save 1 issue/ }).click();
  await expect(page.getByRole("heading", { name: /^Saved on this/ })).toBeVisible();
  // The screen says saved first and tells the rest of the page in the next frame.
  const onDevice = async () =>
    (await openState(page)).items.find(({ personName }) => personName === `${given} ${FAMILY}`)?.contact;
  await expect.poll(async () => (await onDevice()) !== undefined).toBe(true);
  const saved = await onDevice();
  if (!saved) throw new Error(`What was saved for ${given} is not on the device`);
  await page.getByRole("link", { name: "Next person" }).click();
  return saved;
}

/** Leaves the page and comes back, as after closing the app. */
async function reopen(page: Page): Promise<void> {
  await page.goto("about:blank");
  await page.goto("/people");
  await expect.poll(() => statusOf(page)).toBe("open");
}

test.describe("On a spoilt way", () => {
  // What is kept for opening without signal plays no part here, and its worker hides some requests from the spoiling.
  test.use({ serviceWorkers: "block" });

  test("two hundred contacts are saved without signal and replayed with the network cut at every step", async ({
    page,
    context,
  }) => {
    test.setTimeout(180_000);
    const told = new Told("Replay");
    await openAs(page, OURS);
    const contacts = await contactsFor(page, told, 188, 20);
    await context.setOffline(true);

    // A dozen through the screen itself, as a worker would.
    for (const given of GIVEN) told.savedOnScreen(await saveOnScreen(page, given, "food bank"));
    await saveAll(page, told, contacts);

    // Ten more are taken back and must never arrive.
    const undone = await contactsFor(page, told, 10, 2);
    await saveAll(page, told, undone);
    for (const { id } of undone) {
      const answer = await page.evaluate((which) => window.heldDevice()?.verbs.undo(which), id);
      expect(answer).toEqual({ ok: true });
      told.undone(id);
    }
    await expect.poll(() => unsentOn(page)).toBe(200);

    const happened = new Map<string, number>();
    let requests = 0;
    await context.route(LOG, async (route) => {
      const names = Object.keys(FAULTS);
      const name = names[Math.floor(requests / 2) % names.length] ?? "";
      const isSpoilt = requests % 2 === 0;
      requests += 1;
      if (!isSpoilt) return route.continue();
      happened.set(name, (happened.get(name) ?? 0) + 1);
      await FAULTS[name]?.(route, context);
    });
    await context.setOffline(false);
    await sendAll(page);
    await context.unroute(LOG);
    console.log(`faults on the way: ${[...happened].map(([name, times]) => `${name} ${times}`).join(", ")}`);
    expect(happened.size).toBe(Object.keys(FAULTS).length);
    await expect(page.getByText("All sent").first()).toBeVisible();
    await expectKept(told, "replay");
  });

  test("a device without room says so before it says saved, and keeps what it had", async ({
    page,
    context,
  }) => {
    const told = new Told("Full");
    const session = await context.newCDPSession(page);
    const origin = new URL(test.info().project.use.baseURL ?? "").origin;
    // Before anything is opened: Chromium asks for the room that is left only now and then.
    await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 700_000 });
    await openAs(page, OURS);
    const contacts = await contactsFor(page, told, 400, 10);
    await context.setOffline(true);
    const refusals: string[] = [];
    for (let at = 0; at < contacts.length && refusals.length < 20; at += 10) {
      const some = contacts
        .slice(at, at + 10)
        .map((each) => ({ ...each, note: `${NOTED} ${"x".repeat(3900)}` }));
      (await save(page, some, WORDS)).forEach((answer, i) => {
        if (answer.ok) told.saved(some[i]?.id ?? "");
        else refusals.push(answer.reason);
      });
    }
    expect(new Set(refusals)).toEqual(new Set(["no-room"]));
    expect(told.acknowledged).toBeGreaterThan(10);
    await expect.poll(() => unsentOn(page)).toBe(told.acknowledged);
    // The screen says it as well, and takes nothing away of what is typed.
    await page.getByRole("link", { name: /Somebody who gives no name/ }).click();
    await page.getByRole("combobox", { name: /What came up/ }).fill("skint");
    await page.getByRole("combobox", { name: /What came up/ }).press("Enter");
    await page.getByRole("button", { name: /^Save 1 issue/ }).click();
    await expect(page.getByRole("alert").filter({ hasText: "There is no room left" })).toBeVisible();
    await expect(page.getByText("Income does not cover essentials").first()).toBeVisible();

    // What had been said is there when the page is opened again, still without room.
    await context.setOffline(false);
    await reopen(page);
    await expect.poll(() => unsentOn(page)).toBe(told.acknowledged);

    await session.send("Storage.overrideQuotaForOrigin", { origin });
    await expect(async () => {
      await reopen(page);
      await sendAll(page, 3);
    }).toPass({ timeout: 45_000 });
    await expectKept(told, `full device (${refusals.length} refused aloud)`);
  });

  test("two tabs save and send at once, and one does the sending", async ({ context }) => {
    const told = new Told("Two tabs");
    const [left, right] = [await context.newPage(), await context.newPage()];
    await openAs(left, OURS);
    await right.goto("/people");
    await expect.poll(() => statusOf(right)).toBe("open");
    const contacts = await contactsFor(left, told, 60, 3);
    await Promise.all([
      saveAll(
        left,
        told,
        contacts.filter((_, at) => at % 2 === 0),
      ),
      saveAll(
        right,
        told,
        contacts.filter((_, at) => at % 2 === 1),
      ),
    ]);
    let atOnce = 0;
    let most = 0;
    const sent = new Map<string, number>();
    await context.route(LOG, async (route) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      for (const { id } of contacts) {
        if (route.request().postData()?.includes(id)) sent.set(id, (sent.get(id) ?? 0) + 1);
      }
      const response = await route.fetch();
      atOnce -= 1;
      await route.fulfill({ response });
    });
    await Promise.all([sendAll(left), sendAll(right)]);
    await context.unroute(LOG);
    expect(most).toBe(1);
    expect([...sent.values()].filter((times) => times > 1)).toEqual([]);
    await expect.poll(() => unsentOn(right)).toBe(0);
    await expectKept(told, "two tabs");
  });

  test("two devices that edit one client keep both values until a person chooses, and both contacts", async ({
    page,
    context,
    browser,
  }) => {
    const told = new Told("Two devices");
    await openAs(page, OURS);
    const [first] = await contactsFor(page, told, 1, 1);
    if (!first) throw new Error("No contact was made");
    await saveAll(page, told, [first]);
    await sendAll(page);

    const elsewhere = await browser.newContext({ baseURL: new URL(page.url()).origin });
    await letPagesTell(elsewhere);
    const other = await elsewhere.newPage();
    await openAs(other, OURS, 1);

    const edit = (on: Page, phone: string, email: string | null) =>
      on.evaluate(
        ([editId, id, to, mail, words]) =>
          window.heldDevice()?.verbs.saveProfile(
            {
              id,
              editId,
              changes: [
                { field: "phone", from: "07700 900123", to },
                ...(mail ? [{ field: "email" as const, from: null, to: mail }] : []),
              ],
            },
            words,
          ),
        [uuidv7(), first.clientId, phone, email, WORDS] as const,
      );
    await context.setOffline(true);
    await elsewhere.setOffline(true);
    expect(await edit(page, "07700 900111", null)).toMatchObject({ ok: true });
    expect(await edit(other, "07700 900222", "quill@example.org")).toMatchObject({ ok: true });
    for (const on of [page, other]) {
      const { services, today } = await openState(on);
      const again = told.contact({
        clientId: first.clientId,
        serviceId: services[0]?.id ?? "",
        occurredOn: today ?? "",
      });
      await saveAll(on, told, [again]);
    }
    await context.setOffline(false);
    await sendAll(page);
    await elsewhere.setOffline(false);
    await sendAll(other);

    // The one who came second is told, the other value stands, and what nobody else touched was taken.
    const { items } = await openState(other);
    expect(items.find(({ kind }) => kind === "profile")).toMatchObject({ state: "needs-you" });
    const [kept] = await database.sql<{ conflicts: number }[]>`
    select count(*)::int as conflicts from identity.profile_conflict
    where client_id = ${first.clientId} and choice is null`;
    expect(kept?.conflicts).toBe(1);
    await other.goto(`/people/${first.clientId}`);
    await expect(other.getByText("07700 900111").first()).toBeVisible();
    await expect(other.getByText("07700 900222").first()).toBeVisible();
    // On a phone the details lie folded.
    await expect(other.getByText("quill@example.org").first()).toBeAttached();
    await expectKept(told, "two devices");
    await elsewhere.close();
  });

  for (const [words, years] of [
    ["three years slow", -3],
    ["three years fast", 3],
  ] as const) {
    test(`a clock that is ${words} decides nothing`, async ({ page, context }) => {
      const told = new Told(`Clock ${years}`);
      const wrong = new Date();
      wrong.setUTCFullYear(wrong.getUTCFullYear() + years);
      await page.clock.setSystemTime(wrong);
      await openAs(page, OURS);
      const { today } = await openState(page);
      const [right] = await database.sql<{ today: string }[]>`
      select ((clock_timestamp() + clock_offset_ms * interval '1 millisecond') at time zone 'Europe/London')::date::text as today
      from reference.installation`;
      // Either the device knows the right day from the server, or it asks: it never takes its own.
      expect([null, right?.today]).toContain(today);
      const contacts = (await contactsFor(page, told, 20, 4)).map((each) =>
        Object.assign(each, { occurredOn: right?.today ?? "", deviceClaimedAt: wrong.toISOString() }),
      );
      await context.setOffline(true);
      await saveAll(page, told, contacts);
      await context.setOffline(false);
      await page.reload();
      await expect.poll(() => statusOf(page)).toBe("open");
      await sendAll(page);
      await expectKept(told, `clock ${words}`);
    });
  }

  test("a server that fails for a minute is asked with patience, and gets everything in the end", async ({
    page,
    context,
  }) => {
    const told = new Told("Failing server");
    await page.clock.install();
    await openAs(page, OURS);
    const contacts = await contactsFor(page, told, 30, 5);
    let asked = 0;
    await context.route(CALLS, (route) => {
      if (LOG.test(route.request().url())) asked += 1;
      return route.fulfill({ status: 500, json: { error: "broken" } });
    });
    await saveAll(page, told, contacts);
    for (let second = 0; second < 70; second += 1) {
      await page.clock.runFor(1000);
      await expect.poll(() => unsentOn(page)).toBe(30);
    }
    expect(asked).toBeGreaterThan(1);
    expect(asked).toBeLessThan(15);
    console.log(`a server that fails for a minute was asked ${asked} times`);
    await context.unroute(CALLS);
    // It comes back by itself, without anybody pressing anything.
    await expect
      .poll(async () => {
        await page.clock.runFor(20_000);
        return unsentOn(page);
      })
      .toBe(0);
    await expectKept(told, "failing server");
  });

  test.describe("a session", () => {
    // Others are signed in as the same made-up person meanwhile: theirs stay as they are.
    const OWN_BROWSER = "A browser of this journey alone";
    test.use({ userAgent: OWN_BROWSER });

    test("that is locked goes on by itself, and one that is over waits for its owner", async ({
      page,
      context,
    }) => {
      const told = new Told("Session");
      await openAs(page, OURS);
      const contacts = await contactsFor(page, told, 20, 2);
      await context.setOffline(true);
      await saveAll(page, told, contacts.slice(0, 10));
      await database.sql`
      update casework.session set seen_at = now() - interval '6 minutes' where device = ${OWN_BROWSER}`;
      await context.setOffline(false);
      await sendAll(page);

      await context.setOffline(true);
      await saveAll(page, told, contacts.slice(10));
      await database.sql`
      update casework.session set created_at = now() - interval '13 hours' where device = ${OWN_BROWSER}`;
      await context.setOffline(false);
      await page.evaluate(() => window.heldDevice()?.verbs.sendNow());
      expect(await openState(page)).toMatchObject({ sync: { state: "needs-sign-in", unsent: 10 } });
      await openAs(page, OURS);
      await sendAll(page);
      await expectKept(told, "session locked and over");
    });
  });
});

test("a tab that is closed while it saves, and while it sends, keeps what it had said", async ({
  context,
}) => {
  const told = new Told("Closed tab");
  const first = await context.newPage();
  await openAs(first, OURS);
  const contacts = await contactsFor(first, told, 60, 6);
  // What the worker saw is noted as it happens: the tab goes before the last one has answered.
  let seen = 0;
  await first.exposeFunction("shownAsSaved", (id: string) => {
    told.saved(id);
    seen += 1;
  });
  const code = "otter 77 lantern";
  expect(await first.evaluate((chosen) => window.heldDevice()?.verbs.setCode(chosen), code)).toEqual({
    ok: true,
  });
  await context.setOffline(true);
  const saving = first
    .evaluate(
      async ([each, words]) => {
        const shown: unknown = Reflect.get(window, "shownAsSaved");
        for (const contact of each) {
          const answer = await window.heldDevice()?.verbs.saveContact(contact, words);
          if (answer?.ok && typeof shown === "function") await shown(contact.id);
        }
      },
      [contacts, WORDS] as const,
    )
    .catch(() => "closed");
  await expect.poll(() => seen, { intervals: [20] }).toBeGreaterThan(15);
  await first.close();
  expect(await saving).toBe("closed");
  expect(seen).toBeLessThan(60);

  // Opened again without signal, by the code alone: everything that was shown as saved is there.
  const away = await context.newPage();
  await away.goto("/people");
  await away.getByLabel("Your code for this device").fill(code);
  await away.getByRole("button", { name: "Unlock" }).click();
  await expect.poll(() => statusOf(away)).toBe("open");
  expect(await unsentOn(away)).toBeGreaterThanOrEqual(seen);
  await away.close();

  await context.setOffline(false);
  const second = await context.newPage();
  // The second tab goes just after the server stored its first batch.
  const stored = new Promise<void>((resolve) => {
    void context.route(LOG, async (route) => {
      await route.fetch();
      resolve();
    });
  });
  await second.goto("/people");
  await expect.poll(() => statusOf(second)).toBe("open");
  void second.evaluate(() => window.heldDevice()?.verbs.sendNow()).catch(() => {});
  await stored;
  await second.close();
  await context.unroute(LOG);

  const third = await context.newPage();
  await third.goto("/people");
  await expect.poll(() => statusOf(third)).toBe("open");
  await sendAll(third);
  await expectKept(told, "closed tab");
});

test("somebody else on the device can neither read nor send what waits, and its owner finds all of it", async ({
  page,
  context,
}) => {
  const told = new Told("Other user");
  await openAs(page, OURS);
  const owner = (await openState(page)).viewer;
  const contacts = await contactsFor(page, told, 12, 3);
  await context.setOffline(true);
  await saveAll(page, told, contacts);
  const people = (await openState(page)).people;
  expect(people.length).toBeGreaterThan(3);
  await page.evaluate(() => window.heldDevice()?.verbs.keep("draft", `${"heronmarsh"} unfinished`));
  await context.route(LOG, (route) => route.abort());
  await context.setOffline(false);

  await openAs(page, OURS, 1);
  const state = await openState(page);
  expect(state.viewer.accountId).not.toBe(owner.accountId);
  expect(state).toMatchObject({ othersWaiting: 12, sync: { unsent: 0 }, items: [] });
  await context.unroute(LOG);
  await sendAll(page);
  const [early] = await database.sql<{ stored: number }[]>`
    select count(*)::int as stored from casework.contact where id = any (${contacts.map(({ id }) => id)}::uuid[])`;
  expect(early?.stored).toBe(0);

  // As it lies there, read by somebody with the tools of a browser: not a name, a note or a need of anybody.
  const lies = await dumpStorage(page);
  expect(lies.length).toBeGreaterThan(10_000);
  const secrets = [
    FAMILY,
    NOTED,
    "Other user 1",
    "07700 900123",
    ...people.flatMap(({ familyName, phone, reference }) => [familyName, phone, reference]),
  ].filter((text): text is string => typeof text === "string" && text.length >= 5);
  const readable = secrets.filter((text) => lies.includes(text));
  console.log(
    `storage read raw: ${Math.round(lies.length / 1024)} KiB searched for ${secrets.length} names, notes and numbers, ${readable.length} found`,
  );
  expect(readable).toEqual([]);

  await openAs(page, OURS);
  expect((await openState(page)).viewer.accountId).toBe(owner.accountId);
  await sendAll(page);
  await expectKept(told, "other user");
  const [by] = await database.sql<{ members: string[] }[]>`
    select array_agg(distinct member_id::text) as members from casework.contact
    where id = any (${contacts.map(({ id }) => id)}::uuid[])`;
  expect(by?.members).toEqual([owner.memberId]);
});
