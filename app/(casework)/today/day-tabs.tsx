/** For a manager: their own day, or what the team carries. */
import { Tabs } from "../../_ui/tabs";

const TABS = [
  { href: "/today", label: "My day" },
  { href: "/today/team", label: "The team" },
] as const;

export function DayTabs({ here }: { here: (typeof TABS)[number]["href"] }) {
  return <Tabs label="Whose day" tabs={TABS} here={here} />;
}
