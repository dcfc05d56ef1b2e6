/** Needs that often come together among one organisation's people: counted every night, exact, for its own members. */

import { date, integer, primaryKey, smallint } from "drizzle-orm/pg-core";
import { casework, organisation } from "./casework";

export const needPair = casework.table(
  "need_pair",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    needNumber: smallint().notNull(),
    /** The need that is offered when the first is picked. */
    otherNumber: smallint().notNull(),
    peopleWith: integer().notNull(),
    peopleOther: integer().notNull(),
    peopleBoth: integer().notNull(),
    /** People of the organisation with any need. */
    everyone: integer().notNull(),
    computedOn: date().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.needNumber, t.otherNumber] })],
);
