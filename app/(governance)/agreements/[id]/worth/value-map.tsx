"use client";
/**
 * The value map: the actions, the curve of what remains as less is shared with its knee, value and cost of every cell,
 * and the least cells for the wanted actions, which one press writes into the draft.
 */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Cell } from "../../../../../server/domain/agreements/agreement";
import { isAreaPlace } from "../../../../../server/domain/agreements/grid";
import {
  cellInWords,
  DETAIL_WORDS,
  GROUP_WORDS,
  listInWords,
  PLACE_WORDS,
} from "../../../../../server/domain/agreements/in-words";
import type { AgreementRead } from "../../../../../server/domain/agreements/paperwork";
import {
  type GroupLevel,
  knee,
  type Level,
  ladder,
  MOST_ACTIONS,
  minimumSet,
  type ValueAction,
  WORKS_FROM,
} from "../../../../../server/domain/agreements/value-map";
import { inDigits } from "../../../../../server/domain/number-text";
import { useTRPC } from "../../../../_trpc/client";
import { ChartFigure } from "../../../../_ui/charts/chart-figure";
import { ErrorSummary, type FieldError } from "../../../../_ui/error-summary";
import { faultsOf } from "../../../../_ui/faults";
import form from "../../../../_ui/form.module.css";
import { Icon } from "../../../../_ui/icon";
import { EmptyState, PageTitle } from "../../../../_ui/page-title";
import rows from "../../../../_ui/rows.module.css";
import { Tag } from "../../../../_ui/tag";
import styles from "../../agreements.module.css";
import { ActionForm } from "./action-form";
import { CellWorth } from "./cell-worth";
import { ValueCurve } from "./value-curve";

const levelWords = ({ place, detail }: Level) =>
  `${PLACE_WORDS[place]}, ${DETAIL_WORDS[detail].name.toLowerCase()}`;

