"use client";
/** Chooses what the summary is of, shows it as the page that is printed, and hands out the same numbers as a file. */
import { Button, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import type { ImpactOptions } from "../../../server/domain/impact";
import { useTRPC } from "../../_trpc/client";
import { Icon } from "../../_ui/icon";
import { EmptyState, PageTitle } from "../../_ui/page-title";
import { ImpactPaper } from "./impact-paper";
import { periodsToChoose, readRequest, requestQuery, type SummaryRequest } from "./request";
import styles from "./summary.module.css";

export function Summary() {
  const trpc = useTRPC();
  const options = useQuery(trpc.impact.options.queryOptions());
  if (options.data) return <SummaryOf options={options.data} />;
  return (
    <div className={styles["plain"]}>
      <PageTitle title="Summary" />
      <EmptyState>
        {options.isError ? "The summary could not be read. Try again in a minute." : "Reading the summary…"}
      </EmptyState>
    </div>
  );
}

const EVERY_SERVICE = "every";

function SummaryOf({ options }: { options: ImpactOptions }) {
  const trpc = useTRPC();
  const path = usePathname();
  const request = readRequest(new URLSearchParams(useSearchParams().toString()), options);
  const summary = useQuery(trpc.impact.summary.queryOptions(request));
  const choose = (part: Partial<SummaryRequest>) => {
    window.history.pushState(null, "", `${path}${requestQuery({ ...request, ...part })}`);
  };
  return (
    <>
      <div className={`${styles["bar"]} no-print`}>
        <Select
          aria-label="Service"
          className={styles["service"]}
          data={[
            { value: EVERY_SERVICE, label: "All services" },
            ...options.services.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={request.serviceId ?? EVERY_SERVICE}
          onChange={(id) => choose({ serviceId: id === EVERY_SERVICE ? null : id })}
        />
        <Select
          aria-label="Period"
          className={styles["period"]}
          data={periodsToChoose(options)}
          value={request.period}
          onChange={(period) => period && choose({ period })}
        />
        <span className={styles["ways"]}>
          <a className={styles["file"]} href={`/api/impact.csv${requestQuery(request)}`} download>
            Download CSV
          </a>
          <Button leftSection={<Icon name="print" size={18} />} onClick={() => window.print()}>
            Print
          </Button>
        </span>
      </div>
      {summary.data ? (
        <ImpactPaper summary={summary.data} />
      ) : (
        <div className={styles["plain"]}>
          <PageTitle title="Summary" />
          <EmptyState>
            {summary.isError ? "The summary could not be read. Try again in a minute." : "Counting…"}
          </EmptyState>
        </div>
      )}
    </>
  );
}
