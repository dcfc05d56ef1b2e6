/** What was shared of the person, and when they agreed: nothing else of them is known on this page. */
import { type Day, dayInWords } from "../../server/domain/period";
import type { SharedDetails } from "../../server/domain/referral-input";
import styles from "./referral.module.css";

export function SharedDetailsList({
  details,
  message,
  over,
  consentOn,
}: {
  details: SharedDetails | null;
  message: string | null;
  /** The referral is over in a way that takes the details back. */
  over: boolean;
  consentOn: Day;
}) {
  const name = [details?.givenName, details?.familyName].filter(Boolean).join(" ");
  const { dateOfBirth, phone, email, postcode } = details ?? {};
  return (
    <>
      {!details && (
        <p className={styles["minor"]}>
          {over
            ? "The person’s details were shown while this referral was open. They are shown no more."
            : "No details were shared. Ask the sender, and quote the reference."}
        </p>
      )}
      <dl className={styles["details"]}>
        {name && <Detail term="Name">{name}</Detail>}
        {phone && (
          <Detail term="Phone">
            <a href={`tel:${phone.replaceAll(/[^+\d]/g, "")}`}>{phone}</a>
          </Detail>
        )}
        {email && (
          <Detail term="E-mail">
            <a href={`mailto:${email}`}>{email}</a>
          </Detail>
        )}
        {dateOfBirth && <Detail term="Date of birth">{dayInWords(dateOfBirth)}</Detail>}
        {postcode && <Detail term="Postcode">{postcode}</Detail>}
        {message && <Detail term="Message">{message}</Detail>}
        <Detail term="Agreed">{`The person agreed to this on ${dayInWords(consentOn)}`}</Detail>
      </dl>
    </>
  );
}

function Detail({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
