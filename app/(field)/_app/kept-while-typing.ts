"use client";
/** What is typed and not saved yet is kept, so that a lock, a reload or another screen in between loses nothing. */
import { useCallback, useEffect, useRef } from "react";

const KEEP_AFTER_MS = 400;

/**
 * Keeps a value a moment after each change, and at once when the screen or the page goes away. Gives back how to end
 * that, for when it has been saved.
 */
export function useKeptWhileTyping<T>(value: T, start: T, keep: (value: T) => void): () => void {
  const how = useRef(keep);
  how.current = keep;
  const pending = useRef<(() => void) | null>(null);
  useEffect(() => {
    if (value === start) return;
    const now = () => {
      clearTimeout(timer);
      pending.current = null;
      how.current(value);
    };
    pending.current = now;
    const timer = setTimeout(now, KEEP_AFTER_MS);
    const onHide = () => document.visibilityState === "hidden" && now();
    document.addEventListener("visibilitychange", onHide);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onHide);
    };
  }, [value, start]);
  useEffect(() => () => pending.current?.(), []);
  return useCallback(() => {
    pending.current = null;
  }, []);
}
