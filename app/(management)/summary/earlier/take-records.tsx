"use client";
/** The link to the organisation's records, which asks first that whoever presses it shows that it is they. */
import { type MouseEvent, useState } from "react";
import { faultsOf } from "../../../_ui/faults";
import { useStepUp } from "../../../_ui/step-up";

const FILE = "/api/records.csv";

export function TakeRecords() {
  const { ensure, dialog } = useStepUp();
  const [fault, setFault] = useState<string>();

  const take = async (event: MouseEvent) => {
    event.preventDefault();
    setFault(undefined);
    try {
      if (await ensure()) window.location.assign(FILE);
    } catch (error) {
      setFault(faultsOf(error)[0]?.message);
    }
  };

  return (
    <>
      <a href={FILE} onClick={(event) => void take(event)}>
        your records without names (CSV)
      </a>
      {fault && <span role="alert"> ({fault})</span>}
      {dialog}
    </>
  );
}
