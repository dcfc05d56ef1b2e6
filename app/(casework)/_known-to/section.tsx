"use client";
/**
 * Who else knows them: a purpose and a reason first, then which services know the person, then as much as they share.
 * What is shown lives on this page alone and goes away by itself when it may not be shown any longer.
 */
import { Button, Modal } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { Purpose } from "../../../server/domain/agreements/agreement";
import type { KnownTo, LookInput, SharedPerson } from "../../../server/domain/agreements/known-to";
import type { Day } from "../../../server/domain/period";
import { newId } from "../../_offline/new-id";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import rail from "../people/[id]/rail.module.css";
import { RailSection } from "../people/[id]/rail-section";
import { AskForYes } from "./ask-for-yes";
import { KnownServices } from "./known-services";
import styles from "./known-to.module.css";
import { LookForm, type LookWhy } from "./look-form";
import { SharedRecords } from "./shared-records";
import { useStanding } from "./standing";

/** What is on the page: the look that it came from, and why that was made, for the next step. */
type Shown = { look: string; why: LookWhy } & ({ known: KnownTo } | { records: SharedPerson[] });

interface KnownToSectionProps {
  clientId: string;
  purposes: readonly Purpose[];
  today: Day;
}

export function KnownToSection({ clientId, purposes, today }: KnownToSectionProps) {
  const trpc = useTRPC();
  const [form, setForm] = useState<"look" | "yes" | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const [hasEnded, setHasEnded] = useState(false);
  const [toldFor, setToldFor] = useState<string | null>(null);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const knowing = useMutation(trpc.sharing.knownTo.mutationOptions({ gcTime: 0 }));
  const seeing = useMutation(trpc.sharing.person.mutationOptions({ gcTime: 0 }));
  const { isUnchecked } = useStanding(trpc.sharing.stands.queryOptions({ id: shown?.look ?? "" }), {
    isShown: shown !== null,
    onEnded: () => {
      // Nothing of it stays, not even out of sight.
      setShown(null);
      setForm(null);
      setHasEnded(true);
    },
  });
  const busy = knowing.isPending || seeing.isPending;

  const attempt = async (work: () => Promise<Shown>) => {
    setErrors([]);
    try {
      setShown(await work());
      setHasEnded(false);
      setForm(null);
      return true;
    } catch (error) {
      setErrors(faultsOf(error));
      return false;
    }
  };
  const lookInput = (look: string, why: LookWhy): LookInput => ({ id: look, clientId, ...why });
  const know = (why: LookWhy) =>
    attempt(async () => {
      const look = newId();
      return { look, why, known: await knowing.mutateAsync(lookInput(look, why)) };
    });
  const see = (why: LookWhy) =>
    attempt(async () => {
      const look = newId();
      return { look, why, records: await seeing.mutateAsync(lookInput(look, why)) };
    });

  return (
    <RailSection
      title="Who else knows them"
      brief={shown ? "shown" : "not looked up"}
      action={
        <button
          type="button"
          className={rail["press"]}
          onClick={() => {
            setErrors([]);
            setForm("look");
          }}
        >
          {shown ? "Look again" : "Look"}
          <span className="visually-hidden"> who else knows them</span>
        </button>
      }
    >
      <div role="status" className={styles["status"]}>
        {hasEnded && (
          <p className={styles["over"]}>
            What was here is not shared any longer, so it is gone. Look again to see what is.
          </p>
        )}
        {isUnchecked && (
          <p className={styles["over"]}>
            What was here is hidden: it cannot be checked just now whether it may still be shown.
          </p>
        )}
      </div>
      {form === null && <ErrorSummary errors={errors} />}
      {shown === null && !hasEnded && (
        <p className={rail["quiet"]}>
          Not looked up on this page. Each look is written down, and they can ask to see it.
        </p>
      )}
      {shown !== null && !isUnchecked && (
        <>
          {"known" in shown ? (
            <KnownServices known={shown.known} />
          ) : (
            <SharedRecords records={shown.records} />
          )}
          <NextSteps
            shown={shown}
            busy={busy}
            hasTold={toldFor === shown.look}
            onSee={() => void see(shown.why)}
            onAsk={() => setForm("yes")}
          />
        </>
      )}
      <Modal
        opened={form !== null}
        onClose={() => setForm(null)}
        title={form === "yes" ? "Ask them now" : "Who else knows them"}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {form === "look" && (
          <LookForm
            purposes={purposes}
            errors={errors}
            busy={busy}
            onLook={(why) => void know(why)}
            onLeave={() => setForm(null)}
          />
        )}
        {form === "yes" && shown && (
          <AskForYes
            clientId={clientId}
            lookId={shown.look}
            today={today}
            onSaid={() => {
              setToldFor(shown.look);
              setForm(null);
            }}
            onLeave={() => setForm(null)}
          />
        )}
      </Modal>
    </RailSection>
  );
}

interface NextStepsProps {
  shown: Shown;
  busy: boolean;
  /** Those who answered this look have been told of a yes. */
  hasTold: boolean;
  onSee: () => void;
  onAsk: () => void;
}

/** After "known to": see what they share. After that, where it is not everything: ask the person. */
function NextSteps({ shown, busy, hasTold, onSee, onAsk }: NextStepsProps): ReactNode {
  if ("known" in shown) {
    if (shown.known.services.length === 0) return null;
    return (
      <div className={styles["steps"]}>
        <Button size="sm" variant="default" loading={busy} onClick={onSee}>
          See what they share
        </Button>
      </div>
    );
  }
  const rest = shown.records.filter(({ detail }) => detail !== "full");
  if (rest.length === 0) return null;
  if (hasTold) {
    return (
      <div className={styles["steps"]}>
        <p role="status">They have been told. You see more once they have noted the yes.</p>
        <Button size="sm" variant="default" loading={busy} onClick={onSee}>
          See what they share now
        </Button>
      </div>
    );
  }
  return (
    <div className={styles["steps"]}>
      <p>
        That is all you can see for now. Where nobody has asked them about sharing with you yet, their yes can
        show more once those who know them have noted it.
      </p>
      <Button size="sm" variant="default" onClick={onAsk}>
        Ask them now
      </Button>
    </div>
  );
}
