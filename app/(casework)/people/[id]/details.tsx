"use client";
/** What is known of a person beyond the first line. Identifiers show their last characters until somebody asks. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { SEX_LABELS } from "../../../../server/domain/client";
import { IDENTIFIER_LABELS } from "../../../../server/domain/identifiers";
import type { ClientProfile } from "../../../../server/domain/profile";
import { useTRPC } from "../../../_trpc/client";
import { faultsOf } from "../../../_ui/faults";
import { placeInWords } from "../../../_words/place-words";
import styles from "./person.module.css";

export function Details({ person }: { person: ClientProfile }) {
  const trpc = useTRPC();
  const [asked, setAsked] = useState(false);
  const whole = useQuery(
    trpc.clients.get.queryOptions(
      { id: person.id, showIdentifiers: true },
      { enabled: asked, staleTime: 0, gcTime: 0 },
    ),
  );
  const identifiers = whole.data?.identifiers ?? person.identifiers;
  return (
    <section className={styles["details"]} aria-labelledby="details-title">
      <h2 id="details-title">Details</h2>
      <dl>
        <Detail term="Address">{placeInWords(person.place)}</Detail>
        {person.sex !== "not-known" && <Detail term="Sex">{SEX_LABELS[person.sex]}</Detail>}
        {person.phone && <Detail term="Phone">{person.phone}</Detail>}
        {person.email && <Detail term="E-mail">{person.email}</Detail>}
        {person.reference && <Detail term="Your reference">{person.reference}</Detail>}
        {identifiers.map(({ kind, value }) => (
          <Detail key={kind} term={IDENTIFIER_LABELS[kind]}>
            {value}
          </Detail>
        ))}
      </dl>
      {person.identifiers.length > 0 && !whole.data && (
        <div className={`${styles["show"]} no-print`}>
          <Button variant="default" size="sm" loading={whole.isFetching} onClick={() => setAsked(true)}>
            Show numbers in full
          </Button>
        </div>
      )}
      {whole.isError && <p role="alert">{faultsOf(whole.error)[0]?.message}</p>}
    </section>
  );
}

function Detail({ term, children }: { term: string; children: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
