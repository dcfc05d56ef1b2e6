/** The pages of the officer's desk. */
import { Tabs } from "../../_ui/tabs";

const TABS = [
  { href: "/desk", label: "Desk" },
  { href: "/looks", label: "Who has looked" },
  { href: "/desk/look-ups", label: "Look-ups" },
  { href: "/desk/emergency", label: "Emergency access" },
  { href: "/desk/breaches", label: "Breaches" },
  { href: "/desk/processing", label: "Record of processing" },
  { href: "/desk/principles", label: "Principles" },
  { href: "/desk/disclosure", label: "Disclosure" },
  { href: "/audit", label: "All records" },
] as const;

export function DeskTabs({ here }: { here: (typeof TABS)[number]["href"] }) {
  return <Tabs label="Officer’s desk" tabs={TABS} here={here} />;
}
