/**
 * Which places a service's own words mean: GSS codes, names of authorities, wards, regions and nations, postcode
 * districts and sectors, or everywhere. Words that name no known place are kept as they are, without a code.
 */

import { EVERYWHERE, MOST, type ServedArea } from "./directory";
import { publishedPostcode } from "./geography";
import { fold } from "./text-match";

/** A named place of the reference tables. */
export interface NamedPlace {
  code: string;
  level: string;
  name: string;
}

/** Levels whose names are looked for inside sentences; a ward's name must stand alone and be the only one. */
const IN_SENTENCES = ["lad", "region", "nation"];
const ALL =
  /^(?:uk|the uk|united kingdom|great britain|uk wide|national|nationwide|everywhere|anywhere|all areas)$/;
const DISTRICT = /^[A-Z]{1,2}\d[A-Z\d]?$/;
const SECTOR = /^([A-Z]{1,2}\d[A-Z\d]?) ?(\d)$/;
const AREA = /^([A-Z]{1,2}) postcodes?(?: area)?$/i;
const AFFIXES =
  /\b(?:the|city|borough|district|county|council|metropolitan|royal|london|unitary|authority|area|region|ward|wide|residents|of|and)\b/g;

export class PlaceFinder {
  readonly #byCode = new Map<string, NamedPlace>();
  readonly #byName = new Map<string, NamedPlace[]>();
  readonly #large: readonly (NamedPlace & { pattern: RegExp })[];

  constructor(places: readonly NamedPlace[]) {
    for (const place of [...places].sort((a, b) => sizeOf(a) - sizeOf(b))) {
      this.#byCode.set(place.code, place);
      for (const name of new Set([fold(place.name), bare(place.name)])) {
        if (name !== "") this.#byName.set(name, [...(this.#byName.get(name) ?? []), place]);
      }
    }
    this.#large = places
      .filter(({ level }) => IN_SENTENCES.includes(level))
      .map((place) => ({ ...place, pattern: nameInSentence(place.name) }))
      .sort((a, b) => b.name.length - a.name.length || (a.code < b.code ? -1 : 1));
  }

  /** The places that a text means; the text itself, without a code, when it names none. */
  find(text: string): ServedArea[] {
    const words = text.replace(/\s+/g, " ").trim().slice(0, MOST.line);
    if (words === "") return [];
    const codes = [...words.matchAll(/\b[EWSNK]\d{8}\b/g)].map(([code]) => code);
    if (codes.length > 0)
      return codes.map((code) => ({ words: this.#byCode.get(code)?.name ?? words, code }));
    const whole = this.#findPart(words);
    if (whole) return [whole];
    const parts = words.split(/\s*(?:[,;/&\n]|\band\b)\s*/i).filter((part) => part !== "");
    const found = parts.map((part) => this.#findPart(part));
    if (parts.length > 1 && found.every((area) => area !== null)) return unique(found);
    const named = this.#inSentence(words);
    return named.length > 0 ? named : [{ words, code: null }];
  }

  #findPart(text: string): ServedArea | null {
    const upper = text.toUpperCase().replace(/\s+/g, " ").trim();
    if (DISTRICT.test(upper)) return { words: upper, code: upper };
    const sector = SECTOR.exec(upper);
    if (sector) return { words: `${sector[1]} ${sector[2]}`, code: `${sector[1]} ${sector[2]}` };
    const area = AREA.exec(text.trim());
    if (area?.[1]) return { words: text.trim(), code: area[1].toUpperCase() };
    const postcode = publishedPostcode(text);
    if (postcode) return { words: postcode.sector, code: postcode.sector };
    if (ALL.test(fold(text))) return { words: text.trim(), code: EVERYWHERE };
    // A name that several places have means the largest of them, when that is the only one of its size.
    const [place, next] = this.#byName.get(fold(text)) ?? this.#byName.get(bare(text)) ?? [];
    if (!place || next?.level === place.level) return null;
    return { words: place.name, code: place.code };
  }

  /** Names of authorities, regions and nations written with their capitals; a name inside a longer one is not it. */
  #inSentence(text: string): ServedArea[] {
    let rest = text;
    const found: (ServedArea & { at: number })[] = [];
    for (const { pattern, name, code } of this.#large) {
      const at = rest.search(pattern);
      if (at === -1) continue;
      rest = rest.replace(pattern, (whole) => " ".repeat(whole.length));
      found.push({ words: name, code, at });
    }
    return found.sort((a, b) => a.at - b.at).map(({ words, code }) => ({ words, code }));
  }
}

/** Largest first; a ward comes last. */
const sizeOf = ({ level }: NamedPlace) => {
  const at = ["nation", "region", "lad"].indexOf(level);
  return at === -1 ? 3 : at;
};

const bare = (name: string) => fold(name).replace(AFFIXES, " ").replace(/\s+/g, " ").trim();

function nameInSentence(name: string): RegExp {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "u");
}

function unique(areas: readonly (ServedArea | null)[]): ServedArea[] {
  const byCode = new Map(areas.flatMap((area) => (area ? [[area.code, area] as const] : [])));
  return [...byCode.values()];
}
