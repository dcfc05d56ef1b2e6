"use client";
/** The day itself: actions by when they are due, then people in crisis, not seen, and without a worker. */
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import type { Renewal } from "../../../server/consent-renewals";
import type { DueState } from "../../../server/domain/action";
import { type DayAction, dueGroups, type MyDay } from "../../../server/domain/caseload";
import type { Day as PlainDay } from "../../../server/domain/period";
import { useTRPC } from "../../_trpc/client";
import { EmptyState } from "../../_ui/page-title";
import { fullName } from "../../_words/person-words";
import { ActionForm } from "../_actions/action-form";
import { ActionList, ActionsSaid } from "../_actions/action-list";
import { useActions } from "../_actions/use-actions";
import { NobodyYet } from "./nobody-yet";
import { NotSeen } from "./not-seen";
import { PeopleList } from "./people-list";
import { Renewals } from "./renewals";
import styles from "./today.module.css";
import { Unassigned } from "./unassigned";

const GROUPS: readonly [DueState | "finished", string][] = [
  ["overdue", "Late"],
  ["today", "Today"],
  ["soon", "In the next seven days"],
  ["whenever", "When there is time"],
  ["later", "Later"],
  ["finished", "Finished today"],
];

interface DayProps {
  given: MyDay;
  renewals: { today: PlainDay; renewals: Renewal[] };
  ownId: string;
}

export function Day({ given, renewals, ownId }: DayProps) {
  const trpc = useTRPC();
  const read = useQuery(trpc.caseload.myDay.queryOptions(undefined, { initialData: given }));
  const reload = () => read.refetch();
  const hand = useActions(reload);
  const [editing, setEditing] = useState<DayAction | null>(null);
  const day = read.data;
  const { today, actions, crisis, unassigned, people } = day;
  const groups = dueGroups(actions, today);
  const second = ({ client, clientId }: DayAction) => (
    <Link href={`/people/${clientId}`}>{client ? fullName(client) : "Somebody who gave no name"}</Link>
  );
  return (
    <div className={styles["main"]}>
      <section aria-labelledby="day-actions">
        <h2 id="day-actions" className={styles["h2"]}>
          Actions
        </h2>
        <ActionsSaid hand={hand} />
        {actions.length === 0 && (
          <EmptyState>
            No actions. Actions that you add on somebody’s record, or that a colleague gives you, show up
            here.
          </EmptyState>
        )}
        {GROUPS.filter(([group]) => groups[group].length > 0).map(([group, words]) => (
          <div key={group} className={styles["group"]} data-group={group}>
            <h3 className={styles["h3"]}>
              {words} <span className={styles["count"]}>{groups[group].length}</span>
            </h3>
            <ActionList
              actions={groups[group]}
              today={today}
              hand={hand}
              second={second}
              onChange={setEditing}
            />
          </div>
        ))}
        {day.moreActions > 0 && (
          <p className={styles["note"]}>
            {day.moreActions} more with a later day or none. They show up here when these are done.
          </p>
        )}
      </section>

      {crisis.count > 0 && (
        <section aria-labelledby="day-crisis">
          <h2 id="day-crisis" className={styles["h2"]}>
            In crisis <span className={styles["count"]}>{crisis.count}</span>
          </h2>
          <PeopleList people={crisis.shown} today={today} shows="crisis" />
          {crisis.count > crisis.shown.length && (
            <p className={styles["note"]}>
              <Link href="/today/people?view=crisis">All {crisis.count} people in crisis</Link>
            </p>
          )}
        </section>
      )}

      <NotSeen day={day} onChanged={reload} />

      <Renewals given={renewals} />

      <p className={styles["note"]}>
        {people === 0 ? (
          <NobodyYet unassigned={unassigned.count} />
        ) : (
          <Link href="/today/people">
            {people === 1 ? "The one person whom you look after" : `All ${people} people whom you look after`}
          </Link>
        )}
      </p>

      {unassigned.count > 0 && (
        <Unassigned unassigned={unassigned} today={today} ownId={ownId} onMoved={reload} />
      )}

      <ActionForm
        action={editing}
        clientId={editing?.clientId ?? ""}
        issues={[]}
        colleagues={day.colleagues}
        ownId={ownId}
        today={today}
        onClose={() => setEditing(null)}
        onSaved={async (words) => {
          hand.say(words);
          await reload();
        }}
        onNotNeeded={(action) => void hand.finish(action, "not-needed")}
      />
    </div>
  );
}
