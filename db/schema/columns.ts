/** Column types that Postgres has and the schema builder lacks. */

import { customType } from "drizzle-orm/pg-core";

export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });
/** Transaction id: lets a reader take whole transactions. */
export const xid8 = customType<{ data: string }>({ dataType: () => "xid8" });
