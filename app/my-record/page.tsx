/**
 * Where somebody sees their own record with a code that a worker gave them. The page itself shows nothing, and nothing of
 * anybody stands in its address.
 */
import type { Metadata } from "next";
import { now } from "../../server/context";
import { dayOf } from "../../server/domain/period";
import { Door } from "../_ui/door";
import { pageContext } from "../_ui/viewer";
import { MyRecord } from "./my-record";

export const metadata: Metadata = {
  title: "See your record",
  referrer: "no-referrer",
  robots: { index: false, follow: false },
};

export default async function MyRecordPage() {
  const today = dayOf(await now(await pageContext()));
  return (
    <Door wide>
      <MyRecord today={today} />
    </Door>
  );
}
