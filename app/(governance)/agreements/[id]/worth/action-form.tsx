"use client";
/**
 * One thing that people want to do: who does it, and the place and detail that it needs. What remains at every other
 * cell is worked out from that, and can be put right by whoever knows better.
 */
import { Checkbox, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import {
  DETAILS,
  type Detail,
  GROUPS,
  type Group,
  PLACES,
  type Place,
} from "../../../../../server/domain/agreements/grid";
import { DETAIL_WORDS, GROUP_WORDS, PLACE_WORDS } from "../../../../../server/domain/agreements/in-words";
import {
  type CellNumbers,
  canExist,
  cellNumber,
  type Level,
  saveValueActionSchema,
  USUAL_COSTS,
  usualValues,
  type ValueAction,
} from "../../../../../server/domain/agreements/value-map";
import { newId } from "../../../../_offline/new-id";
import { useTRPC } from "../../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../../_ui/error-summary";
import { faultOf, faultsOf } from "../../../../_ui/faults";
import form from "../../../../_ui/form.module.css";
import { FormActions } from "../../../../_ui/form-actions";
import styles from "./worth.module.css";

interface ActionFormProps {
  agreementId: string;
  /** Null for a new one. */
  action: ValueAction | null;
  onDone: (actions?: readonly ValueAction[]) => void;
}

const IDS = { name: "action-name", values: "action-values", costs: "action-costs" };

export function ActionForm({ agreementId, action, onDone }: ActionFormProps) {
  const trpc = useTRPC();
  const saving = useMutation(trpc.valueMap.save.mutationOptions());
  const [id] = useState(() => action?.id ?? newId());
  const [name, setName] = useState(action?.name ?? "");
  const [group, setGroup] = useState<Group>(action?.group ?? "caseworker");
  const [needs, setNeeds] = useState<Level>(() =>
    action ? neededBy(action) : { place: "person", detail: "known-to" },
  );
  const [values, setValues] = useState<CellNumbers>(() => action?.values ?? usualValues(group, needs));
  const [costs, setCosts] = useState<CellNumbers>(action?.costs ?? USUAL_COSTS);
  const [wanted, setWanted] = useState(action?.wanted ?? true);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const need = (nextGroup: Group, level: Level) => {
    setGroup(nextGroup);
    setNeeds(level);
    setValues(usualValues(nextGroup, level));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const fields = { name, group, values: [...values], costs: [...costs], wanted };
    const read = saveValueActionSchema.safeParse({ id, agreementId, fields });
    if (!read.success) {
      return setErrors(
        read.error.issues.map(({ message, path }) => {
          const fieldId = Object.entries(IDS).find(([field]) => field === path[1])?.[1];
          return fieldId ? { message, fieldId } : { message };
        }),
      );
    }
    try {
      onDone(await saving.mutateAsync(read.data));
    } catch (error) {
      setErrors(faultsOf(error, IDS));
    }
  };
  return (
    <form
      className={form["card"]}
      onSubmit={(event) => void submit(event)}
      noValidate
      aria-label={action ? `Change ${action.name}` : "Add an action"}
    >
      <div className={`${form["form"]} ${form["inside"]}`}>
        <ErrorSummary errors={errors} />
        <TextInput
          id={IDS.name}
          label="What will people do?"
          description="Short: “Ring about arrears before a first visit”."
          autoComplete="off"
          error={faultOf(errors, IDS.name)}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label="Who does it?"
          data={GROUPS.map((value) => ({ value, label: GROUP_WORDS[value] }))}
          value={group}
          onChange={(value) => need(GROUPS.find((each) => each === value) ?? group, needs)}
        />
        <div className={form["beside"]}>
          <Select
            label="About which place?"
            data={PLACES.map((value) => ({ value, label: PLACE_WORDS[value] }))}
            value={needs.place}
            onChange={(value) =>
              need(group, { ...needs, place: PLACES.find((each) => each === value) ?? needs.place })
            }
          />
          <Select
            label="How much do they need to see?"
            data={DETAILS.map((value) => ({ value, label: DETAIL_WORDS[value].name }))}
            value={needs.detail}
            onChange={(value) =>
              need(group, { ...needs, detail: DETAILS.find((each) => each === value) ?? needs.detail })
            }
          />
        </div>
        {!canExist(group, needs) && (
          <p className={form["note"]}>
            No agreement can show {GROUP_WORDS[group].toLowerCase()} this much. Choose a wider place or less
            detail.
          </p>
        )}
        <NumberGrid
          id={IDS.values}
          summary="What remains at each cell, in per cent"
          numbers={values}
          error={faultOf(errors, IDS.values)}
          exists={(level) => canExist(group, level)}
          onChange={setValues}
        />
        <NumberGrid
          id={IDS.costs}
          summary="What it costs from each cell, 1 to 100"
          numbers={costs}
          error={faultOf(errors, IDS.costs)}
          exists={() => true}
          onChange={setCosts}
        />
        <Checkbox
          label="The agreement is to support this"
          checked={wanted}
          onChange={(event) => setWanted(event.currentTarget.checked)}
        />
        <FormActions act="Save the action" busy={saving.isPending} onLeave={() => onDone()} />
      </div>
    </form>
  );
}

/** The cheapest cell at which all of its value is there, to begin changing it from. */
function neededBy({ values }: ValueAction): Level {
  for (const place of PLACES)
    for (const detail of DETAILS) if (values[cellNumber(place, detail)] === 100) return { place, detail };
  return { place: "person", detail: "full" };
}

interface NumberGridProps {
  id: string;
  summary: string;
  numbers: CellNumbers;
  error: string | undefined;
  exists: (level: Level) => boolean;
  onChange: (numbers: CellNumbers) => void;
}

function NumberGrid({ id, summary, numbers, error, exists, onChange }: NumberGridProps) {
  const put = (place: Place, detail: Detail, text: string) =>
    onChange(
      numbers.with(cellNumber(place, detail), Math.min(100, Number(text.replace(/\D/g, "").slice(0, 3)))),
    );
  return (
    <details className={styles["details"]} id={id} tabIndex={-1} open={error !== undefined || undefined}>
      <summary>{summary}</summary>
      {error && <p style={{ padding: "0 16px 8px", color: "var(--stop)", fontWeight: 600 }}>{error}</p>}
      <div className={styles["scroll"]}>
        <table className={styles["table"]}>
          <thead>
            <tr>
              <th scope="col">Place</th>
              {DETAILS.map((detail) => (
                <th key={detail} scope="col">
                  {DETAIL_WORDS[detail].name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {PLACES.map((place) => (
              <tr key={place}>
                <th scope="row">{PLACE_WORDS[place]}</th>
                {DETAILS.map((detail) => (
                  <td key={detail}>
                    <input
                      inputMode="numeric"
                      autoComplete="off"
                      aria-label={`${PLACE_WORDS[place]}, ${DETAIL_WORDS[detail].name.toLowerCase()}`}
                      disabled={!exists({ place, detail })}
                      value={numbers[cellNumber(place, detail)] ?? 0}
                      onChange={(event) => put(place, detail, event.currentTarget.value)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
