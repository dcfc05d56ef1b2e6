/**
 * How somebody proves who they are, beside their password: the browsers they work on, the second factor, and the
 * codes for when the phone is lost. Belongs to the account, so to no organisation.
 */

import { integer, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { account, casework } from "./casework";
import { bytes } from "./columns";

/** A browser in which somebody opened their work; the key of what it keeps is derived, and stored nowhere. */
export const device = casework.table(
  "device",
  {
    accountId: uuid()
      .notNull()
      .references(() => account.id),
    /** Made in the browser. */
    id: uuid().notNull(),
    /** As its owner knows it: "Chrome on Android". */
    name: text().notNull(),
    /** Which secret of the key ring the device's key comes from, for as long as the device keeps anything. */
    keyId: text().notNull(),
    lastSeenAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    revokedAt: timestamp({ withTimezone: true }),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.id] })],
);

/** The app on somebody's phone that makes codes, known to both sides by a shared secret (RFC 6238). */
export const secondFactor = casework.table("second_factor", {
  accountId: uuid()
    .primaryKey()
    .references(() => account.id),
  /** Encrypted; null until a first code has shown that the phone has it. */
  secret: bytes(),
  /** Encrypted: shown at set-up and not confirmed yet. */
  pendingSecret: bytes(),
  /** When that was: another phone is set up within half an hour of asking, or not at all. */
  pendingAt: timestamp({ withTimezone: true }),
  confirmedAt: timestamp({ withTimezone: true }),
  /** The last time step whose code was taken: neither it nor an earlier one is taken again. */
  lastStep: integer().notNull().default(0),
  /** Wrong codes since the last right one. */
  failures: integer().notNull().default(0),
});

/** Codes on paper, each good for one sign-in without the phone. */
export const recoveryCode = casework.table(
  "recovery_code",
  {
    accountId: uuid()
      .notNull()
      .references(() => account.id),
    /** First character of the code, different in each of a set: says which hash to compare with. */
    slot: text().notNull(),
    /** Argon2id. */
    codeHash: text().notNull(),
    usedAt: timestamp({ withTimezone: true }),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.slot] })],
);
