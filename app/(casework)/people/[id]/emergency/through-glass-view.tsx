"use client";
/** What emergency access shows. It is asked for by a press, so that every look is meant, and each is written down. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { OwnGlass } from "../../../../../server/break-glass";
import { NEXT_STEP_LABELS, RECENCY_LABELS } from "../../../../../server/domain/agreements/known-to";
import type { ThroughGlass } from "../../../../../server/domain/break-glass";
import { useTRPC } from "../../../../_trpc/client";
import { timeOf } from "../../../../_ui/dates";
import { ErrorSummary } from "../../../../_ui/error-summary";
import { faultsOf } from "../../../../_ui/faults";
import { EmptyState } from "../../../../_ui/page-title";
import { StatusTag } from "../../../../_ui/status";
import styles from "./emergency.module.css";

const COLOUR_WORDS = {
  red: "Red: something open is high or in crisis",
  amber: "Amber: something open is medium",
  green: "Green: what is open is low",
  none: "Nothing is open",
} as const;

export function ThroughGlassView({ glass }: { glass: OwnGlass }) {
  const trpc = useTRPC();
  const look = useMutation(trpc.desk.lookThroughGlass.mutationOptions());
  return (
    <section aria-label={`What ${glass.givingOrganisationName} holds`}>
      <p>Open until {timeOf(glass.endsAt)}, for you alone. Look only for what you need.</p>
      <ErrorSummary errors={look.isError ? faultsOf(look.error) : []} />
      {!look.data && (
        <Button mt={12} loading={look.isPending} onClick={() => look.mutate({ id: glass.id })}>
          Show what {glass.givingOrganisationName} holds
        </Button>
      )}
      {look.data?.length === 0 && (
        <EmptyState>
          {glass.givingOrganisationName} has no record that is known to be this person. They may know them
          under another name: ring them.
        </EmptyState>
      )}
      {look.data?.map((record) => (
        // A record has no id that may be shown.
        <OneRecord key={JSON.stringify(record)} record={record} />
      ))}
    </section>
  );
}

function OneRecord({ record }: { record: ThroughGlass }) {
  const { givenName, familyName, phone, colour, needs, services } = record;
  return (
    <article className={styles["record"]}>
      <h2>
        {givenName} {familyName}
      </h2>
      <p>
        {phone ? (
          <a href={`tel:${phone.replaceAll(" ", "")}`}>{phone}</a>
        ) : (
          "No telephone number on their record."
        )}
      </p>
      <p className={styles["colour"]}>{COLOUR_WORDS[colour]}.</p>
      {needs.length > 0 && (
        <ul className={styles["needs"]}>
          {needs.map(({ need, status, words }) => (
            <li key={need}>
              {words.need} <StatusTag status={status} />
            </li>
          ))}
        </ul>
      )}
      {services.map(({ service, team, recency, next }) => (
        <p key={service}>
          <strong>{service}</strong>
          {team.phone && `, ${team.phone}`}
          {team.email && `, ${team.email}`}. {RECENCY_LABELS[recency]}. {NEXT_STEP_LABELS[next]}
        </p>
      ))}
    </article>
  );
}
