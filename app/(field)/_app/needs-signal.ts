/** What is said of a page that cannot be opened without signal, by its address. */
import type { Destination } from "../../_ui/destinations";

export function needsSignalInWords(pathname: string, destinations: readonly Destination[]): string {
  return `${nameOf(pathname, destinations)} needs signal. You can go on logging here.`;
}

function nameOf(pathname: string, destinations: readonly Destination[]): string {
  if (pathname.startsWith("/people/")) return "The record";
  if (pathname === "/account") return "Your account";
  return destinations.find(({ href }) => href === pathname)?.label ?? "That page";
}
