/** The pages of the data lab: one's own studies, what they are done in, the register that everybody reads, and how a study is made. */
import { Tabs } from "../_ui/tabs";

const TABS = [
  { href: "/studies", label: "Studies" },
  { href: "/data-sets", label: "Data sets" },
  { href: "/open/studies", label: "Public register" },
  { href: "/open/studies/how", label: "How it works" },
] as const;

export function LabTabs({ here = "/studies" }: { here?: "/studies" | "/data-sets" }) {
  return <Tabs label="Data lab" tabs={TABS} here={here} />;
}
