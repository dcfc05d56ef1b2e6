"use client";
/** The list of unit costs, a form for one of them, and a file with many. */
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { RowFault } from "../../../server/domain/impact/table-rows";
import { EXAMPLE_UNIT_COSTS, UNIT_COST_HEADER } from "../../../server/domain/impact/unit-cost-rows";
import { countedInWords, sourceInWords, type UnitCost } from "../../../server/domain/impact/value";
import { inPounds } from "../../../server/domain/number-text";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { EmptyState } from "../../_ui/page-title";
import rows from "../../_ui/rows.module.css";
import { Tag } from "../../_ui/tag";
import { BringFile, FileFaults } from "../_files/bring-file";
import { UnitCostForm } from "./unit-cost-form";

export function UnitCosts({ given }: { given: UnitCost[] }) {
  const trpc = useTRPC();
  const read = useQuery(trpc.unitCosts.list.queryOptions(undefined, { initialData: given }));
  const closing = useMutation(trpc.unitCosts.close.mutationOptions());
  const importing = useMutation(trpc.unitCosts.import.mutationOptions());
  /** An id, or "new"; null: none is open. */
  const [editing, setEditing] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [faults, setFaults] = useState<readonly RowFault[]>([]);

  const close = async ({ id, name, closed }: UnitCost) => {
    setErrors([]);
    try {
      await closing.mutateAsync({ id, closed: !closed });
      await read.refetch();
      setSaid(closed ? `${name} is used again.` : `${name} is closed. Summaries made with it stand.`);
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  const bring = async (text: string) => {
    setErrors([]);
    setFaults([]);
    setSaid("");
    try {
      const outcome = await importing.mutateAsync({ text });
      setFaults(outcome.faults);
      if (outcome.faults.length > 0) return;
      await read.refetch();
      setSaid(
        `${outcome.added} added${outcome.unchanged > 0 ? `, ${outcome.unchanged} were here already` : ""}.`,
      );
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  const saved = async (name: string) => {
    await read.refetch();
    setEditing(null);
    setSaid(`${name} is saved.`);
  };

  return (
    <>
      <div role="status">{said && <p className={form["good"]}>{said}</p>}</div>
      <ErrorSummary errors={errors} />
      {read.data.length === 0 && editing === null && (
        <EmptyState>
          None yet, and none is needed: without unit costs a summary has no section on value.
        </EmptyState>
      )}
      <ul className={rows["rows"]}>
        {read.data.map((cost) =>
          editing === cost.id ? (
            <li key={cost.id} style={{ padding: "12px 0" }}>
              <UnitCostForm held={cost} onCancel={() => setEditing(null)} onSaved={saved} />
            </li>
          ) : (
            <li key={cost.id} className={rows["line"]}>
              <span className={rows["words"]}>
                <strong>{cost.name}</strong>
                <span>
                  {inPounds(cost.value)} each ({inPounds(cost.low)} to {inPounds(cost.high)}), counted by{" "}
                  {countedInWords(cost)}
                </span>
                <span>{sourceInWords(cost)}</span>
              </span>
              {cost.closed && <Tag>Closed</Tag>}
              {editing === null && (
                <span className={rows["acts"]}>
                  {!cost.closed && (
                    <Button
                      variant="subtle"
                      size="sm"
                      aria-label={`Change ${cost.name}`}
                      onClick={() => {
                        setSaid("");
                        setEditing(cost.id);
                      }}
                    >
                      Change
                    </Button>
                  )}
                  <Button
                    variant="subtle"
                    size="sm"
                    aria-label={`${cost.closed ? "Open" : "Close"} ${cost.name}`}
                    onClick={() => void close(cost)}
                  >
                    {cost.closed ? "Open again" : "Close"}
                  </Button>
                </span>
              )}
            </li>
          ),
        )}
      </ul>
      {editing === "new" ? (
        <div style={{ marginTop: 16 }}>
          <UnitCostForm held={null} onCancel={() => setEditing(null)} onSaved={saved} />
        </div>
      ) : (
        editing === null && (
          <div className={form["form"]}>
            <Button
              onClick={() => {
                setSaid("");
                setEditing("new");
              }}
            >
              Add a unit cost
            </Button>
            <BringFile
              what="unit costs"
              columns={`Columns: ${UNIT_COST_HEADER.join(", ")}. A file is taken whole or not at all, and brought in again it adds nothing.`}
              example={{ name: "unit-costs-example.csv", header: UNIT_COST_HEADER, rows: EXAMPLE_UNIT_COSTS }}
              busy={importing.isPending}
              onText={(text) => void bring(text)}
              onTooLarge={() =>
                setErrors([{ message: "This file is too large. Keep it to the columns asked for." }])
              }
            />
            <FileFaults faults={faults} />
          </div>
        )
      )}
    </>
  );
}
