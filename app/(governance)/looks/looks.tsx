"use client";
/**
 * The question in two steps, about whom and when, and the answer below it: a sentence, then each person and day with
 * what they did and why. What has no reason on record stands out and comes with what to do.
 */
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { ROLE_LABELS } from "../../../server/domain/access";
import type { Day } from "../../../server/domain/period";
import type { LookQuestion } from "../../../server/domain/who-looked";
import type { AskableMember } from "../../../server/who-looked";
import { useTRPC } from "../../_trpc/client";
import { DayField } from "../../_ui/day-field";
import { ErrorSummary } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import { PageTitle } from "../../_ui/page-title";
import { Segmented } from "../../_ui/segmented";
import { Answer } from "./answer";
import { FindPerson } from "./find-person";
import styles from "./looks.module.css";
import { aboutIn, addressOf, windowIn } from "./question";

type About = LookQuestion["about"];
/** Days as they are typed: empty while one is missing. */
type Days = { from: Day | ""; to: Day | "" };

const KINDS = [
  { value: "client", label: "A person" },
  { value: "member", label: "A colleague" },
  { value: "agreement", label: "An agreement" },
] as const satisfies readonly { value: About["kind"]; label: string }[];

interface LooksProps {
  members: readonly AskableMember[];
  agreements: readonly { id: string; title: string }[];
  /** The days that are asked about until others are typed. */
  usual: { from: Day; to: Day };
  today: Day;
}

export function Looks({ members, agreements, usual, today }: LooksProps) {
  const trpc = useTRPC();
  const address = useSearchParams();
  const about = aboutIn(address);
  const asked = windowIn(address, usual);
  const [chosen, setChosen] = useState<About["kind"]>("client");
  const kind = about?.kind ?? chosen;
  /** While one of them is not written to its end; the address has whole ones. */
  const [unfinished, setUnfinished] = useState<Days | null>(null);
  const days = unfinished ?? asked;
  const answer = useQuery(
    trpc.desk.whoLooked.queryOptions(
      { about: about ?? { kind: "client", id: "" }, ...asked },
      { enabled: about !== null && unfinished === null, staleTime: 60_000 },
    ),
  );
  const ask = (next: About | null) => window.history.pushState(null, "", addressOf(next, asked));
  const choose = (next: About["kind"]) => {
    setChosen(next);
    ask(null);
  };
  const setDays = ({ from, to }: Days) => {
    const isWhole = from !== "" && to !== "";
    setUnfinished(isWhole ? null : { from, to });
    if (isWhole) window.history.replaceState(null, "", addressOf(about, { from, to }));
  };
  return (
    <>
      <PageTitle title="Who has looked, and why">
        Find a person to see everybody who opened, searched for or changed their record, here and at other
        organisations. Your asking is recorded too.
      </PageTitle>
      <section className={styles["question"]} aria-label="Your question">
        <Segmented label="About whom or what" value={kind} options={KINDS} onChange={choose} />
        {kind === "client" && <FindPerson onChoose={(id) => ask({ kind: "client", id })} />}
        {kind === "member" && (
          <Select
            label="Colleague"
            placeholder="Choose somebody"
            searchable
            data={members.map(({ id, name, roles, hasLeft }) => ({
              value: id,
              label: `${name}, ${roles.map((role) => ROLE_LABELS[role].toLowerCase()).join(" and ")}${hasLeft ? " (has left)" : ""}`,
            }))}
            value={about?.id ?? null}
            onChange={(id) => ask(id === null ? null : { kind: "member", id })}
          />
        )}
        {kind === "agreement" && (
          <Select
            label="Agreement"
            placeholder={agreements.length === 0 ? "There is none yet" : "Choose one"}
            data={agreements.map(({ id, title }) => ({ value: id, label: title }))}
            value={about?.id ?? null}
            onChange={(id) => ask(id === null ? null : { kind: "agreement", id })}
          />
        )}
        <div className={styles["window"]}>
          <DayField
            id="from"
            label="From"
            value={days.from}
            onChange={(from) => setDays({ ...days, from })}
          />
          <DayField id="to" label="To" value={days.to} onChange={(to) => setDays({ ...days, to })} />
        </div>
      </section>
      <ErrorSummary errors={answer.isError ? faultsOf(answer.error) : []} />
      {answer.isFetching && !answer.data && <p role="status">Looking through the records of use…</p>}
      {about && unfinished === null && answer.data && (
        <Answer question={{ about, ...asked }} answer={answer.data} today={today} />
      )}
    </>
  );
}
