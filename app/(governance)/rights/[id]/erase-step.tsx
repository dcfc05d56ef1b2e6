"use client";
/** Erasing: decided purpose by purpose, blocked by holds, then carried out once and for all. */
import { Button, Radio, Select, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { dayInWords } from "../../../../server/domain/period";
import {
  decideErasureSchema,
  ERASURE_PURPOSES,
  HOLD_KINDS,
  KEEP_REASONS,
  placeHoldSchema,
} from "../../../../server/domain/rights/deciding";
import { newId } from "../../../_offline/new-id";
import { useTRPC, useTRPCClient } from "../../../_trpc/client";
import { DayField } from "../../../_ui/day-field";
import { ErrorSummary } from "../../../_ui/error-summary";
import form from "../../../_ui/form.module.css";
import { FormActions } from "../../../_ui/form-actions";
import rows from "../../../_ui/rows.module.css";
import { useStepUp } from "../../../_ui/step-up";
import { Tag } from "../../../_ui/tag";
import type { StepProps } from "./request";
import styles from "./request.module.css";
import { useStep } from "./use-step";

const KEEPS = Object.entries(KEEP_REASONS).map(([value, label]) => ({ value, label }));
const HOLDS = Object.entries(HOLD_KINDS).map(([value, label]) => ({ value, label }));

export function EraseStep({ request, reread }: StepProps) {
  const { id } = request;
  const trpc = useTRPC();
  const client = useTRPCClient();
  const read = useQuery(trpc.rights.decided.queryOptions({ id }));
  const step = useStep(async () => {
    await read.refetch();
    await reread();
  });
  const stepUp = useStepUp();
  const [asked, setAsked] = useState(false);
  const [isHolding, setHolding] = useState(false);
  if (!read.data) return <p role="status">Reading what was decided…</p>;
  const { holds, erasure } = read.data;
  const decisionOf = (purpose: string) => erasure.find((decision) => decision.purpose === purpose);
  const wholeRecord = decisionOf("record")?.decision === "erase";
  const toErase = erasure.filter(({ decision, doneAt }) => decision === "erase" && doneAt === null);

  return (
    <section className={styles["step"]}>
      {stepUp.dialog}
      <h2>Decide what is erased</h2>
      <p>Each purpose by itself. What a law or a claim asks us to keep stays, with its reason.</p>
      <ErrorSummary errors={step.errors} />
      {holds.map((hold) => (
        <div key={hold.id} className={form["note"]}>
          <strong>{HOLD_KINDS[hold.kind]}.</strong> {hold.reason} To be looked at again on{" "}
          {dayInWords(hold.reviewOn)}. Nothing can be erased while this stands.
          <div className={styles["actions"]}>
            <Button
              variant="default"
              loading={step.busy}
              onClick={() => void step.run(() => client.rights.liftHold.mutate({ id: hold.id }))}
            >
              Lift this hold
            </Button>
          </div>
        </div>
      ))}
      <div className={form["form"]}>
        {Object.entries(ERASURE_PURPOSES).map(([purpose, { label, goes }]) => {
          const decision = decisionOf(purpose);
          if (purpose !== "record" && wholeRecord) return null;
          if (decision?.doneAt) {
            return (
              <p key={purpose}>
                <strong>{label}</strong> <Tag icon="check">Erased</Tag>
              </p>
            );
          }
          const decide = (given: object) => {
            const parsed = decideErasureSchema.safeParse({ id, purpose, ...given });
            if (parsed.success) void step.run(() => client.rights.decideErasure.mutate(parsed.data));
          };
          return (
            <Radio.Group
              key={purpose}
              label={label}
              description={goes}
              value={decision?.decision ?? null}
              onChange={(value) =>
                decide(value === "erase" ? { decision: "erase" } : { decision: "keep", because: "duty" })
              }
            >
              <Radio mt={10} value="erase" label="Erase" />
              <Radio mt={10} value="keep" label="Keep" />
              {decision?.decision === "keep" && (
                <Select
                  mt={10}
                  label="Why is it kept?"
                  data={KEEPS}
                  allowDeselect={false}
                  value={decision.because}
                  onChange={(because) => decide({ decision: "keep", because })}
                />
              )}
            </Radio.Group>
          );
        })}
        {isHolding && request.people[0] ? (
          <HoldForm
            clientId={request.people[0].clientId}
            busy={step.busy}
            onLeave={() => setHolding(false)}
            onPlace={(hold) =>
              void step
                .run(() => client.rights.placeHold.mutate(hold))
                .then((done) => done && setHolding(false))
            }
          />
        ) : asked ? (
          <div className={form["note"]}>
            <p>
              This cannot be undone. It goes from here at once, and from backups as they age; devices do not
              bring it back.
            </p>
            <FormActions
              act="Erase for good"
              danger
              busy={step.busy}
              onPress={() =>
                void step
                  .run(async () => {
                    if (await stepUp.ensure()) await client.rights.erase.mutate({ id });
                  })
                  .then(() => setAsked(false))
              }
              onLeave={() => setAsked(false)}
            />
          </div>
        ) : (
          <div className={styles["actions"]}>
            <Button disabled={toErase.length === 0 || holds.length > 0} onClick={() => setAsked(true)}>
              Erase what is decided
            </Button>
            {request.people.length > 0 && (
              <Button variant="default" onClick={() => setHolding(true)}>
                Hold the record back
              </Button>
            )}
          </div>
        )}
      </div>
      {request.people.length > 0 && (
        <ul className={rows["rows"]} aria-label="Whose record">
          {request.people.map(({ clientId, name, dateOfBirth, reference }) => (
            <li key={clientId} className={rows["line"]}>
              <span className={rows["words"]}>
                <strong>{name}</strong>
                <small>
                  {[dateOfBirth && `born ${dayInWords(dateOfBirth)}`, reference].filter(Boolean).join(", ")}
                </small>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface HoldFormProps {
  clientId: string;
  kinds?: readonly { value: string; label: string }[];
  busy: boolean;
  onLeave?: () => void;
  onPlace: (hold: ReturnType<typeof placeHoldSchema.parse>) => void;
}

/** Why a record is held back, and when somebody looks at it again. */
export function HoldForm({ clientId, kinds = HOLDS, busy, onLeave, onPlace }: HoldFormProps) {
  const [id] = useState(newId);
  const [kind, setKind] = useState<string | null>(kinds[0]?.value ?? null);
  const [reason, setReason] = useState("");
  const [reviewOn, setReviewOn] = useState("");
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const save = () => {
    const read = placeHoldSchema.safeParse({ id, clientId, kind, reason, reviewOn });
    if (read.success) return onPlace(read.data);
    setFaults(
      Object.fromEntries(read.error.issues.map(({ path, message }) => [String(path[0] ?? ""), message])),
    );
  };
  return (
    <div className={form["form"]}>
      {kinds.length > 1 && (
        <Select
          label="Why is it held back?"
          data={[...kinds]}
          allowDeselect={false}
          value={kind}
          onChange={setKind}
        />
      )}
      <Textarea
        id="hold-reason"
        label="The reason, in a few words"
        autosize
        minRows={2}
        value={reason}
        error={faults["reason"]}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <DayField
        id="hold-review"
        label="On which day do you look at it again?"
        value={reviewOn}
        error={faults["reviewOn"]}
        onChange={setReviewOn}
      />
      <FormActions act="Hold it back" busy={busy} onPress={save} onLeave={onLeave ?? (() => setReason(""))} />
    </div>
  );
}
