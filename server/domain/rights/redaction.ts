/**
 * What is taken out of a pack before it is given out: words about other people, words that would harm, and words that the
 * law protects. An officer reads each text and releases it, blacks out passages or withholds it whole.
 */

import { z } from "zod";
import { uuid } from "../typed-text";
import { type HeldRow, type Pack, type WordsAt, wordsIn } from "./pack";

export const REDACTION_REASONS = {
  "third-party": "It is about somebody else (Data Protection Act 2018, schedule 2, paragraph 16)",
  harm: "It would cause serious harm, as a professional says (schedule 3)",
  privilege: "It is legal advice (schedule 2, paragraph 19)",
} as const;

const reasons = z.enum(["third-party", "harm", "privilege"]);

const at = {
  id: uuid,
  place: z.string().max(100),
  key: z.string().max(300),
  column: z.string().max(100),
  /** Which text was read: the mark that came with it. */
  mark: z.string().regex(/^[0-9a-f]{2,200}$/),
};

/** Who said that it would harm: a worker or manager of the organisation, named where that is the reason. */
const professionalId = uuid.nullable().default(null);

export const decideWordsSchema = z.discriminatedUnion("decision", [
  z.object({ ...at, decision: z.literal("release") }),
  z.object({
    ...at,
    decision: z.literal("black-out"),
    /** [from, to) in characters of the text. */
    passages: z
      .array(z.tuple([z.number().int().min(0), z.number().int().min(1)]))
      .min(1, "Mark what is to be blacked out.")
      .max(200),
    because: reasons,
    professionalId,
  }),
  z.object({ ...at, decision: z.literal("withhold"), because: reasons, professionalId }),
]);
export type DecideWords = z.output<typeof decideWordsSchema>;

export interface Decision {
  decision: DecideWords["decision"];
  passages: readonly (readonly [number, number])[];
  because: string | null;
}

/** What stands where something was taken out. */
export const BLACKED_OUT = "█████";
export const WITHHELD = "[withheld]";

/** A text with passages blacked out. However they overlap, nothing of any is left, and all marks have one length. */
export function blackOut(words: string, passages: readonly (readonly [number, number])[]): string {
  let out = "";
  let reached = 0;
  for (const [from, to] of [...passages].sort((a, b) => a[0] - b[0])) {
    const end = Math.min(to, words.length);
    if (end <= reached) continue;
    const start = Math.max(from, reached);
    if (start > reached || reached === 0) out += words.slice(reached, start);
    // Passages that touch are one: how many there were is nobody's business.
    if (!out.endsWith(BLACKED_OUT)) out += BLACKED_OUT;
    reached = end;
  }
  return out + words.slice(reached);
}

/** What tells a text apart from all others of a pack. */
export const addressOf = ({ place, key, column }: Pick<WordsAt, "place" | "key" | "column">) =>
  `${place}\n${key}\n${column}`;

/**
 * A pack as it may be given out. `decided` says of a text what was decided of exactly these words, or null. Gives the
 * texts that nobody has decided about instead when there is one.
 */
export function redacted(
  pack: Pack,
  decided: (words: WordsAt) => Decision | null,
): { pack: Pack } | { undecided: WordsAt[] } {
  const undecided = wordsIn(pack).filter((words) => decided(words) === null);
  if (undecided.length > 0) return { undecided };
  const openTo = (place: string, row: HeldRow): HeldRow => {
    const values = { ...row.values };
    for (const words of wordsIn({ held: [{ place, title: "", why: "", rows: [row], count: 1 }] })) {
      const decision = decided(words);
      if (decision?.decision === "withhold") values[words.column] = WITHHELD;
      if (decision?.decision === "black-out") values[words.column] = blackOut(words.text, decision.passages);
    }
    return { ...row, values };
  };
  return {
    pack: {
      ...pack,
      held: pack.held.map((table) => ({
        ...table,
        rows: table.rows?.map((row) => openTo(table.place, row)) ?? null,
      })),
    },
  };
}
