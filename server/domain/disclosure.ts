/**
 * Disclosure control: how a count of people becomes a figure that may leave, or stays hidden ("SDC-1 live").
 *
 * Every figure is about people, rounded to the nearest 5 with a small deliberate error that is the same for the
 * same people; under 10 is "fewer than 10", including none. The method and why it holds are in
 * `docs/methods/disclosure.md`. Only this file makes a Figure. It knows no key: the keyed hash is passed in.
 */

import type { NeedNode } from "./needs";
import { type Period, periodText } from "./period";
import type { SliceName } from "./slices";

declare const passed: unique symbol;
/** A number about people that has passed disclosure control: a multiple of 5, at least 10. */
export type Figure = number & { readonly [passed]: true };

/** HMAC-SHA-256 of a text under the installation's disclosure key: 32 bytes. */
export type Hmac = (text: string) => Uint8Array;

/** Below this, a number is shown as "fewer than 10". */
export const THRESHOLD = 10;
/** Figures are multiples of this. */
export const ROUNDED_TO = 5;
/** No set of fewer people can ever show: the threshold less the largest error of both layers (10 - 2 - 3). */
export const FEWEST_PEOPLE = 5;

/** Integer cut points over 2^32, each [error, first draw that is past it]. */
type NoiseTable = readonly (readonly [error: number, cut: number])[];

/**
 * Maximum-entropy rows of the two noise layers, as the `ptable` program of sdcTools makes them: the static layer
 * for D = 2 and variance 1.5, the layer that follows the people for D = 3 and variance 2.
 */
const STATIC_TABLE: NoiseTable = [
  [-2, 557_751_500],
  [-1, 1_547_970_971],
  [0, 2_746_996_325],
  [1, 3_737_215_796],
  [2, 4_294_967_296],
];
const PEOPLE_TABLE: NoiseTable = [
  [-3, 160_452_285],
  [-2, 641_092_653],
  [-1, 1_569_427_910],
  [0, 2_725_539_386],
  [1, 3_653_874_643],
  [2, 4_134_515_011],
  [3, 4_294_967_296],
];

/** What a cell is, whatever the period: the same people there have the same error in every period. */
export interface CellName {
  /** Level and code of the area: "sector:SR1 3", "lad:E08000024". */
  area: string;
  node: NeedNode;
  /**
   * The whole cell; or of its people those who cannot be recognised again, one slice, those whom the organisations of
   * the panel reported, or those whom one organisation did (which never leaves by itself).
   */
  slice: "all" | "anonymous" | SliceName | "panel" | `organisation=${number}`;
}

/** Text of a cell as it is hashed: `sector:SR1 3|need:HOU|slice:all`. It has no period in it. */
export function cellId(cell: CellName): string {
  return `${cell.area}|need:${cell.node.path}|slice:${cell.slice}`;
}

/** Text of a pair of domains, whichever comes first: `lad:E08000024|need:BEN+HOU|slice:all`. */
export function pairCellId(area: string, a: NeedNode, b: NeedNode): string {
  return `${area}|need:${[a.path, b.path].sort().join("+")}|slice:all`;
}

/** A financial year in which errors stay as they are: its first calendar year as text. */
export function eraOf(period: Period): string {
  return String(period.financialYear);
}

/** What the statistics call a person: 64 bits of a keyed hash of the person's id, as a signed number. */
export function recordKey(hmac: Hmac, personId: string): bigint {
  return view(hmac(`rk|v1|${personId}`)).getBigInt64(0);
}

/** Adds record keys, modulo 2^64, as a signed number: the cell key of the people they stand for. */
export function addKeys(a: bigint, b: bigint): bigint {
  return BigInt.asIntN(64, a + b);
}

/** A cell key as it is hashed: 16 lower-case hexadecimal digits. */
export function cellKeyHex(cellKey: bigint): string {
  return BigInt.asUintN(64, cellKey).toString(16).padStart(16, "0");
}

/** The error of the place and need, -2 to 2: the same all through an era, whoever the people are. */
export function staticError(hmac: Hmac, era: string, cell: string): number {
  return draw(STATIC_TABLE, hmac(`st|v1|${era}|${cell}`));
}

