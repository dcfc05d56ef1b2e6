/**
 * Forms release sectors: postcode sectors, or fixed unions of neighbours, with at least 1,000 residents, so that a
 * count in one says little about any single person. Smallest first, each that is too small joins the neighbour
 * with the longest common border in its district, else its authority, else its nation; ties by code. The result
 * depends on nothing but the sectors and their borders.
 */

/** A postcode sector as it is known; null where something is not. */
export interface FormingSector {
  code: string;
  district: string;
  authority: string | null;
  nation: string | null;
  residents: number | null;
  households: number | null;
  liveSmallUserPostcodes: number;
  /** Middle of its postcodes, in metres; null without any position. */
  centre: { easting: number; northing: number } | null;
}

export interface Border {
  a: string;
  b: string;
  metres: number;
}

/** Residents of a release sector at least; and what stands for them where residents are not known. */
export const FEWEST_RESIDENTS = 1_000;
export const FEWEST_HOUSEHOLDS = 400;
export const FEWEST_POSTCODES = 25;

/** A release sector: the codes of its sectors, in order, make its own. */
export interface FormedSector {
  code: string;
  sectors: readonly string[];
}

/** The places in which a neighbour is looked for, nearest tie first. */
const WITHIN = ["district", "authority", "nation"] as const;

interface Unit {
  code: string;
  members: readonly FormingSector[];
  /** Residents, or what stands for them, on one scale. */
  standing: number;
  /** Where most of it is; null where that is not known. */
  main: Readonly<Record<(typeof WITHIN)[number], string | null>>;
  centre: { easting: number; northing: number } | null;
}

function makeUnit(sectors: readonly FormingSector[]): Unit {
  const members = [...sectors].sort(byCode);
  return {
    code: members.map((member) => member.code).join("+"),
    members,
    standing: members.reduce((sum, member) => sum + standingOf(member), 0),
    main: {
      district: mainPlace(members, "district"),
      authority: mainPlace(members, "authority"),
      nation: mainPlace(members, "nation"),
    },
    centre: centreOf(members),
  };
}

/**
 * Forms release sectors from sectors and the borders between them. A sector that touches no other, such as an
 * island, joins the nearest by its middle, within the same order of places; one that has no other in its nation
 * stays alone, however small.
 */
export function formReleaseSectors(
  sectors: readonly FormingSector[],
  borders: readonly Border[],
): FormedSector[] {
  const units = new Map<string, Unit>();
  const unitOf = new Map<string, Unit>();
  for (const sector of [...sectors].sort(byCode)) {
    const unit = makeUnit([sector]);
    units.set(unit.code, unit);
    unitOf.set(sector.code, unit);
  }
  const touching = touchingSectors(borders);
  const settled = new Set<Unit>();
  for (;;) {
    const smallest = smallestBelow(units.values(), settled);
    if (!smallest) break;
    const other = neighbourOf(smallest, unitOf, touching) ?? nearestTo(smallest, units.values());
    if (!other) {
      settled.add(smallest);
      continue;
    }
    const union = makeUnit([...smallest.members, ...other.members]);
    units.delete(smallest.code);
    units.delete(other.code);
    units.set(union.code, union);
    for (const member of union.members) unitOf.set(member.code, union);
  }
  return [...units.values()]
    .sort(byCode)
    .map(({ code, members }) => ({ code, sectors: members.map((member) => member.code) }));
}

const byCode = (a: { code: string }, b: { code: string }) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);

/** 1,000 residents, 400 households and 25 postcodes weigh the same, so that unions of known and unknown add up. */
function standingOf(sector: FormingSector): number {
  if (sector.residents !== null) return sector.residents;
  if (sector.households !== null) return (sector.households * FEWEST_RESIDENTS) / FEWEST_HOUSEHOLDS;
  return (sector.liveSmallUserPostcodes * FEWEST_RESIDENTS) / FEWEST_POSTCODES;
}

function smallestBelow(units: Iterable<Unit>, settled: ReadonlySet<Unit>): Unit | undefined {
  let smallest: Unit | undefined;
  for (const unit of units) {
    if (unit.standing >= FEWEST_RESIDENTS || settled.has(unit)) continue;
    const before = smallest ? unit.standing - smallest.standing || byCode(unit, smallest) : -1;
    if (before < 0) smallest = unit;
  }
  return smallest;
}

