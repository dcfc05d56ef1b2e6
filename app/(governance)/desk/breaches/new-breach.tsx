"use client";
/** From somebody, or a lost device, and a window to the people affected; then onto the record. */
import { Button, Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import type { AskableDevice } from "../../../../server/breaches";
import { ROLE_LABELS } from "../../../../server/domain/access";
import {
  type AffectedQuestion,
  affectedSchema,
  BREACH_KIND_LABELS,
  BREACH_KINDS,
  type BreachSubject,
  MOST_BREACH_WORDS,
  openBreachSchema,
  timeFault,
  whenInWords,
} from "../../../../server/domain/breach";
import type { AskableMember } from "../../../../server/who-looked";
import { newId } from "../../../_offline/new-id";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultOf, faultsIn, faultsOf } from "../../../_ui/faults";
import { TextArea } from "../../../_ui/field";
import { Segmented } from "../../../_ui/segmented";
import styles from "../desk.module.css";
import { AffectedPeople } from "./affected-people";
import { instantIn, type Moment, MomentField, NO_MOMENT } from "./moment-field";

/** Fields by what the schemas call them. */
const IDS = {
  about: "breach-about",
  from: "breach-from",
  until: "breach-until",
  what: "breach-what",
  awareAt: "breach-aware",
  words: "breach-words",
} as const;

/** What is said of a field that is empty, or of a time that is none; of one that is filled in wrongly the schema speaks. */
const emptyWords = (about: BreachSubject, at: Readonly<Record<"from" | "until" | "aware", Moment>>) => ({
  about: about === "device" ? "Choose the device." : "Choose whose access it was.",
  from: faultIn(at.from) ?? "Enter the day and the time from which it could be seen.",
  until: faultIn(at.until) ?? "Enter the day and the time until which it could be seen.",
  awareAt: faultIn(at.aware) ?? "Enter the day and the time when you became aware.",
});

const faultIn = ({ day, time }: Moment) => timeFault(day, time);

interface NewBreachProps {
  members: readonly AskableMember[];
  devices: readonly AskableDevice[];
}

