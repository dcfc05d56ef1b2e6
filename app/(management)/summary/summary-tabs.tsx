/** The pages about summaries: make one, those made earlier, what they are begun from. */
import { Tabs } from "../../_ui/tabs";

const TABS = [
  { href: "/summary", label: "Make a summary" },
  { href: "/summary/earlier", label: "Made earlier" },
  { href: "/summary/templates", label: "Templates" },
  { href: "/programmes", label: "With others" },
] as const;

export function SummaryTabs({ here }: { here: (typeof TABS)[number]["href"] }) {
  return <Tabs label="Summaries" tabs={TABS} here={here} />;
}