export function ValueMap({ agreement, given }: { agreement: AgreementRead; given: readonly ValueAction[] }) {
  const { id, may, terms } = agreement;
  const trpc = useTRPC();
  const removing = useMutation(trpc.valueMap.remove.mutationOptions());
  const [actions, setActions] = useState(given);
  const [editing, setEditing] = useState<string | null>(given.length === 0 && may.edit ? "new" : null);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const remove = async (actionId: string) => {
    setErrors([]);
    try {
      setActions(await removing.mutateAsync({ id: actionId, agreementId: id }));
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  const finish = (next?: readonly ValueAction[]) => {
    if (next) setActions(next);
    setEditing(null);
  };
  return (
    <>
      <p className={styles["over"]}>
        <Link href={`/agreements/${id}`}>{terms.title}</Link>
      </p>
      <PageTitle
        title="What is sharing worth?"
        action={
          may.edit &&
          editing === null &&
          actions.length < MOST_ACTIONS && (
            <Button
              variant="default"
              leftSection={<Icon name="add" size={18} />}
              onClick={() => setEditing("new")}
            >
              Add an action
            </Button>
          )
        }
      >
        Name each thing that people want to do, and what it needs. You then see what is lost with each step of
        less sharing, and the least data that is enough.
      </PageTitle>
      <ErrorSummary errors={errors} />
      {editing === "new" && <ActionForm agreementId={id} action={null} onDone={finish} />}
      {actions.length === 0 && editing === null && (
        <EmptyState>Nothing is weighed yet: no action is named for this agreement.</EmptyState>
      )}
      <ul className={rows["rows"]}>
        {actions.map((action) =>
          editing === action.id ? (
            <li key={action.id} style={{ padding: "12px 0" }}>
              <ActionForm agreementId={id} action={action} onDone={finish} />
            </li>
          ) : (
            <li key={action.id}>
              <div className={rows["line"]}>
                <span className={rows["words"]}>
                  <strong>{action.name}</strong>
                  <span>{GROUP_WORDS[action.group]}</span>
                </span>
                {!action.wanted && <Tag>Left out</Tag>}
                {may.edit && editing === null && (
                  <span className={rows["acts"]}>
                    <Button
                      variant="subtle"
                      aria-label={`Change ${action.name}`}
                      onClick={() => setEditing(action.id)}
                    >
                      Change
                    </Button>
                    <Button
                      variant="subtle"
                      aria-label={`Take out ${action.name}`}
                      onClick={() => void remove(action.id)}
                    >
                      Take out
                    </Button>
                  </span>
                )}
              </div>
            </li>
          ),
        )}
      </ul>
      {actions.length > 0 && editing === null && <Findings agreement={agreement} actions={actions} />}
    </>
  );
}

function Findings({ agreement, actions }: { agreement: AgreementRead; actions: readonly ValueAction[] }) {
  const wanted = actions.filter((action) => action.wanted);
  if (wanted.length === 0)
    return <EmptyState>Every action is left out: there is nothing to weigh.</EmptyState>;
  const steps = ladder(wanted);
  const bend = knee(steps);
  const most = wanted.length * 100;
  const share = (value: number) => Math.round((100 * value) / most);
  return (
    <div className={styles["worth"]}>
      <section aria-labelledby="curve">
        <h2 id="curve" className={styles["h2"]}>
          {bend
            ? `The best trade is at “${levelWords(bend).toLowerCase()}”: ${share(bend.value)}% of the value for ${Math.round((100 * bend.cost) / (steps[0]?.cost ?? bend.cost))}% of the cost`
            : "No step stands out: each bit of sharing costs about what it is worth"}
        </h2>
        <ChartFigure
          firstWidth={358}
          table={{
            caption: "What remains at each step of less sharing",
            columns: ["Nothing shared beyond", "Value that remains", "Cost"],
            rows: steps.map((step) => ({
              key: levelWords(step),
              cells: [
                `${levelWords(step)}${step === bend ? " (the knee)" : ""}`,
                `${share(step.value)}%`,
                inDigits(step.cost),
              ],
            })),
          }}
        >
          {(width) => <ValueCurve width={width} steps={steps} bend={bend} most={most} />}
        </ChartFigure>
        <p className={styles["below"]}>
          Each point gives up one detail or one place, whichever loses less. The knee is the point farthest
          above the straight line between the ends of the curve (Satopää and others, “Kneedle”, 2011). Cost is
          how close times how detailed, unless you say otherwise.
        </p>
      </section>
      <Minimum agreement={agreement} wanted={wanted} />
      <CellWorth actions={wanted} bend={bend} />
    </div>
  );
}

/** About people the client is asked before more than "known to" is shown; figures are about nobody. */
const restsOf = ({ place, detail }: GroupLevel): Cell["rests"] =>
  isAreaPlace(place) || detail === "known-to" ? "basis" : "consent";

function Minimum({ agreement, wanted }: { agreement: AgreementRead; wanted: readonly ValueAction[] }) {
  const { id, version, terms, may } = agreement;
  const trpc = useTRPC();
  const router = useRouter();
  const saving = useMutation(trpc.agreements.saveDraft.mutationOptions());
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const { cells, impossible } = minimumSet(wanted);
  const written = cells.map((cell): Cell => ({ ...cell, rests: restsOf(cell) }));
  const write = async () => {
    setErrors([]);
    try {
      await saving.mutateAsync({ id, version, terms: { ...terms, cells: written }, over: [terms] });
      router.push(`/agreements/${id}`);
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <section aria-labelledby="least" className={styles["panel"]}>
      <h2 id="least" className={styles["h2"]}>
        The least that is enough
      </h2>
      <ErrorSummary errors={errors} />
      {written.length > 0 && (
        <>
          <ul className={styles["changes"]}>
            {written.map((cell) => (
              <li key={cellInWords(cell)}>{cellInWords(cell)}</li>
            ))}
          </ul>
          <p className={styles["below"]}>
            With these cells every action keeps at least {WORKS_FROM}% of its value. With any of them left
            out, or a step lower, one would not.
          </p>
        </>
      )}
      {impossible.length > 0 && (
        <p className={form["note"]} style={{ marginTop: 10 }}>
          No cell is enough for {listInWords(impossible.map(({ name }) => `“${name}”`))}.
        </p>
      )}
      {may.edit && written.length > 0 && (
        <Button mt={14} loading={saving.isPending} onClick={() => void write()}>
          Write these cells into the draft
        </Button>
      )}
    </section>
  );
}
