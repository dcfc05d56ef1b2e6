"use client";
/** Writing a story: the words, who it is said to be, and a look over both before they are kept. */
import { Button, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import {
  type Story,
  type StoryFindings,
  saveStorySchema,
  seenOnly,
} from "../../../server/domain/impact/story";
import { newId } from "../../_offline/new-id";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultOf, faultsIn, faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { FormActions } from "../../_ui/form-actions";
import { FindingList } from "./marked-text";
import styles from "./stories.module.css";

interface StoryWriterProps {
  clientId: string;
  /** Null: a new one. */
  held: { id: string; words: string; who: string; revision: number } | null;
  onSaved: (story: Story) => void;
  onCancel: () => void;
}

const IDS = { words: "story-words", who: "story-who" };

export function StoryWriter({ clientId, held, onSaved, onCancel }: StoryWriterProps) {
  const trpc = useTRPC();
  const saving = useMutation(trpc.stories.save.mutationOptions());
  const looking = useMutation(trpc.stories.lookOver.mutationOptions());
  const [id] = useState(() => held?.id ?? newId());
  const [words, setWords] = useState(held?.words ?? "");
  const [who, setWho] = useState(held?.who ?? "");
  const [looked, setLooked] = useState<{ words: string; who: string; findings: StoryFindings } | null>(null);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const read = saveStorySchema.safeParse({ id, clientId, words, who, from: held?.revision ?? 0 });
    if (!read.success) {
      setErrors(faultsIn(read.error, IDS));
      return;
    }
    try {
      onSaved(await saving.mutateAsync(read.data));
    } catch (error) {
      setErrors(faultsOf(error, IDS));
    }
  };
  const lookOver = async () => {
    setErrors([]);
    try {
      const shown = { clientId, words: seenOnly(words), who: seenOnly(who) };
      setLooked({ ...shown, findings: await looking.mutateAsync(shown) });
    } catch (error) {
      setErrors(faultsOf(error, IDS));
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate aria-label="The story">
      <div className={`${form["form"]} ${form["inside"]}`}>
        <ErrorSummary errors={errors} />
        <p className={form["note"]}>
          Leave out names, places, dates and ages, of others too. Leave out what only one person could have
          lived through: a rare illness, an unusual job, something that was in the news.
        </p>
        <Textarea
          id={IDS.words}
          label="What happened"
          description="What brought them, what was done, what became of it. A few sentences, best in their own words."
          autosize
          minRows={6}
          maxRows={20}
          error={faultOf(errors, IDS.words)}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <TextInput
          id={IDS.who}
          label="Who it is, without telling who"
          description="It stands under the story, for example “Somebody we helped with debts”."
          autoComplete="off"
          error={faultOf(errors, IDS.who)}
          value={who}
          onChange={(event) => setWho(event.currentTarget.value)}
        />
        <div role="status">
          {looked && (
            <section className={styles["found"]} aria-label="What was found">
              <h3 className={styles["label"]}>What was found</h3>
              <FindingList
                parts={[
                  { text: looked.words, findings: looked.findings.words },
                  { text: looked.who, findings: looked.findings.who },
                ]}
              />
            </section>
          )}
        </div>
        <FormActions act="Save the draft" busy={saving.isPending} onLeave={onCancel}>
          <Button
            variant="default"
            loading={looking.isPending}
            disabled={words.trim() === ""}
            onClick={() => void lookOver()}
          >
            Look it over
          </Button>
        </FormActions>
      </div>
    </form>
  );
}
