/**
 * Somebody added in one row: a name, a birth date or the year, a postcode or why there is none. Pure: what was typed
 * becomes the new client, or says by field what must be put right. The server decides by the same rules.
 */
import type { NewClientInput } from "../../../server/domain/client";
import { NOT_A_DAY, readDay } from "../../../server/domain/day-text";
import { parsePostcode } from "../../../server/domain/geography";
import { addDays, type Day } from "../../../server/domain/period";
import type { NameParts } from "./name-split";

export interface NewPersonAnswers extends NameParts {
  birth: string;
  postcode: string;
  noFixedAddress: boolean;
}

export type Faults = Readonly<Partial<Record<"name" | "birth" | "postcode", string>>>;

export type NewPersonReading =
  | {
      ok: true;
      client: NewClientInput;
      /** The year alone is no birth date: it goes into the note of the first contact. */
      bornAbout: string | null;
    }
  | { ok: false; faults: Faults };

const OLDEST_YEARS = 125;
const HOW_TO_WRITE = "Write it like 14 3 1984, or just the year.";
/** A year, and what people put round one that they are not sure of: "about 1970", "c. 1970", "1970?". */
const YEAR = /^(?:(?:about|abt\.?|around|approx(?:imately|\.)?|circa|ca?\.?|~)\s*)?(\d{4})\s*\??$/i;

/** The year that stands where a birth date is asked; null when more or something else does. */
export const findYear = (text: string): string | null => YEAR.exec(text.trim())?.[1] ?? null;

export function readNewPerson(answers: NewPersonAnswers, today: Day): NewPersonReading {
  const faults: { -readonly [Field in keyof Faults]: string } = {};
  const givenName = answers.givenName.trim();
  const familyName = answers.familyName.trim();
  if (givenName === "" && familyName === "")
    faults.name = "Enter a name, or whatever they like to be called.";
  const born = readBirth(answers.birth, today);
  if (born.kind === "fault") faults.birth = born.words;
  const postcode = answers.postcode.trim();
  const reading = parsePostcode(postcode);
  if (!answers.noFixedAddress && postcode !== "" && !reading.ok) faults.postcode = reading.reason;
  if (Object.keys(faults).length > 0) return { ok: false, faults };
  return {
    ok: true,
    client: {
      givenName,
      familyName,
      dateOfBirth: born.kind === "day" ? born.day : null,
      place: answers.noFixedAddress
        ? { kind: "no-fixed-address" }
        : postcode === ""
          ? { kind: "unknown" }
          : { kind: "postcode", postcode },
    },
    bornAbout: born.kind === "year" ? born.year : null,
  };
}

type Birth =
  | { kind: "none" }
  | { kind: "day"; day: Day }
  | { kind: "year"; year: string }
  | { kind: "fault"; words: string };

function readBirth(text: string, today: Day): Birth {
  const birth = text.trim();
  if (birth === "") return { kind: "none" };
  const thisYear = Number(today.slice(0, 4));
  const yearAlone = findYear(birth);
  if (yearAlone) {
    const year = Number(yearAlone);
    const isLiving = year <= thisYear && year >= thisYear - OLDEST_YEARS;
    return isLiving
      ? { kind: "year", year: yearAlone }
      : { kind: "fault", words: "Check the year: nobody alive was born then." };
  }
  const read = readDay(birth, { currentYear: thisYear });
  if (read.kind === "none") {
    return { kind: "fault", words: read.problem === NOT_A_DAY ? HOW_TO_WRITE : read.problem };
  }
  if (read.kind === "month") {
    return { kind: "fault", words: HOW_TO_WRITE };
  }
  if (read.day > today) return { kind: "fault", words: "The birth date is in the future. Check the year." };
  if (read.day < addDays(today, -Math.round(OLDEST_YEARS * 365.25))) {
    return { kind: "fault", words: "Check the year: nobody alive was born on this day." };
  }
  return { kind: "day", day: read.day };
}

/** What the note of the first contact begins with when only the year is known. */
export const bornAboutInWords = (year: string) => `Born about ${year}.`;
