/** That the plan stood before any result, by whom and since when, and the mark by which anybody can check it. */
import Link from "next/link";
import { dayInWords } from "../../server/domain/period";
import { Icon } from "../_ui/icon";
import styles from "./cards.module.css";

interface PlanCardProps {
  planHash: string;
  /** Day on which two people had agreed. */
  fixedOn: string;
  /** "Lena Kaur and Tom Adeyemi"; nothing where names are not told. */
  byWhom?: string;
  /** Where the plan can be read. */
  href: string;
}

export function PlanCard({ planHash, fixedOn, byWhom, href }: PlanCardProps) {
  return (
    <section className={styles["card"]} aria-labelledby="plan-first">
      <h2 id="plan-first" className={styles["h3"]}>
        <Icon name="record" size={18} /> Plan fixed first
      </h2>
      <p className={styles["text"]}>
        Fixed on {dayInWords(fixedOn)}
        {byWhom ? ` by ${byWhom}` : " by two people"}, before outcomes were opened. No changes since.{" "}
        <Link href={href} prefetch={false}>
          Read the plan
        </Link>
      </p>
      <dl className={styles["facts"]}>
        <dt>Its mark</dt>
        <dd className={styles["mark"]}>{inFours(planHash.slice(0, 16))}</dd>
      </dl>
    </section>
  );
}

/** "9f3c 81d0 4be2 77a6": a hash as people read it out. */
export const inFours = (hash: string): string => hash.match(/.{1,4}/g)?.join(" ") ?? hash;
