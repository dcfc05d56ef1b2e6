/**
 * Drafts of this visit, in memory only: going to look at something and coming back loses nothing typed, and
 * closing the page leaves nothing of a person on the device.
 */
import { type Draft, hasContent } from "../../(field)/_log/draft";

const drafts = new Map<string, Draft>();

/** What was left unsaved with somebody, if anything. */
export function keptDraft(keeper: string): Draft | null {
  return drafts.get(keeper) ?? null;
}

/** Keeps a draft that has something in it; null, or an empty one, forgets. */
export function keepDraft(keeper: string, draft: Draft | null): void {
  if (draft && hasContent(draft)) drafts.set(keeper, draft);
  else drafts.delete(keeper);
}
