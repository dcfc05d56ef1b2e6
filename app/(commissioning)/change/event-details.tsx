"use client";
/**
 * An event as it was written: what was expected, by whom, when, and whether figures could be seen then. It is never
 * changed; its own organisation may add a note or take it back, and both stay to be seen.
 */
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { placesInWords } from "../../../server/domain/change/words";
import {
  EVENT_KINDS,
  type EventMarker,
  LONGEST_NOTE,
  whenWrittenInWords,
} from "../../../server/domain/event-marker";
import { levelOf } from "../../../server/domain/geography";
import { dayInWords } from "../../../server/domain/period";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import { TextArea } from "../../_ui/field";
import { FormActions } from "../../_ui/form-actions";
import { LinkButton } from "../../_ui/link-button";
import { Tag } from "../../_ui/tag";
import styles from "./change.module.css";
import type { ChangeView } from "./view";

const list = new Intl.ListFormat("en-GB");

/** Areas of a marker as words. */
function areasInWords(areas: EventMarker["areas"]): string {
  const [first] = areas;
  return first ? placesInWords(areas, levelOf(first.area)) : "";
}

interface EventDetailsProps {
  event: EventMarker;
  view: ChangeView;
  change: (part: Partial<ChangeView>) => void;
  mayWrite: boolean;
}

export function EventDetails({ event, view, change, mayWrite }: EventDetailsProps) {
  return (
    <section className={styles["event"]} aria-labelledby="event-heading">
      <h2 id="event-heading" className={styles["h2"]}>
        {event.title}
      </h2>
      <p>
        {EVENT_KINDS[event.kind]}, {dayInWords(event.happensOn)}, {areasInWords(event.areas)}.
        {event.reason && ` ${event.reason}`}
      </p>
      <p className={styles["written"]}>
        <Tag tone={event.writtenBefore ? "brand" : "wait"}>{whenWrittenInWords(event)}</Tag>
        {event.withdrawnOn && <Tag tone="stop">Taken back on {dayInWords(event.withdrawnOn)}</Tag>}
      </p>
      <p className={styles["note"]}>
        Written by {event.organisationName} on {dayInWords(event.writtenOn)}.{" "}
        {event.figuresUntil
          ? `Figures then reached to ${dayInWords(event.figuresUntil)}.`
          : "There were no figures yet."}
      </p>
      <h3 className={styles["h3"]}>What was expected</h3>
      <ul className={styles["expected"]}>
        {event.expected.map(({ node, label, direction }) => (
          <li key={node}>
            “
            <button
              type="button"
              className={styles["press"]}
              aria-pressed={view.node === node}
              onClick={() => change({ node })}
            >
              {label}
            </button>
            ” to {direction}
          </li>
        ))}
      </ul>
      {event.notes.length > 0 && (
        <>
          <h3 className={styles["h3"]}>Later notes</h3>
          <ul className={styles["notes"]}>
            {event.notes.map((note) => (
              <li key={note.id}>
                {note.withdraws && <b>Taken back: </b>}
                {note.text} <span className={styles["note"]}>{dayInWords(note.writtenOn)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {mayWrite && event.isOurs && <AddNote event={event} />}
    </section>
  );
}

/** A later note, or taking the marker back: the marker itself stays as it is. */
function AddNote({ event }: { event: EventMarker }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const add = useMutation(trpc.change.note.mutationOptions());
  const [doing, setDoing] = useState<"note" | "withdraw" | null>(null);
  const [text, setText] = useState("");
  const [id, setId] = useState("");
  const [faults, setFaults] = useState<FieldError[]>([]);
  const begin = (what: "note" | "withdraw") => {
    // Made before anything is sent, so that sending twice adds one.
    setId(crypto.randomUUID());
    setText("");
    setFaults([]);
    setDoing(what);
  };
  if (doing === null) {
    return (
      <p className={`${styles["buttons"]} no-print`}>
        <Button variant="default" size="sm" onClick={() => begin("note")}>
          Add a note
        </Button>
        {event.withdrawnOn === null && (
          <Button variant="subtle" size="sm" onClick={() => begin("withdraw")}>
            Take it back
          </Button>
        )}
      </p>
    );
  }
  return (
    <form
      className="no-print"
      noValidate
      onSubmit={async (submitted) => {
        submitted.preventDefault();
        if (text.trim().length < 3) {
          setFaults([{ message: "Write what is to be added", fieldId: "event-note" }]);
          return;
        }
        try {
          await add.mutateAsync({ id, eventId: event.id, text, withdraws: doing === "withdraw" });
          await client.invalidateQueries({ queryKey: trpc.change.events.queryKey() });
          setDoing(null);
        } catch (fault) {
          setFaults(faultsOf(fault, { text: "event-note" }));
        }
      }}
    >
      <ErrorSummary errors={faults} />
      <TextArea
        id="event-note"
        label={doing === "withdraw" ? "Why it is taken back" : "What is to be added"}
        hint="Everybody who reads figures sees it, and it cannot be changed. Write nothing about a person."
        error={faults.find(({ fieldId }) => fieldId === "event-note")?.message}
        rows={2}
        maxLength={LONGEST_NOTE}
        value={text}
        onChange={(changed) => setText(changed.currentTarget.value)}
      />
      <FormActions
        act={doing === "withdraw" ? "Take it back" : "Add"}
        danger={doing === "withdraw"}
        busy={add.isPending}
        onLeave={() => setDoing(null)}
      />
    </form>
  );
}

interface EventListProps {
  events: readonly EventMarker[];
  change: (part: Partial<ChangeView>) => void;
  mayWrite: boolean;
}

/** What people wrote down: each is a question that the page can answer. */
export function EventList({ events, change, mayWrite }: EventListProps) {
  return (
    <section className={styles["event"]} aria-labelledby="events-heading">
      <div className={styles["head"]}>
        <h2 id="events-heading" className={styles["h2"]}>
          Events
        </h2>
        {mayWrite && (
          <span className="no-print">
            <LinkButton href="/change/events/new" variant="default" size="sm">
              Write down an event
            </LinkButton>
          </span>
        )}
      </div>
      {events.length === 0 ? (
        <p className={styles["note"]}>
          None yet. Write down what is about to happen and what you expect, before the figures come: then they
          can be held against it.
        </p>
      ) : (
        <ul className={styles["list"]}>
          {events.map((event) => (
            <li key={event.id}>
              <button
                type="button"
                className={styles["press"]}
                onClick={() => change({ event: event.id, shows: "areas" })}
              >
                {event.title}
              </button>
              <span className={styles["note"]}>
                {dayInWords(event.happensOn)}, {areasInWords(event.areas)}. Expected:{" "}
                {list.format(event.expected.map(({ label, direction }) => `“${label}” to ${direction}`))}.
                {event.withdrawnOn && " Taken back."}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
