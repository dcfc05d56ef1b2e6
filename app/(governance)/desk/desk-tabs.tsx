/**
 * The pages of the officer's desk: what comes up in a day; and under it, with the way back to the desk, what the
 * organisation answers for.
 */
import Link from "next/link";
import { Icon } from "../../_ui/icon";
import { Tabs } from "../../_ui/tabs";
import styles from "./desk.module.css";

const DAILY = [
  { href: "/desk", label: "Desk" },
  { href: "/looks", label: "Who has looked" },
  { href: "/desk/look-ups", label: "Look-ups" },
  { href: "/desk/emergency", label: "Emergency access" },
  { href: "/desk/breaches", label: "Breaches" },
  { href: "/audit", label: "All records" },
] as const;

/** What the organisation answers for, by the names under which the desk leads there. */
export const ANSWERED_FOR = [
  { href: "/objections", label: "Objections", words: "Objections to being recorded or counted" },
  { href: "/why-held", label: "Why we hold it", words: "Why we may hold what we record" },
  { href: "/desk/processing", label: "Processing", words: "Record of processing and impact assessment" },
  { href: "/desk/principles", label: "Principles", words: "Caldicott principles and Five Safes" },
  { href: "/desk/disclosure", label: "Disclosure", words: "Why nobody can be picked out of a figure" },
] as const;

export const ANSWERED_FOR_TITLE = "What the organisation answers for";

type Here = (typeof DAILY | typeof ANSWERED_FOR)[number]["href"];

export function DeskTabs({ here }: { here: Here }) {
  if (DAILY.some(({ href }) => href === here))
    return <Tabs label="Officer’s desk" tabs={DAILY} here={here} />;
  return (
    <div className={`${styles["under"]} no-print`}>
      <Link href="/desk" className={styles["back"]}>
        <Icon name="back" size={18} />
        Desk
      </Link>
      <p>{ANSWERED_FOR_TITLE}</p>
      <Tabs label={ANSWERED_FOR_TITLE} tabs={ANSWERED_FOR} here={here} />
    </div>
  );
}
