/**
 * What fields, levels and vetoes are called: as a tag on a steward's screen, and as a reason in a file of pairs. One
 * table, so that a new level cannot be named in one place and missing in the other.
 */

import type { Likeness } from "../link-review";
import type { Field, LevelOf } from "./comparison";
import type { VetoRule } from "./vetoes";

/** How alike it makes two details look; its tag; what follows the field's name in a reason. */
type LevelWords = readonly [likeness: Likeness, tag: string, reason: string];

interface FieldWords<F extends Field> {
  label: string;
  /** As a reason begins. */
  name: string;
  levels: Readonly<Record<LevelOf<F>, LevelWords>>;
}

const SAME: LevelWords = ["same", "Same", "the same"];
const DIFFERENT: LevelWords = ["different", "Different", "different"];
const ALIKE: LevelWords = ["near", "Look alike", "alike"];
const INITIAL: LevelWords = ["near", "Same initial", "as an initial"];
const LETTERS = "A letter or two differ";
const DIGIT = "One digit differs";

const FAMILY: FieldWords<"familyName"> = {
  label: "Family name",
  name: "family name",
  levels: {
    same: SAME,
    variant: ["near", "Spelling variant", "in another spelling"],
    close: ["near", LETTERS, "but for a slip"],
    part: ["near", "One of two surnames is the same", "in part"],
    similar: ALIKE,
    different: DIFFERENT,
  },
};

const WORDS: { readonly [F in Field]: FieldWords<F> } = {
  givenName: {
    label: "Given name",
    name: "given name",
    levels: {
      same: SAME,
      nickname: ["near", "Short form or variant", "in a short or other form"],
      close: ["near", LETTERS, "but for a slip"],
      middle: ["near", "One’s middle name is the other’s first", "as middle name"],
      initial: INITIAL,
      similar: ALIKE,
      different: DIFFERENT,
    },
  },
  middleName: {
    label: "Middle name",
    name: "middle name",
    levels: { same: SAME, initial: INITIAL, different: DIFFERENT },
  },
  familyName: FAMILY,
  womansFamilyName: FAMILY,
  sex: { label: "Sex", name: "sex", levels: { same: SAME, different: DIFFERENT } },
  dateOfBirth: {
    label: "Birth date",
    name: "date of birth",
    levels: {
      same: SAME,
      exchanged: ["near", "Day and month exchanged", "with day and month exchanged"],
      slip: ["near", DIGIT, "but for a slip"],
      "first-of-january": ["near", "One may stand for “not known”", "of the same year, one on 1 January"],
      month: ["near", "Part of it differs", "in two parts of three"],
      year: ["different", "About a year apart", "about the same year"],
      different: DIFFERENT,
    },
  },
  place: {
    label: "Place",
    name: "home",
    levels: {
      home: ["same", "Same home", "the same"],
      address: ["same", "Same address, other postcode", "at the same address"],
      postcode: ["same", "Same postcode", "in the same postcode"],
      street: ["near", "Same street", "in the same street"],
      slip: ["near", "One letter of the postcode differs", "but for a slip in the postcode"],
      sector: ["near", "Same sector, other postcode", "in the same postcode sector"],
      district: ["near", "Same district", "in the same postcode district"],
      different: ["different", "Different", "elsewhere"],
    },
  },
  town: {
    label: "Town",
    name: "town",
    levels: { same: SAME, close: ["near", LETTERS, "but for a slip"], different: DIFFERENT },
  },
  phone: {
    label: "Phone",
    name: "telephone",
    levels: { same: SAME, slip: ["near", DIGIT, "but for a digit"], different: DIFFERENT },
  },
  email: {
    label: "E-mail",
    name: "e-mail",
    levels: { same: SAME, close: ["near", LETTERS, "but for a letter"], different: DIFFERENT },
  },
  identifiers: {
    label: "Numbers such as NHS",
    name: "identifier",
    levels: {
      several: ["same", "Several are the same", "the same, of several kinds"],
      same: SAME,
      mixed: ["near", "One is the same, another differs", "the same of one kind, different of another"],
      slip: ["near", DIGIT, "but for a digit"],
      different: DIFFERENT,
    },
  },
};

/** What a field is called on a screen. */
export const labelOf = (field: Field): string => WORDS[field].label;

/** What a level of a field is called; none for a level that there is not. */
export function wordsOf(
  field: Field,
  level: string,
): { likeness: Likeness; tag: string; reason: string } | undefined {
  const { name, levels } = WORDS[field];
  const known: Readonly<Record<string, LevelWords>> = levels;
  const words = known[level];
  return words && { likeness: words[0], tag: words[1], reason: `${name} ${words[2]}` };
}

/** What speaks against a link: as a sentence for a steward, and as a reason. */
export const VETO_WORDS: Readonly<Record<VetoRule, { sentence: string; reason: string }>> = {
  "different-identifiers": {
    sentence: "They have different numbers of one kind.",
    reason: "two identifiers of one kind",
  },
  "different-dates-of-birth": {
    sentence: "A number is shared, but the birth dates do not go together.",
    reason: "one identifier with two dates of birth",
  },
  twins: {
    sentence: "Same birth date and home, different given names: they may be twins.",
    reason: "may be twins",
  },
  "parent-and-child": {
    sentence: "Same name and home, other birth dates: they may be parent and child.",
    reason: "may be relatives of one name",
  },
  household: {
    sentence: "Neither the given name nor the birth date agrees: they may live in one household.",
    reason: "may be two people of a household",
  },
  "little-agrees": {
    sentence: "Too little that tells people apart is in both records.",
    reason: "little agrees beside the name",
  },
};
