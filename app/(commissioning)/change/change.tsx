"use client";
/**
 * The page of change: choices in the address, then the sentence, the chart and the table of what was chosen, and the
 * events that people wrote down. Everything shown is made from figures on the server.
 */
import { useMediaQuery } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import type { EventMarker } from "../../../server/domain/event-marker";
import type { MapOptions } from "../../../server/domain/figures";
import { useTRPC } from "../../_trpc/client";
import { Icon } from "../../_ui/icon";
import { EmptyState, PageTitle } from "../../_ui/page-title";
import { AreasChange } from "./areas-change";
import styles from "./change.module.css";
import { Choices } from "./choices";
import { EventDetails, EventList } from "./event-details";
import { PlaceChange } from "./place-change";
import { type ChangeView, changed, changeQuery, readChangeView } from "./view";

export function Change({ mayWrite }: { mayWrite: boolean }) {
  const trpc = useTRPC();
  const options = useQuery(trpc.map.options.queryOptions());
  const events = useQuery(trpc.change.events.queryOptions());
  if (options.isError || events.isError) {
    return (
      <>
        <PageTitle title="Change over time" />
        <EmptyState>The figures could not be read. Try again in a minute.</EmptyState>
      </>
    );
  }
  if (!options.data || !events.data) {
    return (
      <>
        <PageTitle title="Change over time" />
        <EmptyState>Reading the figures…</EmptyState>
      </>
    );
  }
  return <ChangeOf options={options.data} events={events.data} mayWrite={mayWrite} />;
}

interface ChangeOfProps {
  options: MapOptions;
  events: readonly EventMarker[];
  mayWrite: boolean;
}

function ChangeOf({ options, events, mayWrite }: ChangeOfProps) {
  const query = useSearchParams();
  const path = usePathname();
  const view = useMemo(
    () => readChangeView(new URLSearchParams(query.toString()), options, events),
    [query, options, events],
  );
  const change = (part: Partial<ChangeView>) => {
    // Next reads the address from the history, so no page is fetched for a choice.
    window.history.pushState(null, "", `${path}${changeQuery(changed(view, part, events))}`);
  };
  const event = events.find(({ id }) => id === view.event) ?? null;
  // On a phone the sentence comes first, and the choices are a press away.
  const isDesk = useMediaQuery("(min-width: 62em)");
  const choices = <Choices options={options} events={events} view={view} change={change} />;
  return (
    <div className={styles["screen"]}>
      {isDesk ? (
        <aside className={`${styles["choices"]} no-print`} aria-label="What is shown">
          {choices}
        </aside>
      ) : (
        <details className={`${styles["folded"]} no-print`}>
          <summary>
            Choose what is shown <Icon name="down" size={16} />
          </summary>
          {choices}
        </details>
      )}
      <div className={styles["body"]}>
        {view.shows === "areas" ? (
          <AreasAnswer view={view} change={change} />
        ) : (
          <PlaceAnswer view={view} change={change} />
        )}
        {event ? (
          <EventDetails event={event} view={view} change={change} mayWrite={mayWrite} />
        ) : (
          <EventList events={events} change={change} mayWrite={mayWrite} />
        )}
      </div>
    </div>
  );
}

interface AnswerProps {
  view: ChangeView;
  change: (part: Partial<ChangeView>) => void;
}

function PlaceAnswer({ view, change }: AnswerProps) {
  const trpc = useTRPC();
  const { node, areas, type, event } = view;
  const answer = useQuery({
    ...trpc.change.series.queryOptions({ node, areas: [...areas], type, event }),
    enabled: areas.length > 0,
    placeholderData: keepPreviousData,
  });
  if (areas.length === 0) {
    return (
      <>
        <PageTitle title="Change over time" />
        <EmptyState>Choose a place, or look at all areas side by side.</EmptyState>
      </>
    );
  }
  if (answer.data) return <PlaceChange series={answer.data} view={view} change={change} />;
  return <Waiting failed={answer.isError} />;
}

function AreasAnswer({ view, change }: AnswerProps) {
  const trpc = useTRPC();
  const { node, level, type, event } = view;
  const answer = useQuery({
    ...trpc.change.areas.queryOptions({ node, level, type, event }),
    placeholderData: keepPreviousData,
  });
  if (answer.data) return <AreasChange areas={answer.data} view={view} change={change} />;
  return <Waiting failed={answer.isError} />;
}

function Waiting({ failed }: { failed: boolean }) {
  return (
    <>
      <PageTitle title="Change over time" />
      <EmptyState>
        {failed ? "The figures could not be read. Try again in a minute." : "Reading the figures…"}
      </EmptyState>
    </>
  );
}
