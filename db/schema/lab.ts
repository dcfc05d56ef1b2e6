/** The data lab's own schema: studies and what they leave behind. */

import { pgSchema } from "drizzle-orm/pg-core";

export const lab = pgSchema("lab");
