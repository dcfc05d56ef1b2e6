"use client";
/** On which lawful basis names are sent, who answers for them, and what the result is for. */
import { Textarea, TextInput } from "@mantine/core";
import { BASIS_WORDS, LAWFUL_BASES } from "../../../../server/domain/lab/study";
import { RadioCards } from "./radio-cards";
import type { StepProps } from "./step-props";
import { fieldId } from "./steps";

const MEANS: Readonly<Record<(typeof LAWFUL_BASES)[number], string>> = {
  consent: "Each person said yes to this use of their data, and could have said no.",
  "public-task": "Your organisation has a task in law, and the study serves it.",
  "legitimate-interests": "You weighed your reasons against people’s privacy, and wrote it down.",
  "legal-gateway": "A law allows this sharing for research or for preventing offences.",
};

export function BasisStep({ plan, change, faultOf }: StepProps) {
  return (
    <>
      <RadioCards
        id={fieldId("lawfulBasis")}
        label="Lawful basis"
        description="Ask your data protection lead if you are not sure."
        value={plan.lawfulBasis}
        error={faultOf("lawfulBasis")}
        options={LAWFUL_BASES.map((basis) => ({
          value: basis,
          title: BASIS_WORDS[basis],
          words: <small>{MEANS[basis]}</small>,
        }))}
        onChange={(value) => change({ lawfulBasis: LAWFUL_BASES.find((basis) => basis === value) ?? null })}
      />
      <TextInput
        id={fieldId("controller")}
        label="Who answers for the data"
        description="The organisation that is the controller. Most often your own."
        autoComplete="off"
        maxLength={120}
        value={plan.controller}
        error={faultOf("controller")}
        onChange={(event) => change({ controller: event.currentTarget.value })}
      />
      <Textarea
        id={fieldId("purpose")}
        label="What the result is for"
        description="For example “To decide whether to go on with the programme, and to tell our funder.”"
        autosize
        minRows={2}
        maxLength={300}
        value={plan.purpose}
        error={faultOf("purpose")}
        onChange={(event) => change({ purpose: event.currentTarget.value })}
      />
    </>
  );
}
