"use client";
/** For each purpose a basis and a condition, and what kind of organisation this is. */
import { Button, Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { dayInWords, dayOf } from "../../../server/domain/period";
import { PROFESSION_LABELS, PROFESSIONS } from "../../../server/domain/plain-wording";
import {
  BASIS_WORDS,
  CONDITION_WORDS,
  RECORDING_BASES,
  RECORDING_CONDITIONS,
  RECORDING_PURPOSE_WORDS,
  type ReasonWords,
  type RecordingBasis,
  type RecordingCondition,
  type ShownBasis,
} from "../../../server/domain/recording-basis";
import type { Basis } from "../../../server/recording-basis";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import styles from "./bases.module.css";

export function Bases({ given }: { given: Basis }) {
  const [bases, setBases] = useState<readonly ShownBasis[]>(given.bases);
  const [said, setSaid] = useState<string | null>(null);
  return (
    <>
      <div role="status">{said && <p className={form["good"]}>{said}</p>}</div>
      <div className={styles["cards"]}>
        {bases.map((basis) => (
          <OnePurpose
            key={basis.purpose}
            given={basis}
            onSet={(all) => {
              setBases(all);
              setSaid("Saved. It holds from now on; what held before stays to be read.");
            }}
          />
        ))}
        <Profession given={given.profession} onSet={setSaid} />
      </div>
    </>
  );
}

function OnePurpose({ given, onSet }: { given: ShownBasis; onSet: (all: readonly ShownBasis[]) => void }) {
  const trpc = useTRPC();
  const setting = useMutation(trpc.recordingBasis.set.mutationOptions());
  const [basis, setBasis] = useState<RecordingBasis | null>(given.basis);
  const [condition, setCondition] = useState<RecordingCondition | null>(given.condition);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const { purpose, setAt } = given;
  const changed = basis !== given.basis || condition !== given.condition;
  const save = async () => {
    if (!basis || !condition) {
      return setErrors([{ message: "Choose both reasons.", fieldId: `${purpose}-basis` }]);
    }
    setErrors([]);
    try {
      onSet(await setting.mutateAsync({ purpose, basis, condition }));
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <section className={form["card"]} aria-labelledby={`${purpose}-title`}>
      <h2 id={`${purpose}-title`} className={styles["title"]}>
        {RECORDING_PURPOSE_WORDS[purpose]}
      </h2>
      <p className={styles["quiet"]}>{setAt ? `Since ${dayInWords(dayOf(setAt))}.` : "Not said yet."}</p>
      <div className={form["form"]} style={{ marginTop: 12 }}>
        <ErrorSummary errors={errors} />
        <div>
          <Select
            id={`${purpose}-basis`}
            label="Why may we hold it?"
            placeholder="Choose"
            data={RECORDING_BASES.map((value) => ({ value, label: BASIS_WORDS[value].name }))}
            renderOption={({ option }) => <Reason of={BASIS_WORDS[option.value]} />}
            value={basis}
            onChange={(value) => setBasis(RECORDING_BASES.find((each) => each === value) ?? null)}
          />
          {basis && <p className={styles["whole"]}>{BASIS_WORDS[basis].plain}</p>}
          {basis && <small className={styles["law"]}>{BASIS_WORDS[basis].law}</small>}
        </div>
        <div>
          <Select
            id={`${purpose}-condition`}
            label="And what is special, such as health?"
            placeholder="Choose"
            data={RECORDING_CONDITIONS.map((value) => ({ value, label: CONDITION_WORDS[value].name }))}
            renderOption={({ option }) => <Reason of={CONDITION_WORDS[option.value]} />}
            value={condition}
            onChange={(value) => setCondition(RECORDING_CONDITIONS.find((each) => each === value) ?? null)}
          />
          {condition && <p className={styles["whole"]}>{CONDITION_WORDS[condition].plain}</p>}
          {condition && <small className={styles["law"]}>{CONDITION_WORDS[condition].law}</small>}
        </div>
        <Button variant="default" disabled={!changed} loading={setting.isPending} onClick={() => void save()}>
          Save<span className="visually-hidden">: {RECORDING_PURPOSE_WORDS[purpose]}</span>
        </Button>
      </div>
    </section>
  );
}

/** A choice of a list: what officers call it, and what is said of it to people. */
const Reason = ({ of: { name, plain } }: { of: ReasonWords }) => (
  <span className={styles["reason"]}>
    {name}
    <span>{plain}</span>
  </span>
);

function Profession({ given, onSet }: { given: Basis["profession"]; onSet: (words: string) => void }) {
  const trpc = useTRPC();
  const setting = useMutation(trpc.recordingBasis.setProfession.mutationOptions());
  const [profession, setProfession] = useState(given);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const choose = async (value: string | null) => {
    const chosen = PROFESSIONS.find((each) => each === value);
    if (!chosen) return;
    setErrors([]);
    try {
      await setting.mutateAsync({ profession: chosen });
      setProfession(chosen);
      onSet("Saved. What others share is said in these words from now on.");
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <section className={form["card"]} aria-labelledby="profession-title">
      <h2 id="profession-title" className={styles["title"]}>
        Whose words we read
      </h2>
      <p className={styles["quiet"]}>What other services share is said to your workers in these words.</p>
      <div className={form["form"]} style={{ marginTop: 12 }}>
        <ErrorSummary errors={errors} />
        <Select
          id="profession"
          label="What kind of organisation are you?"
          data={PROFESSIONS.map((value) => ({ value, label: PROFESSION_LABELS[value] }))}
          value={profession}
          allowDeselect={false}
          disabled={setting.isPending}
          onChange={(value) => void choose(value)}
        />
      </div>
    </section>
  );
}
