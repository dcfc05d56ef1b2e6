"use client";
/** The secret address of the worker's calendar: made, shown once, renewed, taken back. */
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { CalendarStatus } from "../../../server/calendar";
import { dayOf } from "../../../server/domain/period";
import { useTRPC } from "../../_trpc/client";
import { shortDay, timeOf } from "../../_ui/dates";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import rail from "../_actions/rail.module.css";
import styles from "./today.module.css";

const instantInWords = (at: Date) => `${shortDay(dayOf(at))}, ${timeOf(at)}`;

export function Calendar({ given }: { given: CalendarStatus | null }) {
  const trpc = useTRPC();
  const status = useQuery(trpc.calendar.status.queryOptions(undefined, { initialData: given }));
  const renewing = useMutation(trpc.calendar.renew.mutationOptions());
  const revoking = useMutation(trpc.calendar.revoke.mutationOptions());
  const [address, setAddress] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const change = async (work: () => Promise<string>) => {
    setErrors([]);
    try {
      const words = await work();
      await status.refetch();
      setSaid(words);
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  const renew = () =>
    change(async () => {
      setAddress((await renewing.mutateAsync()).address);
      return "Here is the address. Copy it now: it is shown this once.";
    });
  const revoke = () =>
    change(async () => {
      await revoking.mutateAsync();
      setAddress(null);
      return "The address no longer works.";
    });
  const copy = () =>
    change(async () => {
      await navigator.clipboard.writeText(address ?? "");
      return "Copied.";
    });

  return (
    <section className={`${rail["section"]} no-print`} aria-labelledby="calendar-title">
      <h2 id="calendar-title">Your calendar</h2>
      <p className={styles["words"]}>
        Your due actions can show in your own calendar. It is told the day and a link, and no name or word of
        theirs.
      </p>
      <ErrorSummary errors={errors} />
      <p role="status" className={styles["words"]}>
        {said}
      </p>
      {address && (
        <>
          <label className={styles["address"]}>
            <span>Subscribe to this address in your calendar</span>
            <input readOnly value={address} onFocus={(event) => event.currentTarget.select()} />
          </label>
          <div className={styles["buttons"]}>
            <Button variant="default" size="sm" onClick={() => void copy()}>
              Copy the address
            </Button>
          </div>
        </>
      )}
      {!address && status.data && (
        <p className={styles["words"]}>
          {status.data.fetchedAt
            ? `Last asked for on ${instantInWords(status.data.fetchedAt)}.`
            : "Your calendar has not asked for it yet."}
        </p>
      )}
      <div className={styles["buttons"]}>
        {status.data ? (
          <>
            <Button variant="default" size="sm" loading={renewing.isPending} onClick={() => void renew()}>
              New address
            </Button>
            <Button variant="subtle" size="sm" loading={revoking.isPending} onClick={() => void revoke()}>
              Stop it
            </Button>
          </>
        ) : (
          <Button variant="default" size="sm" loading={renewing.isPending} onClick={() => void renew()}>
            Make an address
          </Button>
        )}
      </div>
    </section>
  );
}
