"use client";
/** Switches the question on or off; off, what was answered is deleted, and that is said before. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ANSWER_MONTHS, RULE_WORDS } from "../../../server/domain/early-help";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { FormActions } from "../../_ui/form-actions";

export function EarlyHelpSwitch({ isOn }: { isOn: boolean }) {
  const trpc = useTRPC();
  const router = useRouter();
  const setting = useMutation(trpc.earlyHelp.set.mutationOptions());
  const [isLeaving, setIsLeaving] = useState(false);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const set = async (to: boolean) => {
    setErrors([]);
    try {
      await setting.mutateAsync({ isOn: to });
      setIsLeaving(false);
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };

  return (
    <section className={form["card"]} aria-label="The rule and its switch">
      <div className={`${form["form"]} ${form["inside"]}`}>
        <ErrorSummary errors={errors} />
        <p>
          <strong>The rule.</strong> {RULE_WORDS} It reads your own records of the person and nothing else. An
          answer stands for {ANSWER_MONTHS} months, then it is asked again.
        </p>
        <p role="status">{isOn ? "Workers are asked." : "Nobody is asked. Nothing is worked out or kept."}</p>
        {isOn && isLeaving ? (
          <>
            <p className={form["note"]}>
              Workers are asked no more, and every answer that they gave is deleted for good.
            </p>
            <FormActions
              act="Switch it off and delete the answers"
              danger
              onPress={() => void set(false)}
              busy={setting.isPending}
              onLeave={() => setIsLeaving(false)}
            />
          </>
        ) : (
          <div>
            <Button
              variant={isOn ? "default" : "filled"}
              loading={setting.isPending}
              onClick={() => (isOn ? setIsLeaving(true) : void set(true))}
            >
              {isOn ? "Switch it off" : "Ask workers"}
            </Button>
          </div>
        )}
      </div>
    </section>
  );
}
