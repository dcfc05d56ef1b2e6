/**
 * What the agreement of two records is worth (Fellegi and Sunter 1969): for each field and level, how often it is
 * found in records of one person (m) and of two people (u). The weight of a level is log2(m / u); weights add up,
 * with the prior, to the log2 odds that the records are one person's. Fields that say nothing weigh nothing.
 */

import { type Comparison, compareRecords, FIELDS, type Field, type FrequencyField } from "./comparison";
import type { LinkRecord } from "./record";
import { keepsApart, type Veto, vetoesOf } from "./vetoes";

export interface Chance {
  /** Share of this level among pairs of one person. */
  m: number;
  /** Share of this level among pairs of two people. */
  u: number;
}

/** Numbers only: no name or value of anybody is in it. */
export interface LinkParameters {
  version: string;
  /** Log2 odds that two records taken at random are one person's. */
  prior: number;
  fields: Readonly<Record<Field, Readonly<Record<string, Chance>>>>;
  thresholds: Thresholds;
}

/** Probabilities from which a pair is a link, and from which a person should look. */
export interface Thresholds {
  link: number;
  review: number;
}

/** Share of records that carry a value, by field. Values rarer than the floor may be left out. */
export type Frequencies = Readonly<Partial<Record<FrequencyField, ReadonlyMap<string, number>>>>;

export interface LinkModel extends LinkParameters {
  frequencies: Frequencies;
}

export type Band = "link" | "review" | "leave";

export interface ScorePart {
  field: Field;
  level: string;
  /** Log2 of how much this level speaks for one person; negative against. */
  weight: number;
}

export interface Score {
  /** Log2 odds, with the prior. */
  weight: number;
  /** From 0 to 1. */
  probability: number;
  /** The weights by field; with the prior they add up to the weight. */
  parts: readonly ScorePart[];
  vetoes: readonly Veto[];
  band: Band;
}

/** The thresholds that ship. */
export const THRESHOLDS: Thresholds = { link: 0.99, review: 0.5 };

/**
 * The least share that a shared value is taken to have: a value seen once is rarer than it looks, and a family or
 * neighbours share names and postcodes more often than strangers.
 */
export const FREQUENCY_FLOORS: Readonly<Record<FrequencyField, number>> = {
  givenName: 0.0005,
  familyName: 0.0002,
  dateOfBirth: 0.00002,
  postcode: 0.0001,
  phone: 0.00002,
};

/** Scores a pair: weight by field, probability, vetoes, band. */
export function scorePair(
  model: LinkModel,
  a: LinkRecord,
  b: LinkRecord,
  comparison: Comparison = compareRecords(a, b),
): Score {
  const parts = partsOf(model, comparison);
  const weight = parts.reduce((sum, part) => sum + part.weight, model.prior);
  const probability = probabilityOf(weight);
  const vetoes = vetoesOf(a, b, comparison);
  return { weight, probability, parts, vetoes, band: bandOf(model.thresholds, probability, vetoes) };
}

/** A pair below these log2 odds is never brought into one person by way of others. */
const UNLIKELY_WEIGHT = -7;

/** Whether two records may be one person's by way of others: nothing keeps them apart, and they are not very unlikely. */
export const mayBeOne = ({ weight, vetoes }: Pick<Score, "weight" | "vetoes">): boolean =>
  weight >= UNLIKELY_WEIGHT && !keepsApart(vetoes);

/** The probability of log2 odds. */
export function probabilityOf(weight: number): number {
  return 1 / (1 + 2 ** -weight);
}

/**
 * A veto never leaves a link. Where all else agrees as well as in a link, an error in a record is about as likely as
 * two people: somebody should look. Below that the pair is left.
 */
function bandOf(thresholds: Thresholds, probability: number, vetoes: readonly Veto[]): Band {
  if (probability >= thresholds.link) return vetoes.length > 0 ? "review" : "link";
  return probability >= thresholds.review && !keepsApart(vetoes) ? "review" : "leave";
}

/** Which frequencies a field's agreement is weighed by. */
const FREQUENCY_OF: Readonly<Partial<Record<Field, FrequencyField>>> = {
  givenName: "givenName",
  familyName: "familyName",
  womansFamilyName: "familyName",
  dateOfBirth: "dateOfBirth",
  place: "postcode",
  phone: "phone",
};

