/** The last few who opened or changed the record, from the audit, so that nobody looks unseen. */
import Link from "next/link";
import type { Look } from "../../../../server/client-looks";
import { type Day, dayOf } from "../../../../server/domain/period";
import { dayNear, timeOf } from "../../../_ui/dates";
import { lookerInWords, lookInWords } from "./look-words";
import styles from "./rail.module.css";
import { RailSection } from "./rail-section";

interface WhoLookedProps {
  clientId: string;
  looks: readonly Look[];
  total: number;
  /** The real day: the audit keeps real time, also where the rest of a demo runs ahead. */
  realToday: Day;
}

export function WhoLooked({ clientId, looks, total, realToday }: WhoLookedProps) {
  return (
    <RailSection
      title="Who has looked"
      brief={total === 0 ? "nobody yet" : `${total} ${total === 1 ? "time" : "times"}`}
      action={
        total > 0 && (
          <Link className={styles["press"]} href={`/people/${clientId}/looks`}>
            All {total}
          </Link>
        )
      }
    >
      {looks.length === 0 ? (
        <p className={styles["quiet"]}>
          {total === 0 ? "Nobody yet." : "Nobody has opened it yet. It was seen in lists only."}
        </p>
      ) : (
        <ul className={styles["looks"]}>
          {looks.map((look) => (
            <li key={look.id}>
              <strong>{lookerInWords(look)}</strong>
              <time dateTime={look.at.toISOString()}>
                {dayOf(look.at) === realToday ? timeOf(look.at) : dayNear(dayOf(look.at), realToday)}
              </time>
              <p>{lookInWords(look)}</p>
            </li>
          ))}
        </ul>
      )}
    </RailSection>
  );
}
