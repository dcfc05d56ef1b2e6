/**
 * Pairs of clients about which a person is asked, and what each steward said. The comparison is masked by the linker
 * before it is sealed, so that whoever decides never needs another organisation's identity rows, and no login can
 * read them here: stewards reach these tables through the functions of db/link-reviews.sql alone.
 */

import { sql } from "drizzle-orm";
import {
  bigint,
  doublePrecision,
  index,
  integer,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytes } from "./columns";
import { identity } from "./identity";

/** A pair of clients to decide about. The lower client (organisation, then id) is A. A pair has one open review. */
export const linkReview = identity.table(
  "link_review",
  {
    id: uuid().primaryKey(),
    organisationIdA: integer().notNull(),
    clientIdA: uuid().notNull(),
    organisationIdB: integer().notNull(),
    clientIdB: uuid().notNull(),
    /**
     * likely: between the two thresholds. vetoed: would be a link, but something forbids it. sample: a link made by
     * the software, drawn for checking. repeat: decided before, and asked again unsaid. asked: somebody wants it
     * looked at. Never shown with the pair.
     */
    reason: text().notNull(),
    /** The review that a repeat repeats. */
    repeatOf: uuid(),
    probability: doublePrecision().notNull(),
    /** Log2 of the odds. */
    weight: doublePrecision().notNull(),
    /** Version of the model that weighed the pair. */
    model: text().notNull(),
    /** How many stewards must say so, by what the evidence says (server/domain/link-review.ts). */
    sameNeeds: smallint().notNull(),
    differentNeeds: smallint().notNull(),
    /** A person of more clients than this is made by two stewards only. */
    mostClients: smallint().notNull(),
    /** Masked side by side and the weights, sealed. */
    comparison: bytes().notNull(),
    /** Grows when the records changed; words on earlier evidence no longer count. */
    evidenceNo: smallint().notNull().default(1),
    /** When it began to wait: when it was opened, or opened again. */
    openedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    closedAt: timestamp({ withTimezone: true }),
    /** same, different, cannot-tell; settled: other evidence answered it. */
    outcome: text(),
  },
  (t) => [
    uniqueIndex("link_review_open")
      .on(t.organisationIdA, t.clientIdA, t.organisationIdB, t.clientIdB)
      .where(sql`closed_at is null`),
    index("link_review_a").on(t.organisationIdA, t.clientIdA),
    index("link_review_b").on(t.organisationIdB, t.clientIdB),
    index("link_review_waiting").on(t.openedAt).where(sql`closed_at is null`),
    index("link_review_repeat").on(t.repeatOf).where(sql`repeat_of is not null`),
  ],
);

/** What one steward said of one review. A later word takes the earlier back; both stay. */
export const linkOpinion = identity.table(
  "link_opinion",
  {
    id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    reviewId: uuid()
      .notNull()
      .references(() => linkReview.id, { onDelete: "cascade" }),
    evidenceNo: smallint().notNull(),
    /** The steward: two words of one account are never two opinions, whichever organisation it acts for. */
    accountId: uuid().notNull(),
    organisationId: integer().notNull(),
    memberId: uuid().notNull(),
    /** same, different, cannot-tell. */
    says: text().notNull(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    takenBackAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex("link_opinion_standing")
      .on(t.reviewId, t.evidenceNo, t.accountId)
      .where(sql`taken_back_at is null`),
    index("link_opinion_account").on(t.accountId, t.at),
  ],
);