function partsOf(model: LinkModel, { levels, shared, exchanged }: Comparison): ScorePart[] {
  const parts: ScorePart[] = [];
  for (const field of FIELDS) {
    const level = levels[field];
    const chance = level === null ? undefined : model.fields[field][level];
    if (level === null || !chance) continue;
    const value = shared[FREQUENCY_OF[field] ?? "givenName"];
    const frequencyField = level === "same" || level === "postcode" ? FREQUENCY_OF[field] : undefined;
    const u =
      frequencyField && value !== undefined
        ? rarity(model, frequencyField, value, chance.u, exchanged)
        : chance.u;
    parts.push({ field, level, weight: Math.log2(chance.m / u) });
  }
  return parts;
}

/**
 * The share of a shared value; the field's usual one where no frequencies are known. Where names are exchanged nobody
 * can tell which is the given one: each is as common as it is in either place.
 */
function rarity(
  model: LinkModel,
  field: FrequencyField,
  value: string,
  usual: number,
  exchanged: boolean,
): number {
  const frequencies = model.frequencies[field];
  if (!frequencies) return usual;
  const share = Math.max(frequencies.get(value) ?? 0, FREQUENCY_FLOORS[field]);
  if (!exchanged || (field !== "givenName" && field !== "familyName")) return share;
  const other = model.frequencies[field === "givenName" ? "familyName" : "givenName"];
  return Math.max(share, other?.get(value) ?? 0);
}

/** Used until there are enough records to estimate from. */
export const SHIPPED_MODEL: LinkModel = {
  version: "shipped-1",
  prior: -14,
  thresholds: THRESHOLDS,
  frequencies: {},
  fields: {
    givenName: {
      same: { m: 0.82, u: 0.01 },
      nickname: { m: 0.05, u: 0.003 },
      close: { m: 0.05, u: 0.006 },
      middle: { m: 0.01, u: 0.002 },
      initial: { m: 0.01, u: 0.004 },
      similar: { m: 0.01, u: 0.02 },
      different: { m: 0.05, u: 0.955 },
    },
    middleName: {
      same: { m: 0.9, u: 0.03 },
      initial: { m: 0.05, u: 0.05 },
      different: { m: 0.05, u: 0.92 },
    },
    familyName: {
      same: { m: 0.9, u: 0.006 },
      variant: { m: 0.01, u: 0.001 },
      close: { m: 0.05, u: 0.003 },
      part: { m: 0.01, u: 0.0005 },
      similar: { m: 0.005, u: 0.01 },
      different: { m: 0.025, u: 0.9795 },
    },
    womansFamilyName: {
      same: { m: 0.84, u: 0.006 },
      variant: { m: 0.01, u: 0.001 },
      close: { m: 0.045, u: 0.003 },
      part: { m: 0.015, u: 0.0005 },
      similar: { m: 0.005, u: 0.01 },
      different: { m: 0.085, u: 0.9795 },
    },
    sex: { same: { m: 0.97, u: 0.5 }, different: { m: 0.03, u: 0.5 } },
    dateOfBirth: {
      same: { m: 0.88, u: 0.00006 },
      exchanged: { m: 0.03, u: 0.00003 },
      slip: { m: 0.04, u: 0.0012 },
      "first-of-january": { m: 0.02, u: 0.0005 },
      month: { m: 0.01, u: 0.004 },
      year: { m: 0.005, u: 0.05 },
      different: { m: 0.015, u: 0.94421 },
    },
    place: {
      home: { m: 0.4, u: 0.00001 },
      address: { m: 0.03, u: 0.00001 },
      postcode: { m: 0.25, u: 0.0001 },
      street: { m: 0.01, u: 0.0005 },
      slip: { m: 0.03, u: 0.0001 },
      sector: { m: 0.03, u: 0.001 },
      district: { m: 0.06, u: 0.008 },
      different: { m: 0.19, u: 0.99028 },
    },
    town: {
      same: { m: 0.5, u: 0.05 },
      close: { m: 0.03, u: 0.005 },
      different: { m: 0.47, u: 0.945 },
    },
    phone: {
      same: { m: 0.6, u: 0.0002 },
      slip: { m: 0.02, u: 0.0002 },
      different: { m: 0.38, u: 0.9996 },
    },
    email: {
      same: { m: 0.65, u: 0.00005 },
      close: { m: 0.03, u: 0.0001 },
      different: { m: 0.32, u: 0.99985 },
    },
    identifiers: {
      several: { m: 0.25, u: 0.000001 },
      same: { m: 0.7, u: 0.00001 },
      mixed: { m: 0.005, u: 0.00001 },
      slip: { m: 0.02, u: 0.0001 },
      different: { m: 0.025, u: 0.999879 },
    },
  },
};
