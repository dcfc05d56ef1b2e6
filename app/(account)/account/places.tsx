"use client";
/** One's own devices and browsers. Shutting one out asks once more; the one at hand is left by signing out. */
import { Button, Modal } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Place } from "../../../server/devices";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { PlaceList } from "../../_ui/place-list";

export function Places({ places, now }: { places: readonly Place[]; now: Date }) {
  const router = useRouter();
  const trpc = useTRPC();
  const revoke = useMutation(trpc.device.revoke.mutationOptions());
  const [leaving, setLeaving] = useState<Place | null>(null);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [done, setDone] = useState<string | null>(null);

  const confirm = async ({ id, name }: Place) => {
    try {
      await revoke.mutateAsync({ id });
      setDone(`${name} is shut out.`);
      setLeaving(null);
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };

  return (
    <>
      <div role="status">{done && <p className={form["good"]}>{done}</p>}</div>
      <PlaceList
        places={places}
        now={now}
        onShutOut={(place) => {
          setErrors([]);
          setDone(null);
          setLeaving(place);
        }}
      />
      <Modal
        opened={leaving !== null}
        onClose={() => setLeaving(null)}
        title={`Shut out ${leaving?.name ?? ""}?`}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {leaving && (
          <>
            <p>
              {leaving.kind === "device"
                ? "It is signed out at once and forgets the people it carries as soon as it has signal. What was saved on it and not sent yet stays there, sealed, until you sign in on it again."
                : "It is signed out at once."}
            </p>
            <div className={form["form"]}>
              <ErrorSummary errors={errors} />
              <div className={form["actions"]}>
                <Button
                  variant="default"
                  data-danger
                  loading={revoke.isPending}
                  onClick={() => void confirm(leaving)}
                >
                  Shut it out
                </Button>
                <Button variant="subtle" onClick={() => setLeaving(null)}>
                  Keep it
                </Button>
              </div>
            </div>
          </>
        )}
      </Modal>
    </>
  );
}
