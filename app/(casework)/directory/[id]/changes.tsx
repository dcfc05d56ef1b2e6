"use client";
/** Fields changed by hand: by whom and when, what the source says of each now, and undo for those who may. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { DirectoryPage } from "../../../../server/domain/directory-listing";
import { labelInSentence } from "../../../../server/domain/label-text";
import { dayInWords } from "../../../../server/domain/period";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import styles from "../directory.module.css";

interface ChangesProps {
  changes: DirectoryPage["changes"];
  /** Whether there is a source that goes on stating things. */
  fromSource: boolean;
}

export function Changes({ changes, fromSource }: ChangesProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const undo = useMutation(trpc.directory.undo.mutationOptions());
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [undone, setUndone] = useState("");
  if (changes.length === 0 && undone === "") return null;

  const run = async (changeId: string, label: string) => {
    try {
      await undo.mutateAsync({ changeId });
      setErrors([]);
      setUndone(`${label}: undone.`);
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <section className={styles["box"]} aria-labelledby="by-hand">
      <h2 id="by-hand">Changed by hand</h2>
      <ErrorSummary errors={errors} />
      <p role="status" className="visually-hidden">
        {undone}
      </p>
      <ul className={styles["changes"]}>
        {changes.map(({ id, field, label, organisationName, changedOn, sourceSays, mayUndo }) => (
          <li key={id} className={styles["change"]}>
            <strong>{label}</strong> {field === "checkedOn" ? "on" : "changed on"} {dayInWords(changedOn)} by{" "}
            {organisationName}.
            {field !== "checkedOn" && (
              <>
                {" "}
                {fromSource ? "The source now says" : "Before, it said"}{" "}
                {sourceSays === "" ? "nothing" : `“${shorten(sourceSays)}”`}.
              </>
            )}
            {mayUndo && (
              <div>
                <Button
                  variant="subtle"
                  size="compact-sm"
                  mih={36}
                  aria-label={`Undo the change of ${labelInSentence(label)}`}
                  disabled={undo.isPending}
                  onClick={() => void run(id, label)}
                >
                  Undo
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const shorten = (text: string) => (text.length > 140 ? `${text.slice(0, 140)}…` : text);
