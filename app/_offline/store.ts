/**
 * Where things lie in the browser. One small database for the whole browser profile, in the clear: the device's id,
 * who worked here last, and how many items wait for whom. One database for each account in each organisation, in
 * which every value is closed (`vault.ts`). Writes last when they are answered; a full disk is an answer, not an error.
 */
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";
import type { Entry, LedgerEvent } from "./ledger";
import type { LedgerStorage } from "./sync";
import { MOST_TRIES, type Vault, type WrappedKey } from "./vault";

type Bytes = Uint8Array<ArrayBuffer>;

/** Somebody who worked on this device, and for which organisation. */
export interface Profile {
  /** `profileId` of the two ids. */
  id: string;
  accountId: string;
  organisationId: number;
  /** For the lock screen. */
  name: string;
  /** Items not sent yet. */
  waiting: number;
  /** Version of what is carried; null when nothing is. */
  version: string | null;
}

/** What the work of one account for one organisation is kept under on this device. */
export const profileId = (accountId: string, organisationId: number) => `${accountId}.${organisationId}`;

interface DeviceRow {
  id: string;
  /** Who worked here last; null after signing out. */
  lastProfile: string | null;
  /** What the server is still to be told of a session, when there is signal. */
  owes: { what: "lock" | "sign-out"; sessionId: string | null } | null;
}

interface CodeRow {
  accountId: string;
  wrapped: WrappedKey;
  /** Wrong codes since the last right one. */
  failures: number;
}

interface SharedSchema extends DBSchema {
  device: { key: string; value: DeviceRow };
  profiles: { key: string; value: Profile };
  codes: { key: string; value: CodeRow };
}

const ONLY = "this";
const STRICT = { durability: "strict" } as const;

/** The small database that is not closed. */
export class SharedStore {
  readonly #db: IDBPDatabase<SharedSchema>;

  private constructor(db: IDBPDatabase<SharedSchema>) {
    this.#db = db;
  }

  static async open(): Promise<SharedStore> {
    const db = await openDB<SharedSchema>("common-need", 1, {
      upgrade: (fresh) => {
        fresh.createObjectStore("device");
        fresh.createObjectStore("profiles", { keyPath: "id" });
        fresh.createObjectStore("codes", { keyPath: "accountId" });
      },
      blocking: (_from, _to, event) => closeOf(event),
    });
    return new SharedStore(db);
  }

  /** This device; made on first sight, once however many tabs ask. */
  async device(): Promise<DeviceRow> {
    const tx = this.#db.transaction("device", "readwrite", STRICT);
    const held = await tx.store.get(ONLY);
    const device = held ?? { id: crypto.randomUUID(), lastProfile: null, owes: null };
    if (!held) await tx.store.put(device, ONLY);
    await tx.done;
    return device;
  }

