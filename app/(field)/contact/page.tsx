/** Drawn by the app in the layout, from what the device holds. */
import type { Metadata } from "next";

export const metadata: Metadata = { title: "Log a contact" };

export default function Page() {
  return null;
}
