/** The pages about people's rights. */
import { Tabs } from "../../_ui/tabs";

const TABS = [
  { href: "/rights", label: "Requests" },
  { href: "/rights/old-records", label: "Old records" },
] as const;

export function RightsTabs({ here }: { here: (typeof TABS)[number]["href"] }) {
  return <Tabs label="People’s rights" tabs={TABS} here={here} />;
}
