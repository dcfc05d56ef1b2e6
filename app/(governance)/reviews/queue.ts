"use client";
/** The queue as the desk shows it: in the order that was chosen, and what comes after a pair. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, use } from "react";
import type { QueuedReview, ReviewQueue } from "../../../server/reviewing";
import { useTRPC } from "../../_trpc/client";

export const ORDERS = [
  { value: "longest", label: "Longest wait" },
  { value: "likeliest", label: "Likeliest" },
] as const;
export type Order = (typeof ORDERS)[number]["value"];

/** The word that was given last, to be told on the next page and taken back there. */
export interface LastWord {
  id: string;
  message: string;
  /** Whether something was recorded. */
  isRecorded: boolean;
}

interface DeskState {
  order: Order;
  setOrder: (order: Order) => void;
  lastWord: LastWord | null;
  tell: (word: LastWord | null) => void;
  first: ReviewQueue;
}

export const DeskContext = createContext<DeskState | null>(null);

export function useDesk(): DeskState {
  const desk = use(DeskContext);
  if (!desk) throw new Error("A pair is shown outside the desk");
  return desk;
}

interface QueueInUse {
  waiting: number;
  items: readonly QueuedReview[];
  /** The pair after this one, or the first; null when there is no other. */
  after: (id: string) => string | null;
  /** Takes a pair out of the list at once. */
  takeOut: (id: string) => void;
  /** Asks the server again, for a pair came back. */
  refresh: () => Promise<void>;
}

export function useQueue(): QueueInUse {
  const { order, first } = useDesk();
  const trpc = useTRPC();
  const client = useQueryClient();
  const { data } = useQuery({ ...trpc.reviews.queue.queryOptions(), initialData: first, staleTime: 60_000 });
  const items =
    order === "longest" ? data.items : [...data.items].sort((a, b) => b.probability - a.probability);
  const queryKey = trpc.reviews.queue.queryKey();
  return {
    waiting: data.waiting,
    items,
    after: (id) => {
      const at = items.findIndex((item) => item.id === id);
      return (items[at + 1] ?? items.find((item) => item.id !== id))?.id ?? null;
    },
    takeOut: (id) => {
      client.setQueryData(queryKey, (before: ReviewQueue | undefined) => {
        if (!before?.items.some((item) => item.id === id)) return before;
        return { waiting: before.waiting - 1, items: before.items.filter((item) => item.id !== id) };
      });
    },
    refresh: () => client.invalidateQueries({ queryKey }),
  };
}
