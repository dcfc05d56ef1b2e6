"use client";
/** Finds the person whom it is about: by name, date of birth or reference, and nothing else is shown of them. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { dayInWords } from "../../../server/domain/period";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import { TextField } from "../../_ui/field";
import { EmptyState } from "../../_ui/page-title";
import rows from "../../_ui/rows.module.css";
import styles from "./looks.module.css";

interface FindPersonProps {
  /** What choosing somebody does, at the end of their row. */
  act?: string;
  onChoose: (id: string) => void;
}

export function FindPerson({ act = "Who looked?", onChoose }: FindPersonProps) {
  const trpc = useTRPC();
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState("");
  const [isOpen, setOpen] = useState(false);
  const found = useQuery(trpc.clients.findAsOfficer.queryOptions({ text: asked }, { enabled: asked !== "" }));
  const search = (event: FormEvent) => {
    event.preventDefault();
    setAsked(typed.trim());
    setOpen(true);
  };
  return (
    <>
      <form className={styles["search"]} onSubmit={search}>
        <TextField
          id="person"
          label="Name, date of birth or reference"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <Button type="submit" loading={found.isFetching}>
          Find
        </Button>
      </form>
      <ErrorSummary errors={found.isError ? faultsOf(found.error) : []} />
      {isOpen && found.data && found.data.length === 0 && (
        <EmptyState>
          Nobody here by that. Check the spelling, or try their date of birth. Only people of your own
          organisation are found.
        </EmptyState>
      )}
      {isOpen && found.data && found.data.length > 0 && (
        <ul className={rows["card"]} aria-label="People found">
          {found.data.map(({ id, givenName, familyName, dateOfBirth, reference }) => (
            <li key={id}>
              <button
                type="button"
                className={rows["row"]}
                onClick={() => {
                  setOpen(false);
                  onChoose(id);
                }}
              >
                <span className={rows["words"]}>
                  <strong>
                    {givenName} {familyName}
                  </strong>
                  <small>
                    {[
                      dateOfBirth ? `born ${dayInWords(dateOfBirth)}` : "birth date not known",
                      reference && `reference ${reference}`,
                    ]
                      .filter(Boolean)
                      .join(", ")}
                  </small>
                </span>
                <span className={rows["end"]}>{act}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
