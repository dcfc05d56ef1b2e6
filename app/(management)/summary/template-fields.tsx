"use client";
/** Templates beside the other settings: begin from one, or keep what is chosen under a name. */
import { Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { type FormEvent, useId, useState } from "react";
import { type SummaryTemplate, saveTemplateSchema } from "../../../server/domain/summaries";
import { newId } from "../../_offline/new-id";
import { useTRPC } from "../../_trpc/client";
import button from "../../_ui/button.module.css";
import { faultsOf } from "../../_ui/faults";
import { type Choice, type Texts, templatePlanOf } from "./choice";
import styles from "./template-fields.module.css";

interface TemplateFieldsProps {
  choice: Choice;
  texts: Texts;
  templates: readonly SummaryTemplate[];
  onBegin: (template: SummaryTemplate) => void;
  /** Reads the templates again. */
  onKept: () => Promise<unknown>;
  mayKeep: boolean;
}

export function TemplateFields({ choice, texts, templates, onBegin, onKept, mayKeep }: TemplateFieldsProps) {
  const trpc = useTRPC();
  const saving = useMutation(trpc.summaries.templates.save.mutationOptions());
  const [name, setName] = useState("");
  const [said, setSaid] = useState("");
  const [error, setError] = useState<string | null>(null);
  const id = useId();

  const begin = (templateId: string | null) => {
    const template = templates.find((each) => each.id === templateId);
    if (!template) return;
    onBegin(template);
    setSaid(`Begun from ${template.name}.`);
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setSaid("");
    const read = saveTemplateSchema.safeParse({
      ...{ id: newId(), name },
      plan: templatePlanOf(choice, texts),
    });
    if (!read.success) {
      setError(read.error.issues[0]?.message ?? null);
      return;
    }
    try {
      await saving.mutateAsync(read.data);
      await onKept();
      setSaid(`${read.data.name} is kept.`);
      setName("");
      setError(null);
    } catch (refused) {
      setError(faultsOf(refused)[0]?.message ?? null);
    }
  };

  return (
    <>
      {templates.length > 0 && (
        <Select
          label="Begin from a template"
          placeholder="Choose one"
          data={templates.map((template) => ({ value: template.id, label: template.name }))}
          value={null}
          onChange={begin}
        />
      )}
      {mayKeep && (
        <form className={styles["save"]} onSubmit={(event) => void save(event)} noValidate>
          <TextInput
            id={id}
            label="Keep this choice as a template"
            placeholder="Name, such as Board pack"
            autoComplete="off"
            error={error}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <button type="submit" className={button["button"]} data-kind="outline" disabled={saving.isPending}>
            Keep
          </button>
        </form>
      )}
      <p className={styles["said"]} role="status">
        {said}
      </p>
      <p className={styles["way"]}>
        <Link href="/summary/templates">Templates, and what is prepared by itself</Link>
      </p>
    </>
  );
}
