/** What a list is asked for: by which agreement, what is listed, where, which needs stand together, what for and why now. */
import { Button, MultiSelect, Select, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { ClosePlace } from "../../../server/domain/agreements/grid";
import { PURPOSE_WORDS } from "../../../server/domain/agreements/in-words";
import { LISTED_WORDS, pathInWords } from "../../../server/domain/agreements/lists-in-words";
import {
  type AskList,
  askListSchema,
  LIST_REASON_LABELS,
  LIST_REASONS,
  LISTS_AN_HOUR,
  type ListReason,
  MOST_NEEDS,
} from "../../../server/domain/agreements/shared-list";
import { dayInWords } from "../../../server/domain/period";
import type { ListChoice } from "../../../server/shared-lists";
import { newId } from "../../_offline/new-id";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultOf, faultsIn } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { Segmented } from "../../_ui/segmented";
import { SHOWN_WORDS } from "./list-words";
import styles from "./lists.module.css";

/** Fields by the path that a fault names. */
export const IDS = {
  within: "list-within",
  street: "list-street",
  needs: "list-needs",
  purpose: "list-purpose",
  reason: "list-reason",
} as const;

const EMPTY = { purpose: "Choose what it is for.", reason: "Choose why now." } as const;

/** As the fields stand on the page, and not as they were read. */
const inPageOrder = (faults: readonly FieldError[]): FieldError[] => {
  const fields: readonly string[] = Object.values(IDS);
  return faults.toSorted((a, b) => fields.indexOf(a.fieldId ?? "") - fields.indexOf(b.fieldId ?? ""));
};

const streetLabel = (level: ClosePlace) =>
  ({
    household: "Which street?",
    person: "Which street? (needed with SR1 3)",
    street: "Which street? (leave empty for all)",
    postcode: "",
  })[level];

/** What is asked of the database, without the id of the list, which is new each time. */
export type Asked = Omit<AskList, "id">;

interface AskFormProps {
  choices: readonly ListChoice[];
  /** What was asked last, to be changed. */
  before: Asked | null;
  errors: readonly FieldError[];
  busy: boolean;
  onAsk: (asked: Asked) => void;
}

export function AskForm({ choices, before, errors, busy, onAsk }: AskFormProps) {
  const [agreementId, setAgreementId] = useState(before?.agreementId ?? choices[0]?.agreement.id ?? "");
  const choice = choices.find(({ agreement }) => agreement.id === agreementId) ?? choices[0];
  const [level, setLevel] = useState(before?.level ?? choice?.levels[0]?.level);
  const [within, setWithin] = useState(before?.within.join(", ") ?? "");
  const [street, setStreet] = useState(before?.street ?? "");
  const [needs, setNeeds] = useState<string[]>([...(before?.needs ?? [])]);
  const [purpose, setPurpose] = useState(before?.purpose ?? null);
  const [reason, setReason] = useState<ListReason | null>(before?.reason ?? null);
  const [words, setWords] = useState(before?.words ?? "");
  const [missing, setMissing] = useState<readonly FieldError[]>([]);
  if (!choice) return null;
  const at = choice.levels.find((one) => one.level === level) ?? choice.levels[0];
  if (!at) return null;
  const onlyPurpose = choice.purposes.length === 1 ? (choice.purposes[0] ?? null) : null;
  const shown = missing.length > 0 ? missing : errors;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = askListSchema.safeParse({
      ...{ id: newId(), agreementId: choice.agreement.id, level: at.level, reason, words },
      purpose: onlyPurpose ?? purpose,
      within: within.split(/[,;\n]/).filter((part) => part.trim() !== ""),
      street: at.level === "postcode" ? null : street,
      needs: needs.filter((path) => at.paths.includes(path)),
    });
    if (!read.success) {
      setMissing(inPageOrder(faultsIn(read.error, IDS, EMPTY)));
      return;
    }
    setMissing([]);
    const { id, ...asked } = read.data;
    onAsk(asked);
  };

  return (
    <form onSubmit={submit} noValidate className="no-print">
      <div className={`${form["form"]} ${form["inside"]}`}>
        <ErrorSummary errors={shown} />
        {choices.length > 1 && (
          <Select
            id="list-agreement"
            label="By which agreement?"
            data={choices.map(({ agreement: { id, title } }) => ({ value: id, label: title }))}
            value={choice.agreement.id}
            allowDeselect={false}
            onChange={(id) => id && setAgreementId(id)}
          />
        )}
        <div className={styles["levels"]}>
          <p className={styles["label"]} aria-hidden="true">
            What do you want to list?
          </p>
          <Segmented
            label="What do you want to list?"
            value={at.level}
            options={choice.levels.map((one) => ({ value: one.level, label: LISTED_WORDS[one.level] }))}
            onChange={setLevel}
          />
          <p className={styles["means"]}>{SHOWN_WORDS[at.detail]}</p>
        </div>
        <div className={form["beside"]}>
          <TextInput
            id={IDS.within}
            label="Where?"
            description="SR1 3 or SR1 3DW. Up to five, with commas."
            autoComplete="off"
            value={within}
            error={faultOf(shown, IDS.within)}
            onChange={(event) => setWithin(event.currentTarget.value)}
          />
          {at.level !== "postcode" && (
            <TextInput
              id={IDS.street}
              label={streetLabel(at.level)}
              description="Its name alone, without a number."
              autoComplete="off"
              value={street}
              error={faultOf(shown, IDS.street)}
              onChange={(event) => setStreet(event.currentTarget.value)}
            />
          )}
        </div>
        <MultiSelect
          id={IDS.needs}
          label="Which needs stand together there?"
          description={`Up to ${MOST_NEEDS}. A place is listed when every one of them is open there, whoever recorded it.`}
          placeholder={needs.length === 0 ? "Choose needs" : ""}
          data={at.paths.map((path) => ({ value: path, label: pathInWords(path) }))}
          value={needs.filter((path) => at.paths.includes(path))}
          onChange={setNeeds}
          maxValues={MOST_NEEDS}
          searchable
          hidePickedOptions
          error={faultOf(shown, IDS.needs)}
        />
        <div className={form["beside"]}>
          {onlyPurpose === null && (
            <Select
              id={IDS.purpose}
              label="What is it for?"
              placeholder="Choose"
              data={choice.purposes.map((value) => ({ value, label: PURPOSE_WORDS[value] }))}
              value={purpose}
              allowDeselect={false}
              error={faultOf(shown, IDS.purpose)}
              onChange={(value) => setPurpose(choice.purposes.find((one) => one === value) ?? null)}
            />
          )}
          <Select
            id={IDS.reason}
            label="Why now?"
            placeholder="Choose"
            data={LIST_REASONS.map((value) => ({ value, label: LIST_REASON_LABELS[value] }))}
            value={reason}
            allowDeselect={false}
            error={faultOf(shown, IDS.reason)}
            onChange={(value) => setReason(LIST_REASONS.find((one) => one === value) ?? null)}
          />
        </div>
        <TextInput
          id="list-words"
          label="More, if it helps"
          description="Only your own officer can read this."
          maxLength={300}
          autoComplete="off"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <p className={form["note"]}>
          By the agreement “{choice.agreement.title}”, until {dayInWords(choice.agreement.lastDay)}.
          {onlyPurpose && ` For ${PURPOSE_WORDS[onlyPurpose].toLowerCase()} and nothing else.`} You have{" "}
          {LISTS_AN_HOUR} lists an hour. Everybody who is in a list can learn that you made it, and what for.
        </p>
        <Button type="submit" loading={busy}>
          Make the list
        </Button>
      </div>
    </form>
  );
}
