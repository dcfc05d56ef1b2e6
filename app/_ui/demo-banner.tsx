"use client";
/**
 * Says that everyone here is made up, which day it is in this world, and runs a week of it: made contacts arrive
 * through the ledger, periods settle, and what settled is said when the week is over.
 */
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { type DemoStatus, demoInWords } from "../../server/domain/demo";
import { useTRPC } from "../_trpc/client";
import styles from "./demo-banner.module.css";
import { faultsOf } from "./faults";
import { isWholeScreen } from "./navigation";

/** While a week runs, a day takes about a second. */
const LOOK_EVERY_MS = 900;

export function DemoBanner() {
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const pathname = usePathname();
  const status = useQuery(
    trpc.demo.status.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data && state.data.phase !== "idle" ? LOOK_EVERY_MS : false),
    }),
  );
  const run = useMutation(trpc.demo.runWeek.mutationOptions());
  const [fault, setFault] = useState<string | null>(null);
  const running = run.isPending || (status.data != null && status.data.phase !== "idle");

  const wasRunning = useRef(false);
  useEffect(() => {
    if (wasRunning.current && !running) {
      // A week has gone by: what the page shows is a week old.
      router.refresh();
      void queries.invalidateQueries();
    }
    wasRunning.current = running;
  }, [running, router, queries]);

  const runWeek = async () => {
    setFault(null);
    try {
      await run.mutateAsync();
    } catch (error) {
      setFault(faultsOf(error)[0]?.message ?? null);
    }
    await status.refetch();
  };

  return (
    <aside
      className={styles["banner"]}
      aria-label="Demo"
      data-whole-screen={isWholeScreen(pathname) || undefined}
    >
      <p className={styles["words"]}>
        <strong>Demo: everyone here is made up.</strong>{" "}
        <span role="status">{fault ?? (status.data ? demoInWords(status.data) : "")}</span>
      </p>
      {status.data && (
        <span className={`${styles["week"]} no-print`}>
          {running && <WeekProgress status={status.data} />}
          <Button
            variant="default"
            size="sm"
            className={styles["run"] ?? ""}
            disabled={running || status.data.weeksLeft === 0}
            onClick={() => void runWeek()}
          >
            {running ? "A week is running" : "Run a week"}
          </Button>
        </span>
      )}
    </aside>
  );
}

function WeekProgress({ status }: { status: DemoStatus }) {
  return (
    <progress
      className={styles["progress"]}
      aria-label="Days of the week that are over"
      max={7}
      value={status.phase === "settling" ? 7 : status.daysDone}
    />
  );
}
