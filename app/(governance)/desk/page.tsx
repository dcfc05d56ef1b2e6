/** Where an officer's day begins: the one most urgent thing to do, what else waits, and what calmly runs. */
import type { Metadata } from "next";
import Link from "next/link";
import { inDigits } from "../../../server/domain/number-text";

import { dayInWords } from "../../../server/domain/period";
import { createCaller } from "../../../server/routers";
import { Icon } from "../../_ui/icon";
import { LinkButton } from "../../_ui/link-button";
import { Page, PageTitle } from "../../_ui/page-title";
import rows from "../../_ui/rows.module.css";
import { Tag } from "../../_ui/tag";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import styles from "./desk.module.css";
import { ANSWERED_FOR, ANSWERED_FOR_TITLE, DeskTabs } from "./desk-tabs";
import { auditInWords, itemInWords } from "./desk-words";

export const metadata: Metadata = { title: "Desk" };

export default async function DeskPage() {
  await requireViewerWho("desk.use");
  const { items, audit, agreements } = await createCaller(await pageContext()).desk.today();
  const [first, ...others] = items.map((item) => ({ ...itemInWords(item), item }));
  return (
    <Page>
      <DeskTabs here="/desk" />
      <PageTitle title="Your desk">What waits for you, the most urgent first.</PageTitle>
      <section
        className={styles["first"]}
        data-late={first?.item.isLate || undefined}
        aria-labelledby="first"
      >
        {first ? (
          <>
            <h2 id="first">{first.title}</h2>
            <p>{first.words}</p>
            <LinkButton href={first.href}>{first.act}</LinkButton>
          </>
        ) : (
          <>
            <h2 id="first">Nothing waits for you</h2>
            <p>
              No review, no request and no signature is due. Does somebody ask who looked at their record?
            </p>
            <LinkButton href="/looks">See who has looked</LinkButton>
          </>
        )}
      </section>
      {others.length > 0 && (
        <section className={styles["block"]} aria-labelledby="others">
          <h2 id="others">Then</h2>
          <ul className={rows["card"]}>
            {others.map(({ title, words, href, item }) => (
              <li key={item.kind}>
                <Link href={href} className={rows["row"]}>
                  <span className={rows["words"]}>
                    <strong>{title}</strong>
                    <small>{words}</small>
                  </span>
                  {item.isLate && (
                    <Tag tone="stop" icon="warn">
                      Late
                    </Tag>
                  )}
                  <Icon name="forward" size={18} />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className={styles["cards"]}>
        <section className={styles["card"]} aria-labelledby="looked">
          <h2 id="looked">Who has looked at somebody?</h2>
          <p>Find a person, and see everybody who opened their record, when and why.</p>
          <Link href="/looks">Who has looked, and why</Link>
        </section>
        <section className={styles["card"]} aria-labelledby="records">
          <h2 id="records">Records of use</h2>
          <p>{auditInWords(audit)}</p>
          <Link href="/audit">All records, entry by entry</Link>
        </section>
        <section className={styles["card"]} aria-labelledby="agreements">
          <h2 id="agreements">Agreements in force</h2>
          {agreements.length === 0 ? (
            <p>None. Nothing is shared with another organisation by agreement.</p>
          ) : (
            <ul className={styles["list"]}>
              {agreements.map(({ id, title, looks, isUnused, endsOn }) => (
                <li key={id}>
                  <Link href={`/agreements/${id}`}>{title}</Link>, until {dayInWords(endsOn)}:{" "}
                  <Link href={`/looks?agreement=${id}`}>
                    {looks === 0 ? "not used" : looks === 1 ? "used once" : `used ${inDigits(looks)} times`}{" "}
                    in 90 days
                  </Link>{" "}
                  {isUnused && (
                    <Tag tone="wait" icon="warn">
                      Unused: end it?
                    </Tag>
                  )}
                </li>
              ))}
            </ul>
          )}
        </section>
        <section className={styles["card"]} aria-labelledby="answers">
          <h2 id="answers">{ANSWERED_FOR_TITLE}</h2>
          <ul className={styles["list"]}>
            {ANSWERED_FOR.map(({ href, words }) => (
              <li key={href}>
                <Link href={href}>{words}</Link>
              </li>
            ))}
          </ul>
        </section>
        <section className={styles["card"]} aria-labelledby="links">
          <h2 id="links">Which records are one person’s</h2>
          <p>
            Link stewards decide pairs; here is how often they agree and how many automatic links were wrong.
          </p>
          <Link href="/link-quality">How good the links are</Link>
        </section>
      </div>
    </Page>
  );
}
