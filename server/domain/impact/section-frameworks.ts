/**
 * The people of a summary through the lines of a framework. Somebody can stand on several lines, and needs without a line
 * stay in sight, so how many were helped is the same under every framework.
 */

import { frameworkTitle, UNMAPPED, UNMAPPED_LABEL } from "./frameworks";
import { measures } from "./numbers";
import type { PaperBlock } from "./paper";
import { barsOf, type ColumnOf, foldHidden, tableOf } from "./paper-table";
import type { PaperFramework, Reading } from "./reading";
import { type Count, doersInWords, inNumber, isSome, peopleInWords } from "./words";

/** The same people through the lines of a framework; needs that map to none of them stay in sight. */
export function frameworkBlocks({ count }: Reading, framework: PaperFramework): PaperBlock[] {
  const title = frameworkTitle(framework);
  const name = "needs-by-framework";
  const lines = [...framework.lines, { code: UNMAPPED, label: UNMAPPED_LABEL }].map(({ code, label }) => ({
    code,
    label,
    people: count(measures.framework(framework.key, code)),
  }));
  const [most] = lines
    .filter(({ code, people }) => code !== UNMAPPED && isSome(people))
    .sort((a, b) => inNumber(b.people) - inNumber(a.people));
  const drawn = lines.filter(({ code, people }) => isSome(people) || code === UNMAPPED);
  const columns: ColumnOf<FrameworkLine>[] = [
    {
      key: "line",
      label: "Line",
      type: "text",
      about: "Code of the line.",
      cell: ({ code }) => (code === UNMAPPED ? "none" : code),
    },
    { key: "name", label: "Name", type: "text", about: "Of the line.", cell: ({ label }) => label },
    {
      key: "people",
      label: "People",
      type: "people",
      about: "With a need of the period that maps to this line, each counted once.",
      cell: ({ people }) => people,
    },
  ];
  // What has no line stays in sight, whether its number shows or not.
  const { listed, folded } = foldHidden(
    lines.filter(({ code }) => code !== UNMAPPED),
    columns,
  );
  const left = folded.length > 0 ? `; lines of ${doersInWords("few")} are not listed` : "";
  const caption = `People by line of ${title}${left}`;
  return [
    {
      kind: "chart",
      name,
      title: most ? `By ${title}, ${most.label} came up most: ${peopleInWords(most.people)}` : `By ${title}`,
      says: `People with a need of each line that has a number; last, those with a need that it has no line for.`,
      chart: barsOf(
        { whole: "people with a need of this line", part: null },
        drawn.map(({ label, people }) => ({ label, whole: people, part: null })),
      ),
      table: tableOf({ name, caption }, [...listed, ...lines.slice(-1)], columns),
    },
    {
      kind: "words",
      words: [frameworkWords(lines.at(-1)?.people ?? "few", title)],
    },
  ];
}

interface FrameworkLine {
  code: string;
  label: string;
  people: Count;
}

/** "For 40 people, a need has no line in …: it is shown here and not left out." */
const frameworkWords = (unmapped: Count, title: string): string =>
  unmapped === 0
    ? `Every need of the period has a line in ${title}.`
    : `For ${doersInWords(unmapped)} a need has no line in ${title}. One person can stand on several lines; how many we helped is the same under every framework.`;
