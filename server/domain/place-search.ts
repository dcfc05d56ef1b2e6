/**
 * Finding a place on the map as people type it: a whole or half postcode in any case and spacing, or the name of an
 * area or ward with a slip in it. Pure: what a text may mean, and how well a name fits it.
 */

import { z } from "zod";
import { figuresQuery } from "./figures";
import { type Level, publishedPostcode, withLookalikeMended } from "./geography";
import { fold, isOneSlip } from "./text-match";

/** Which map the patch is asked for. */
export const patchQuery = figuresQuery.pick({ level: true, period: true });

/** What is typed; never kept, logged or put into an address, because it may be somebody's postcode. */
export const placeQuery = z.object({ text: z.string().trim().min(1).max(80) });
export type PlaceQuery = z.infer<typeof placeQuery>;

/** A place that a text may mean, with where it lies. */
export interface FoundPlace {
  /** The area of figures that it is, or counts in. */
  area: number;
  level: Level;
  name: string;
  /** What kind of place it is: "postcode sector", "ward", "local authority". */
  kind: string;
  /** Degrees; null where no outline has been made. */
  bounds: { west: number; south: number; east: number; north: number } | null;
}

/** What a text may mean as a postcode or the beginning of one. */
export interface PostcodeMeaning {
  /** With one space, when the text is a whole postcode. */
  postcode: string | null;
  sector: string | null;
  /** Beginnings without a space: "SR1", "SR13". */
  beginning: string;
}

const BEGINNING = /^[A-Z]{1,2}(?:\d[A-Z\d]?(?:\d[A-Z]{0,2})?)?$/;
const PART_OF_INWARD = /^([A-Z]{1,2}\d[A-Z\d]?)(\d)[A-Z]{1,2}$/;

/** Each way in which a text may be a postcode, as typed first, then with one lookalike put right. */
export function postcodeMeanings(text: string): PostcodeMeaning[] {
  const joined = text.toUpperCase().replace(/[\s.-]+/g, "");
  if (!/^[A-Z\d]{2,7}$/.test(joined)) return [];
  const asTyped = meaningOf(joined);
  if (asTyped) return [asTyped];
  return withLookalikeMended(joined).flatMap((mended) => meaningOf(mended) ?? []);
}

function meaningOf(joined: string): PostcodeMeaning | null {
  const whole = publishedPostcode(joined);
  if (whole) return { postcode: whole.postcode, sector: whole.sector, beginning: joined };
  // Letters alone are rather the beginning of a name.
  if (!BEGINNING.test(joined) || !/\d/.test(joined)) return null;
  const [, district, digit] = PART_OF_INWARD.exec(joined) ?? [];
  return { postcode: null, sector: district && digit ? `${district} ${digit}` : null, beginning: joined };
}

/** Fewest letters of a word in which a slip is forgiven. */
const SLIP_FROM = 4;

/** How well a name fits a typed text: 0 is the same, more is worse, null is not at all. */
export function nameFit(text: string, name: string): number | null {
  const typed = fold(text);
  const known = fold(name);
  if (typed.length < 2) return null;
  if (known === typed) return 0;
  if (known.startsWith(typed)) return 1;
  const words = known.split(" ");
  let worst = 2;
  for (const word of typed.split(" ")) {
    if (words.some((each) => each.startsWith(word))) continue;
    const isSlip =
      word.length >= SLIP_FROM &&
      words.some((each) => isOneSlip(word, each) || isOneSlip(word, each.slice(0, word.length)));
    if (!isSlip) return null;
    worst = 3;
  }
  return worst;
}
