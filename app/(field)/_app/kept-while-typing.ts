"use client";
/** What is typed and not saved yet is kept, so that a lock, a reload or another screen in between loses nothing. */
import { type RefObject, useCallback, useEffect, useRef } from "react";

const KEEP_AFTER_MS = 400;

/**
 * Keeps a value a moment after each change, and at once when the screen or the page goes away; while it is being saved
 * that waits, as somebody waits for Save. Gives back how to end it, for when it has been saved.
 */
export function useKeptWhileTyping<T>(
  value: T,
  start: T,
  keep: (value: T) => void,
  saving: Readonly<RefObject<boolean>>,
): () => void {
  const how = useRef(keep);
  how.current = keep;
  const pending = useRef<(() => void) | null>(null);
  useEffect(() => {
    if (value === start) return;
    const now = () => {
      clearInterval(timer);
      pending.current = null;
      how.current(value);
    };
    pending.current = now;
    const timer = setInterval(() => !saving.current && now(), KEEP_AFTER_MS);
    const onHide = () => document.visibilityState === "hidden" && now();
    document.addEventListener("visibilitychange", onHide);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onHide);
    };
  }, [value, start, saving]);
  useEffect(() => () => pending.current?.(), []);
  return useCallback(() => {
    pending.current = null;
  }, []);
}
