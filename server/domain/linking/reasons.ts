/** Why a pair was scored as it was, in plain words and without a value of anybody. */

import type { Field, LevelOf } from "./comparison";
import type { Score } from "./model";
import type { VetoRule } from "./vetoes";

const NAME_WORDS = {
  same: "the same",
  variant: "in another spelling",
  close: "but for a slip",
  part: "in part",
  similar: "alike",
  different: "different",
} as const;

const WORDS: { [F in Field]: readonly [string, Readonly<Record<LevelOf<F>, string>>] } = {
  givenName: [
    "given name",
    {
      same: "the same",
      nickname: "in a short or other form",
      close: "but for a slip",
      middle: "as middle name",
      initial: "as an initial",
      similar: "alike",
      different: "different",
    },
  ],
  middleName: ["middle name", { same: "the same", initial: "as an initial", different: "different" }],
  familyName: ["family name", NAME_WORDS],
  womansFamilyName: ["family name", NAME_WORDS],
  sex: ["sex", { same: "the same", different: "different" }],
  dateOfBirth: [
    "date of birth",
    {
      same: "the same",
      exchanged: "with day and month exchanged",
      slip: "but for a slip",
      "first-of-january": "of the same year, one on 1 January",
      month: "in two parts of three",
      year: "about the same year",
      different: "different",
    },
  ],
  place: [
    "home",
    {
      home: "the same",
      address: "at the same address",
      postcode: "in the same postcode",
      street: "in the same street",
      slip: "but for a slip in the postcode",
      sector: "in the same postcode sector",
      district: "in the same postcode district",
      different: "elsewhere",
    },
  ],
  town: ["town", { same: "the same", close: "but for a slip", different: "different" }],
  phone: ["telephone", { same: "the same", slip: "but for a digit", different: "different" }],
  email: ["e-mail", { same: "the same", close: "but for a letter", different: "different" }],
  identifiers: [
    "identifier",
    {
      several: "the same, of several kinds",
      same: "the same",
      mixed: "the same of one kind, different of another",
      slip: "but for a digit",
      different: "different",
    },
  ],
};

const VETO_WORDS: Readonly<Record<VetoRule, string>> = {
  "different-identifiers": "two identifiers of one kind",
  "different-dates-of-birth": "one identifier with two dates of birth",
  twins: "may be twins",
  "parent-and-child": "may be relatives of one name",
  household: "may be two people of a household",
  "little-agrees": "little agrees beside the name",
};

/** "given name the same, home elsewhere; against: may be twins". */
export function reasonOf({ parts, vetoes }: Pick<Score, "parts" | "vetoes">): string {
  const said = parts.map(({ field, level }) => {
    const [name, levels] = WORDS[field];
    return `${name} ${Object.entries(levels).find(([known]) => known === level)?.[1] ?? level}`;
  });
  const against = vetoes.map(({ rule }) => VETO_WORDS[rule]);
  return against.length === 0 ? said.join(", ") : `${said.join(", ")}; against: ${against.join(", ")}`;
}
