/** The pages of the data lab: one's own studies, the register that everybody reads, and how a study is made. */
import { Tabs } from "../_ui/tabs";

const TABS = [
  { href: "/studies", label: "Studies" },
  { href: "/open/studies", label: "Public register" },
  { href: "/open/studies/how", label: "How it works" },
] as const;

export function LabTabs() {
  return <Tabs label="Data lab" tabs={TABS} here="/studies" />;
}
