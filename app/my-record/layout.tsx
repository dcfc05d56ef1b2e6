/** What somebody sees of their own record: no bar and no tabs, the wires of a desk. */
import type { ReactNode } from "react";
import { Desk } from "../_ui/desk";

export default function MyRecordLayout({ children }: { children: ReactNode }) {
  return <Desk>{children}</Desk>;
}
