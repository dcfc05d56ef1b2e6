"use client";
/** The actions of one person: open ones with a circle to tick, finished ones folded away, and who looks after them. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ClientActions, ShownAction } from "../../../../server/domain/action";
import type { Day } from "../../../../server/domain/period";
import { useTRPC } from "../../../_trpc/client";
import { EmptyState } from "../../../_ui/page-title";
import { nameOf } from "../../../_words/issue-words";
import { ActionForm, type ActionIssue } from "../../_actions/action-form";
import { ActionList, ActionsSaid } from "../../_actions/action-list";
import rail from "../../_actions/rail.module.css";
import { useActions } from "../../_actions/use-actions";
import { LooksAfter } from "./looks-after";

interface ActionSectionProps {
  clientId: string;
  issues: readonly ActionIssue[];
  today: Day;
  ownId: string;
  /** What the page was made with. */
  given: ClientActions;
}

export function ActionSection({ clientId, issues, today, ownId, given }: ActionSectionProps) {
  const trpc = useTRPC();
  const read = useQuery(trpc.actions.ofClient.queryOptions({ clientId }, { initialData: given }));
  const hand = useActions(() => read.refetch());
  const [editing, setEditing] = useState<ShownAction | "new" | null>(null);
  const { actions, colleagues, looksAfter } = read.data;
  const open = actions.filter(({ finished }) => finished === null);
  const finished = actions.filter((action) => action.finished !== null);
  const second = ({ member, issue }: ShownAction) =>
    [member?.name ?? "Nobody’s yet", issue && nameOf(issue.need, issue.label)].filter(Boolean).join(" · ");
  const list = (of: readonly ShownAction[]) => (
    <ActionList actions={of} today={today} hand={hand} second={second} onChange={setEditing} />
  );
  return (
    <section className={rail["section"]} aria-labelledby="actions-title">
      <div className={rail["head"]}>
        <h2 id="actions-title">Next actions</h2>
        <button
          type="button"
          className={`${rail["add"]} no-print`}
          aria-label="Add an action"
          onClick={() => setEditing("new")}
        >
          Add
        </button>
      </div>
      <ActionsSaid hand={hand} />
      {open.length === 0 ? <EmptyState>Nothing to do for them just now.</EmptyState> : list(open)}
      {finished.length > 0 && (
        <details className={rail["more"]}>
          <summary>
            {finished.length} finished {finished.length === 1 ? "action" : "actions"}
          </summary>
          {list(finished)}
        </details>
      )}
      <LooksAfter
        clientId={clientId}
        looksAfter={looksAfter}
        colleagues={colleagues}
        ownId={ownId}
        onMoved={() => read.refetch()}
      />
      <ActionForm
        action={editing}
        clientId={clientId}
        issues={issues}
        colleagues={colleagues}
        ownId={ownId}
        today={today}
        onClose={() => setEditing(null)}
        onSaved={async (words) => {
          hand.say(words);
          await read.refetch();
        }}
        onNotNeeded={(action) => void hand.finish(action, "not-needed")}
      />
    </section>
  );
}
