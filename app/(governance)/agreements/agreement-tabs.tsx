/** Agreements, and the register of the data that they draw on. */
import { Tabs } from "../../_ui/tabs";

const TABS = [
  { href: "/agreements", label: "Agreements" },
  { href: "/agreements/assets", label: "Data register" },
] as const;

export function AgreementTabs({ here }: { here: (typeof TABS)[number]["href"] }) {
  return <Tabs label="Agreements and data" tabs={TABS} here={here} />;
}
