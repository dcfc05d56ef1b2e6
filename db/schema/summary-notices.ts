/** Whom the worker has told of a scheduled summary, so that nobody is told twice because somebody else's mail was refused. */

import { integer, primaryKey, smallint, timestamp, uuid } from "drizzle-orm/pg-core";
import { casework, organisation } from "./casework";

export const summaryNotice = casework.table(
  "summary_notice",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    /** A summary, or a schedule that was stopped because it cannot be read. */
    aboutId: uuid().notNull(),
    memberId: uuid().notNull(),
    /** Times that the mail was handed over, taken or not, and the last of them. */
    tries: smallint().notNull(),
    triedAt: timestamp({ withTimezone: true }).notNull(),
    /** When the mail server took it. */
    toldAt: timestamp({ withTimezone: true }),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.aboutId, t.memberId] })],
);