function touchingSectors(borders: readonly Border[]): Map<string, Border[]> {
  const touching = new Map<string, Border[]>();
  for (const border of borders) {
    if (border.metres <= 0) continue;
    for (const [from, to] of [
      [border.a, border.b],
      [border.b, border.a],
    ] as const) {
      const list = touching.get(from);
      const entry = { a: from, b: to, metres: border.metres };
      if (list) list.push(entry);
      else touching.set(from, [entry]);
    }
  }
  return touching;
}

function neighbourOf(
  unit: Unit,
  unitOf: ReadonlyMap<string, Unit>,
  touching: ReadonlyMap<string, readonly Border[]>,
): Unit | undefined {
  const metres = new Map<Unit, number>();
  for (const member of unit.members) {
    for (const border of touching.get(member.code) ?? []) {
      const other = unitOf.get(border.b);
      if (other && other !== unit) metres.set(other, (metres.get(other) ?? 0) + border.metres);
    }
  }
  const candidates = [...metres.keys()].sort(
    (a, b) => (metres.get(b) ?? 0) - (metres.get(a) ?? 0) || byCode(a, b),
  );
  return firstWithin(unit, candidates);
}

function nearestTo(unit: Unit, units: Iterable<Unit>): Unit | undefined {
  const from = unit.centre;
  if (!from) return undefined;
  const candidates = [...units].flatMap((other) => {
    if (other === unit || !other.centre || other.main.nation !== unit.main.nation) return [];
    const { easting, northing } = other.centre;
    return [{ other, distance: (easting - from.easting) ** 2 + (northing - from.northing) ** 2 }];
  });
  candidates.sort((a, b) => a.distance - b.distance || byCode(a.other, b.other));
  return firstWithin(
    unit,
    candidates.map(({ other }) => other),
  );
}

/** The first of the candidates in the unit's district, else in its authority, else in its nation. */
function firstWithin(unit: Unit, candidates: readonly Unit[]): Unit | undefined {
  for (const within of WITHIN) {
    const own = unit.main[within];
    const found = own === null ? undefined : candidates.find((other) => other.main[within] === own);
    if (found) return found;
  }
  return undefined;
}

/** Where most of some sectors are, by their standing; ties by code. */
function mainPlace(members: readonly FormingSector[], within: (typeof WITHIN)[number]): string | null {
  const weights = new Map<string, number>();
  for (const member of members) {
    const place = member[within];
    if (place !== null) weights.set(place, (weights.get(place) ?? 0) + standingOf(member));
  }
  const [main] = [...weights].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return main?.[0] ?? null;
}

function centreOf(members: readonly FormingSector[]): { easting: number; northing: number } | null {
  const centres = members.flatMap((member) => member.centre ?? []);
  if (centres.length === 0) return null;
  const mean = (of: (centre: { easting: number; northing: number }) => number) =>
    centres.reduce((sum, centre) => sum + of(centre), 0) / centres.length;
  return { easting: mean((c) => c.easting), northing: mean((c) => c.northing) };
}

/** Whether sectors together are large enough to be a release sector. */
export function isLargeEnough(sectors: readonly FormingSector[]): boolean {
  return sectors.reduce((sum, sector) => sum + standingOf(sector), 0) >= FEWEST_RESIDENTS;
}

/** An area and the release sectors that make it up. */
export interface AreaMembers {
  area: number;
  releaseSectors: readonly number[];
}

/**
 * Areas that are the same set of release sectors as a finer one, each with the finest such. Levels are given
 * finest first; what may be shown of the finer one then holds for both.
 */
export function aliasesOf(levels: readonly (readonly AreaMembers[])[]): { area: number; sameAs: number }[] {
  const finest = new Map<string, number>();
  const aliases: { area: number; sameAs: number }[] = [];
  for (const level of levels) {
    for (const { area, releaseSectors } of level) {
      const key = [...releaseSectors].sort((a, b) => a - b).join(",");
      const sameAs = finest.get(key);
      if (sameAs === undefined) finest.set(key, area);
      else aliases.push({ area, sameAs });
    }
  }
  return aliases;
}
