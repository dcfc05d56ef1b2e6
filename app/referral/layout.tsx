/** What somebody outside sees of a referral: no bar and no tabs, the wires of a desk. */
import type { ReactNode } from "react";
import { Desk } from "../_ui/desk";

export default function ReferralLayout({ children }: { children: ReactNode }) {
  return <Desk>{children}</Desk>;
}
