/**
 * What a report says of a study beside its numbers: the plan as it was fixed and the data set as its holder describes it.
 * Nothing here counts people; numbers that an organisation stated of itself stay with it.
 */

import { z } from "zod";
import type { Codebook } from "./codebook";
import { EXCLUSIONS, LAWFUL_BASES, SECTORS, type StudyPlan } from "./study";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const studyFactsSchema = z.strictObject({
  /** "Study 14": its number on the register, or within its organisation before that. */
  number: z.number().int().positive(),
  organisation: z.string(),
  intervention: z.string(),
  about: z.string(),
  referralRoute: z.string(),
  place: z.string(),
  supportType: z.string(),
  sector: z.enum(SECTORS).nullable(),
  startedFrom: z.iso.date(),
  startedTo: z.iso.date(),
  inclusionRule: z.string(),
  wholeCohort: z.boolean(),
  /** Why some of those who started are not in the file; how many is the organisation's own to say. */
  leftOut: z.array(z.string()),
  exclusions: z.array(z.enum(EXCLUSIONS)),
  lawfulBasis: z.enum(LAWFUL_BASES).nullable(),
  controller: z.string(),
  dataSet: z.strictObject({
    name: z.string(),
    holder: z.string(),
    about: z.string(),
    population: z.string(),
    indexDate: z.string(),
    completeTo: z.iso.date(),
    notMeasured: z.array(z.string()),
    notSuitedFor: z.array(z.string()),
    /** Names of the codebook and their words. */
    outcomes: z.array(z.strictObject({ name: z.string(), label: z.string(), followUp: z.number() })),
  }),
  planHash: sha256,
  fixedOn: z.iso.date(),
  countedOn: z.iso.date(),
  software: z.string(),
  /** When what was sent was destroyed, and the hash of its ciphertext; null where nothing was sent. */
  destroyed: z.strictObject({ on: z.iso.date(), sha256 }).nullable(),
});
export type StudyFacts = z.output<typeof studyFactsSchema>;

/** Whether names were sent for it; else who took part is known from the records themselves. */
export const isSent = ({ destroyed }: Pick<StudyFacts, "destroyed">): boolean => destroyed !== null;

/** What is known of a study beside its plan and data set. */
export interface FactsGiven
  extends Pick<
    StudyFacts,
    "number" | "organisation" | "planHash" | "fixedOn" | "countedOn" | "software" | "destroyed"
  > {
  plan: StudyPlan;
  codebook: Codebook;
  holder: string;
}

/** The facts of a report. Throws for a plan without days: none is fixed without them. */
export function factsOf({ plan, codebook, holder, ...rest }: FactsGiven): StudyFacts {
  const { startedFrom, startedTo } = plan;
  if (startedFrom === null || startedTo === null) throw new Error("A study without days has no report");
  return {
    ...rest,
    intervention: plan.intervention,
    about: plan.about,
    referralRoute: plan.referralRoute,
    place: plan.place,
    supportType: plan.supportType,
    sector: plan.sector,
    startedFrom,
    startedTo,
    inclusionRule: plan.inclusionRule,
    wholeCohort: plan.wholeCohort,
    leftOut: plan.leftOut.map(({ reason }) => reason),
    exclusions: plan.exclusions,
    lawfulBasis: plan.lawfulBasis,
    controller: plan.controller,
    dataSet: {
      name: codebook.name,
      holder,
      about: codebook.about,
      population: codebook.population,
      indexDate: codebook.indexDate,
      completeTo: codebook.completeTo,
      notMeasured: codebook.notMeasured,
      notSuitedFor: codebook.notSuitedFor,
      outcomes: plan.outcomes.flatMap((name) => {
        const found = codebook.outcomes.find((each) => each.name === name);
        return found ? [{ name, label: found.label, followUp: found.followUp }] : [];
      }),
    },
  };
}
