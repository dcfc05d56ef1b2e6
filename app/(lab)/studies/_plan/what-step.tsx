"use client";
/** What was done and for whom: the words that complete the sentence of the report, and the days between which people started. */
import { Select, Textarea, TextInput } from "@mantine/core";
import { SECTOR_WORDS, SECTORS } from "../../../../server/domain/lab/study";
import type { Day } from "../../../../server/domain/period";
import { DayField } from "../../../_ui/day-field";
import form from "../../../_ui/form.module.css";
import styles from "./plan.module.css";
import type { StepProps } from "./step-props";
import { fieldId } from "./steps";

export function WhatStep({ plan, change, faultOf }: StepProps) {
  const text = (field: "about" | "supportType" | "referralRoute" | "place" | "intervention") => ({
    id: fieldId(field),
    value: plan[field],
    error: faultOf(field),
    autoComplete: "off",
    onChange: (event: { currentTarget: { value: string } }) => change({ [field]: event.currentTarget.value }),
  });
  const day = (field: "startedFrom" | "startedTo") => ({
    id: fieldId(field),
    value: plan[field] ?? "",
    error: faultOf(field),
    onChange: (on: Day | "") => change({ [field]: on === "" ? null : on }),
  });
  return (
    <>
      <div>
        <TextInput
          {...text("intervention")}
          label="People who …"
          description="What they did, in a few words that go on from “people who”: “had a job coach”."
          maxLength={120}
        />
        {plan.intervention !== "" && (
          <p className={styles["echo"]}>
            The report will begin: “Of every 100 people who <b>{plan.intervention}</b>, …”
          </p>
        )}
      </div>
      <Textarea
        {...text("about")}
        label="What the programme is"
        description="What somebody gets, how often and for how long."
        autosize
        minRows={3}
        maxLength={1_200}
      />
      <div className={form["beside"]}>
        <TextInput
          {...text("supportType")}
          label="Kind of support"
          description="For example “help to find work”."
          maxLength={80}
        />
        <Select
          id={fieldId("sector")}
          label="Your sector"
          description="As it will stand on the register."
          placeholder="Choose one"
          data={SECTORS.map((value) => ({ value, label: SECTOR_WORDS[value] }))}
          value={plan.sector}
          error={faultOf("sector")}
          onChange={(value) => change({ sector: SECTORS.find((sector) => sector === value) ?? null })}
        />
      </div>
      <div className={form["beside"]}>
        <TextInput
          {...text("referralRoute")}
          label="How people come to it"
          description="For example “probation officers refer them”."
          maxLength={300}
        />
        <TextInput
          {...text("place")}
          label="Where"
          description="A town, a county, a prison."
          maxLength={120}
        />
      </div>
      <fieldset>
        <legend className={styles["legend"]}>People who started between these days</legend>
        <p className={styles["hint"]}>Both days count. People are followed from the day they started.</p>
        <div className={form["beside"]}>
          <DayField {...day("startedFrom")} label="First day" />
          <DayField {...day("startedTo")} label="Last day" />
        </div>
      </fieldset>
    </>
  );
}
