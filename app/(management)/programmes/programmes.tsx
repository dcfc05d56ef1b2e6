"use client";
/** The programmes of an organisation, each with who is in it and what can be done, and a form for a new one. */
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Programme } from "../../../server/domain/programmes";
import type { SummaryOptions } from "../../../server/domain/summaries";
import { newId } from "../../_offline/new-id";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { EmptyState } from "../../_ui/page-title";
import { AddProgramme } from "./add-programme";
import { ProgrammeCard } from "./programme-card";
import styles from "./programmes.module.css";

interface ProgrammesProps {
  given: Programme[];
  options: SummaryOptions;
  /** Organisations that can be invited. */
  others: readonly { organisationId: number; name: string }[];
  mayManage: boolean;
}

export function Programmes({ given, options, others, mayManage }: ProgrammesProps) {
  const trpc = useTRPC();
  const read = useQuery(trpc.programmes.list.queryOptions(undefined, { initialData: given }));
  const agreeing = useMutation(trpc.programmes.agree.mutationOptions());
  const leaving = useMutation(trpc.programmes.leave.mutationOptions());
  const inviting = useMutation(trpc.programmes.invite.mutationOptions());
  const withdrawing = useMutation(trpc.programmes.withdraw.mutationOptions());
  const [adding, setAdding] = useState(false);
  const [said, setSaid] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  /** Does it, reads the list again and says so; or says what speaks against it. */
  const act = async (does: () => Promise<unknown>, words: string) => {
    setErrors([]);
    setSaid("");
    try {
      await does();
      await read.refetch();
      setSaid(words);
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  const us = options.organisationName;

  return (
    <>
      <div role="status">{said && <p className={form["good"]}>{said}</p>}</div>
      <ErrorSummary errors={errors} />
      {read.data.length === 0 && !adding && (
        <EmptyState>
          {us} is in no programme.{" "}
          {mayManage
            ? "Start one and invite at least two others, or wait for an invitation: it shows up here."
            : "A manager can start one; invitations show up here."}
        </EmptyState>
      )}
      <div className={styles["list"]}>
        {read.data.map((programme) => {
          const programmeId = programme.id;
          return (
            <ProgrammeCard
              key={programmeId}
              programme={programme}
              options={options}
              others={others}
              mayManage={mayManage}
              onAgree={() =>
                act(
                  () => agreeing.mutateAsync({ id: newId(), programmeId }),
                  `${us} agrees to be counted in ${programme.name}. You can take this back on any day.`,
                )
              }
              onLeave={() =>
                act(
                  () => leaving.mutateAsync({ programmeId }),
                  `${us} is left out of later summaries of ${programme.name}.`,
                )
              }
              onInvite={(organisationId, name) =>
                act(
                  () => inviting.mutateAsync({ programmeId, organisationId }),
                  `${name} is invited. It is counted once a manager there agrees.`,
                )
              }
              onWithdraw={(organisationId, name) =>
                act(
                  () => withdrawing.mutateAsync({ programmeId, organisationId }),
                  `${name} is left out of later summaries of ${programme.name}.`,
                )
              }
            />
          );
        })}
      </div>
      {mayManage &&
        (adding ? (
          <AddProgramme
            onCancel={() => setAdding(false)}
            onAdded={async (name) => {
              await read.refetch();
              setAdding(false);
              setErrors([]);
              setSaid(`${name} is started. Agree for ${us}, then invite the others.`);
            }}
          />
        ) : (
          <Button
            mt={20}
            variant={read.data.length === 0 ? "filled" : "default"}
            onClick={() => {
              setSaid("");
              setAdding(true);
            }}
          >
            Start a programme
          </Button>
        ))}
    </>
  );
}
