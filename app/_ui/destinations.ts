/** Where somebody can go, from what their roles allow: the one list behind the top bar and the tabs. */
import { type AccessActor, type Action, decide } from "../../server/domain/access";
import type { IconName } from "./icon";

export interface Destination {
  href: string;
  label: string;
  icon: IconName;
}

const DESTINATIONS: readonly (Destination & { action: Action })[] = [
  { href: "/desk", label: "Desk", icon: "record", action: "desk.use" },
  { href: "/looks", label: "Who looked", icon: "search", action: "audit.read" },
  { href: "/rights", label: "Rights", icon: "person", action: "rights.manage" },
  { href: "/agreements", label: "Agreements", icon: "pact", action: "agreement.sign" },
  { href: "/people", label: "People", icon: "people", action: "client.find" },
  { href: "/today", label: "My day", icon: "day", action: "caseload.read" },
  { href: "/referrals", label: "Referrals", icon: "swap", action: "referral.read" },
  { href: "/lists", label: "Lists", icon: "house", action: "list.make" },
  { href: "/directory", label: "Directory", icon: "book", action: "directory.read" },
  { href: "/summary", label: "Summary", icon: "summary", action: "impact.read" },
  { href: "/studies", label: "Studies", icon: "scales", action: "study.read" },
  { href: "/reviews", label: "Reviews", icon: "pair", action: "review.decide" },
  { href: "/map", label: "Map", icon: "map", action: "figures.read" },
  { href: "/change", label: "Change", icon: "change", action: "figures.read" },
  { href: "/together", label: "Together", icon: "together", action: "figures.compare" },
  { href: "/coverage", label: "Coverage", icon: "coverage", action: "figures.compare" },
  { href: "/shared-areas", label: "By agreement", icon: "pact", action: "figures.read-need-at-sector" },
  { href: "/team", label: "Team", icon: "team", action: "member.manage" },
  { href: "/services", label: "Services", icon: "list", action: "service.manage" },
  { href: "/admin", label: "Organisations", icon: "building", action: "organisation.manage" },
  { href: "/link-quality", label: "Link quality", icon: "shield", action: "review.quality" },
];

export function destinationsOf(viewer: AccessActor): Destination[] {
  return DESTINATIONS.filter(
    ({ action }) => decide(viewer, action, { organisationId: viewer.organisationId }).allow,
  ).map(({ href, label, icon }) => ({ href, label, icon }));
}
