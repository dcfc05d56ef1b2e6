"use client";
/**
 * Keeps an open map up to date: when a period settles or is revised, everything shown is read again and a quiet
 * notice says so. A connection that was lost may have missed something, so its return counts as news too.
 */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { z } from "zod";
import { findPeriod, periodInWords } from "../../../server/domain/period";
import { useTRPC } from "../../_trpc/client";

const figuresEvent = z.object({ kind: z.enum(["settled", "revised", "moved"]), period: z.string() });

export interface SettledNews {
  notice: { period: string; words: string } | null;
  dismiss: () => void;
}

const EVENTS = "/api/figures/events";

export function useSettledNotice(): SettledNews {
  const [notice, setNotice] = useState<SettledNews["notice"]>(null);
  const client = useQueryClient();
  const trpc = useTRPC();
  const refresh = useRef(() => {});
  refresh.current = () => void client.invalidateQueries({ queryKey: trpc.map.pathKey() });

  useEffect(() => {
    const source = new EventSource(EVENTS);
    let wasLost = false;
    source.onerror = () => {
      wasLost = true;
    };
    source.onopen = () => {
      if (wasLost) refresh.current();
      wasLost = false;
    };
    source.onmessage = (message) => {
      const told = figuresEvent.safeParse(JSON.parse(String(message.data)));
      if (!told.success) return;
      const period = findPeriod(told.data.period);
      if (!period) return;
      // Open figures move quietly: what is shown is read again, and each new value shows under a wash.
      if (told.data.kind === "moved") {
        refresh.current();
        return;
      }
      const done = told.data.kind === "settled" ? "has settled" : "was revised";
      setNotice({ period: told.data.period, words: `${periodInWords(period)} ${done}` });
      refresh.current();
    };
    return () => source.close();
  }, []);

  return { notice, dismiss: () => setNotice(null) };
}
