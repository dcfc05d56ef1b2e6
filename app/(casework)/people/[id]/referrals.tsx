/** The referrals of one person in the rail of their record: where to, how far they have come, and a way to refer. */
import Link from "next/link";
import type { Day } from "../../../../server/domain/period";
import { isOver } from "../../../../server/domain/referral";
import type { ListedReferral } from "../../../../server/domain/referral-shown";
import { createCaller } from "../../../../server/routers";
import styles from "../../../_referral/referral.module.css";
import { ReferralBar } from "../../../_referral/referral-bar";
import { needsInWords, whereItStands } from "../../../_referral/referral-words";
import { pageContext } from "../../../_ui/viewer";
import rail from "./rail.module.css";
import { RailSection } from "./rail-section";

const FIRST_SHOWN = 5;

export async function Referrals({ clientId, today }: { clientId: string; today: Day }) {
  const referrals = await createCaller(await pageContext()).referrals.ofClient({ clientId });
  const open = referrals.filter(({ course }) => !isOver(course.state)).length;
  return (
    <RailSection
      title="Referrals"
      brief={open === 0 ? "None open" : `${open} open`}
      action={
        <Link href={`/referrals/new?client=${clientId}`} className={rail["press"]}>
          Refer<span className="visually-hidden"> to a service</span>
        </Link>
      }
    >
      {referrals.length === 0 && (
        <p className={rail["quiet"]}>None. Refer them when another service can help better.</p>
      )}
      <ul>
        {referrals.slice(0, FIRST_SHOWN).map((referral) => (
          <RailReferral key={referral.id} referral={referral} today={today} />
        ))}
      </ul>
      {referrals.length > FIRST_SHOWN && (
        <p className={rail["quiet"]}>and {referrals.length - FIRST_SHOWN} earlier</p>
      )}
    </RailSection>
  );
}

function RailReferral({ referral, today }: { referral: ListedReferral; today: Day }) {
  const { id, side, toName, fromName, needs, course } = referral;
  return (
    <li>
      <Link href={`/referrals/${id}`} className={styles["railItem"]} prefetch={false}>
        <strong>{side === "sender" ? toName : `From ${fromName}`}</strong>
        <ReferralBar course={course} />
        <span className={styles["railState"]}>
          <span>{needsInWords(needs)}</span>
          <span>{whereItStands(course, today)}</span>
        </span>
      </Link>
    </li>
  );
}
