"use client";
/** The form of an event. Its id is made here, so that sending twice writes it once. */
import { Button, Select } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import {
  DIRECTIONS,
  type Direction,
  EVENT_KINDS,
  type EventKind,
  LONGEST_NOTE,
  LONGEST_TITLE,
  MOST_EXPECTED,
  writeEventSchema,
} from "../../../../../server/domain/event-marker";
import { LEVELS, type Level } from "../../../../../server/domain/geography";
import { LEVEL_LABELS } from "../../../../../server/domain/menu";
import { useTRPC } from "../../../../_trpc/client";
import { DayField } from "../../../../_ui/day-field";
import { ErrorSummary, type FieldError } from "../../../../_ui/error-summary";
import { faultOf, faultsOf } from "../../../../_ui/faults";
import { TextArea, TextField } from "../../../../_ui/field";
import { FormActions } from "../../../../_ui/form-actions";
import { Segmented } from "../../../../_ui/segmented";
import { NeedPicker } from "../../../map/need-picker";
import styles from "../../change.module.css";
import { PlacePicker } from "../../choices";
import { changeQuery, shortestOf } from "../../view";

/** Fields by the paths that rules name. */
const IDS = {
  kind: "event-kind",
  title: "event-title",
  happensOn: "event-day",
  areas: "event-areas",
  comparison: "event-comparison",
  expected: "event-expected",
  reason: "event-reason",
} as const;

/** What is said of a choice that was not made; the choices offer nothing else that could be wrong. */
const NOT_CHOSEN: Readonly<Record<string, string>> = {
  kind: "Choose what kind of event it is",
  direction: "Choose for each need whether you expect it to rise or to fall",
};

/** Nothing is chosen beforehand of what cannot be changed afterwards. */
interface Draft {
  kind: EventKind | null;
  title: string;
  happensOn: string;
  level: Level;
  areas: number[];
  comparison: number[];
  /** `key` tells rows apart on the screen. */
  expected: { key: number; node: string; direction: Direction | null }[];
  reason: string;
}

const EMPTY: Draft = {
  kind: null,
  title: "",
  happensOn: "",
  level: "sector",
  areas: [],
  comparison: [],
  expected: [{ key: 0, node: "*", direction: null }],
  reason: "",
};

export function EventForm() {
  const trpc = useTRPC();
  const router = useRouter();
  const client = useQueryClient();
  const write = useMutation(trpc.change.write.mutationOptions());
  const [id] = useState(() => crypto.randomUUID());
  const [draft, setDraft] = useState(EMPTY);
  const [faults, setFaults] = useState<FieldError[]>([]);
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const expect = (key: number, part: Partial<Draft["expected"][number]>) =>
    set({ expected: draft.expected.map((each) => (each.key === key ? { ...each, ...part } : each)) });

  async function send(): Promise<void> {
    const { level, ...rest } = draft;
    const fields = { ...rest, expected: draft.expected.map(({ node, direction }) => ({ node, direction })) };
    const read = writeEventSchema.safeParse({ id, ...fields });
    if (!read.success) {
      setFaults(
        read.error.issues.map(({ path, message }) => {
          const fieldId = Reflect.get(IDS, String(path[0]));
          const words = NOT_CHOSEN[String(path.at(-1))] ?? message;
          return typeof fieldId === "string" ? { message: words, fieldId } : { message: words };
        }),
      );
      return;
    }
    try {
      await write.mutateAsync(read.data);
      await client.invalidateQueries({ queryKey: trpc.change.events.queryKey() });
      const node = draft.expected[0]?.node ?? "*";
      const { areas } = draft;
      router.push(
        `/change${changeQuery({ shows: "place", node, level, areas, type: shortestOf(level), event: id })}`,
      );
    } catch (fault) {
      setFaults(faultsOf(fault, IDS));
    }
  }

  return (
    <form
      className={styles["form"]}
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault();
        void send();
      }}
    >
      <ErrorSummary errors={faults} />
      <Select
        id={IDS.kind}
        label="What kind of event"
        data={Object.entries(EVENT_KINDS).map(([value, label]) => ({ value, label }))}
        value={draft.kind}
        placeholder="Choose one"
        error={faultOf(faults, IDS.kind)}
        allowDeselect={false}
        onChange={(text) => {
          const kind = Object.keys(EVENT_KINDS).find((each): each is EventKind => each === text);
          if (kind) set({ kind });
        }}
      />
      <TextField
        id={IDS.title}
        label="What happens or happened"
        hint="In a few words, such as “A food pantry opens”."
        error={faultOf(faults, IDS.title)}
        maxLength={LONGEST_TITLE}
        value={draft.title}
        onChange={(typed) => set({ title: typed.currentTarget.value })}
      />
      <DayField
        id={IDS.happensOn}
        label="On which day"
        error={faultOf(faults, IDS.happensOn)}
        value={draft.happensOn}
        onChange={(happensOn) => set({ happensOn })}
      />
      <Select
        label="Kind of areas"
        data={LEVELS.map((level) => ({ value: level, label: LEVEL_LABELS[level] }))}
        value={draft.level}
        allowDeselect={false}
        onChange={(text) => {
          const level = LEVELS.find((each) => each === text);
          if (level) set({ level, areas: [], comparison: [] });
        }}
      />
      <PlacePicker
        id={IDS.areas}
        label="Where"
        error={faultOf(faults, IDS.areas)}
        level={draft.level}
        value={draft.areas}
        onChange={(areas) => set({ areas })}
      />
      <fieldset className={styles["expected"]} id={IDS.expected} tabIndex={-1}>
        <legend className={styles["h3"]}>What you expect</legend>
        {faultOf(faults, IDS.expected) && <p className={styles["fault"]}>{faultOf(faults, IDS.expected)}</p>}
        {draft.expected.map((each) => (
          <div className={styles["row"]} key={each.key}>
            <NeedPicker value={each.node} onChange={(node) => expect(each.key, { node })} />
            <p className={styles["label"]} aria-hidden="true">
              What you expect it to do
            </p>
            <Segmented
              label="Which way"
              value={each.direction}
              options={Object.entries(DIRECTIONS).map(([value, label]) => ({
                value: value === "rise" ? ("rise" as const) : ("fall" as const),
                label,
              }))}
              onChange={(direction) => expect(each.key, { direction })}
            />
          </div>
        ))}
        <p className={styles["buttons"]}>
          {draft.expected.length < MOST_EXPECTED && (
            <Button
              variant="default"
              size="sm"
              onClick={() =>
                set({
                  expected: [...draft.expected, { key: draft.expected.length, node: "*", direction: null }],
                })
              }
            >
              Add a need
            </Button>
          )}
          {draft.expected.length > 1 && (
            <Button variant="subtle" size="sm" onClick={() => set({ expected: draft.expected.slice(0, -1) })}>
              Take the last away
            </Button>
          )}
        </p>
      </fieldset>
      <PlacePicker
        id={IDS.comparison}
        label="Areas to compare with (if you have any in mind)"
        description="Alike, and not touched by the event. Without any, all others of the same kind are taken together."
        error={faultOf(faults, IDS.comparison)}
        level={draft.level}
        value={draft.comparison}
        onChange={(comparison) => set({ comparison })}
      />
      <TextArea
        id={IDS.reason}
        label="Why you expect it (optional)"
        error={faultOf(faults, IDS.reason)}
        rows={2}
        maxLength={LONGEST_NOTE}
        value={draft.reason}
        onChange={(typed) => set({ reason: typed.currentTarget.value })}
      />
      <FormActions act="Write it down" busy={write.isPending} onLeave={() => router.push("/change")} />
    </form>
  );
}
