/** Drawn by the app in the layout, from what the device holds. */
import type { Metadata } from "next";

export const metadata: Metadata = { title: "Details" };

export default function Page() {
  return null;
}
