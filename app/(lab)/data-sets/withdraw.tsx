"use client";
/** The holder takes a data set back, after it is said what that means. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import { FormActions } from "../../_ui/form-actions";
import styles from "./data-sets.module.css";

export function WithdrawDataSet({ id }: { id: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const withdrawing = useMutation(trpc.dataSets.withdraw.mutationOptions());
  const [asks, setAsks] = useState(false);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const withdraw = async () => {
    setErrors([]);
    try {
      await withdrawing.mutateAsync({ id });
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <div className={styles["end"]}>
      <ErrorSummary errors={errors} />
      {asks ? (
        <div className={styles["ask"]}>
          <p>
            <b>Withdraw this data set?</b> Everybody in it is deleted for good. Studies that were done in it
            stand. Those that are planned and not run yet need another data set.
          </p>
          <FormActions
            act="Withdraw and delete it"
            danger
            busy={withdrawing.isPending}
            onPress={() => void withdraw()}
            leave="Keep it"
            onLeave={() => setAsks(false)}
          />
        </div>
      ) : (
        <Button variant="subtle" onClick={() => setAsks(true)}>
          Withdraw this data set
        </Button>
      )}
    </div>
  );
}
