"use client";
/**
 * A list of people that grows page by page. For a manager each can be chosen, and those chosen given to a colleague
 * in one go, with a way back.
 */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { PeoplePage } from "../../../server/caseload";
import type { Colleague } from "../../../server/domain/action";
import { type CaseloadView, type ListPeople, MOST_MOVED } from "../../../server/domain/caseload";
import type { Day } from "../../../server/domain/period";
import { newId } from "../../_offline/new-id";
import { useTRPC, useTRPCClient } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import { EmptyState } from "../../_ui/page-title";
import { fullName } from "../../_words/person-words";
import actions from "../_actions/action-list.module.css";
import styles from "./caseload.module.css";
import { PeopleList } from "./people-list";

interface CaseloadProps {
  asked: ListPeople;
  first: PeoplePage;
  today: Day;
  /** Whom those chosen can be given to; without it nobody can be chosen. */
  colleagues?: readonly Colleague[];
}

const NOBODY = "nobody";

export function Caseload({ asked, first, today, colleagues }: CaseloadProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [page, setPage] = useState(first);
  const [loading, setLoading] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [to, setTo] = useState("");
  const [said, setSaid] = useState<{ words: string; moveId: string | null } | null>(null);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const reassigning = useMutation(trpc.caseload.reassign.mutationOptions());
  const undoing = useMutation(trpc.caseload.undo.mutationOptions());
  const busy = reassigning.isPending || undoing.isPending;
  const { people, next } = page;

  const attempt = async (work: () => Promise<void>) => {
    setErrors([]);
    try {
      await work();
    } catch (error) {
      setErrors(faultsOf(error, { to: "move-to" }));
    }
  };
  const more = () =>
    attempt(async () => {
      setLoading(true);
      try {
        const added = await client.caseload.people.query({ ...asked, after: next });
        setPage({ people: [...people, ...added.people], next: added.next });
      } finally {
        setLoading(false);
      }
    });
  const reload = async () => {
    setPage(await client.caseload.people.query(asked));
    setChosen(new Set());
  };
  const move = () =>
    attempt(async () => {
      if (to === "") {
        setErrors([{ message: "Choose who should look after them.", fieldId: "move-to" }]);
        return;
      }
      const memberId = to === NOBODY ? null : to;
      const { id, moved } = await reassigning.mutateAsync({
        ...{ id: newId(), clientIds: [...chosen], to: memberId },
      });
      const name = colleagues?.find((each) => each.id === memberId)?.name;
      await reload();
      setSaid({
        moveId: id,
        words: name
          ? `${inWords(moved)} now with ${name}. Their open actions went along.`
          : `${inWords(moved)} without a worker now.`,
      });
    });
  const undo = (id: string) =>
    attempt(async () => {
      const { returned, stayed } = await undoing.mutateAsync({ id });
      await reload();
      const rest = stayed > 0 ? ` ${inWords(stayed)} moved on meanwhile and stayed.` : "";
      setSaid({ moveId: null, words: `Undone: ${inWords(returned)} back where they were.${rest}` });
    });
  const choose = (ids: readonly string[], isChosen: boolean) =>
    setChosen((before) => {
      const after = new Set(before);
      for (const id of ids) isChosen ? after.add(id) : after.delete(id);
      return after;
    });

  const all = people.length > 0 && people.every(({ id }) => chosen.has(id));
  return (
    <>
      <ErrorSummary errors={errors} />
      <div role="status">
        {said && (
          <p className={actions["said"]}>
            {said.words}
            {said.moveId !== null && (
              <button
                type="button"
                className={actions["small"]}
                disabled={busy}
                onClick={() => said.moveId !== null && void undo(said.moveId)}
              >
                Undo
              </button>
            )}
          </p>
        )}
      </div>
      {people.length === 0 && <EmptyState>{nobodyInWords(asked)}</EmptyState>}
      {colleagues && people.length > 0 && (
        <label className={styles["all"]}>
          <input
            type="checkbox"
            checked={all}
            onChange={() =>
              choose(
                people.map(({ id }) => id),
                !all,
              )
            }
          />
          Choose all {people.length} shown
        </label>
      )}
      <PeopleList
        people={people}
        today={today}
        shows={asked.view === "crisis" ? "crisis" : "seen"}
        {...(colleagues && {
          before: (person) => (
            <label className={styles["box"]}>
              <input
                type="checkbox"
                checked={chosen.has(person.id)}
                onChange={(event) => choose([person.id], event.currentTarget.checked)}
              />
              <span className="visually-hidden">Choose {fullName(person)}</span>
            </label>
          ),
        })}
      />
      {next !== null && (
        <div className={styles["more"]}>
          <Button variant="default" loading={loading} onClick={() => void more()}>
            Show more people
          </Button>
        </div>
      )}
      {colleagues && chosen.size > 0 && (
        <section className={styles["bar"]} aria-label="Give those chosen to a colleague">
          <p className={styles["chosen"]}>
            {chosen.size} chosen
            {chosen.size > MOST_MOVED && <span> At most {MOST_MOVED} at once.</span>}
          </p>
          <select
            id="move-to"
            aria-label="Give them to"
            className={styles["to"]}
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
          >
            <option value="">Give them to…</option>
            {colleagues
              .filter(({ id }) => id !== asked.whose)
              .map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            {asked.whose !== "unassigned" && <option value={NOBODY}>Nobody for now</option>}
          </select>
          <Button
            loading={reassigning.isPending}
            disabled={chosen.size > MOST_MOVED}
            onClick={() => void move()}
          >
            Move {chosen.size === 1 ? "1 person" : `${chosen.size} people`}
          </Button>
          <Button variant="subtle" onClick={() => setChosen(new Set())}>
            Choose nobody
          </Button>
          <p className="visually-hidden" role="status">
            {reassigning.isPending && `Moving ${chosen.size} people`}
          </p>
        </section>
      )}
    </>
  );
}

/** Why a list has nobody in it. */
const NOBODY_WORDS: Readonly<Record<CaseloadView, string>> = {
  all: "Nobody yet. Whoever is taken on, on their record, shows up here.",
  crisis: "Nobody here has a need in crisis.",
  "not-seen": "Everybody here was seen lately.",
};

const nobodyInWords = ({ whose, view }: ListPeople) =>
  whose === "unassigned" && view === "all"
    ? "Everybody has somebody who looks after them."
    : NOBODY_WORDS[view];

const inWords = (people: number) => (people === 1 ? "1 person is" : `${people} people are`);
