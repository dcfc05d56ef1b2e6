"use client";
/** Which figures have moved since the same map was last read: they show under a wash that fades. */
import { useEffect, useRef, useState } from "react";
import type { MapFigures } from "../../../server/domain/figures";

/** As long as the wash takes to fade. */
const FADE_MS = 2000;

type Seen = { of: string; figures: ReadonlyMap<number, number | null> };

export function useMoved(answer: MapFigures | undefined): ReadonlySet<number> {
  const seen = useRef<Seen | null>(null);
  const [moved, setMoved] = useState<ReadonlySet<number>>(new Set());
  useEffect(() => {
    if (!answer) return;
    const of = `${answer.level} ${answer.node} ${answer.period}`;
    const figures = new Map(answer.areas.map(({ area }, at) => [area, answer.figures[at] ?? null]));
    const before = seen.current;
    seen.current = { of, figures };
    if (before?.of !== of) return;
    const changed = [...figures].flatMap(([area, figure]) =>
      before.figures.get(area) === figure ? [] : [area],
    );
    if (changed.length > 0) setMoved(new Set(changed));
  }, [answer]);
  useEffect(() => {
    if (moved.size === 0) return;
    const wait = setTimeout(() => setMoved(new Set()), FADE_MS);
    return () => clearTimeout(wait);
  }, [moved]);
  return moved;
}