/** The error of the settled set of people, -3 to 3: the same whenever the same people settle in an era. */
export function settledError(hmac: Hmac, era: string, cellKey: bigint): number {
  return draw(PEOPLE_TABLE, hmac(`se|v1|${era}|${cellKeyHex(cellKey)}`));
}

/** The error of an open period's set of people, -3 to 3: a draw apart from the settled one (`dynamic` in the vectors). */
export function openError(hmac: Hmac, era: string, cellKey: bigint): number {
  return draw(PEOPLE_TABLE, hmac(`dy|v1|${era}|${cellKeyHex(cellKey)}`));
}

/**
 * How many people must differ from a set that settled before, for this one to be shown afresh: 5 to 9, secret;
 * 10 to 19 for a sensitive need. With fewer, the earlier figure stands, so one person's coming never shows.
 */
export function settledQuota(hmac: Hmac, period: Period, cell: string, sensitive: boolean): number {
  const u = firstUint32(hmac(`qs|v1|${eraOf(period)}|${cell}|${periodText(period)}`));
  return sensitive ? 10 + (u % 10) : 5 + (u % 5);
}

/** No quota of an open figure is longer. */
export const LONGEST_QUOTA = 64;

/**
 * How many people must differ from the set last refreshed, for an open figure to be made afresh: 5, and one more with
 * chance 7 in 8, again and again, to 64; from 10 for a sensitive need. It has no memory: however long a cell has
 * waited, the next person fires it with chance 1 in 8, so nobody can arm it.
 */
export function openQuota(
  hmac: Hmac,
  period: Period,
  cell: string,
  refreshNo: number,
  sensitive: boolean,
): number {
  return quotaAt(
    firstUint32(hmac(`qg|v1|${eraOf(period)}|${cell}|${periodText(period)}|${refreshNo}`)),
    sensitive,
  );
}

/** The quota of an open figure for a draw from 0 to 2^32 - 1. */
export function quotaAt(draw: number, sensitive: boolean): number {
  let quota = sensitive ? 10 : 5;
  let cut = 2 ** 32;
  for (;;) {
    cut -= Math.floor(cut / 8);
    if (draw >= cut || quota === LONGEST_QUOTA) return quota;
    quota += 1;
  }
}

/** The figure for a count and its two errors; null means hidden: "fewer than 10". */
export function publish(count: number, placeError: number, setError: number): Figure | null {
  const z = count + placeError + setError;
  return z < THRESHOLD ? null : asFigure(ROUNDED_TO * Math.floor((z + 2) / ROUNDED_TO));
}

/** A set of distinct people: how many, and the sum of their record keys. */
export interface PeopleSet {
  people: number;
  cellKey: bigint;
}

/** The figure of a settled set of people by its own draw. */
export function settledFigure(hmac: Hmac, period: Period, cell: string, set: PeopleSet): Figure | null {
  if (set.people < FEWEST_PEOPLE) return null;
  const era = eraOf(period);
  return publish(set.people, staticError(hmac, era, cell), settledError(hmac, era, set.cellKey));
}

/** The figure of an open period's set of people, by a draw apart from the one it will settle with. */
export function openFigure(hmac: Hmac, period: Period, cell: string, set: PeopleSet): Figure | null {
  if (set.people < FEWEST_PEOPLE) return null;
  const era = eraOf(period);
  return publish(set.people, staticError(hmac, era, cell), openError(hmac, era, set.cellKey));
}

/** A settled set that an earlier figure of the same cell stands for. */
export interface EarlierSet {
  figure: Figure | null;
  /** People who are in one of the two sets and not in the other. */
  differing: number;
}

/**
 * The hold rule. The earlier set nearest to this one, when fewer people than the quota differ from it: then its
 * figure is shown again and stands for its set still, so slow drift adds up and is shown in the end. Null: the set
 * makes a draw of its own. Of equally near sets the first wins. A set of fewer than five people is hidden by
 * itself and holds nothing.
 */
