import type { ReactNode } from "react";
import { Shell } from "../_ui/shell";

export default function ManagementLayout({ children }: { children: ReactNode }) {
  return <Shell>{children}</Shell>;
}
