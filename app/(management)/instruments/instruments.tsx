"use client";
/** The list of instruments, a form for a new one, and closing one that is no longer used. */
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { DIRECTION_WORDS, type Instrument } from "../../../server/domain/instrument";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { EmptyState } from "../../_ui/page-title";
import rows from "../../_ui/rows.module.css";
import { Tag } from "../../_ui/tag";
import { AddInstrument } from "./add-instrument";

export function Instruments({ given }: { given: Instrument[] }) {
  const trpc = useTRPC();
  const read = useQuery(trpc.instruments.list.queryOptions(undefined, { initialData: given }));
  const closing = useMutation(trpc.instruments.close.mutationOptions());
  const [adding, setAdding] = useState(false);
  const [said, setSaid] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const close = async ({ id, name, closed }: Instrument) => {
    setErrors([]);
    try {
      await closing.mutateAsync({ id, closed: !closed });
      await read.refetch();
      setSaid(closed ? `${name} can be used again.` : `${name} is closed. Its scores stay; none is added.`);
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };

  return (
    <>
      <div role="status">{said && <p className={form["good"]}>{said}</p>}</div>
      <ErrorSummary errors={errors} />
      {read.data.length === 0 && !adding && (
        <EmptyState>
          No instrument yet. Add the first one, and workers can record scores on a person’s record.
        </EmptyState>
      )}
      <ul className={rows["rows"]}>
        {read.data.map((instrument) => (
          <li key={instrument.id} className={rows["line"]}>
            <span className={rows["words"]}>
              <strong>{instrument.name}</strong>
              <span>
                From {instrument.lowest} to {instrument.highest}
                {instrument.step !== 1 && ` in steps of ${instrument.step}`};{" "}
                {DIRECTION_WORDS[instrument.direction]}
              </span>
            </span>
            {instrument.closed && <Tag>Closed</Tag>}
            <Button
              variant="subtle"
              size="sm"
              aria-label={`${instrument.closed ? "Open" : "Close"} ${instrument.name}`}
              onClick={() => void close(instrument)}
            >
              {instrument.closed ? "Open again" : "Close"}
            </Button>
          </li>
        ))}
      </ul>
      {adding ? (
        <AddInstrument
          onCancel={() => setAdding(false)}
          onAdded={async (name) => {
            await read.refetch();
            setAdding(false);
            setSaid(`${name} is added. Workers can record scores now.`);
          }}
        />
      ) : (
        <Button
          mt={16}
          onClick={() => {
            setSaid("");
            setAdding(true);
          }}
        >
          Add an instrument
        </Button>
      )}
    </>
  );
}
