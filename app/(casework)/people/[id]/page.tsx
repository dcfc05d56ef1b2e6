/**
 * One person as this organisation knows them: who, how their issues are going, every contact. Nothing of another
 * organisation stands here, and identifiers are masked until somebody asks.
 */
import type { Metadata } from "next";
import { now } from "../../../../server/context";
import { dayInWords, dayOf } from "../../../../server/domain/period";
import { Avatar } from "../../../_ui/avatar";
import { Icon } from "../../../_ui/icon";
import { LinkButton } from "../../../_ui/link-button";
import { Page } from "../../../_ui/page-title";
import { Tag } from "../../../_ui/tag";
import { pageContext } from "../../../_ui/viewer";
import { fullName } from "../../../_words/person-words";
import { sectorOf } from "../../../_words/place-words";
import { readPerson } from "./read-person";
import { ContactList } from "./contact-list";
import { Course } from "./course";
import { Details } from "./details";
import styles from "./person.module.css";
import { PrintButton } from "./print-button";

export const metadata: Metadata = { title: "Record of a person" };

export default async function PersonPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const person = await readPerson(id);
  const today = dayOf(await now(await pageContext()));
  const name = person.anonymous ? "Somebody who gave no name" : fullName(person);
  const line = [
    person.dateOfBirth &&
      `Born ${dayInWords(person.dateOfBirth)}${person.age === null ? "" : ` (${person.age})`}`,
    sectorOf(person.place),
    person.reference,
  ].filter(Boolean);
  return (
    <Page>
      <div className={styles["columns"]}>
        <div>
          <header className={styles["head"]}>
            <span className={styles["mark"]}>
              <Avatar name={name} size={56} />
            </span>
            <div className={styles["who"]}>
              <h1 className={styles["name"]}>{name}</h1>
              <p className={styles["line"]}>{line.join(" · ")}</p>
              <div className={styles["tags"]}>
                {person.inMostDeprivedFifth && (
                  <Tag icon="pin">Lives in one of the 20% most deprived areas</Tag>
                )}
                {person.closedOn && <Tag>Closed on {dayInWords(person.closedOn)}</Tag>}
              </div>
            </div>
            {!person.anonymous && (
              <div className={`${styles["act"]} no-print`}>
                <LinkButton href={`/people/${id}/contact`} leftSection={<Icon name="add" size={18} />}>
                  Log a contact
                </LinkButton>
              </div>
            )}
          </header>
          <Course issues={person.issues} today={today} />
          <ContactList contacts={person.contacts} today={today} />
        </div>
        <aside className={styles["rail"]}>
          {!person.anonymous && <Details person={person} />}
          <PrintButton />
        </aside>
      </div>
    </Page>
  );
}
