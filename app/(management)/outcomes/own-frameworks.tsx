"use client";
/** The organisation's own frameworks, one of which is written or changed at a time. */
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { needLabels, type OwnFramework } from "../../../server/domain/impact/own-framework";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { EmptyState } from "../../_ui/page-title";
import { Tag } from "../../_ui/tag";
import { FrameworkEditor } from "./framework-editor";
import styles from "./outcomes.module.css";

export function OwnFrameworks({ given }: { given: OwnFramework[] }) {
  const trpc = useTRPC();
  const read = useQuery(trpc.ownFrameworks.list.queryOptions(undefined, { initialData: given }));
  const closing = useMutation(trpc.ownFrameworks.close.mutationOptions());
  /** An id, or "new"; null: none is open. */
  const [editing, setEditing] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const close = async ({ id, name, closed }: OwnFramework) => {
    setErrors([]);
    try {
      await closing.mutateAsync({ id, closed: !closed });
      await read.refetch();
      setSaid(closed ? `${name} can be chosen again.` : `${name} is closed. Summaries made with it stand.`);
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  const edit = (which: string | null) => {
    setSaid("");
    setEditing(which);
  };
  const saved = async ({ name, version }: OwnFramework) => {
    await read.refetch();
    setEditing(null);
    setSaid(
      version === 1
        ? `${name} is saved. Choose it for any summary.`
        : `${name} is saved as version ${version}. Summaries made before stand as they are.`,
    );
  };

  return (
    <>
      <div role="status">{said && <p className={form["good"]}>{said}</p>}</div>
      <ErrorSummary errors={errors} />
      {read.data.length === 0 && editing === null && (
        <EmptyState>
          None yet. Add a funder’s outcomes, and their next report speaks in the funder’s words.
        </EmptyState>
      )}
      <ul className={styles["frameworks"]}>
        {read.data.map((framework) => (
          <li key={framework.id} className={form["card"]}>
            {editing === framework.id ? (
              <FrameworkEditor held={framework} onCancel={() => edit(null)} onSaved={saved} />
            ) : (
              <>
                <div className={styles["head"]}>
                  <div>
                    <h2 className={styles["name"]}>{framework.name}</h2>
                    <p className={styles["quiet"]}>
                      {framework.funder && `${framework.funder} · `}Version {framework.version}
                    </p>
                  </div>
                  <div className={styles["acts"]}>
                    {framework.closed && <Tag>Closed</Tag>}
                    {editing === null && (
                      <>
                        {!framework.closed && (
                          <Button
                            variant="default"
                            size="sm"
                            aria-label={`Change ${framework.name}`}
                            onClick={() => edit(framework.id)}
                          >
                            Change
                          </Button>
                        )}
                        <Button
                          variant="subtle"
                          size="sm"
                          aria-label={`${framework.closed ? "Open" : "Close"} ${framework.name}`}
                          onClick={() => void close(framework)}
                        >
                          {framework.closed ? "Open again" : "Close"}
                        </Button>
                      </>
                    )}
                  </div>
                </div>
                <dl className={styles["lines"]}>
                  {framework.outcomes.map(({ code, label, needs }) => (
                    <div key={code}>
                      <dt>
                        {code} {label}
                      </dt>
                      <dd>{needLabels(needs).join(" · ")}</dd>
                    </div>
                  ))}
                </dl>
              </>
            )}
          </li>
        ))}
      </ul>
      {editing === "new" ? (
        <div className={form["card"]} style={{ marginTop: 16 }}>
          <FrameworkEditor held={null} onCancel={() => edit(null)} onSaved={saved} />
        </div>
      ) : (
        editing === null && (
          <Button mt={16} onClick={() => edit("new")}>
            Add a funder’s outcomes
          </Button>
        )
      )}
    </>
  );
}
