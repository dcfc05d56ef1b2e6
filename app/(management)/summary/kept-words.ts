"use client";
/**
 * The words that somebody wrote in place of the drafted ones: kept in this tab until they are used or given up, so that
 * a reload, a lock or another setting loses nothing. Before the tab is closed the browser asks.
 */
import { useCallback, useEffect, useState } from "react";
import { z } from "zod";
import { MOST_TEXT, TEXT_KEYS, type TextKey } from "../../../server/domain/impact/plan";
import type { Texts } from "./choice";

const keptSchema = z.partialRecord(z.enum(TEXT_KEYS), z.string().min(1).max(MOST_TEXT));

const keyOf = (accountId: string) => `summary words of ${accountId}`;

/** What is kept in this tab; none where nothing was written. */
export function readWords(accountId: string): Texts {
  try {
    const read = keptSchema.safeParse(JSON.parse(sessionStorage.getItem(keyOf(accountId)) ?? "{}"));
    return read.success ? read.data : {};
  } catch {
    // A browser that keeps nothing still has them on the page.
    return {};
  }
}

/** Keeps words in this tab, in place of those before. */
export function keepWords(accountId: string, texts: Texts): void {
  try {
    if (Object.keys(texts).length > 0) sessionStorage.setItem(keyOf(accountId), JSON.stringify(texts));
    else sessionStorage.removeItem(keyOf(accountId));
  } catch {
    // As above.
  }
}

export interface KeptWords {
  texts: Texts;
  /** Null takes the words back to the drafted ones. */
  write(key: TextKey, text: string | null): void;
  replace(texts: Texts): void;
}

export function useKeptWords(accountId: string): KeptWords {
  const [texts, setTexts] = useState<Texts>({});
  useEffect(() => setTexts(readWords(accountId)), [accountId]);

  const replace = useCallback(
    (next: Texts) => {
      keepWords(accountId, next);
      setTexts(next);
    },
    [accountId],
  );
  const write = useCallback(
    (key: TextKey, text: string | null) => {
      setTexts((before) => {
        const { [key]: _old, ...others } = before;
        const next = text === null ? others : { ...others, [key]: text };
        keepWords(accountId, next);
        return next;
      });
    },
    [accountId],
  );

  const hasWords = Object.keys(texts).length > 0;
  useEffect(() => {
    if (!hasWords) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [hasWords]);
  return { texts, write, replace };
}
