/**
 * Pairs about which a person is asked: what is kept of them, what a steward may say, how many must say it, and when a
 * pair is asked about again. What the records show is masked first (link-masking.ts).
 */

import { z } from "zod";
import type { Score, Thresholds } from "./linking/model";
import type { Veto } from "./linking/vetoes";

/** Links of the software that are drawn for checking each week. */
export const CHECKS_A_WEEK = 20;
/** Longest that a pair should wait for its first word, in days. */
export const AIM_DAYS = 2;
/** Below this probability one steward's "same" is not enough. */
const SECOND_WORD_BELOW = 0.75;
/** A person of more clients than this is not made on one steward's word. */
export const MOST_CLIENTS = 6;

const OPINIONS = ["same", "different", "cannot-tell"] as const;
export type Opinion = (typeof OPINIONS)[number];

/**
 * What came of a review: what stewards decided, that enough of them could not tell, or that other evidence answered it
 * before they did.
 */
export type ReviewOutcome = Opinion | "settled";

/** Why a pair is asked about; never shown with it, so that a check is decided like any other pair. */
export type ReviewReason = "likely" | "vetoed" | "asked" | "sample" | "repeat";

export const giveOpinionSchema = z.object({
  id: z.uuid(),
  /** Number of the evidence that was looked at. */
  evidenceNo: z.number().int().min(1).max(32_767),
  says: z.enum(OPINIONS),
});
export type GiveOpinion = z.output<typeof giveOpinionSchema>;
export const reviewIdSchema = z.object({ id: z.uuid() });

const likeness = z.enum(["same", "near", "different", "cannot"]);
/** How alike two details are: the tone of its tag. cannot: one side says nothing. */
export type Likeness = z.infer<typeof likeness>;

const shown = z.object({
  /** For the eye: "D•••". */
  text: z.string(),
  /** For the ear: "D and 3 more letters". */
  spoken: z.string(),
});

/** Which record: of the two that are looked at, or one that is not shown. */
const whose = z.enum(["a", "b", "other"]);

const parting = z.object({
  /** Two records that count as one person now and would not any more. */
  who: z.tuple([whose, whose]),
  /** Labels of the details in which they agree, more or less, and differ. */
  agree: z.array(z.string()),
  differ: z.array(z.string()),
});

/** What a steward sees of a pair. */
export const maskedComparisonSchema = z.object({
  /** Initials: "D H". */
  initials: z.string(),
  /** The sector, or that there is none. */
  place: z.string(),
  rows: z.array(z.object({ label: z.string(), a: shown, b: shown, likeness, words: z.string() })),
  /** Log2 odds that two records at random are one person's; this and the weights to half a bit. */
  prior: z.number(),
  parts: z.array(z.object({ label: z.string(), words: z.string(), weight: z.number() })),
  /** What neither speaks for nor against, because one side does not have it. */
  missing: z.array(z.string()),
  /** In plain words, each a sentence. */
  vetoes: z.array(z.string()),
  /** Log2 odds from which a person is asked, and from which the software links by itself. */
  reviewFrom: z.number(),
  linkFrom: z.number(),
  model: z.object({ version: z.string(), madeOn: z.string().nullable() }),
  /** What "same" would part. */
  parting: z.object({ pairs: z.array(parting) }).default({ pairs: [] }),
});
export type MaskedComparison = z.infer<typeof maskedComparisonSchema>;

/** What is kept, sealed, of a pair: beside it a mark that is another when "same" would part others. */
export const keptComparisonSchema = maskedComparisonSchema.extend({
  parting: z.object({ pairs: z.array(parting), mark: z.string() }).default({ pairs: [], mark: "" }),
});
export type KeptComparison = z.infer<typeof keptComparisonSchema>;
export type MaskedRow = MaskedComparison["rows"][number];
export type MaskedParting = MaskedComparison["parting"]["pairs"][number];
export type Shown = z.infer<typeof shown>;

/**
 * What the evidence comes to as it is shown: the rounded weights together (log2 of the odds), and the probability that
 * they make. The exact ones stay with the linker; a pair just below the edge at which it links may be shown above it.
 */
export function shownScore({ prior, parts }: Pick<MaskedComparison, "prior" | "parts">): {
  weight: number;
  probability: number;
} {
  const weight = parts.reduce((total, part) => total + part.weight, prior);
  return { weight, probability: 1 / (1 + 2 ** -weight) };
}

/** Whether a veto speaks of two people; that little agrees only says that the two may be. */
export const isOfTwoPeople = ({ rule }: Veto): boolean => rule !== "little-agrees";

/**
 * How many stewards must say so. Against the evidence it takes two: to join what a veto speaks against or what is not
 * likely, or where joining parts others (`isParting`); to part what is all but certain or linked already. Of a repeat,
 * what stands needs one to confirm it.
 */
export function wordsNeeded(
  reason: ReviewReason,
  { probability, vetoes, isParting }: { probability: number; vetoes: readonly Veto[]; isParting: boolean },
  { link }: Thresholds,
  stands: "same" | "different" | null = null,
): { same: 1 | 2; different: 1 | 2 } {
  if (reason === "repeat" && stands !== null) {
    return stands === "same" ? { same: 1, different: 2 } : { same: 2, different: 1 };
  }
  const linked = reason === "sample";
  return {
    same: !linked && (isParting || vetoes.some(isOfTwoPeople) || probability < SECOND_WORD_BELOW) ? 2 : 1,
    different: linked || (vetoes.length === 0 && probability >= link) ? 2 : 1,
  };
}

/** What is known of a pair when the linker comes to it again. */
export interface KnownReview {
  isOpen: boolean;
  outcome: ReviewOutcome | null;
  /** What a person decided of the pair last, by whatever way. */
  decided: "same" | "different" | null;
}

/**
 * What becomes of a pair that the linker found: a new review, a newer comparison in the open one, or nothing. What
 * people decided is asked again only when the records changed so that they say the opposite.
 */
export function stepFor(
  known: KnownReview | null,
  found: { score: Pick<Score, "probability" | "vetoes">; thresholds: Thresholds },
  evidence: "same" | "changed",
  weights: "same" | "changed",
): "open" | "refresh" | "keep" {
  if (!known) return "open";
  if (known.isOpen) return evidence === "same" && weights === "same" ? "keep" : "refresh";
  if (known.decided !== null) {
    const { probability, vetoes } = found.score;
    const opposed =
      known.decided === "different"
        ? probability >= found.thresholds.link && vetoes.length === 0
        : vetoes.length > 0 || probability < found.thresholds.review;
    return opposed && evidence === "changed" ? "open" : "keep";
  }
  if (known.outcome === "cannot-tell") return evidence === "changed" ? "open" : "keep";
  return "open";
}
