/**
 * Where somebody sees their own record with a code that a worker gave them. The page itself shows nothing, and nothing of
 * anybody stands in its address.
 */
import type { Metadata } from "next";
import { Door } from "../_ui/door";
import { MyRecord } from "./my-record";

export const metadata: Metadata = {
  title: "See your record",
  referrer: "no-referrer",
  robots: { index: false, follow: false },
};

export default function MyRecordPage() {
  return (
    <Door wide>
      <MyRecord />
    </Door>
  );
}
