"use client";
/** One line of the data asset register. */
import { MultiSelect, Select, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import {
  type DataAsset,
  type DataAssetFields,
  saveDataAssetSchema,
} from "../../../../server/domain/agreements/data-asset";
import { DETAILS, PLACES } from "../../../../server/domain/agreements/grid";
import { DETAIL_WORDS, PLACE_WORDS } from "../../../../server/domain/agreements/in-words";
import type { Day } from "../../../../server/domain/period";
import { newId } from "../../../_offline/new-id";
import { useTRPC } from "../../../_trpc/client";
import { DayField } from "../../../_ui/day-field";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultOf, faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { FormActions } from "../../../_ui/form-actions";

interface AssetFormProps {
  /** Null for a new line. */
  asset: DataAsset | null;
  agreements: readonly { id: string; title: string }[];
  today: Day;
  onDone: (words: string | null) => void;
}

const IDS: Readonly<Record<string, string>> = {
  name: "asset-name",
  owner: "asset-owner",
  restrictions: "asset-restrictions",
  usedFor: "asset-used-for",
  reviewedOn: "asset-reviewed",
};

export function AssetForm({ asset, agreements, today, onDone }: AssetFormProps) {
  const trpc = useTRPC();
  const saving = useMutation(trpc.dataAssets.save.mutationOptions());
  const [id] = useState(() => asset?.id ?? newId());
  const [fields, setFields] = useState<DataAssetFields>(() =>
    asset ? fieldsOfAsset(asset) : { ...EMPTY, reviewedOn: today },
  );
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const put = (more: Partial<DataAssetFields>) => setFields({ ...fields, ...more });
  const fault = (field: string) => faultOf(errors, IDS[field] ?? "");

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const read = saveDataAssetSchema.safeParse({ id, fields });
    if (!read.success) {
      return setErrors(
        read.error.issues.map(({ message, path }) => {
          const fieldId = IDS[String(path[1])];
          return fieldId ? { message, fieldId } : { message };
        }),
      );
    }
    try {
      await saving.mutateAsync(read.data);
      onDone(`${read.data.fields.name} is in the register.`);
    } catch (error) {
      setErrors(faultsOf(error, IDS));
    }
  };
  return (
    <form
      className={asset ? undefined : form["card"]}
      onSubmit={(event) => void submit(event)}
      noValidate
      aria-label={asset ? `Change ${asset.name}` : "Add data"}
    >
      <div className={`${form["form"]} ${form["inside"]}`}>
        <ErrorSummary errors={errors} />
        <TextInput
          id={IDS["name"]}
          label="What is it called?"
          description="As people know it: “Debt advice case records”."
          autoComplete="off"
          error={fault("name")}
          value={fields.name}
          onChange={(event) => put({ name: event.currentTarget.value })}
        />
        <TextInput
          id={IDS["owner"]}
          label="Who answers for it?"
          description="A role or a team, not a person."
          autoComplete="off"
          error={fault("owner")}
          value={fields.owner}
          onChange={(event) => put({ owner: event.currentTarget.value })}
        />
        <div className={form["beside"]}>
          <Select
            label="About which place?"
            data={PLACES.map((value) => ({ value, label: PLACE_WORDS[value] }))}
            value={fields.place}
            onChange={(value) => put({ place: PLACES.find((each) => each === value) ?? fields.place })}
          />
          <Select
            label="How much detail?"
            data={DETAILS.map((value) => ({ value, label: DETAIL_WORDS[value].name }))}
            value={fields.detail}
            onChange={(value) => put({ detail: DETAILS.find((each) => each === value) ?? fields.detail })}
          />
        </div>
        <Textarea
          id={IDS["usedFor"]}
          label="What is it used for now?"
          autosize
          minRows={2}
          error={fault("usedFor")}
          value={fields.usedFor}
          onChange={(event) => put({ usedFor: event.currentTarget.value })}
        />
        <Textarea
          id={IDS["restrictions"]}
          label="What must not be done with it?"
          description="Leave it empty if nothing is stated."
          autosize
          minRows={2}
          error={fault("restrictions")}
          value={fields.restrictions}
          onChange={(event) => put({ restrictions: event.currentTarget.value })}
        />
        <DayField
          id={IDS["reviewedOn"] ?? "reviewed-on"}
          label="Last reviewed on"
          error={fault("reviewedOn")}
          value={fields.reviewedOn}
          onChange={(reviewedOn) => put({ reviewedOn })}
        />
        <MultiSelect
          label="Agreements that draw on it"
          searchable
          data={agreements.map(({ id: value, title: label }) => ({ value, label }))}
          value={fields.agreementIds}
          onChange={(agreementIds) => put({ agreementIds })}
        />
        <FormActions act="Save" busy={saving.isPending} onLeave={() => onDone(null)} />
      </div>
    </form>
  );
}

const EMPTY: Omit<DataAssetFields, "reviewedOn"> = {
  ...{
    name: "",
    owner: "",
    place: "person",
    detail: "full",
    restrictions: "",
    usedFor: "",
    agreementIds: [],
  },
};

function fieldsOfAsset({ id: _id, retiredAt: _retiredAt, ...fields }: DataAsset): DataAssetFields {
  return fields;
}
