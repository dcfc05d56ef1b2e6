"use client";
/** Asks for a summary of a programme: a period that is over, and for whom. Says why not yet while too few agree. */
import { Button, Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { AUDIENCE_WORDS, AUDIENCES, leavesOrganisation } from "../../../server/domain/impact/plan";
import { periodOf, periodText, previousPeriod } from "../../../server/domain/period";
import { type ProgrammeParty, tooFew } from "../../../server/domain/programmes";
import type { SummaryOptions } from "../../../server/domain/summaries";
import { newId } from "../../_offline/new-id";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { periodsToChoose } from "../summary/choice";
import styles from "./programmes.module.css";

interface MakeSummaryProps {
  programmeId: string;
  programme: string;
  parties: readonly ProgrammeParty[];
  options: Pick<SummaryOptions, "firstDay" | "today">;
}

const OUTSIDE = AUDIENCES.filter(leavesOrganisation);

export function MakeSummary({ programmeId, programme, parties, options }: MakeSummaryProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const making = useMutation(trpc.programmes.make.mutationOptions());
  const [period, setPeriod] = useState(() => periodText(previousPeriod(periodOf("quarter", options.today))));
  const [audience, setAudience] = useState<(typeof OUTSIDE)[number]>("funder");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const refused = tooFew(parties);
  if (refused) return <p className={`${form["note"]} ${styles["refused"]}`}>{refused}</p>;

  const make = async () => {
    setErrors([]);
    try {
      const { id } = await making.mutateAsync({ id: newId(), programmeId, period, audience });
      router.push(`/summary/${id}`);
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  // What leaves is of periods that are over.
  const isOpen = new Set(
    (["month", "quarter", "year"] as const).map((type) => periodText(periodOf(type, options.today))),
  );
  return (
    <>
      <ErrorSummary errors={errors} />
      <div className={styles["beside"]}>
        <Select
          label="Period"
          aria-label={`Period of a summary of ${programme}`}
          data={periodsToChoose(options).map(({ group, items }) => ({
            group,
            items: items.filter(({ value }) => !isOpen.has(value)),
          }))}
          value={period}
          onChange={(value) => value && setPeriod(value)}
          allowDeselect={false}
        />
        <Select
          label="For whom"
          aria-label={`For whom a summary of ${programme} is`}
          data={OUTSIDE.map((each) => ({ value: each, label: AUDIENCE_WORDS[each] }))}
          value={audience}
          onChange={(value) => setAudience(OUTSIDE.find((each) => each === value) ?? audience)}
          allowDeselect={false}
        />
        <Button loading={making.isPending} onClick={() => void make()}>
          Make the summary
        </Button>
      </div>
    </>
  );
}
