/**
 * Houses and streets of the made county. They follow from a person and a postcode by draws of their own, so that nothing
 * else of the made world depends on them. Several people share a house, many a street, and each organisation writes
 * the same door in its own way.
 */

import type { OrganisationKey } from "./organisations";
import type { Person } from "./people";
import { Chance } from "./random";

const NAMES = [
  "Alder",
  "Anchor",
  "Bede",
  "Beacon",
  "Brewery",
  "Chapel",
  "Church",
  "Cliff",
  "Coble",
  "Dock",
  "Eldon",
  "Ferry",
  "Forge",
  "Foundry",
  "Granary",
  "Harbour",
  "Hawthorn",
  "High Barn",
  "Ivy",
  "Kiln",
  "Laburnum",
  "Larch",
  "Lantern",
  "Market",
  "Mill",
  "Netmakers",
  "Old Quarry",
  "Orchard",
  "Pilot",
  "Quayside",
  "Ropery",
  "Rowan",
  "Saltpan",
  "Seaview",
  "Sexton’s",
  "Station",
  "St Aidan’s",
  "St Hilda’s",
  "Tannery",
  "Tide",
  "Viaduct",
  "Warden",
  "Weaver’s",
  "Wherry",
] as const;
const KINDS = [
  ["Street", "St", 10],
  ["Road", "Rd", 8],
  ["Terrace", "Tce", 5],
  ["Avenue", "Ave", 5],
  ["Close", "Cl", 4],
  ["Lane", "Ln", 3],
  ["Crescent", "Cres", 3],
  ["Gardens", "Gdns", 2],
  ["Grove", "Gr", 2],
] as const;

/** Homes of a postcode in which made people live: few, so that some of them share one. */
const HOMES = 5;

/**
 * House and street of a person's first home as an organisation wrote them down; null for somebody with no fixed
 * address, and where nobody asked.
 */
export function addressOf(seed: string, person: Person, organisation: OrganisationKey): string | null {
  const { postcode } = person.home;
  if (postcode === null) return null;
  const hand = new Chance(`${seed}/address ${person.number} ${organisation}`);
  if (hand.happens(0.12)) return null;
  const { name, kind, short } = streetOf(seed, postcode);
  const door = doorOf(seed, postcode, person.number);
  switch (organisation) {
    case "housing":
      return `${door} ${name} ${kind}`;
    case "health":
      return `${door}, ${name} ${hand.happens(0.6) ? short : kind}`;
    case "police":
      return `${door} ${name} ${kind}`.toUpperCase();
    default:
      return `${door} ${name.replaceAll("’", "")} ${hand.happens(0.5) ? `${short}.` : kind}`;
  }
}

/** A street has some ten postcodes of one sector. */
function streetOf(seed: string, postcode: string): { name: string; kind: string; short: string } {
  const half = postcode.slice(-1) < "M" ? "lower" : "upper";
  const chance = new Chance(`${seed}/street ${postcode.slice(0, -1)} ${half}`);
  const [kind, short] = chance.weighted(KINDS, ([, , weight]) => weight);
  return { name: chance.pick(NAMES), kind, short };
}

/** "14", or "Flat 3, 20" where the postcode is a block. */
function doorOf(seed: string, postcode: string, number: number): string {
  const place = new Chance(`${seed}/houses ${postcode}`);
  const isBlock = place.happens(0.15);
  const first = 1 + place.below(60);
  const home = new Chance(`${seed}/home ${number}`).below(HOMES);
  return isBlock ? `Flat ${home + 1}, ${first}` : String(first + 2 * home);
}
