"use client";
/** One row a worker; each leads to their people. Under it, moves of people that can still be undone. */
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import type { RecentMove, TeamCaseload, WorkerLoad } from "../../../../server/domain/caseload";
import { inDigits } from "../../../../server/domain/number-text";
import { dayOf } from "../../../../server/domain/period";
import { useTRPC } from "../../../_trpc/client";
import { shortDay, timeOf } from "../../../_ui/dates";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import { EmptyState } from "../../../_ui/page-title";
import styles from "../caseload.module.css";

export function TeamTable({ given }: { given: TeamCaseload }) {
  const trpc = useTRPC();
  const read = useQuery(trpc.caseload.team.queryOptions(undefined, { initialData: given }));
  const undoing = useMutation(trpc.caseload.undo.mutationOptions());
  const [serviceId, setServiceId] = useState("");
  const [said, setSaid] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const { workers, unassigned, services, moves } = read.data;
  const shown = workers.filter((worker) => serviceId === "" || worker.serviceId === serviceId);

  const undo = async ({ id }: RecentMove) => {
    setErrors([]);
    try {
      const { returned } = await undoing.mutateAsync({ id });
      setSaid(`Undone: ${returned === 1 ? "1 person is" : `${returned} people are`} back where they were.`);
      await read.refetch();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };

  const query = serviceId === "" ? "" : `?service=${serviceId}`;
  return (
    <>
      {services.length > 1 && (
        <label className={styles["filter"]}>
          Service
          <select value={serviceId} onChange={(event) => setServiceId(event.currentTarget.value)}>
            <option value="">All services</option>
            {services.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <table className={styles["table"]}>
        <caption className="visually-hidden">People, crises and late actions of each worker</caption>
        <thead>
          <tr>
            <th scope="col">Worker</th>
            <th scope="col">People</th>
            <th scope="col">In crisis</th>
            <th scope="col">Late actions</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((worker) => (
            <Load
              key={worker.id}
              name={worker.name}
              service={worker.serviceName}
              href={`/today/team/${worker.id}`}
              load={worker}
            />
          ))}
          <Load
            name="Nobody yet"
            service={serviceId === "" ? null : "of all services"}
            href={`/today/team/unassigned${query}`}
            load={unassigned}
          />
        </tbody>
      </table>
      {shown.length === 0 && <EmptyState>Nobody works for this service yet.</EmptyState>}
      <ErrorSummary errors={errors} />
      <p role="status">{said}</p>
      {moves.length > 0 && (
        <section aria-labelledby="moves-title">
          <h2 id="moves-title" className={styles["movesTitle"]}>
            Moved in the last day
          </h2>
          <ul className={styles["moves"]}>
            {moves.map((move) => (
              <li key={move.id}>
                <span>
                  {move.people === 1 ? "1 person" : `${move.people} people`}{" "}
                  {move.to ? `to ${move.to}` : "to nobody"}, by {move.madeBy}, {shortDay(dayOf(move.madeAt))},{" "}
                  {timeOf(move.madeAt)}
                </span>
                <Button
                  variant="default"
                  size="sm"
                  aria-label={`Undo the move of ${move.people} to ${move.to ?? "nobody"}`}
                  loading={undoing.isPending && undoing.variables.id === move.id}
                  onClick={() => void undo(move)}
                >
                  Undo
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

interface LoadProps {
  name: string;
  service: string | null;
  href: string;
  load: Pick<WorkerLoad, "people" | "crisis" | "overdue">;
}

function Load({ name, service, href, load: { people, crisis, overdue } }: LoadProps) {
  return (
    <tr>
      <th scope="row">
        <Link href={href}>
          {name}
          {service && <span className={styles["service"]}>{service}</span>}
        </Link>
      </th>
      <Count of={people} />
      <Count of={crisis} />
      <Count of={overdue} isLate />
    </tr>
  );
}

function Count({ of, isLate = false }: { of: number; isLate?: boolean }) {
  const look = of === 0 ? "none" : isLate ? "late" : undefined;
  return <td className={look && styles[look]}>{inDigits(of)}</td>;
}