export function heldBy<E extends EarlierSet>(earlier: readonly E[], people: number, quota: number): E | null {
  if (people < FEWEST_PEOPLE) return null;
  let nearest: E | null = null;
  for (const set of earlier) if (!nearest || set.differing < nearest.differing) nearest = set;
  return nearest && nearest.differing < quota ? nearest : null;
}

/**
 * Share of people who cannot be recognised again, as a band: 0 few (fewer than 10 people, or under a tenth),
 * 1 a tenth to a quarter, 2 a quarter to a half, 3 a half to three quarters, 4 more. Made from two figures, so it
 * tells no more than they do.
 */
export type AnonymousBand = 0 | 1 | 2 | 3 | 4;

/** The band of a cell, from its figure and that of its anonymous people (null: hidden). */
export function anonymousBand(all: Figure, anonymous: Figure | null): AnonymousBand {
  const share = (anonymous ?? 0) / all;
  if (share < 0.1) return 0;
  if (share < 0.25) return 1;
  if (share < 0.5) return 2;
  return share < 0.75 ? 3 : 4;
}

export const ANONYMOUS_BAND_WORDS: Readonly<Record<AnonymousBand, string>> = {
  0: "few, if any",
  1: "between a tenth and a quarter",
  2: "between a quarter and a half",
  3: "between a half and three quarters",
  4: "more than three quarters",
};

/** The band of a stored number. Throws when no band has it. */
export function readAnonymousBand(stored: number): AnonymousBand {
  if (stored === 0 || stored === 1 || stored === 2 || stored === 3 || stored === 4) return stored;
  throw new Error(`No anonymous band has the number ${stored}`);
}

/** How many organisations contributed, as a band: 1 is one to three, 2 four to six, 3 seven or more. */
export type OrganisationsBand = 1 | 2 | 3;

/** The band of a number of organisations, at least one. */
export function organisationsBand(organisations: number): OrganisationsBand {
  if (organisations <= 3) return 1;
  return organisations <= 6 ? 2 : 3;
}

export const ORGANISATIONS_BAND_WORDS: Readonly<Record<OrganisationsBand, string>> = {
  1: "1 to 3 organisations",
  2: "4 to 6 organisations",
  3: "7 or more organisations",
};

/** The band of a stored number. Throws when no band has it. */
export function readOrganisationsBand(stored: number): OrganisationsBand {
  if (stored === 1 || stored === 2 || stored === 3) return stored;
  throw new Error(`No organisations band has the number ${stored}`);
}

/** A figure read back from where figures are kept. Throws for a number that cannot have passed. */
export function readFigure(stored: number): Figure {
  if (!Number.isInteger(stored) || stored < THRESHOLD || stored % ROUNDED_TO !== 0) {
    throw new Error("A number that has not passed disclosure control stands where a figure should");
  }
  return asFigure(stored);
}

/** Fewest households for a rate: below, a rate would say more of the few homes than of the need. */
export const FEWEST_HOUSEHOLDS = 200;

/** People per 1,000 households, to one decimal; null when there is no figure or fewer than 200 households. */
export function ratePerThousand(figure: Figure | null, households: number | null): number | null {
  if (figure === null || households === null || households < FEWEST_HOUSEHOLDS) return null;
  return Math.round((figure / households) * 10_000) / 10;
}

/** How a figure moved against an earlier one: in people (multiple of 5) and in whole per cent. */
export function changeBetween(earlier: Figure, later: Figure): { people: number; percent: number } {
  return { people: later - earlier, percent: Math.round(((later - earlier) / earlier) * 100) };
}

function asFigure(value: number): Figure {
  return value as Figure;
}

function draw(table: NoiseTable, hash: Uint8Array): number {
  const u = firstUint32(hash);
  for (const [error, cut] of table) if (u < cut) return error;
  throw new Error("A noise table ends below 2^32");
}

function firstUint32(hash: Uint8Array): number {
  return view(hash).getUint32(0);
}

function view(hash: Uint8Array): DataView {
  return new DataView(hash.buffer, hash.byteOffset, hash.byteLength);
}
