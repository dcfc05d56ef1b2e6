/** One referral, to the side that looks: what was handed over, what happened since, and what to do next. */
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { z } from "zod";
import { now } from "../../../../server/context";
import { NotFound } from "../../../../server/domain/errors";
import { dayInWords, dayOf } from "../../../../server/domain/period";
import { CONSENT_WAY_WORDS } from "../../../../server/domain/referral-input";
import type { ShownReferral } from "../../../../server/domain/referral-shown";
import { createCaller } from "../../../../server/routers";
import { EventList } from "../../../_referral/event-list";
import { IssueList } from "../../../_referral/issue-list";
import styles from "../../../_referral/referral.module.css";
import { ReferralBar } from "../../../_referral/referral-bar";
import { personInWords, serviceInWords, whereItStands } from "../../../_referral/referral-words";
import { SharedDetailsList } from "../../../_referral/shared-details";
import { LinkButton } from "../../../_ui/link-button";
import { Page, PageTitle } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { DueTag } from "../referral-rows";
import { AnswerPanel } from "./answer-panel";
import { MailPanel } from "./mail-panel";
import { TakeOnPanel } from "./take-on-panel";

export const metadata: Metadata = { title: "Referral" };

async function readReferral(id: string): Promise<ShownReferral> {
  await requireViewerWho("referral.read");
  if (!z.uuid().safeParse(id).success) notFound();
  try {
    return await createCaller(await pageContext()).referrals.get({ id });
  } catch (error) {
    if (error instanceof Error && error.cause instanceof NotFound) notFound();
    throw error;
  }
}

export default async function ReferralPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const referral = await readReferral(id);
  const today = dayOf(await now(await pageContext()));
  const { course, side } = referral;
  const received = side === "receiver";
  const takenBack = course.state === "declined" || course.state === "withdrawn";
  const takesOn = received && !takenBack && course.state !== "sent";
  return (
    <Page>
      <PageTitle
        title={personInWords(referral)}
        action={
          !received && referral.clientId ? (
            <LinkButton href={`/people/${referral.clientId}`} variant="default">
              Open the record
            </LinkButton>
          ) : undefined
        }
      >
        {received
          ? `From ${[referral.sentByName, referral.fromName].filter(Boolean).join(", ")} to ${referral.toName}`
          : `To ${serviceInWords(referral)}`}
        {" · "}
        <span className={styles["reference"]}>{referral.reference}</span>
        {" · "}
        {referral.toDirectoryId && (
          <>
            <Link
              className={styles["back"]}
              href={`/directory/${encodeURIComponent(referral.toDirectoryId)}`}
            >
              In the directory
            </Link>
            {" · "}
          </>
        )}
        <Link className={styles["back"]} href={`/referrals?box=${received ? "received" : "sent"}`}>
          All referrals
        </Link>
      </PageTitle>
      <div className={styles["columns"]}>
        <div className={styles["stack"]}>
          <section className={styles["panel"]} aria-labelledby="stands">
            <h2 id="stands">{whereItStands(course, today)}</h2>
            <ReferralBar course={course} />
            <p className={styles["state"]}>
              <span>Sent, accepted, started, completed</span>
              <DueTag referral={referral} />
            </p>
          </section>
          {takesOn && <TakeOnPanel referral={referral} />}
          <AnswerPanel referral={referral} isFirst={!takesOn || course.state === "started"} />
          {!received && <AfterTheEnd referral={referral} />}
          {referral.link && <MailPanel referral={referral} />}
          <section className={styles["panel"]} aria-labelledby="needs">
            <h2 id="needs">{received ? "What they need help with" : "What was handed over"}</h2>
            <IssueList issues={referral.issues} />
          </section>
        </div>
        <div className={styles["stack"]}>
          <section className={styles["panel"]} aria-labelledby="details">
            <h2 id="details">{received ? "How to reach them" : "What was shared"}</h2>
            <SharedDetailsList
              details={referral.details}
              message={referral.message}
              over={takenBack || (received && referral.shared.length > 0)}
              consentOn={referral.consent.on}
            />
            {referral.consent.words && referral.consent.how && (
              <details className="no-print">
                <summary>How they were asked</summary>
                <p className={styles["minor"]}>
                  {CONSENT_WAY_WORDS[referral.consent.how]}, {dayInWords(referral.consent.on)}: “
                  {referral.consent.words}”
                </p>
              </details>
            )}
          </section>
          <section className={styles["panel"]} aria-labelledby="happened">
            <h2 id="happened">What happened</h2>
            <EventList
              sentAt={course.sentAt}
              sentByName={referral.sentByName}
              events={referral.events}
              today={today}
            />
          </section>
        </div>
      </div>
    </Page>
  );
}

/** What the sender may want to do once the service has answered for good: offered, never done for them. */
function AfterTheEnd({ referral: { course, clientId, id } }: { referral: ShownReferral }) {
  if (!clientId) return null;
  if (course.state === "completed") {
    return (
      <section className={styles["panel"]} aria-labelledby="after">
        <h2 id="after">Take it into the record</h2>
        <p>
          The service has told you what came of it. Your own record still shows these issues as they were.
        </p>
        <LinkButton href={`/contact?with=${clientId}&referral=${id}`}>
          Log a contact with what came of it
        </LinkButton>
      </section>
    );
  }
  if (course.state === "declined" || course.state === "lost-touch") {
    return (
      <section className={styles["panel"]} aria-labelledby="after">
        <h2 id="after">{course.state === "declined" ? "Find another way" : "They lost touch"}</h2>
        <p>
          {course.state === "declined"
            ? "The issues are still open in your record. Another service may be able to help."
            : "The issues are still open in your record. You may know how to reach the person."}
        </p>
        <LinkButton href={`/referrals/new?client=${clientId}`} variant="default">
          Refer to another service
        </LinkButton>
      </section>
    );
  }
  return null;
}
