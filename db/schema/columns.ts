/** What the tables share: column types that the schema builder lacks, and the key within an organisation. */

import { type AnyPgColumn, customType, foreignKey } from "drizzle-orm/pg-core";

export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });
/** Transaction id: lets a reader take whole transactions. */
export const xid8 = customType<{ data: string }>({ dataType: () => "xid8" });

/**
 * The foreign key to a row of the same organisation: `column` names the row by its id, and a row of another organisation
 * can never be named.
 */
export const withinOrganisation = (
  t: { organisationId: AnyPgColumn },
  column: AnyPgColumn,
  other: { organisationId: AnyPgColumn; id: AnyPgColumn },
) =>
  foreignKey({
    columns: [t.organisationId, column],
    foreignColumns: [other.organisationId, other.id],
  });
