/** Pages before somebody is in, or before they act for an organisation: no bar and no tabs, the wires of a desk. */
import type { ReactNode } from "react";
import { Desk } from "../_ui/desk";

export default function DoorLayout({ children }: { children: ReactNode }) {
  return <Desk>{children}</Desk>;
}
