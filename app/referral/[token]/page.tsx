/**
 * Where the link of a referral leads. The page itself shows nothing: programs that test the links of a mail fetch it,
 * and only a press shows who was referred.
 */
import type { Metadata } from "next";
import { now } from "../../../server/context";
import { dayOf } from "../../../server/domain/period";
import { Door } from "../../_ui/door";
import { pageContext } from "../../_ui/viewer";
import { LinkedReferralPage } from "./linked-referral";

export const metadata: Metadata = { title: "A referral to your service", referrer: "no-referrer" };

export default async function ReferralLinkPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const today = dayOf(await now(await pageContext()));
  return (
    <Door wide>
      <LinkedReferralPage token={token.slice(0, 100)} today={today} />
    </Door>
  );
}
