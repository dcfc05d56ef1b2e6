"use client";
/** People whose yes to sharing ends soon: one press opens the words to read out, and nothing is chosen beforehand. */
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import type { Renewal } from "../../../server/consent-renewals";
import { type Day, dayInWords } from "../../../server/domain/period";
import { useTRPC } from "../../_trpc/client";
import rows from "../../_ui/rows.module.css";
import { fullName } from "../../_words/person-words";
import { AskToShare } from "../_consent/ask-to-share";
import styles from "./today.module.css";

export function Renewals({ given }: { given: { today: Day; renewals: Renewal[] } }) {
  const trpc = useTRPC();
  const read = useQuery(trpc.consents.renewals.queryOptions(undefined, { initialData: given }));
  const [asking, setAsking] = useState<Renewal | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const { today, renewals } = read.data;
  if (renewals.length === 0 && !said) return null;
  return (
    <section aria-labelledby="day-renewals">
      <h2 id="day-renewals" className={styles["h2"]}>
        Ask again about sharing <span className={styles["count"]}>{renewals.length}</span>
      </h2>
      <p className={styles["note"]}>A yes holds for six months. When it ends, sharing stops.</p>
      <p role="status" className={styles["note"]}>
        {said}
      </p>
      <ul className={rows["rows"]}>
        {renewals.map((person) => (
          <li key={person.clientId} className={styles["renewal"]}>
            <span>
              <Link href={`/people/${person.clientId}`}>{fullName(person)}</Link>
              <span className={styles["until"]}>
                {person.state.answer === "given" ? "Until" : "Ended on"} {dayInWords(person.state.until)}
              </span>
            </span>
            <button type="button" className={styles["ask"]} onClick={() => setAsking(person)}>
              Ask again<span className="visually-hidden">: {fullName(person)}</span>
            </button>
          </li>
        ))}
      </ul>
      <AskToShare
        opened={asking !== null}
        clientId={asking?.clientId ?? ""}
        dateOfBirth={asking?.dateOfBirth ?? null}
        today={today}
        onClose={() => setAsking(null)}
        onAnswered={async (answer) => {
          setSaid(
            answer === "given"
              ? `${asking ? fullName(asking) : "They"} said yes for six more months.`
              : `${asking ? fullName(asking) : "They"} said no. Nothing is shared any more.`,
          );
          setAsking(null);
          await read.refetch();
        }}
      />
    </section>
  );
}
