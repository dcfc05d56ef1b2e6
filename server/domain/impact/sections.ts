/**
 * What a summary is made of for whom: every audience reads the same numbers, in the order that it asks after them, and
 * begins with the sections that it most often wants.
 */

import type { Audience, SectionKey } from "./plan";

/** The order in which an audience reads the sections: what it is answerable for comes first. */
const ORDERS: Readonly<Record<Audience, readonly SectionKey[]>> = {
  team: ["needs", "unmet", "time", "referrals", "others", "change", "people", "places", "value", "stories"],
  trustees: [
    "needs",
    "change",
    "places",
    "people",
    "referrals",
    "time",
    "others",
    "unmet",
    "stories",
    "value",
  ],
  funder: ["needs", "change", "time", "referrals", "places", "people", "others", "unmet", "value", "stories"],
  commissioner: [
    "needs",
    "places",
    "people",
    "unmet",
    "others",
    "referrals",
    "time",
    "change",
    "value",
    "stories",
  ],
  public: ["needs", "stories", "places", "change", "referrals", "time", "people", "others", "unmet", "value"],
};

/** How many of its first sections an audience begins with. Stories and value are always chosen, never a default. */
const DEFAULTS: Readonly<Record<Audience, number>> = {
  team: 8,
  trustees: 5,
  funder: 6,
  commissioner: 7,
  public: 3,
};

/** Sections that are on when a summary for an audience is begun, in its order. */
export const defaultSections = (audience: Audience): SectionKey[] =>
  ORDERS[audience]
    .slice(0, DEFAULTS[audience])
    .filter((section) => section !== "stories" && section !== "value");

/** Sections that are on, in the order of the audience. */
export const sectionsInOrder = (audience: Audience, on: readonly SectionKey[]): SectionKey[] =>
  ORDERS[audience].filter((section) => on.includes(section));
