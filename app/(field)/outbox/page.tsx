/** Drawn by the app in the layout, from what the device holds. */
import type { Metadata } from "next";

export const metadata: Metadata = { title: "On this device" };

export default function Page() {
  return null;
}
