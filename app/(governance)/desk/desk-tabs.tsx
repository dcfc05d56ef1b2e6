/** The pages of the officer's desk: what comes up in a day, and apart from it what the organisation answers for. */
import { Tabs } from "../../_ui/tabs";

const DAILY = [
  { href: "/desk", label: "Desk" },
  { href: "/looks", label: "Who has looked" },
  { href: "/desk/look-ups", label: "Look-ups" },
  { href: "/desk/emergency", label: "Emergency access" },
  { href: "/desk/breaches", label: "Breaches" },
  { href: "/audit", label: "All records" },
] as const;

const ANSWERED_FOR = [
  { href: "/desk", label: "Desk" },
  { href: "/objections", label: "Objections" },
  { href: "/why-held", label: "Why we may hold it" },
  { href: "/desk/processing", label: "Record of processing" },
  { href: "/desk/principles", label: "Principles" },
  { href: "/desk/disclosure", label: "Disclosure" },
] as const;

type Here = (typeof DAILY | typeof ANSWERED_FOR)[number]["href"];

export function DeskTabs({ here }: { here: Here }) {
  const tabs = DAILY.some(({ href }) => href === here) ? DAILY : ANSWERED_FOR;
  return <Tabs label="Officer’s desk" tabs={tabs} here={here} />;
}
