/** The digest of look-ups: how often members asked which other services know somebody, and which looks stand out. */
import type { Metadata } from "next";
import Link from "next/link";
import { now } from "../../../../server/context";
import { PURPOSE_WORDS } from "../../../../server/domain/agreements/in-words";
import { LOOK_REASON_LABELS } from "../../../../server/domain/agreements/known-to";
import { LISTED_WORDS, needsAsked, whereInWords } from "../../../../server/domain/agreements/lists-in-words";
import { MOST_LOOKS, UNUSUAL, UNUSUAL_WORDS } from "../../../../server/domain/agreements/look-digest";
import { LIST_REASON_WORDS } from "../../../../server/domain/agreements/shared-list";
import { inDigits } from "../../../../server/domain/number-text";
import { addDays, dayInWords, dayOf } from "../../../../server/domain/period";
import { createCaller } from "../../../../server/routers";
import { EmptyState, Page, PageTitle } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import styles from "../desk.module.css";
import { DeskTabs } from "../desk-tabs";

export const metadata: Metadata = { title: "Look-ups" };

const DAYS_BACK = 28;

export default async function LookUpsPage() {
  await requireViewerWho("audit.read");
  const ctx = await pageContext();
  const since = addDays(dayOf(await now(ctx)), -DAYS_BACK);
  const { looks, byMember, isCut, unusual, lists } = await createCaller(ctx).sharing.digest({ since });
  return (
    <Page>
      <DeskTabs here="/desk/look-ups" />
      <PageTitle title={looks === 0 ? "No look-ups" : looks === 1 ? "One look-up" : `${looks} look-ups`}>
        How often your members asked which other services know somebody, since {dayInWords(since)}.
      </PageTitle>
      {looks === 0 && <EmptyState>Nobody here has looked in this time.</EmptyState>}
      {byMember.length > 0 && (
        <section className={styles["block"]} aria-labelledby="by-member">
          <h2 id="by-member">By member</h2>
          <ul className={styles["list"]}>
            {byMember.map(({ memberId, memberName, looks, people }) => (
              <li key={memberId}>
                <strong>{memberName}</strong>: {looks} {looks === 1 ? "look" : "looks"} at {people}{" "}
                {people === 1 ? "person" : "people"}
              </li>
            ))}
          </ul>
        </section>
      )}
      {looks > 0 && (
        <section className={styles["block"]} aria-labelledby="unusual">
          <h2 id="unusual">Out of the ordinary</h2>
          {isCut && <p>There were too many to go through: these are of the latest {inDigits(MOST_LOOKS)}.</p>}
          {unusual.length === 0 && <p>None by the four rules below.</p>}
          {unusual.map(({ id, at, memberName, clientId, purpose, reason, words, why }) => (
            <div key={id} className={styles["case"]}>
              <p>
                <strong>{memberName}</strong>, {dayInWords(dayOf(at))}.{" "}
                <Link href={`/looks?person=${clientId}`}>Who has looked at this person</Link>
              </p>
              <p>
                For {PURPOSE_WORDS[purpose].toLowerCase()}: {LOOK_REASON_LABELS[reason]}.
              </p>
              {words && <blockquote>{words}</blockquote>}
              <ul>
                {why.map((rule) => (
                  <li key={rule}>{UNUSUAL_WORDS[rule]}</li>
                ))}
              </ul>
            </div>
          ))}
          <details>
            <summary>The rules</summary>
            <p>They say where to ask, not that anything was wrong.</p>
            <ul>
              {UNUSUAL.map((rule) => (
                <li key={rule}>{UNUSUAL_WORDS[rule]}</li>
              ))}
            </ul>
          </details>
        </section>
      )}
      {lists.length > 0 && (
        <section className={styles["block"]} aria-labelledby="made-lists">
          <h2 id="made-lists">Lists by agreement</h2>
          <p>Everybody in a list can see that it was made.</p>
          {lists.map((list) => (
            <div key={list.id} className={styles["case"]}>
              <p>
                <strong>{list.memberName}</strong>, {dayInWords(dayOf(list.at))}:{" "}
                {list.within.length > 0
                  ? whereInWords(list)
                  : `${LISTED_WORDS[list.level]}, at the place of one action`}
                . {needsAsked(list.needs)}.
              </p>
              <p>
                For {PURPOSE_WORDS[list.purpose].toLowerCase()}:{" "}
                {LIST_REASON_WORDS[list.reason] ?? list.reason}. By “{list.agreement}”.{" "}
                {list.rows === 0
                  ? "It showed nothing."
                  : `It showed ${list.rows} ${list.rows === 1 ? "row" : "rows"}.`}
              </p>
              {list.words && <blockquote>{list.words}</blockquote>}
            </div>
          ))}
        </section>
      )}
    </Page>
  );
}
