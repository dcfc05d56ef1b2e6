"use client";
/** A draft that keeps itself while somebody writes it: when it is saved, how that went, and a word before it is left. */
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { type Terms, termsSchema } from "../../../../server/domain/agreements/agreement";

/** failed: tried again. refused: the draft is not what it was when it was opened, so that nothing is sent any more. */
export type Kept = "saved" | "failed" | "refused";

export const KEPT_WORDS: Readonly<Record<Kept | "changed", string>> = {
  changed: "Saving as you go…",
  saved: "Everything is saved.",
  failed: "Your changes could not be saved just now. Keep this page open: they are tried again.",
  refused: "Your changes are on this page alone, and are not saved.",
};

/** How long nothing is changed before it is saved, and before a save that failed is tried again; in milliseconds. */
const [QUIET_MS, AGAIN_MS] = [4_000, 15_000];

/**
 * Saves whole terms when nobody has changed anything for a moment, and at once when the page is put away. Terms that are
 * not whole, such as a day half typed, wait until they are. Gives how the last try went; null before the first.
 */
export function useKeeping(
  isChanged: boolean,
  terms: Terms,
  save: (whole: Terms) => Promise<Kept>,
): Kept | null {
  const [went, setWent] = useState<Kept | null>(null);
  const [tries, setTries] = useState(0);
  const isSaving = useRef(false);
  const keep = useEffectEvent(async () => {
    const read = termsSchema.safeParse(terms);
    if (!read.success || isSaving.current || went === "refused") return;
    isSaving.current = true;
    const outcome = await save(read.data);
    isSaving.current = false;
    setWent(outcome);
    // What was changed meanwhile, or failed, is next.
    setTries((before) => before + 1);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change, and each try, begins the wait anew
  useEffect(() => {
    if (!isChanged) return;
    const timer = setTimeout(() => void keep(), went === "failed" ? AGAIN_MS : QUIET_MS);
    const putAway = () => {
      if (document.visibilityState === "hidden") void keep();
    };
    document.addEventListener("visibilitychange", putAway);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", putAway);
    };
  }, [isChanged, terms, tries]);
  return went;
}

/** The browser asks before a page with unsaved changes goes. */
export function useWarningBeforeLeaving(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isChanged]);
}
