/** Of whom a study speaks, section by section: who is in the result and who was lost, and how alike the groups are. */

import { tableOf } from "../impact/paper-table";
import { listInWords, text } from "../impact/words";
import { BAND_ENDS } from "./analysis";
import type { StudyFacts } from "./report-facts";
import type { ReportNumbers } from "./report-numbers";
import { number, people, type ReportSection, section, words } from "./report-section";
import { lossSentence, lostWords } from "./report-words";

export function whoSection(numbers: ReportNumbers): ReportSection {
  const { stages, losses } = numbers.attrition;
  return section(
    "who",
    "Who is in the result",
    text([lossSentence(numbers), "Those left out may have done better or worse."]),
    [
      {
        kind: "chart",
        name: "who",
        title: "From those sent to those compared",
        says: lossSentence(numbers),
        chart: {
          kind: "funnel",
          unit: "people",
          stages: stages.map(({ stage, words, people }) => ({
            label: words,
            people,
            lost: listInWords(lostWords(numbers, stage)),
          })),
        },
        table: tableOf({ name: "who-stages", caption: "People at each stage" }, stages, [
          words("stage", "Stage", "What they had passed.", ({ words }) => words),
          people("people", "People", "People left.", ({ people }) => people),
        ]),
      },
      {
        kind: "table",
        title: "Why people are not in it",
        table: tableOf(
          { name: "who-losses", caption: "Each is counted once, for the first reason that holds" },
          losses,
          [
            words("reason", "Reason", "Why they are not in the result.", ({ words }) => `They ${words}`),
            people("people", "People", "People lost for it.", ({ people }) => people),
          ],
        ),
      },
    ],
  );
}

const BAND_WORDS: Readonly<Record<ReportNumbers["band"], string>> = {
  green: "After matching, every difference is 5 hundredths of a standard deviation or less: good.",
  amber: "After matching, every difference is 10 hundredths of a standard deviation or less: fair.",
  red: "After matching, a difference of more than 10 hundredths of a standard deviation is left: too much to give a result.",
};

/**
 * The lines of a balance as they are drawn: of a trait with two values one line, because the other says the same once
 * more. "No" goes before any other value does.
 */
export function drawnBalance(balance: ReportNumbers["balance"]): ReportNumbers["balance"] {
  return balance.filter((line) => {
    const ofIt = balance.filter(({ covariate }) => covariate === line.covariate);
    const [first, second] = ofIt;
    if (ofIt.length !== 2 || !first || !second || first.level === null || second.level === null) return true;
    return line === (/^no$/i.test(first.level) ? second : first);
  });
}

/** How closely the differences are told. */
export const BALANCE_STEPS = "in steps of 20 before matching and of 5 after";

const hundredths = (value: number) => Math.round(value * 100) + 0;

export function alikeSection(facts: StudyFacts, { balance, band }: ReportNumbers): ReportSection {
  const drawn = drawnBalance(balance);
  const name = ({ label, level }: (typeof balance)[number]) =>
    level === null ? label : `${label}: ${level}`;
  return section(
    "alike",
    "How alike the two groups are",
    text([BAND_WORDS[band], `Not in the data: ${listInWords(facts.dataSet.notMeasured)}.`]),
    [
      {
        kind: "chart",
        name: "alike",
        title: "Differences between the groups, before and after matching",
        says: "Hollow is before matching, filled is after. Told in steps, so that one person more or less cannot be seen.",
        chart: {
          kind: "love",
          unit: "hundredths of a standard deviation",
          good: hundredths(BAND_ENDS.green),
          fair: hundredths(BAND_ENDS.amber),
          before: "before matching",
          after: "after",
          lines: drawn.map((line) => ({
            label: name(line),
            before: hundredths(line.before),
            after: hundredths(line.after),
          })),
        },
        table: tableOf(
          { name: "alike-numbers", caption: `Standardised differences in hundredths, ${BALANCE_STEPS}` },
          drawn,
          [
            words("what", "What was checked", "Words of the codebook.", name),
            number("before", "Before", "Before matching, to the nearest 20.", ({ before }) =>
              hundredths(before),
            ),
            number("after", "After", "After matching, in steps of 5.", ({ after }) => hundredths(after)),
          ],
        ),
      },
    ],
  );
}
