"use client";
/**
 * Asks whoever sits there to show again that it is they, before something that needs it. A screen renders `dialog`
 * and awaits `ensure` before the work: at once when it was shown a moment ago, after the dialog otherwise.
 */
import dynamic from "next/dynamic";
import { type ReactNode, useRef, useState } from "react";
import type { StepUpKind } from "../../server/domain/step-up";
import { makeClient } from "../_trpc/wire";

const StepUpDialog = dynamic(() => import("./step-up-dialog").then((module) => module.StepUpDialog), {
  ssr: false,
});

export interface StepUp {
  /** Whether the work may go on: false when the dialog was closed. Throws when there is no answer. */
  ensure: () => Promise<boolean>;
  dialog: ReactNode;
}

export function useStepUp(): StepUp {
  const [kind, setKind] = useState<StepUpKind | null>(null);
  const answer = useRef<(shown: boolean) => void>(() => {});
  const cameFrom = useRef<Element | null>(null);
  const finish = (shown: boolean) => {
    setKind(null);
    // Whoever works by keyboard goes on where they were.
    const from = cameFrom.current;
    if (from instanceof HTMLElement) requestAnimationFrame(() => from.focus());
    answer.current(shown);
  };
  return {
    ensure: async () => {
      cameFrom.current = document.activeElement;
      const state = await makeClient().session.stepUpState.query();
      if (state.isFresh) return true;
      setKind(state.kind);
      return new Promise((resolve) => {
        answer.current = resolve;
      });
    },
    dialog: kind && <StepUpDialog kind={kind} onShown={() => finish(true)} onCancel={() => finish(false)} />,
  };
}
