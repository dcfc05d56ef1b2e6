/** Early help: whether an organisation wants its workers asked, and what they answered. No count and no score. */

import { boolean, date, index, integer, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { casework, client, organisation } from "./casework";
import { withinOrganisation } from "./columns";

/** One row an organisation that has chosen; without one, nobody is asked. */
export const earlyHelpSetting = casework.table("early_help_setting", {
  organisationId: integer()
    .primaryKey()
    .references(() => organisation.id),
  isOn: boolean().notNull(),
});

/** A worker's answer when they were asked to think of early help. */
export const earlyHelpAnswer = casework.table(
  "early_help_answer",
  {
    organisationId: integer().notNull(),
    /** Made by the device. */
    id: uuid().notNull(),
    clientId: uuid().notNull(),
    /** agree or not-now. */
    answer: text().notNull(),
    /** Why not now: a code of domain/early-help.ts. */
    because: text(),
    answeredOn: date().notNull(),
    memberId: uuid().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("early_help_answer_client").on(t.organisationId, t.clientId),
    withinOrganisation(t, t.clientId, client),
  ],
);
