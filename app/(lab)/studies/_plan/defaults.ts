/**
 * What a plan begins with once a data set is chosen, so that somebody who changes nothing has a sound study: the first
 * outcome as the headline, people compared on everything that is known of them, and the main way of matching beside a
 * grid of others.
 */
import type { LabMethod } from "../../../../server/domain/lab/analysis";
import type { Codebook } from "../../../../server/domain/lab/codebook";
import type { StudyPlan } from "../../../../server/domain/lab/study";

/** Everybody within the caliper: it uses the whole of the data, and the order of the rows changes nothing. */
const RADIUS: LabMethod = { name: "radius", caliper: 0.2, exact: [], score: "logit" };
const NEAREST: LabMethod = {
  ...{ name: "nearest", caliper: 0.2, ratio: 1, replace: false },
  ...{ order: "largest", exact: [], score: "logit" },
};

/** The headline first; what follows is shown beside it, tidy or not. */
export const DEFAULT_METHODS: readonly LabMethod[] = [
  RADIUS,
  { ...RADIUS, caliper: 0.1 },
  NEAREST,
  { ...NEAREST, ratio: 5, replace: true },
  { name: "subclass", subclasses: 6, score: "logit" },
  { name: "unmatched" },
];

/** Outcomes that are chosen to begin with: more would each make a chance finding likelier. */
const FIRST_OUTCOMES = 3;

export function defaultsFor(
  codebook: Codebook,
): Pick<StudyPlan, "outcomes" | "covariates" | "methods" | "subgroups"> {
  return {
    outcomes: codebook.outcomes.slice(0, FIRST_OUTCOMES).map(({ name }) => name),
    covariates: codebook.covariates.map(({ name }) => name),
    methods: [...DEFAULT_METHODS],
    subgroups: [],
  };
}
