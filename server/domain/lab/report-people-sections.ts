/** Of whom a study speaks, section by section: who is in the result and who was lost, and how alike the groups are. */

import { listInWords, text } from "../impact/words";
import type { StudyFacts } from "./report-facts";
import type { ReportNumbers } from "./report-numbers";
import { alikePicture, stagesPicture } from "./report-pictures";
import { type ReportSection, section } from "./report-section";
import { lossSentence } from "./report-words";

export function whoSection(facts: StudyFacts, numbers: ReportNumbers): ReportSection {
  const words = text([lossSentence(numbers, facts), "Those left out may have done better or worse."]);
  return section("who", "Who is in the result", words, [stagesPicture(numbers, facts)]);
}

const BAND_WORDS: Readonly<Record<ReportNumbers["band"], string>> = {
  green: "After matching, every difference is 5 hundredths of a standard deviation or less: good.",
  amber: "After matching, every difference is 10 hundredths of a standard deviation or less: fair.",
  red: "After matching, a difference of more than 10 hundredths of a standard deviation is left: too much to give a result.",
};

export function alikeSection(facts: StudyFacts, numbers: ReportNumbers): ReportSection {
  const words = text([
    BAND_WORDS[numbers.band],
    `Not in the data: ${listInWords(facts.dataSet.notMeasured)}.`,
  ]);
  return section("alike", "How alike the two groups are", words, [alikePicture(numbers)]);
}
