/** Drawn by the app in the layout, from what the device holds. */
import type { Metadata } from "next";

export const metadata: Metadata = { title: "Who are you with?" };

export default function Page() {
  return null;
}
