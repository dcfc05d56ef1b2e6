"use client";
/** Templates with what can be done with each, and what is prepared by itself with a way to stop it. */
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { AUDIENCE_WORDS } from "../../../../server/domain/impact/plan";
import { thingsInWords } from "../../../../server/domain/impact/words";
import { dayInWords, periodTextInWords } from "../../../../server/domain/period";
import {
  SCHEDULE_STEP_WORDS,
  SCHEDULE_STEPS,
  type ScheduleStep,
  type SummaryOptions,
  type SummarySchedule,
  type SummaryTemplate,
} from "../../../../server/domain/summaries";
import { newId } from "../../../_offline/new-id";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { FormActions } from "../../../_ui/form-actions";
import { EmptyState } from "../../../_ui/page-title";
import rows from "../../../_ui/rows.module.css";
import { Segmented } from "../../../_ui/segmented";
import styles from "./templates.module.css";

interface TemplatesProps {
  options: SummaryOptions;
  givenTemplates: SummaryTemplate[];
  givenSchedules: SummarySchedule[];
}

const STEPS = SCHEDULE_STEPS.map((step) => ({ value: step, label: SCHEDULE_STEP_WORDS[step] }));

export function Templates({ options, givenTemplates, givenSchedules }: TemplatesProps) {
  const trpc = useTRPC();
  const templates = useQuery(
    trpc.summaries.templates.list.queryOptions(undefined, { initialData: givenTemplates }),
  );
  const schedules = useQuery(
    trpc.summaries.schedules.list.queryOptions(undefined, { initialData: givenSchedules }),
  );
  const removing = useMutation(trpc.summaries.templates.remove.mutationOptions());
  const scheduling = useMutation(trpc.summaries.schedules.save.mutationOptions());
  const stopping = useMutation(trpc.summaries.schedules.stop.mutationOptions());
  const [preparing, setPreparing] = useState<string | null>(null);
  const [every, setEvery] = useState<ScheduleStep>("quarter");
  const [said, setSaid] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  /** Does it, reads both lists again and says so; or says what speaks against it. */
  const act = async (does: () => Promise<unknown>, words: string) => {
    setErrors([]);
    setSaid("");
    try {
      await does();
      await Promise.all([templates.refetch(), schedules.refetch()]);
      setPreparing(null);
      setSaid(words);
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  const prepare = ({ name, plan }: SummaryTemplate) =>
    act(
      () => scheduling.mutateAsync({ id: newId(), name, plan, every }),
      `${name} is prepared ${SCHEDULE_STEP_WORDS[every].toLowerCase()} from now on.`,
    );
  const serviceOf = ({ plan }: SummaryTemplate | SummarySchedule) =>
    plan.serviceId === null
      ? "All services"
      : (options.services.find(({ id }) => id === plan.serviceId)?.name ?? "A service that is closed");
  const planInWords = (of: SummaryTemplate | SummarySchedule) =>
    `${serviceOf(of)}, ${AUDIENCE_WORDS[of.plan.audience].toLowerCase()}, ${thingsInWords(of.plan.sections.length, "section")}`;

  return (
    <>
      <div role="status">{said && <p className={form["good"]}>{said}</p>}</div>
      <ErrorSummary errors={errors} />
      {templates.data.length === 0 ? (
        <EmptyState>
          No template yet. <Link href="/summary">Choose what a summary is of</Link>, open its sections and
          keep the choice under a name.
        </EmptyState>
      ) : (
        <ul className={rows["card"]}>
          {templates.data.map((template) => (
            <li key={template.id}>
              <div className={rows["line"]}>
                <span className={rows["words"]}>
                  <strong>{template.name}</strong>
                  <span>{planInWords(template)}</span>
                </span>
                <span className={rows["acts"]}>
                  <Button
                    variant="subtle"
                    size="sm"
                    component={Link}
                    href={`/summary?template=${template.id}`}
                    aria-label={`Use ${template.name}`}
                  >
                    Use
                  </Button>
                  <Button
                    variant="subtle"
                    size="sm"
                    aria-label={`Prepare ${template.name} by itself`}
                    aria-expanded={preparing === template.id}
                    onClick={() => setPreparing(preparing === template.id ? null : template.id)}
                  >
                    Prepare by itself
                  </Button>
                  <Button
                    variant="subtle"
                    size="sm"
                    aria-label={`Remove ${template.name}`}
                    onClick={() =>
                      void act(
                        () => removing.mutateAsync({ id: template.id }),
                        `${template.name} is removed. Summaries made from it stay.`,
                      )
                    }
                  >
                    Remove
                  </Button>
                </span>
              </div>
              {preparing === template.id && (
                <div className={styles["prepare"]}>
                  <p>How often shall {template.name} be prepared?</p>
                  <Segmented label="How often" value={every} options={STEPS} onChange={setEvery} />
                  <FormActions
                    act="Prepare by itself"
                    onPress={() => void prepare(template)}
                    busy={scheduling.isPending}
                    onLeave={() => setPreparing(null)}
                  />
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {(templates.data.length > 0 || schedules.data.length > 0) && (
        <h2 className={styles["h2"]}>Prepared by itself</h2>
      )}
      {templates.data.length === 0 && schedules.data.length === 0 ? null : schedules.data.length === 0 ? (
        <EmptyState>Nothing is prepared by itself. Choose “Prepare by itself” at a template.</EmptyState>
      ) : (
        <ul className={rows["card"]}>
          {schedules.data.map((schedule) => (
            <li key={schedule.id} className={rows["line"]}>
              <span className={rows["words"]}>
                <strong>
                  {schedule.name}, {SCHEDULE_STEP_WORDS[schedule.every].toLowerCase()}
                </strong>
                <span>{planInWords(schedule)}</span>
                <small>
                  Next: {periodTextInWords(schedule.next.period)}, on {dayInWords(schedule.next.on)}. Told by
                  mail: {schedule.madeByName}.
                </small>
              </span>
              <Button
                variant="subtle"
                size="sm"
                aria-label={`Stop preparing ${schedule.name}`}
                onClick={() =>
                  void act(
                    () => stopping.mutateAsync({ id: schedule.id }),
                    `${schedule.name} is no longer prepared by itself. Summaries made so far stay.`,
                  )
                }
              >
                Stop
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
