/** The pages about summaries: make one, those made earlier, what they are begun from. */
import { Tabs } from "../../_ui/tabs";

const TABS = [
  { href: "/summary", label: "Make a summary" },
  { href: "/summary/earlier", label: "Made earlier" },
  { href: "/summary/templates", label: "Templates" },
  { href: "/programmes", label: "With others" },
] as const;

interface SummaryTabsProps {
  here: (typeof TABS)[number]["href"];
  /** Programmes that the organisation is invited to and whose words nobody has answered. */
  invitations?: number;
}

export function SummaryTabs({ here, invitations = 0 }: SummaryTabsProps) {
  const tabs = TABS.map((tab) => (tab.href === "/programmes" ? { ...tab, waits: invitations } : tab));
  return <Tabs label="Summaries" tabs={tabs} here={here} />;
}
