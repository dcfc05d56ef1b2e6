/**
 * One person as this organisation knows them: who, how their issues are going, every contact, and beside it what is to
 * be done, who was asked to help, what they agreed to and who has looked. Nothing of another organisation's record
 * stands here, and identifiers are masked until somebody asks.
 */
import type { Metadata } from "next";
import { Icon } from "../../../_ui/icon";
import { LinkButton } from "../../../_ui/link-button";
import { Page } from "../../../_ui/page-title";
import { Actions } from "./actions";
import { ClosedNotice, CloseRecord } from "./closing";
import { Conflicts } from "./conflicts";
import { Consents } from "./consents";
import { ContactList } from "./contact-list";
import { Course } from "./course";
import { Details } from "./details";
import { EarlyHelp } from "./early-help";
import { KnownTo } from "./known-to";
import { RightsNotices } from "./notices";
import styles from "./person.module.css";
import { PersonHead } from "./person-head";
import rail from "./rail.module.css";
import { readRecord } from "./read-person";
import { Referrals } from "./referrals";
import { Scores } from "./scores";
import { TheirSay } from "./their-say";
import { WhoLooked } from "./who-looked";

export const metadata: Metadata = { title: "Record of a person" };

export default async function PersonPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { person, today, mayRemoveNotes, realToday, serviceId, bases } = await readRecord(id);
  const { closedOn, contacts, issues } = person;
  const open = issues.filter((issue) => issue.open);
  return (
    <Page>
      <div className={styles["columns"]}>
        <div className={styles["top"]}>
          <PersonHead person={person}>
            {!person.anonymous && (
              <LinkButton href={`/contact?with=${id}`} leftSection={<Icon name="add" size={18} />}>
                Log a contact
              </LinkButton>
            )}
          </PersonHead>
          {closedOn && (
            <ClosedNotice
              clientId={id}
              closedOn={closedOn}
              closing={person.closings[0] ?? null}
              issues={issues}
              loggedSince={contacts.some((contact) => !contact.voided && contact.occurredOn > closedOn)}
            />
          )}
          {!person.anonymous && <RightsNotices clientId={id} />}
          <Conflicts conflicts={person.conflicts} today={today} />
        </div>
        <aside className={styles["rail"]} aria-label="More about this person">
          {!person.anonymous && (
            <>
              <Actions clientId={id} issues={open} today={today} />
              <EarlyHelp clientId={id} today={today} />
              <Referrals clientId={id} today={today} />
              <Consents
                clientId={id}
                dateOfBirth={person.dateOfBirth}
                state={person.sharing}
                history={person.consents}
                today={today}
              />
              <TheirSay clientId={id} objections={person.objections} bases={bases} />
              <KnownTo clientId={id} today={today} />
              <Scores clientId={id} today={today} />
            </>
          )}
          <WhoLooked clientId={id} looks={person.looks} total={person.looksInAll} realToday={realToday} />
          {!person.anonymous && <Details person={person} today={today} />}
        </aside>
        <div className={styles["story"]}>
          <Course issues={issues} today={today} />
          <ContactList
            clientId={id}
            first={{ contacts: [...contacts], next: person.nextContacts }}
            count={person.contactCount}
            today={today}
            mayRemoveNotes={mayRemoveNotes}
          />
          <div className={`${rail["foot"]} no-print`}>
            <LinkButton
              href={`/people/${id}/print`}
              variant="default"
              size="sm"
              leftSection={<Icon name="print" size={17} />}
            >
              Print this record
            </LinkButton>
            {!person.anonymous && (
              <LinkButton href={`/stories/new?of=${id}`} variant="default" size="sm">
                Write their story
              </LinkButton>
            )}
            {!person.anonymous && !closedOn && serviceId && (
              <CloseRecord clientId={id} issues={open} serviceId={serviceId} />
            )}
          </div>
        </div>
      </div>
    </Page>
  );
}