  async changeDevice(change: Partial<Omit<DeviceRow, "id">>): Promise<void> {
    const device = await this.device();
    await ifRoom(() => this.#db.put("device", { ...device, ...change }, ONLY));
  }

  profiles(): Promise<Profile[]> {
    return this.#db.getAll("profiles");
  }

  async putProfile(profile: Profile): Promise<void> {
    await ifRoom(() => this.#db.put("profiles", profile));
  }

  async changeProfile(
    id: string,
    change: Partial<Pick<Profile, "waiting" | "version" | "name">>,
  ): Promise<void> {
    const tx = this.#db.transaction("profiles", "readwrite");
    const held = await tx.store.get(id);
    const put = held ? [tx.store.put({ ...held, ...change })] : [];
    await ifRoom(() => allOf([...put, tx.done]));
  }

  async removeProfile(id: string): Promise<void> {
    await this.#db.delete("profiles", id);
  }

  /** Wrong codes that are still allowed; null when the account has no code here. */
  async triesLeft(accountId: string): Promise<number | null> {
    const row = await this.#db.get("codes", accountId);
    return row ? MOST_TRIES - row.failures : null;
  }

  async setCode(accountId: string, wrapped: WrappedKey): Promise<void> {
    const tx = this.#db.transaction("codes", "readwrite", STRICT);
    await tx.store.put({ accountId, wrapped, failures: 0 });
    await tx.done;
  }

  async forgetCode(accountId: string): Promise<void> {
    await this.#db.delete("codes", accountId);
  }

  /**
   * Takes one of the tries before the code is judged, so that no crash gives it back. Null when none is left or there
   * is no code; the last wrong one destroys the wrapped key.
   */
  async takeTry(accountId: string): Promise<{ wrapped: WrappedKey; left: number } | null> {
    const tx = this.#db.transaction("codes", "readwrite", STRICT);
    const row = await tx.store.get(accountId);
    if (!row || row.failures >= MOST_TRIES) {
      if (row) await tx.store.delete(accountId);
      await tx.done;
      return null;
    }
    const failures = row.failures + 1;
    await allOf([tx.store.put({ ...row, failures }), tx.done]);
    return { wrapped: row.wrapped, left: MOST_TRIES - failures };
  }

  /** The code was right: all tries are there again. */
  async forgiveTries(accountId: string): Promise<void> {
    const tx = this.#db.transaction("codes", "readwrite");
    const row = await tx.store.get(accountId);
    const put = row ? [tx.store.put({ ...row, failures: 0 })] : [];
    await ifRoom(() => allOf([...put, tx.done]));
  }
}

function closeOf(event: IDBVersionChangeEvent): void {
  if (event.target instanceof IDBDatabase) event.target.close();
}

interface AccountSchema extends DBSchema {
  ledger: { key: number; value: { id: string; sealed: Bytes } };
  kept: { key: string; value: Bytes };
}

/** Thrown when the vault was closed while work was under way: as if the tab had been closed at that moment. */
export class VaultClosed extends Error {}

/** What one account keeps here for one organisation; everything in it is closed. */
export class AccountStore implements LedgerStorage {
  readonly #db: IDBPDatabase<AccountSchema>;
  #vault: Vault | null;

  private constructor(db: IDBPDatabase<AccountSchema>, vault: Vault) {
    this.#db = db;
    this.#vault = vault;
  }

  static async open(profile: string, vault: Vault): Promise<AccountStore> {
    return new AccountStore(await openAccount(profile), vault);
  }

  /** Forgets the key: nothing more can be read or written through this store. */
  close(): void {
    this.#vault = null;
    this.#db.close();
  }

  #open(): Vault {
    if (!this.#vault) throw new VaultClosed();
    return this.#vault;
  }

  async read(after: number): Promise<Entry[]> {
    const vault = this.#open();
    const tx = this.#db.transaction("ledger");
    const range = IDBKeyRange.lowerBound(after, true);
    const [positions, rows] = await Promise.all([tx.store.getAllKeys(range), tx.store.getAll(range)]);
    return Promise.all(
      rows.map(async ({ id, sealed }, at) => ({
        position: positions[at] ?? 0,
        // Closed by this very code under this key: nothing else opens.
        event: (await vault.open("ledger", id, sealed)) as LedgerEvent,
      })),
    );
  }

  async append(
    events: readonly LedgerEvent[],
    after: number,
  ): Promise<readonly Entry[] | "changed" | "no-room"> {
    const vault = this.#open();
    const rows = await Promise.all(
      events.map(async (event) => {
        const id = crypto.randomUUID();
        return { id, sealed: await vault.seal("ledger", id, event) };
      }),
    );
    this.#open();
    return orNoRoom(async () => {
      const tx = this.#db.transaction("ledger", "readwrite", STRICT);
      let isUnchanged = true;
      // All is asked in one go and committed at the first answer: somebody waits for the disk, and for it alone.
      const looked = tx.store.openKeyCursor(null, "prev").then((newest) => {
        isUnchanged = (newest?.key ?? 0) === after;
        if (isUnchanged) tx.commit();
        else tx.abort();
      });
      const added = rows.map((row) => tx.store.add(row));
      try {
        await allOf([looked, ...added, tx.done]);
      } catch (error) {
        if (isUnchanged) throw error;
        return "changed";
      }
      const positions = await Promise.all(added);
      // As text and back, as they will be read: a field that is undefined is not there.
      return events.map((event, at) => ({
        position: positions[at] ?? 0,
        event: JSON.parse(JSON.stringify(event)),
      }));
    });
  }

  async clear(positions: readonly number[]): Promise<void> {
    const tx = this.#db.transaction("ledger", "readwrite");
    await Promise.all(positions.map((position) => tx.store.delete(position)));
    await tx.done;
  }

  /** Keeps a value under a name until it is replaced. */
  async keep(name: string, value: unknown): Promise<"kept" | "no-room"> {
    const sealed = await this.#open().seal("kept", name, value);
    this.#open();
    return orNoRoom(async () => {
      await this.#db.put("kept", sealed, name);
      return "kept" as const;
    });
  }

  /** What was kept under a name; null when nothing is. */
  async kept(name: string): Promise<unknown> {
    const vault = this.#open();
    const sealed = await this.#db.get("kept", name);
    return sealed ? vault.open("kept", name, sealed) : null;
  }

  async forget(name: string): Promise<void> {
    await this.#db.delete("kept", name);
  }
}

const nameOf = (profile: string) => `common-need.${profile}`;

function openAccount(profile: string): Promise<IDBPDatabase<AccountSchema>> {
  return openDB<AccountSchema>(nameOf(profile), 1, {
    upgrade: (fresh) => {
      fresh.createObjectStore("ledger", { autoIncrement: true });
      fresh.createObjectStore("kept");
    },
    blocking: (_from, _to, event) => closeOf(event),
  });
}

/** Removes what somebody carried, their drafts as well, or what they saved, too. */
export async function wipeAccount(
  profile: string,
  what: "carried" | "carried and drafts" | "everything",
): Promise<void> {
  if (what === "everything") return deleteDB(nameOf(profile));
  const db = await openAccount(profile);
  if (what === "carried") await db.delete("kept", CARRIED);
  else await db.clear("kept");
  db.close();
}

/** The name under which what is carried is kept. */
export const CARRIED = "carried";

const isNoRoom = (error: unknown) => error instanceof DOMException && error.name === "QuotaExceededError";

async function orNoRoom<T>(write: () => Promise<T>): Promise<T | "no-room"> {
  try {
    return await write();
  } catch (error) {
    if (isNoRoom(error)) return "no-room";
    throw error;
  }
}

/**
 * Writes what only makes the next start smoother. On a full device it is left as it was: opening and sending what
 * was saved must not wait for it.
 */
async function ifRoom(write: () => Promise<unknown>): Promise<void> {
  await orNoRoom(async () => {
    await write();
  });
}

/** Waits for all; when one has no room the others are called off, so its reason is the one that counts. */
async function allOf(promises: readonly Promise<unknown>[]): Promise<void> {
  const faults = (await Promise.allSettled(promises)).flatMap((each) =>
    each.status === "rejected" ? [each.reason] : [],
  );
  if (faults.length > 0) throw faults.find(isNoRoom) ?? faults[0];
}
