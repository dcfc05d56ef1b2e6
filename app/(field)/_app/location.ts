"use client";
/**
 * Where the field app is, and how it goes elsewhere without loading a page. Next is told by the browser's history,
 * which it watches; its own hooks for this would weigh more than the outbox.
 */
import { useSyncExternalStore } from "react";

const WENT = "common-need:went";

/** Goes to a field screen. */
export function go(href: string, how: "push" | "replace" = "push"): void {
  if (how === "replace") window.history.replaceState(null, "", href);
  else window.history.pushState(null, "", href);
  window.dispatchEvent(new Event(WENT));
}

/** The address of the page, kept up to date: "/contact?with=…". Empty on the server. */
export function usePlace(): string {
  return useSyncExternalStore(
    watch,
    () => window.location.pathname + window.location.search,
    () => "",
  );
}

function watch(changed: () => void): () => void {
  window.addEventListener(WENT, changed);
  window.addEventListener("popstate", changed);
  return () => {
    window.removeEventListener(WENT, changed);
    window.removeEventListener("popstate", changed);
  };
}
