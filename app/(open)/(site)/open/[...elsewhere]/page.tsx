/** Every other address below the public pages: it is answered in their own words. */
import type { Metadata } from "next";
import { notFound } from "next/navigation";

export const metadata: Metadata = { title: "Not found" };

export default function ElsewherePage(): never {
  notFound();
}
