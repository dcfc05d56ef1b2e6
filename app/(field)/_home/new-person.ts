/**
 * Somebody added in one row: a name, a birth date or the year, a postcode or why there is none. Pure: what was typed
 * becomes the new client, or says by field what must be put right. The server decides by the same rules.
 */
import type { NewClientInput } from "../../../server/domain/client";
import { parsePostcode } from "../../../server/domain/geography";
import type { Day } from "../../../server/domain/period";
import { readBirth } from "../_app/birth";
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

const HOW_TO_WRITE = "Write it like 14 3 1984, or just the year.";

export function readNewPerson(answers: NewPersonAnswers, today: Day): NewPersonReading {
  const faults: { -readonly [Field in keyof Faults]: string } = {};
  const givenName = answers.givenName.trim();
  const familyName = answers.familyName.trim();
  if (givenName === "" && familyName === "")
    faults.name = "Enter a name, or whatever they like to be called.";
  const born = readBirth(answers.birth, today, HOW_TO_WRITE);
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

/** What the note of the first contact begins with when only the year is known. */
export const bornAboutInWords = (year: string) => `Born about ${year}.`;
