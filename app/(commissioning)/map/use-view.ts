"use client";
/** The view in the address: every choice is one step that Back takes away again; playing leaves no trail. */
import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import type { MapOptions } from "../../../server/domain/figures";
import { readView, type View, viewQuery, within } from "./view";

export interface ViewControl {
  view: View;
  /** Changes part of the view; `quietly` replaces the step instead of adding one. */
  change: (part: Partial<View>, quietly?: boolean) => void;
}

export function useView(options: MapOptions): ViewControl {
  const query = useSearchParams();
  const path = usePathname();
  const view = useMemo(() => readView(new URLSearchParams(query.toString()), options), [query, options]);
  const change = useCallback(
    (part: Partial<View>, quietly = false) => {
      const next = within({ ...view, ...part }, options);
      // An area belongs to its level, whoever changed it.
      const area = next.level === view.level || part.area !== undefined ? (part.area ?? next.area) : null;
      const address = `${path}${viewQuery({ ...next, area: part.area === null ? null : area })}`;
      // Next reads the address from the history, so no page is fetched for a step.
      if (quietly) window.history.replaceState(null, "", address);
      else window.history.pushState(null, "", address);
    },
    [view, options, path],
  );
  return { view, change };
}
