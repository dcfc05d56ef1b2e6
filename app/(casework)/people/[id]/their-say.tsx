"use client";
/**
 * What somebody may say of their own record: what they object to, why it may be held at all, and the code with which
 * they see it themselves. A worker writes down what they say; an officer decides what has to be decided.
 */
import { Button, Modal } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import {
  AGAINST_LABELS,
  type Against,
  holds,
  type ShownObjection,
} from "../../../../server/domain/objection";
import { dayInWords, dayOf } from "../../../../server/domain/period";
import type { ShownBasis } from "../../../../server/domain/recording-basis";
import { newId } from "../../../_offline/new-id";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { FormActions } from "../../../_ui/form-actions";
import { Segmented } from "../../../_ui/segmented";
import { endedInWords } from "../../../_words/ended-sharing";
import { WhyHeld } from "../../../_words/why-held";
import styles from "./rail.module.css";
import { RailSection } from "./rail-section";

interface TheirSayProps {
  clientId: string;
  objections: readonly ShownObjection[];
  bases: readonly ShownBasis[];
}

const MEANS: Readonly<Record<Against, string>> = {
  sharing: "No other organisation sees anything of them, from this moment.",
  counting: "They are in no figure from its next move on, and in no number of yours.",
  both: "No other organisation sees anything of them, and they are in no figure from its next move on.",
};

export function TheirSay({ clientId, objections, bases }: TheirSayProps) {
  const [said, setSaid] = useState<string | null>(null);
  const [objecting, setObjecting] = useState(false);
  const [coding, setCoding] = useState(false);
  const standing = objections.filter(holds);
  return (
    <RailSection
      title="Their say"
      brief={standing.length > 0 ? "they object" : "no objection"}
      action={
        <button type="button" className={styles["press"]} onClick={() => setObjecting(true)}>
          They object
        </button>
      }
    >
      <p role="status">{said}</p>
      {standing.length === 0 && <p className={styles["quiet"]}>They object to nothing.</p>}
      {standing.map((objection) => (
        <Standing key={objection.id} clientId={clientId} objection={objection} />
      ))}
      {objections.some((objection) => !holds(objection)) && (
        <details className={styles["history"]}>
          <summary>Objections that have ended</summary>
          <ul>
            {objections
              .filter((objection) => !holds(objection))
              .map(({ id, against, state, madeAt }) => (
                <li key={id}>
                  {AGAINST_LABELS[against]}, {dayInWords(dayOf(madeAt))}:{" "}
                  {state === "refused" ? "refused by an officer" : "taken back"}.
                </li>
              ))}
          </ul>
        </details>
      )}
      <button
        type="button"
        className={`${styles["press"]} no-print`}
        onClick={() => setCoding(true)}
        aria-haspopup="dialog"
      >
        Let them see their own record
      </button>
      <details className={styles["history"]}>
        <summary>Why we may hold this</summary>
        <WhyHeld bases={bases} />
      </details>
      <Modal
        opened={objecting}
        onClose={() => setObjecting(false)}
        title="They object"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <ObjectForm clientId={clientId} onSaid={setSaid} onClose={() => setObjecting(false)} />
      </Modal>
      <Modal
        opened={coding}
        onClose={() => setCoding(false)}
        title="A code to their own page"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <CodeForm clientId={clientId} onClose={() => setCoding(false)} />
      </Modal>
    </RailSection>
  );
}

