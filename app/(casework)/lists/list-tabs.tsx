/** The two pages of lists: making one, and what was set out to be done after one. */
import { Tabs } from "../../_ui/tabs";

const TABS = [
  { href: "/lists", label: "Make a list" },
  { href: "/lists/actions", label: "What we set out to do" },
] as const;

export function ListTabs({ here, mayAct }: { here: (typeof TABS)[number]["href"]; mayAct: boolean }) {
  return <Tabs label="Lists" tabs={mayAct ? TABS : TABS.slice(0, 1)} here={here} />;
}
