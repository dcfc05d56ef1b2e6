/**
 * Needs that were someone else’s to resolve and what became of them, and needs outside our own list: what a service
 * finds that it was not set up for.
 */

import { capital } from "../label-text";
import { DOMAINS } from "../needs";
import { eachOf, roundedNote } from "./adding-up";
import { measures, type NeedMeasure } from "./numbers";
import type { PaperBlock } from "./paper";
import { percentCell } from "./paper-cell";
import {
  barsOf,
  type ColumnOf,
  firstBars,
  foldedCaption,
  foldHidden,
  tableOf,
  wordsBlock,
} from "./paper-table";
import { leavesOrganisation } from "./plan";
import type { Reading, SectionDraft } from "./reading";
import { kindInWords, kindsFolded } from "./section-needs";
import { type Count, doersInWords, inNumber, isSome, listInWords, partOf, peopleInWords } from "./words";

interface OthersLine {
  path: string;
  label: string;
  theirs: Count;
  outside: Count;
}

export function othersSection(reading: Reading): SectionDraft {
  const { basis, count, end } = reading;
  const theirs = count(measures.need("theirs", "*"));
  const outside = count(measures.need("outside-list", "*"));
  const isAny = isSome(theirs) || isSome(outside);
  return {
    title: "What was someone else’s to resolve",
    sentences: [
      theirsSentence(reading),
      becameSentence(reading),
      outsideSentence(reading),
      listsSentence(reading),
    ],
    blocks: isAny ? byKind(reading, theirs, outside) : [],
    notes: [
      {
        term: "Someone else’s",
        means: "Marked as someone else’s to resolve the last time it was recorded in the period.",
      },
      { term: "Referred", means: `A referral of it had been sent by ${end}, and was not taken back.` },
      {
        term: "Outside our list",
        means:
          "Not on the list of needs of any of our services that recorded it in the period. A service that has chosen no list yet has nothing outside it.",
      },
      ...roundedNote(
        basis,
        ["*", ...DOMAINS.map(({ code }) => code)].flatMap((path) => {
          const of = (what: NeedMeasure) => count(measures.need(what, path));
          return [
            ...eachOf(of("brought"), [of("theirs"), of("outside-list")]),
            ...eachOf(of("theirs"), [of("theirs-referred"), of("theirs-resolved")]),
          ];
        }),
      ),
    ],
  };
}

/** "A need was someone else’s to resolve for 120 of 470 people who brought one (26%)." */
export function theirsSentence({ count, basis }: Pick<Reading, "count" | "basis">): string {
  const [brought, theirs] = [count(measures.need("brought", "*")), count(measures.need("theirs", "*"))];
  if (theirs === 0) return "No need of this period was someone else’s to resolve.";
  const who =
    isSome(theirs) && isSome(brought)
      ? partOf(theirs, brought, "people who brought one", basis)
      : peopleInWords(theirs);
  return `A need was someone else’s to resolve for ${who}.`;
}

/** "Of these, 60 people had that need referred. By 30 September 2026, 40 people had it resolved." */
function becameSentence({ count, end }: Pick<Reading, "count" | "end">): string | null {
  if (!isSome(count(measures.need("theirs", "*")))) return null;
  const referred = count(measures.need("theirs-referred", "*"));
  const resolved = count(measures.need("theirs-resolved", "*"));
  return `Of these, ${doersInWords(referred)} had that need referred. By ${end}, ${doersInWords(resolved)} had it resolved.`;
}

/** "85 people brought a need that is not on our own list." */
function outsideSentence({ count }: Reading): string | null {
  const outside = count(measures.need("outside-list", "*"));
  return isSome(outside)
    ? `${capital(peopleInWords(outside))} brought a need that is not on our own list.`
    : null;
}

/**
 * "Money advice has chosen no list of needs yet, so nothing recorded there counts as outside it." For readers inside alone,
 * and not in the draft of what leaves: a service is named as soon as one contact was recorded there.
 */
function listsSentence({ numbers, plan }: Pick<Reading, "numbers" | "plan">): string | null {
  if (numbers.basis === "figures" || leavesOrganisation(plan.audience)) return null;
  const services = numbers.servicesWithoutList;
  if (services.length === 0) return null;
  return services.length === 1
    ? `${services[0]} has chosen no list of needs yet, so nothing recorded there counts as outside it.`
    : `${listInWords(services)} have chosen no list of needs yet, so nothing recorded there counts as outside one.`;
}

function byKind({ basis, count, end }: Reading, theirs: Count, outside: Count): PaperBlock[] {
  const lines: OthersLine[] = DOMAINS.map(({ code, label }) => ({
    path: code,
    label,
    theirs: count(measures.need("theirs", code)),
    outside: count(measures.need("outside-list", code)),
  }))
    .filter((line) => line.theirs !== 0 || line.outside !== 0)
    .sort((a, b) => inNumber(b.theirs) - inNumber(a.theirs) || inNumber(b.outside) - inNumber(a.outside));
  const shown = lines.filter((line) => isSome(line.theirs));
  const [most] = shown;
  const people = (what: NeedMeasure, key: string, label: string, about: string): ColumnOf<OthersLine> => ({
    ...{ key, label, type: "people", about },
    cell: ({ path }) => count(measures.need(what, path)),
  });
  const kind: ColumnOf<OthersLine> = {
    key: "kind",
    label: "Kind of need",
    type: "text",
    about: "A kind of the shared list of needs.",
    cell: ({ label }) => label,
  };
  const brought = people(
    "brought",
    "people",
    "People",
    "With such a need that a contact of the period spoke of.",
  );
  const told: ColumnOf<OthersLine>[] = [
    people(
      "theirs",
      "someone_elses",
      "Someone else’s",
      "With such a need that was someone else’s to resolve.",
    ),
    {
      key: "someone_elses_percent",
      label: "% someone else’s",
      type: "percent",
      about: "Someone else’s, of the people with such a need.",
      cell: (line) => percentCell(line.theirs, count(measures.need("brought", line.path)), basis),
    },
    people("theirs-referred", "referred", "Referred", `Of those, with a referral of it sent by ${end}.`),
    people("theirs-resolved", "resolved", "Resolved", `Of those, with it resolved by ${end}.`),
    people(
      "outside-list",
      "outside_list",
      "Outside our list",
      "With such a need that is not on our own list.",
    ),
  ];
  const { listed, folded } = foldHidden(lines, told);
  const caption = `People whose need was someone else’s, or not on our list${foldedCaption("kinds", folded)}`;
  const table = tableOf(
    { name: "someone-elses-by-kind", caption },
    [{ path: "*", label: "Any need", theirs, outside }, ...listed],
    [kind, brought, ...told],
  );
  const { drawn, left } = firstBars(shown, (line) => ({ name: kindInWords(line), people: line.theirs }));
  const below = wordsBlock([...left, ...kindsFolded(folded)]);
  if (!most) return [{ kind: "table", title: "By kind of need", table }, ...below];
  const chart: PaperBlock = {
    kind: "chart",
    name: "someone-elses-by-kind",
    title: `Someone else’s most often: ${kindInWords(most)}, ${peopleInWords(most.theirs)}`,
    says: `People for whom a need was someone else’s to resolve, by kind, and how many of them had it resolved by ${end}.`,
    chart: barsOf(
      { whole: "people whose need was someone else’s", part: `resolved by ${end}`, partWord: "resolved" },
      drawn.map((line) => ({
        label: line.label,
        whole: line.theirs,
        part: count(measures.need("theirs-resolved", line.path)),
      })),
    ),
    table,
  };
  return [chart, ...below];
}
