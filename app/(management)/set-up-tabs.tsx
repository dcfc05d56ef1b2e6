/** What a manager sets up once for everybody: services, crisis cards, scored instruments, and what summaries draw on. */
import { Tabs } from "../_ui/tabs";

const TABS = [
  { href: "/services", label: "Services" },
  { href: "/crisis-cards", label: "Crisis cards" },
  { href: "/instruments", label: "Scores" },
  { href: "/outcomes", label: "Outcomes" },
  { href: "/unit-costs", label: "Unit costs" },
  { href: "/stories", label: "Stories" },
  { href: "/early-help", label: "Early help" },
  { href: "/agreements", label: "Agreements" },
] as const;

export function SetUpTabs({ here }: { here: (typeof TABS)[number]["href"] }) {
  return <Tabs label="What you set up" tabs={TABS} here={here} />;
}
