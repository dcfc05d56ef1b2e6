/** What people say of their records, and why they may be held at all. */
import { Tabs } from "../../_ui/tabs";

const TABS = [
  { href: "/desk", label: "Desk" },
  { href: "/objections", label: "Objections" },
  { href: "/why-held", label: "Why we may hold this" },
] as const;

export function SayTabs({ here }: { here: (typeof TABS)[number]["href"] }) {
  return <Tabs label="Consent and objections" tabs={TABS} here={here} />;
}
