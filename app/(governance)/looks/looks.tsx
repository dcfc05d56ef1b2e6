"use client";
/**
 * The question in two steps, about whom and when, and the answer below it: a sentence, then each person and day with
 * what they did and why. What has no reason on record stands out and comes with what to do.
 */
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
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

type About = LookQuestion["about"];

const KINDS = [
  { value: "client", label: "A person" },
  { value: "member", label: "A colleague" },
  { value: "agreement", label: "An agreement" },
] as const satisfies readonly { value: About["kind"]; label: string }[];

interface LooksProps {
  begin: About | null;
  members: readonly AskableMember[];
  agreements: readonly { id: string; title: string }[];
  window: { from: Day; to: Day };
  today: Day;
}

export function Looks({ begin, members, agreements, window: usual, today }: LooksProps) {
  const trpc = useTRPC();
  const [kind, setKind] = useState<About["kind"]>(begin?.kind ?? "client");
  const [about, setAbout] = useState<About | null>(begin);
  const [window, setWindow] = useState(usual);
  const isWhole = window.from !== "" && window.to !== "";
  const answer = useQuery(
    trpc.desk.whoLooked.queryOptions(
      { about: about ?? { kind: "client", id: "" }, ...window },
      { enabled: about !== null && isWhole, staleTime: 60_000 },
    ),
  );
  const choose = (next: About["kind"]) => {
    setKind(next);
    setAbout(null);
  };
  return (
    <>
      <PageTitle title="Who has looked, and why">
        Find a person to see everybody who opened, searched for or changed their record, here and at other
        organisations. Your asking is recorded too.
      </PageTitle>
      <section className={styles["question"]} aria-label="Your question">
        <Segmented label="About whom or what" value={kind} options={KINDS} onChange={choose} />
        {kind === "client" && <FindPerson onChoose={(id) => setAbout({ kind: "client", id })} />}
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
            onChange={(id) => setAbout(id === null ? null : { kind: "member", id })}
          />
        )}
        {kind === "agreement" && (
          <Select
            label="Agreement"
            placeholder={agreements.length === 0 ? "There is none yet" : "Choose one"}
            data={agreements.map(({ id, title }) => ({ value: id, label: title }))}
            value={about?.id ?? null}
            onChange={(id) => setAbout(id === null ? null : { kind: "agreement", id })}
          />
        )}
        <div className={styles["window"]}>
          <DayField
            id="from"
            label="From"
            value={window.from}
            onChange={(from) => setWindow({ ...window, from })}
          />
          <DayField id="to" label="To" value={window.to} onChange={(to) => setWindow({ ...window, to })} />
        </div>
      </section>
      <ErrorSummary errors={answer.isError ? faultsOf(answer.error) : []} />
      {answer.isFetching && !answer.data && <p role="status">Looking through the records of use…</p>}
      {about && answer.data && <Answer question={{ about, ...window }} answer={answer.data} today={today} />}
    </>
  );
}
