/** What says that settled figures moved: one row, changed by the database itself, so that a reader may keep what it read. */

import { smallint, uuid } from "drizzle-orm/pg-core";
import { published } from "./published";

/**
 * A mark of everything that is settled and published: figures, who reported, which periods. Another one in the
 * transaction of whatever moves any of them (`mark_figures` in guards.sql), and drawn at random, so that a database
 * that was restored never comes to a mark that stood for something else. It moves when a figure does and at no other
 * time.
 */
export const figuresMark = published.table("figures_mark", {
  /** Always 1. */
  id: smallint().primaryKey(),
  mark: uuid().notNull(),
});
