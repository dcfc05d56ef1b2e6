/**
 * An organisation's own outcomes, such as a funder asks for, each with the needs that stand for it. Mapped once they are
 * chosen for any summary. Changing them makes a new version; what was made with an older one stands.
 */

import { z } from "zod";
import { findNeed, getNeedByNumber, NEEDS } from "../needs";
import { fold } from "../text-match";
import { oneLine, uuid } from "../typed-text";
import type { Framework } from "./frameworks";
import type { RowFault, TableRow } from "./table-rows";

export const MOST_OUTCOMES = 60;

const outcomeSchema = z.object({
  /** Short and lasting: "1", "A2". */
  code: oneLine
    .min(1, "Give each outcome a short code, like A1.")
    .max(12, "Keep a code to 12 characters.")
    .regex(/^[\p{L}\p{N}.()/-]+$/u, "Use letters, numbers and . - ( ) in a code."),
  label: oneLine.min(2, "Enter the outcome in words.").max(140, "Keep an outcome to 140 characters."),
  /** Codes of the taxonomy. */
  needs: z
    .array(z.string().refine((code) => findNeed(code) !== null, "There is no need with this code."))
    .min(1, "Choose at least one need for each outcome.")
    .max(NEEDS.length)
    .refine((codes) => new Set(codes).size === codes.length, "A need stands on one outcome twice."),
});
export type Outcome = z.output<typeof outcomeSchema>;

/** Outcomes as they are kept. */
export const outcomesSchema = z
  .array(outcomeSchema)
  .min(1, "Add at least one outcome.")
  .max(MOST_OUTCOMES, `Keep to ${MOST_OUTCOMES} outcomes.`)
  .superRefine((outcomes, check) => {
    const seen = new Set<string>();
    outcomes.forEach(({ code }, at) => {
      const folded = fold(code);
      if (seen.has(folded))
        check.addIssue({ code: "custom", path: [at, "code"], message: "Two outcomes have this code." });
      seen.add(folded);
    });
  });

export const saveOwnFrameworkSchema = z.object({
  id: uuid,
  name: oneLine.min(2, "Enter a name.").max(100, "Keep the name to 100 characters."),
  /** Whose outcomes they are; may be empty. */
  funder: oneLine.max(100, "Keep the funder to 100 characters."),
  outcomes: outcomesSchema,
  /** The version that was open when the change began; 0: it is new. */
  from: z.int().min(0),
});
export type SaveOwnFramework = z.output<typeof saveOwnFrameworkSchema>;

export interface OwnFramework {
  id: string;
  name: string;
  funder: string;
  version: number;
  madeAt: Date;
  outcomes: readonly Outcome[];
  /** No longer offered for new summaries. */
  closed: boolean;
}

/** The same as a framework that counts can be made by; its key is the id. */
export function frameworkOf({ id, name, version, outcomes }: OwnFramework): Framework {
  return {
    key: id,
    name,
    edition: `version ${version}`,
    lines: outcomes.map(({ code, label, needs }) => ({
      code,
      label,
      needs: needs.flatMap((need) => findNeed(need)?.number ?? []),
    })),
  };
}

/** What a small file may hold: one need of one outcome a row, or several needs with semicolons between. */
export const OUTCOME_COLUMNS = { needed: ["outcome", "need"], also: ["code"] } as const;

const byLabel = new Map(NEEDS.map((need) => [fold(need.label), need]));

/** A need by its code or its name, however it is written; null when it is neither. */
export function needAsTyped(text: string): string | null {
  return findNeed(text.trim().toUpperCase())?.code ?? byLabel.get(fold(text))?.code ?? null;
}

/** Outcomes of a file, in the order in which they first stand there, and what cannot be read. */
export function outcomesOfRows(rows: readonly TableRow[]): { outcomes: Outcome[]; faults: RowFault[] } {
  const faults: RowFault[] = [];
  const outcomes = new Map<string, Outcome>();
  for (const { line, cells } of rows) {
    const label = cells["outcome"] ?? "";
    const code = cells["code"] ?? "";
    if (label === "") {
      faults.push({ line, column: "outcome", wrong: "It is empty.", mend: "Enter the outcome in words." });
      continue;
    }
    const held = outcomes.get(fold(label));
    if (held && code !== "" && fold(code) !== fold(held.code)) {
      const wrong = `This outcome has the code “${held.code}” further up.`;
      faults.push({ line, column: "code", wrong, mend: "Give an outcome one code in all its rows." });
    }
    const outcome = held ?? { code: code || String(outcomes.size + 1), label, needs: [] };
    const typed = (cells["need"] ?? "").split(";").map((need) => need.trim());
    for (const text of typed) {
      const need = needAsTyped(text);
      if (need === null) {
        const wrong = text === "" ? "It is empty." : `“${text.slice(0, 60)}” is no need of the list.`;
        const mend = "Use the code of a need, like HOU-04, or its name as it stands in the list of needs.";
        faults.push({ line, column: "need", wrong, mend });
      } else if (!outcome.needs.includes(need)) outcome.needs.push(need);
    }
    outcomes.set(fold(label), outcome);
  }
  const read = outcomesSchema.safeParse([...outcomes.values()]);
  // What is wrong with a file as a whole, such as a code given twice, is said of the line on which it first stands.
  if (faults.length === 0 && !read.success) {
    for (const { path, message } of read.error.issues) {
      const label = [...outcomes.keys()][Number(path[0] ?? 0)];
      const first = rows.find(({ cells }) => fold(cells["outcome"] ?? "") === label);
      const column = path[1] === "code" ? "code" : path[1] === "needs" ? "need" : "outcome";
      faults.push({ line: first?.line ?? 1, column, wrong: "It cannot be kept.", mend: message });
    }
  }
  return { outcomes: [...outcomes.values()], faults };
}

/** Names of needs, for a list that people read. */
export const needLabels = (codes: readonly string[]): string[] =>
  codes.map((code) => findNeed(code)?.label ?? code);

/** Example rows of a file, to start from. */
export const EXAMPLE_OUTCOMES: readonly (readonly string[])[] = [
  ["A1", "People keep their home", "HOU-03"],
  ["A1", "People keep their home", "HOU-04"],
  ["A2", "People have enough to live on", `MON-03; ${getNeedByNumber(109).code}`],
];