function Standing({ clientId, objection }: { clientId: string; objection: ShownObjection }) {
  const trpc = useTRPC();
  const router = useRouter();
  const takingBack = useMutation(trpc.objections.takeBack.mutationOptions());
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const { id, against, madeThrough, madeAt, state } = objection;
  const takeBack = async () => {
    try {
      await takingBack.mutateAsync({ id, clientId });
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <div>
      <p>
        <strong>They object to: {AGAINST_LABELS[against].toLowerCase()}.</strong> {MEANS[against]}{" "}
        <span className={styles["quiet"]}>
          Since {dayInWords(dayOf(madeAt))}, {madeThrough === "client" ? "on their own page" : "told to us"}
          {state === "upheld" ? "; an officer agreed" : ""}.
        </span>
      </p>
      <ErrorSummary errors={errors} />
      <button
        type="button"
        className={`${styles["press"]} no-print`}
        disabled={takingBack.isPending}
        onClick={() => void takeBack()}
      >
        They take it back
      </button>
    </div>
  );
}

const CHOICES: { value: Against; label: string }[] = [
  { value: "sharing", label: "Sharing" },
  { value: "counting", label: "Counting" },
  { value: "both", label: "Both" },
];

interface ObjectFormProps {
  clientId: string;
  /** Hears what ended with the objection, in words; null when nothing did. */
  onSaid: (said: string | null) => void;
  onClose: () => void;
}

function ObjectForm({ clientId, onSaid, onClose }: ObjectFormProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const making = useMutation(trpc.objections.make.mutationOptions());
  const [id] = useState(newId);
  const [against, setAgainst] = useState<Against | null>(null);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!against) return setErrors([{ message: "Choose what they object to.", fieldId: "against" }]);
    try {
      const { ended } = await making.mutateAsync({ id, clientId, against });
      onSaid(ended && endedInWords(ended));
      onClose();
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p>
        They need give no reason. It holds at once; an officer looks at it within a month. You go on helping
        them as before.
      </p>
      <div className={form["form"]}>
        <ErrorSummary errors={errors} />
        <div id="against" tabIndex={-1}>
          <p className={styles["asked"]} aria-hidden="true">
            What do they object to?
          </p>
          <Segmented
            label="What do they object to?"
            value={against}
            options={CHOICES}
            onChange={setAgainst}
          />
        </div>
        {against && <p className={form["note"]}>{MEANS[against]}</p>}
        <FormActions act="Record the objection" busy={making.isPending} onLeave={onClose} />
      </div>
    </form>
  );
}

function CodeForm({ clientId, onClose }: { clientId: string; onClose: () => void }) {
  const trpc = useTRPC();
  const standing = useQuery(trpc.residents.code.queryOptions({ clientId }, { gcTime: 0, staleTime: 0 }));
  const making = useMutation(trpc.residents.makeCode.mutationOptions());
  const ending = useMutation(trpc.residents.endCode.mutationOptions());
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const act = async (work: () => Promise<unknown>) => {
    setErrors([]);
    try {
      await work();
      await standing.refetch();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  const made = making.data;
  return (
    <div className={form["form"]} style={{ marginTop: 0 }}>
      <ErrorSummary errors={errors} />
      {made ? (
        <>
          <p>
            Give them this code now. It is shown this once. They also need their date of birth, and it works
            until {dayInWords(dayOf(made.expiresAt))}.
          </p>
          <p className={styles["code"]}>{made.code}</p>
          <p>
            They go to <strong>{`${window.location.host}/my-record`}</strong>. Do not send the code in the
            same message as their name.
          </p>
          <div className={form["actions"]}>
            <Button onClick={onClose}>Done</Button>
          </div>
        </>
      ) : (
        <>
          <p>
            With a code they see what you hold, why, who looked and with whom it was shared. They can object
            and ask for a copy. Notes, addresses and private needs are not shown there.
          </p>
          <p className={form["note"]}>
            Is it safe for them to have it? Somebody at home who finds the code and knows their date of birth
            sees the page.
          </p>
          {standing.data && (
            <p>
              They have a code that works until {dayInWords(dayOf(standing.data.expiresAt))}
              {standing.data.usedAt ? ", and have used it" : ""}. A new one ends it.
            </p>
          )}
          <FormActions
            act="Make a code"
            busy={making.isPending}
            onPress={() => void act(() => making.mutateAsync({ clientId }))}
            onLeave={onClose}
          >
            {standing.data && (
              <Button
                variant="default"
                loading={ending.isPending}
                onClick={() => void act(() => ending.mutateAsync({ clientId }))}
              >
                End the code
              </Button>
            )}
          </FormActions>
        </>
      )}
    </div>
  );
}
