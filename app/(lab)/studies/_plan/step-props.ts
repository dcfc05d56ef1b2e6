/** What every step of a plan is given. */
import type { Codebook } from "../../../../server/domain/lab/codebook";
import type { StudyPlan } from "../../../../server/domain/lab/study";

export interface StepProps {
  plan: StudyPlan;
  change(part: Partial<StudyPlan>): void;
  /** What is wrong with an answer, once somebody has asked to go on. */
  faultOf(field: keyof StudyPlan): string | undefined;
}

/** A data set that a study may be made in, as every organisation may know it. */
export interface OfferedDataSet {
  id: string;
  holderName: string;
  /** In round numbers: "about 4,000 people". */
  people: string;
  codebook: Codebook;
}