export function NewBreach({ members, devices }: NewBreachProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const [kind, setKind] = useState<BreachSubject>("member");
  const [aboutId, setAboutId] = useState<string | null>(null);
  const [from, setFrom] = useState(NO_MOMENT);
  const [until, setUntil] = useState(NO_MOMENT);
  const [aware, setAware] = useState(NO_MOMENT);
  const [what, setWhat] = useState<string | null>(null);
  const [words, setWords] = useState("");
  const [question, setQuestion] = useState<AffectedQuestion | null>(null);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const said = useRef<HTMLParagraphElement>(null);
  const keep = useMutation(
    trpc.desk.openBreach.mutationOptions({
      onSuccess: () => {
        begin("member");
        setFrom(NO_MOMENT);
        setUntil(NO_MOMENT);
        setAware(NO_MOMENT);
        setWhat(null);
        setWords("");
        said.current?.focus();
        router.refresh();
      },
    }),
  );
  const empty = emptyWords(kind, { from, until, aware });
  const find = (event: FormEvent) => {
    event.preventDefault();
    keep.reset();
    const read = affectedSchema.safeParse({
      about: { kind, id: aboutId },
      from: instantIn(from),
      until: instantIn(until),
    });
    setErrors(read.success ? [] : faultsIn(read.error, IDS, empty));
    setQuestion(read.success ? read.data : null);
  };
  const onRecord = (event: FormEvent) => {
    event.preventDefault();
    keep.reset();
    const read = openBreachSchema.safeParse({
      ...{ id: newId(), ...question, what, words },
      awareAt: instantIn(aware),
    });
    setErrors(read.success ? [] : faultsIn(read.error, IDS, empty));
    if (read.success) keep.mutate(read.data);
  };
  const begin = (next: BreachSubject) => {
    setKind(next);
    setAboutId(null);
    setQuestion(null);
    setErrors([]);
  };
  const choose = (next: BreachSubject) => {
    begin(next);
    if (next === "device") setWhat("lost-device");
  };
  /** What goes on record is what was listed: after a change it is listed again. */
  const asksAnew =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setQuestion(null);
    };
  const shown = keep.isError ? faultsOf(keep.error, IDS) : errors;
  const device = kind === "device" ? devices.find(({ id }) => id === aboutId) : undefined;
  return (
    <section className={styles["case"]} aria-labelledby="new-breach">
      <h2 id="new-breach">Who is affected?</h2>
      <p ref={said} tabIndex={-1} role="status">
        {keep.isSuccess && "It is on record. It stands above, with what is to be done by when."}
      </p>
      <ErrorSummary errors={shown} />
      <form className={styles["form"]} onSubmit={find} noValidate>
        <Segmented
          label="A colleague’s access, or a lost device?"
          value={kind}
          options={[
            { value: "member", label: "A colleague" },
            { value: "device", label: "A lost device" },
          ]}
          onChange={choose}
        />
        {kind === "member" ? (
          <Select
            id={IDS.about}
            label="Whose access was it?"
            placeholder="Choose a colleague"
            searchable
            data={members.map(({ id, name, roles }) => ({
              value: id,
              label: `${name}, ${roles.map((role) => ROLE_LABELS[role].toLowerCase()).join(" and ")}`,
            }))}
            value={aboutId}
            onChange={asksAnew(setAboutId)}
            error={faultOf(shown, IDS.about)}
            w="100%"
            maw={440}
          />
        ) : devices.length === 0 ? (
          <p>
            No device keeps anybody’s details for your organisation. Choose “A colleague”, and whose device it
            was.
          </p>
        ) : (
          <div className={styles["field"]}>
            <Select
              id={IDS.about}
              label="Which device was lost?"
              description="Devices that keep people’s details for working without signal. For any other, choose the colleague who used it."
              placeholder="Choose a device"
              searchable
              data={devices.map((device) => ({ value: device.id, label: deviceLabel(device) }))}
              value={aboutId}
              onChange={asksAnew(setAboutId)}
              error={faultOf(shown, IDS.about)}
              w="100%"
              maw={440}
            />
            {device && <p className={styles["facts"]}>{deviceLabel(device)}</p>}
          </div>
        )}
        <MomentField
          id={IDS.from}
          label={kind === "device" ? "When was it last in safe hands?" : "From when?"}
          value={from}
          onChange={asksAnew(setFrom)}
          error={faultOf(shown, IDS.from)}
        />
        <MomentField
          id={IDS.until}
          label={kind === "device" ? "When was it shut out or found?" : "Until when?"}
          value={until}
          onChange={asksAnew(setUntil)}
          error={faultOf(shown, IDS.until)}
        />
        <Button type="submit">List everybody affected</Button>
      </form>
      {question && (
        <>
          <AffectedPeople
            key={`${question.about.id}${question.from.getTime()}${question.until.getTime()}`}
            question={question}
            isOpen
          />
          <form className={styles["form"]} onSubmit={onRecord} noValidate>
            <h3>Put it on record</h3>
            <Select
              id={IDS.what}
              label="What happened?"
              placeholder="Choose one"
              data={BREACH_KINDS.map((value) => ({ value, label: BREACH_KIND_LABELS[value] }))}
              value={what}
              onChange={setWhat}
              error={faultOf(shown, IDS.what)}
              w="100%"
              maw={440}
            />
            <MomentField
              id={IDS.awareAt}
              label="When did you become aware?"
              hint="The 72 hours run from here."
              value={aware}
              onChange={setAware}
              error={faultOf(shown, IDS.awareAt)}
            />
            <div className={styles["field"]}>
              <TextArea
                id={IDS.words}
                label="In your words"
                rows={3}
                maxLength={MOST_BREACH_WORDS}
                value={words}
                onChange={({ target }) => setWords(target.value)}
                error={faultOf(shown, IDS.words)}
              />
            </div>
            <Button type="submit" loading={keep.isPending}>
              Put it on record
            </Button>
          </form>
        </>
      )}
    </section>
  );
}

const deviceLabel = ({ name, memberNames, lastSeenAt, isShutOut }: AskableDevice) =>
  `${name}, ${memberNames.join(" and ")}, last seen ${whenInWords(lastSeenAt)}${isShutOut ? ", shut out" : ""}`;
