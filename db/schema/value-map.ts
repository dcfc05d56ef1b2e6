/**
 * What officers and managers weigh before they share: the things that people want to do with what is shared, and the
 * data sets that an organisation holds. Nothing here is about a client.
 */

import {
  boolean,
  date,
  index,
  integer,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { organisation } from "./casework";
import { withinOrganisation } from "./columns";
import { governance } from "./governance";

/** One thing that people want to do, and what of its value remains at each cell of the grid. */
export const valueAction = governance.table(
  "value_action",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    id: uuid().notNull(),
    /** The agreement that it is weighed for, in all its versions. */
    agreementId: uuid().notNull(),
    name: text().notNull(),
    /** caseworker, manager, commissioner or analyst. */
    memberGroup: text().notNull(),
    /** `CellNumbers` of domain/agreements/value-map.ts: 0 to 100, and 1 to 100. */
    remains: smallint().array().notNull(),
    costs: smallint().array().notNull(),
    wanted: boolean().notNull(),
    madeAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.id] }),
    index("value_action_agreement").on(t.organisationId, t.agreementId),
  ],
);

/** A data set that an organisation holds, and who answers for it. */
export const dataAsset = governance.table(
  "data_asset",
  {
    organisationId: integer()
      .notNull()
      .references(() => organisation.id),
    id: uuid().notNull(),
    name: text().notNull(),
    /** A role or a team, not a person. */
    owner: text().notNull(),
    /** How small a place and how much detail it holds, as in the grid of agreements. */
    place: text().notNull(),
    detail: text().notNull(),
    restrictions: text().notNull(),
    usedFor: text().notNull(),
    reviewedOn: date().notNull(),
    changedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    retiredAt: timestamp({ withTimezone: true }),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.id] })],
);

/** Which agreements draw on a data set. */
export const agreementAsset = governance.table(
  "agreement_asset",
  {
    organisationId: integer().notNull(),
    assetId: uuid().notNull(),
    agreementId: uuid().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.assetId, t.agreementId] }),
    withinOrganisation(t, t.assetId, dataAsset),
  ],
);
