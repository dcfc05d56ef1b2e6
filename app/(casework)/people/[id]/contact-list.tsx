"use client";
/**
 * Every contact, latest first, in words. One that was corrected stands folded below the one that took its place; one
 * logged in error is voided with a reason and stays to be seen.
 */
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ContactPage } from "../../../../server/client-timeline";
import type { Day } from "../../../../server/domain/period";
import type { ShownContact } from "../../../../server/domain/profile";
import { useTRPC, useTRPCClient } from "../../../_trpc/client";
import { ErrorSummary } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import { EmptyState } from "../../../_ui/page-title";
import { ContactRow } from "./contact-row";
import styles from "./person.module.css";
import { RemoveNote } from "./remove-note";
import { VoidContact } from "./void-contact";

interface ContactListProps {
  clientId: string;
  /** The latest ones, with which the page was made. */
  first: ContactPage;
  /** Contacts that were not voided. */
  count: number;
  today: Day;
  mayRemoveNotes: boolean;
}

/** The latest contacts came with the page. */
const START: string | null = null;

export function ContactList({ clientId, first, count, today, mayRemoveNotes }: ContactListProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [voiding, setVoiding] = useState<ShownContact | null>(null);
  const [removing, setRemoving] = useState<ShownContact | null>(null);
  const later = useInfiniteQuery({
    // Asked anew when what the page came with has changed.
    queryKey: [...trpc.clients.contacts.pathKey(), clientId, ...first.contacts.map(keyOf)],
    queryFn: ({ pageParam }) =>
      pageParam === null ? first : client.clients.contacts.query({ clientId, before: pageParam }),
    initialPageParam: START,
    getNextPageParam: ({ next }) => next,
    initialData: { pages: [first], pageParams: [START] },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const contacts = later.data.pages.flatMap((page) => page.contacts);
  return (
    <section id="contacts" aria-labelledby="contacts-title">
      <div className={styles["contactsHead"]}>
        <h2 id="contacts-title" className={styles["h2"]}>
          Contacts
        </h2>
        {count > 0 && <span className={styles["count"]}>{count} in all</span>}
      </div>
      {contacts.length === 0 && <EmptyState>No contacts yet. Log the first one when you meet.</EmptyState>}
      <ol>
        {contacts.map((contact) => (
          <ContactRow
            key={contact.id}
            clientId={clientId}
            contact={contact}
            today={today}
            onVoid={() => setVoiding(contact)}
            onRemoveNote={mayRemoveNotes ? setRemoving : undefined}
          />
        ))}
      </ol>
      <ErrorSummary errors={later.isError ? faultsOf(later.error) : []} />
      {later.hasNextPage && (
        <div className={`${styles["more"]} no-print`}>
          <Button
            variant="default"
            loading={later.isFetchingNextPage}
            onClick={() => void later.fetchNextPage()}
          >
            Show earlier contacts
          </Button>
        </div>
      )}
      <VoidContact contact={voiding} onClose={() => setVoiding(null)} />
      <RemoveNote contact={removing} onClose={() => setRemoving(null)} />
    </section>
  );
}

const keyOf = ({ id, voided, noteRemoved, replaces }: ShownContact): string =>
  [id, voided && "void", noteRemoved && "no note", replaces && keyOf(replaces)].filter(Boolean).join(" ");
