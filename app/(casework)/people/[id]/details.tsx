"use client";
/**
 * What is known of a person, each line with its own way to change it in place. A change carries the value it began
 * from, so that somebody else's is never lost. Numbers show their last characters until somebody asks.
 */
import { Button, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { IDENTIFIER_KINDS } from "../../../../server/domain/identifiers";
import type { Day } from "../../../../server/domain/period";
import type { ClientProfile } from "../../../../server/domain/profile";
import { isIdentifierField } from "../../../../server/domain/profile-edit";
import {
  DETAIL_FIELDS,
  type DetailField,
  type EditAnswer,
  PROFILE_FIELD_LABELS,
  type ProfileField,
  type ProfileValue,
  valueInWords,
  valueText,
} from "../../../../server/domain/profile-terms";
import type { EditEnd } from "../../../_offline/desk-edits";
import { useTRPC } from "../../../_trpc/client";
import { faultsOf } from "../../../_ui/faults";
import { fullName } from "../../../_words/person-words";
import { DetailForm } from "./detail-form";
import { endInWords, keptInWords, savedInWords } from "./edit-words";
import styles from "./rail.module.css";
import { RailSection } from "./rail-section";

interface Line {
  key: string;
  field: ProfileField;
  /** As it stands; of a number, only once it is shown in full. */
  value: ProfileValue;
  shown: string;
  editable: boolean;
}

export function Details({ person, today }: { person: ClientProfile; today: Day }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [asked, setAsked] = useState(false);
  const [editing, setEditing] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const [keptHere, setKeptHere] = useState<ReadonlyMap<string, string>>(new Map());
  const whole = useQuery(
    trpc.clients.get.queryOptions(
      { id: person.id, showIdentifiers: true },
      { enabled: asked, staleTime: 0, gcTime: 0 },
    ),
  );
  const inFull = whole.data !== undefined;
  const identifiers = whole.data?.identifiers ?? person.identifiers;
  const known = new Set(identifiers.map(({ kind }) => kind));
  const isMissing = (field: DetailField) =>
    field === "sex" ? person.sex === "not-known" : field !== "place" && valueText(person[field]) === "";
  const mayHave = (field: DetailField) => field !== "address" || person.place.kind !== "no-fixed-address";
  const missing: ProfileField[] = [
    ...DETAIL_FIELDS.filter((field) => isMissing(field) && mayHave(field)),
    ...IDENTIFIER_KINDS.filter((kind) => !known.has(kind)),
  ];
  const lines: Line[] = [
    ...DETAIL_FIELDS.filter((field) => !isMissing(field) || editing === field || keptHere.has(field)).map(
      (field) => ({
        key: field,
        field,
        value: person[field],
        shown: valueInWords(field, person[field]),
        editable: true,
      }),
    ),
    ...identifiers.map(({ kind, value }) => ({
      key: `${kind} ${value}`,
      field: kind,
      value,
      shown: value,
      editable: inFull,
    })),
    ...IDENTIFIER_KINDS.filter((kind) => !known.has(kind) && (editing === kind || keptHere.has(kind))).map(
      (kind) => ({
        key: kind,
        field: kind,
        value: null,
        shown: "",
        editable: true,
      }),
    ),
  ];

  const saved = async (field: ProfileField, answer: EditAnswer) => {
    setEditing(null);
    setSaid(savedInWords(field, answer));
    router.refresh();
    if (asked) await whole.refetch();
  };

  /** Without signal: it shows as changed until it is known what became of it. */
  const keep = ({ key, field }: Line, to: ProfileValue, ended: Promise<EditEnd>) => {
    setEditing(null);
    setKeptHere((before) => new Map(before).set(key, valueInWords(field, to)));
    setSaid(keptInWords(field));
    void ended.then((end) => {
      setKeptHere((before) => new Map([...before].filter(([other]) => other !== key)));
      setSaid(endInWords(field, end));
      router.refresh();
    });
  };

  return (
    <RailSection title="Details" brief={person.phone ?? undefined}>
      <div role="status" className={said ? styles["said"] : undefined}>
        {said}
      </div>
      <dl className={styles["details"]}>
        {lines.map((line) => (
          <div key={line.key} className={styles["detail"]}>
            <dt>{PROFILE_FIELD_LABELS[line.field]}</dt>
            {editing === line.key ? (
              <dd>
                <DetailForm
                  clientId={person.id}
                  field={line.field}
                  value={line.value}
                  today={today}
                  personName={fullName(person)}
                  onSaved={(answer) => void saved(line.field, answer)}
                  onKept={(to, ended) => keep(line, to, ended)}
                  onCancel={() => setEditing(null)}
                />
              </dd>
            ) : (
              <dd>{keptHere.has(line.key) ? keptHere.get(line.key) : line.shown}</dd>
            )}
            {keptHere.has(line.key) && editing !== line.key && (
              <dd className={styles["note"]}>Changed here, not sent yet</dd>
            )}
            {line.field === "place" && person.placeNote && editing !== "place" && (
              <dd className={styles["note"]}>{person.placeNote}</dd>
            )}
            {line.editable && editing !== line.key && (
              <dd data-change className="no-print">
                <button
                  type="button"
                  className={styles["press"]}
                  aria-label={`Change ${PROFILE_FIELD_LABELS[line.field]}`}
                  onClick={() => {
                    setSaid("");
                    setEditing(line.key);
                  }}
                >
                  Change
                </button>
              </dd>
            )}
          </div>
        ))}
      </dl>
      <div className={`${styles["foot"]} no-print`}>
        {person.identifiers.length > 0 && !inFull && (
          <Button variant="default" size="sm" loading={whole.isFetching} onClick={() => setAsked(true)}>
            Show numbers in full
          </Button>
        )}
        {missing.length > 0 && (
          <Select
            size="sm"
            aria-label="Add a detail"
            placeholder="Add a detail"
            data={missing.map((field) => ({ value: field, label: PROFILE_FIELD_LABELS[field] }))}
            value={null}
            onChange={(field) => {
              setSaid("");
              setEditing(field);
            }}
          />
        )}
      </div>
      {whole.isError && <p role="alert">{faultsOf(whole.error)[0]?.message}</p>}
      {lines.some(({ field, editable }) => isIdentifierField(field) && !editable) && (
        <p className={`${styles["quiet"]} no-print`}>Show a number in full before you change it.</p>
      )}
    </RailSection>
  );
}
