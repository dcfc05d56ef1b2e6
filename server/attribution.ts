/** Whose data a map rests on, in one line, from the editions that are loaded. */

import type { Db } from "../db/client";
import { isDemo } from "./clock";

/** What the Open Government Licence and the licences behind postcode files ask to be said. */
const LICENCES =
  "Contains OS data © Crown copyright and database right, Royal Mail data © Royal Mail copyright and database right, and National Statistics data under the Open Government Licence v3.0.";

const KINDS: Readonly<Record<string, string>> = {
  postcodes: "postcodes",
  deprivation: "deprivation",
  households: "households",
};

/** The line under a map; empty before anything has been loaded. */
export async function attributionLine(reader: Db): Promise<string> {
  if (await isDemo(reader)) {
    return "Approximate areas of a made-up county: no place, postcode or person here is real.";
  }
  const editions = await reader<{ kind: string; name: string }[]>`
    select distinct on (kind) kind, name
    from reference.edition
    where kind = any(${Object.keys(KINDS)})
    order by kind, month desc, number desc`;
  if (editions.length === 0) return "";
  const named = editions.map(({ kind, name }) => `${KINDS[kind]} ${name}`).join("; ");
  return `Approximate areas, derived from postcodes. Made from ${named}. ${LICENCES}`;
}
