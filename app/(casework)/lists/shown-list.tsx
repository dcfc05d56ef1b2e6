"use client";
/** A list: a table on a desk, a card each on a phone. From each row what will be done is written down. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { type RefObject, useState } from "react";
import { PURPOSE_WORDS } from "../../../server/domain/agreements/in-words";
import { LIST_ACTION_LABELS, type ListActionKind } from "../../../server/domain/agreements/list-action";
import { needsAsked, whereInWords } from "../../../server/domain/agreements/lists-in-words";
import { type ListRow, MOST_ROWS, type SharedList } from "../../../server/domain/agreements/shared-list";
import { findNeed } from "../../../server/domain/needs";
import { newId } from "../../_offline/new-id";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import { Icon } from "../../_ui/icon";
import { EmptyState } from "../../_ui/page-title";
import { saveFile } from "../../_ui/save-file";
import { StatusTag } from "../../_ui/status";
import { useStepUp } from "../../_ui/step-up";
import { ColourTag } from "../_known-to/colour-tag";
import { ServiceLines } from "../_known-to/known-services";
import { ListActionForm } from "./action-form";
import type { Asked } from "./ask-form";
import { nameOfRow, SHOWN_WORDS } from "./list-words";
import styles from "./lists.module.css";

interface ShownListProps {
  list: SharedList;
  asked: Asked;
  heading: RefObject<HTMLHeadingElement | null>;
  mayAct: boolean;
  mayOpen: boolean;
  ownId: string;
  onAskAgain: () => void;
}

export function ShownList({ list, asked, heading, mayAct, mayOpen, ownId, onAskAgain }: ShownListProps) {
  const [acting, setActing] = useState<ListRow | null>(null);
  const [written, setWritten] = useState<ReadonlyMap<number, ListActionKind>>(new Map());
  const { level, purpose, detail, rows, needs, agreement, isCut } = list;
  return (
    <section aria-labelledby="list-heading">
      <h2 id="list-heading" ref={heading} tabIndex={-1} className={styles["heading"]}>
        {whereInWords(list)}
      </h2>
      <p className={styles["asked"]}>
        Where these are open: {needsAsked(needs)}. By the agreement “{agreement.title}”, for{" "}
        {PURPOSE_WORDS[purpose].toLowerCase()}. {SHOWN_WORDS[detail]}
      </p>
      <div className={`${styles["acts"]} no-print`}>
        <Button variant="default" onClick={onAskAgain}>
          Ask for something else
        </Button>
        {rows.length > 0 && (
          <>
            <TakeList asked={asked} />
            <Button variant="default" leftSection={<Icon name="print" size={18} />} onClick={() => print()}>
              Print
            </Button>
          </>
        )}
      </div>
      {isCut && (
        <p className={styles["over"]}>
          There are more than {MOST_ROWS}; the rest is not shown. Ask for a street, for fewer postcodes, or
          for one more need.
        </p>
      )}
      {rows.length === 0 ? (
        <EmptyState>
          Nothing is shared with you there for all of these together. Others may know of it and not share it,
          or somebody may have said no. Ask for fewer needs, or a wider place.
        </EmptyState>
      ) : (
        // biome-ignore-start lint/a11y/noRedundantRoles: a phone shows rows as cards, and the table must stay one to listen to
        <table role="table" className={styles["table"]}>
          <caption className="visually-hidden">{whereInWords(list)}</caption>
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">
                {level === "person" ? "Who" : "Where"}
              </th>
              <th role="columnheader" scope="col">
                What is shared
              </th>
              <th role="columnheader" scope="col">
                Who to speak with
              </th>
              {mayAct && (
                <th role="columnheader" scope="col" className="no-print">
                  What you will do
                </th>
              )}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {rows.map((row) => (
              <tr key={row.no} role="row">
                <th role="rowheader" scope="row">
                  <Where row={row} level={level} mayOpen={mayOpen} />
                </th>
                <td role="cell">
                  <What row={row} />
                </td>
                <td role="cell">
                  {row.services.map((service) => (
                    <div key={`${service.organisation}/${service.service}`} className={styles["service"]}>
                      <p className={styles["serviceName"]}>
                        {service.organisation}, {service.service}
                      </p>
                      <ServiceLines service={service} atPlace={level !== "person"} />
                    </div>
                  ))}
                </td>
                {mayAct && (
                  <td role="cell" className="no-print">
                    <WriteIt row={row} written={written.get(row.no)} onPress={() => setActing(row)} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
        // biome-ignore-end lint/a11y/noRedundantRoles: see above
      )}
      {acting && (
        <ListActionForm
          listId={list.id}
          row={acting}
          isPerson={level === "person"}
          ownId={ownId}
          onClose={() => setActing(null)}
          onSaved={(kind) => {
            setWritten(new Map([...written, [acting.no, kind]]));
            setActing(null);
          }}
        />
      )}
    </section>
  );
}

function Where({ row, level, mayOpen }: { row: ListRow; level: SharedList["level"]; mayOpen: boolean }) {
  if (level === "person") {
    const [own] = row.own;
    return mayOpen && own ? <Link href={`/people/${own.id}`}>{nameOfRow(row)}</Link> : nameOfRow(row);
  }
  return (
    <>
      {row.place}
      {mayOpen && row.own.length > 0 && (
        <p className={styles["own"]}>
          You know{" "}
          {row.own.map(({ id, name }, at) => (
            <span key={id}>
              {at > 0 && ", "}
              <Link href={`/people/${id}`}>{name ?? "somebody"}</Link>
            </span>
          ))}{" "}
          there.
        </p>
      )}
    </>
  );
}

function What({ row: { colour, needs, people } }: { row: ListRow }) {
  return (
    <div className={styles["what"]}>
      {colour && <ColourTag colour={colour} />}
      {needs && needs.length > 0 && (
        <ul className={styles["needs"]}>
          {needs.map(({ need, status }) => (
            <li key={need}>
              {findNeed(need)?.label ?? need} <StatusTag status={status} />
            </li>
          ))}
        </ul>
      )}
      {people?.map(({ givenName, familyName, phone, organisation }) => (
        <p key={`${organisation} ${givenName} ${familyName}`}>
          <strong>
            {givenName} {familyName}
          </strong>
          {phone && (
            <>
              {" · "}
              <a href={`tel:${phone.replaceAll(/[^+\d]/g, "")}`}>{phone}</a>
            </>
          )}
        </p>
      ))}
      {!colour && <p className={styles["quiet"]}>Known to the services beside this.</p>}
    </div>
  );
}

interface WriteItProps {
  row: ListRow;
  written: ListActionKind | undefined;
  onPress: () => void;
}

function WriteIt({ row, written, onPress }: WriteItProps) {
  return (
    <div className={styles["write"]}>
      {written && (
        <p role="status">
          Written down: {LIST_ACTION_LABELS[written].toLowerCase()}. See{" "}
          <Link href="/lists/actions">what we set out to do</Link>.
        </p>
      )}
      <Button size="sm" variant="default" onClick={onPress}>
        {written ? "Write something else" : "Write what you will do"}
        <span className="visually-hidden"> at {nameOfRow(row)}</span>
      </Button>
    </div>
  );
}

function TakeList({ asked }: { asked: Asked }) {
  const trpc = useTRPC();
  const exporting = useMutation(trpc.lists.export.mutationOptions({ gcTime: 0 }));
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const { ensure, dialog } = useStepUp();
  const take = async () => {
    setErrors([]);
    try {
      if (!(await ensure())) return;
      const file = await exporting.mutateAsync({ id: newId(), ...asked });
      saveFile(new Blob([file.text], { type: "text/csv" }), file.name);
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <>
      {dialog}
      <Button
        variant="default"
        leftSection={<Icon name="arrow-down" size={18} />}
        onClick={() => void take()}
        loading={exporting.isPending}
      >
        Take it as a CSV file
      </Button>
      <ErrorSummary errors={errors} />
    </>
  );
}
