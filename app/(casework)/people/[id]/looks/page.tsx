/** Everybody who looked at a record or changed it, the latest first. Looking here is recorded as well. */
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { type Day, dayOf } from "../../../../../server/domain/period";
import { createCaller } from "../../../../../server/routers";
import { dayAgo, timeOf } from "../../../../_ui/dates";
import { EmptyState, Page, PageTitle } from "../../../../_ui/page-title";
import { pageContext } from "../../../../_ui/viewer";
import { lookerInWords, lookInWords } from "../look-words";
import { nameOfPerson } from "../person-head";
import { readPerson } from "../read-person";
import styles from "./looks.module.css";

export const metadata: Metadata = { title: "Who has looked" };

interface LooksPageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ before?: string }>;
}

export default async function LooksPage({ params, searchParams }: LooksPageProps) {
  const { id } = await params;
  const { before } = await searchParams;
  if (before !== undefined && !/^\d{1,18}$/.test(before)) notFound();
  const person = await readPerson(id);
  const { looks, next } = await createCaller(await pageContext()).clients.looks({
    clientId: id,
    before: before ?? null,
  });
  // The audit keeps real time, also where the rest of the demo runs ahead.
  const today = dayOf(new Date());
  const days = new Map<Day, typeof looks>();
  for (const look of looks) days.set(dayOf(look.at), [...(days.get(dayOf(look.at)) ?? []), look]);
  return (
    <Page>
      <PageTitle title="Who has looked">
        <Link href={`/people/${id}`}>{nameOfPerson(person)}</Link>: every time that somebody in your
        organisation opened or changed this record, or saw it in a list, and that another organisation looked
        by an agreement.
      </PageTitle>
      {looks.length === 0 && <EmptyState>Nothing was recorded before this.</EmptyState>}
      {[...days].map(([day, ofDay]) => (
        <section key={day} className={styles["day"]} aria-label={dayAgo(day, today)}>
          <h2>{dayAgo(day, today)}</h2>
          <ul>
            {ofDay.map((look) => (
              <li key={look.id}>
                <time dateTime={look.at.toISOString()}>{timeOf(look.at)}</time>
                <p>
                  <strong>{lookerInWords(look)}</strong>: {lookInWords(look)}
                </p>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {next && (
        <p className={styles["next"]}>
          <Link href={`/people/${id}/looks?before=${next}`}>Earlier</Link>
        </p>
      )}
    </Page>
  );
}
