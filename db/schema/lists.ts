/**
 * Lists by agreement: what was asked of them, and what an organisation set out to do at a place of one. Whom a list showed
 * stands in `look_answer`; which row of it they were in, there too.
 */

import { sql } from "drizzle-orm";
import {
  boolean,
  date,
  foreignKey,
  index,
  integer,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { casework, client, member } from "./casework";
import { bytes, withinOrganisation } from "./columns";
import { governance } from "./governance";
import { look } from "./looks";

/** What a list was asked for. It is a look, and has its id; who looked, when and why stand there. */
export const sharedList = governance.table(
  "shared_list",
  {
    organisationId: integer().notNull(),
    id: uuid().notNull(),
    agreementId: uuid().notNull(),
    version: smallint().notNull(),
    /** postcode, street, household or person. */
    level: text().notNull(),
    /** Paths of the taxonomy, all of which must stand at a place. */
    asked: text().array().notNull(),
    /** Sectors and postcodes. */
    within: text().array().notNull(),
    street: text(),
    rows: smallint().notNull(),
    /** There were more places than a list shows. */
    isCut: boolean().notNull(),
    /** The action whose effect was asked for, in the place of a whole list. */
    actionId: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    foreignKey({ columns: [t.organisationId, t.id], foreignColumns: [look.organisationId, look.id] }),
  ],
);

/**
 * An own client on whom a row of a list rests: who counted for what was asked, whom a row of people is of, or who is recorded
 * at a home. Once their use is held back, what the row showed is shut.
 */
export const listOwnClient = governance.table(
  "list_own_client",
  {
    organisationId: integer().notNull(),
    listId: uuid().notNull(),
    clientId: uuid().notNull(),
    rowNo: smallint().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.listId, t.clientId] }),
    index("list_own_client_client").on(t.organisationId, t.clientId),
    foreignKey({
      columns: [t.organisationId, t.listId],
      foreignColumns: [sharedList.organisationId, sharedList.id],
    }),
    foreignKey({
      columns: [t.organisationId, t.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
  ],
);

/**
 * Which rows of lists a member has read again today: whoever gave them is told once a day. Those of another day go with the
 * member's next reading.
 */
export const listReading = governance.table(
  "list_reading",
  {
    organisationId: integer().notNull(),
    listId: uuid().notNull(),
    rowNo: smallint().notNull(),
    memberId: uuid().notNull(),
    /** The day that it was for the installation. */
    day: date().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.memberId, t.day, t.listId, t.rowNo] }),
    foreignKey({
      columns: [t.organisationId, t.listId],
      foreignColumns: [sharedList.organisationId, sharedList.id],
    }),
  ],
);

/** Something that an organisation set out to do at a place of a list, and what came of it. */
export const listAction = casework.table(
  "list_action",
  {
    organisationId: integer().notNull(),
    /** Made by the device, so that an action sent twice is there once. */
    id: uuid().notNull(),
    listId: uuid().notNull(),
    /** Which row of the list. */
    rowNo: smallint().notNull(),
    agreementId: uuid().notNull(),
    level: text().notNull(),
    purpose: text().notNull(),
    asked: text().array().notNull(),
    /** The own client of the row of a list of people; null at a place. */
    clientId: uuid(),
    /** Own clients recorded at the home of the row, whom the words may name: emptied with any of them. */
    ownClients: uuid().array().notNull().default(sql`'{}'`),
    /** Where: sealed, in no more words than the level shows; null for a person, and once it was emptied. */
    place: bytes(),
    /** A code of domain/agreements/list-action.ts. */
    kind: text().notNull(),
    /** Sealed. */
    words: bytes(),
    /** What the list showed of the place when this was written: sealed. */
    seen: bytes(),
    /** Who does it. */
    memberId: uuid().notNull(),
    dueOn: date().notNull(),
    madeBy: uuid().notNull(),
    madeOn: date().notNull(),
    /** A code of the same file; null while it is open. */
    outcome: text(),
    outcomeWords: bytes(),
    closedBy: uuid(),
    closedOn: date(),
    /** The look by which the effect was last seen, and what it showed: sealed. */
    effectId: uuid(),
    effect: bytes(),
    effectOn: date(),
    /** When the place and all words were destroyed, with somebody who was erased or because it is long over. */
    emptiedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("list_action_row").on(t.organisationId, t.listId, t.rowNo),
    index("list_action_effect").on(t.organisationId, t.effectId),
    /** What a member has still to do, by day. */
    index("list_action_open").on(t.organisationId, t.memberId, t.dueOn).where(sql`closed_on is null`),
    withinOrganisation(t, t.listId, sharedList),
    withinOrganisation(t, t.clientId, client),
    withinOrganisation(t, t.memberId, member),
  ],
);
