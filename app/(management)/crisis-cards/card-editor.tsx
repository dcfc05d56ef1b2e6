"use client";
/** Changing one card beside a preview of it. Saving says that the words and numbers were checked today. */
import { Button, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import {
  type CrisisCard,
  MOST_PHONES,
  type Phone,
  saveCrisisCardSchema,
  suggestedCard,
} from "../../../server/domain/crisis-cards";
import { useTRPC } from "../../_trpc/client";
import { Chip } from "../../_ui/chip";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultOf, faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { FormActions } from "../../_ui/form-actions";
import { Icon } from "../../_ui/icon";
import { CardFace } from "./card-face";
import styles from "./crisis-cards.module.css";

interface CardEditorProps {
  card: CrisisCard;
  onCancel: () => void;
  /** Ends when the cards were read again. */
  onSaved: (words: string) => Promise<unknown>;
}

/** A number with a key of its own while it is edited. */
type EditedPhone = Phone & { key: number };

const idOf = (path: string) => `card-${path.replaceAll(".", "-")}`;

export function CardEditor({ card, onCancel, onSaved }: CardEditorProps) {
  const trpc = useTRPC();
  const saving = useMutation(trpc.crisisCards.save.mutationOptions());
  const [title, setTitle] = useState(card.title);
  const [words, setWords] = useState(card.words);
  const [phones, setPhones] = useState<readonly EditedPhone[]>(() => withKeys(card.phones, 0));
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const suggested = suggestedCard(card.need);
  const offers = suggested.localNumbers.filter((label) => !phones.some((phone) => phone.label === label));
  const nextKey = phones.reduce((most, { key }) => Math.max(most, key), 0) + 1;

  const save = async (event: FormEvent) => {
    event.preventDefault();
    const read = saveCrisisCardSchema.safeParse({
      ...{ need: card.need, title, words },
      phones: phones.map(({ label, number }) => ({ label, number })),
    });
    if (!read.success) {
      setErrors(read.error.issues.map(({ message, path }) => ({ message, fieldId: idOf(path.join(".")) })));
      return;
    }
    try {
      await saving.mutateAsync(read.data);
      await onSaved(`The card “${read.data.title}” is saved and counts as checked today.`);
    } catch (error) {
      setErrors(faultsOf(error, { title: idOf("title"), words: idOf("words") }));
    }
  };
  const change = (key: number, with_: Partial<Phone>) =>
    setPhones(phones.map((phone) => (phone.key === key ? { ...phone, ...with_ } : phone)));
  const suggest = () => {
    setTitle(suggested.title);
    setWords(suggested.words);
    setPhones(withKeys(suggested.phones, nextKey));
  };

  return (
    <form onSubmit={(event) => void save(event)} noValidate className={styles["halves"]}>
      <div className={`${form["form"]} ${form["inside"]}`}>
        <ErrorSummary errors={errors} />
        <TextInput
          id={idOf("title")}
          label="Title"
          maxLength={80}
          error={faultOf(errors, idOf("title"))}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Textarea
          id={idOf("words")}
          label="What to do"
          description="One step a line, the most urgent first. It is read in a hurry."
          autosize
          minRows={4}
          maxLength={1_500}
          error={faultOf(errors, idOf("words"))}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <fieldset>
          <legend className={styles["legend"]}>Numbers to ring</legend>
          <ul className={styles["numbers"]}>
            {phones.map(({ key, label, number }, at) => (
              <li key={key}>
                <TextInput
                  id={idOf(`phones.${at}.label`)}
                  label="Whose"
                  maxLength={60}
                  error={faultOf(errors, idOf(`phones.${at}.label`))}
                  value={label}
                  onChange={(event) => change(key, { label: event.currentTarget.value })}
                />
                <TextInput
                  id={idOf(`phones.${at}.number`)}
                  label="Number"
                  inputMode="tel"
                  maxLength={24}
                  autoComplete="off"
                  error={faultOf(errors, idOf(`phones.${at}.number`))}
                  value={number}
                  onChange={(event) => change(key, { number: event.currentTarget.value })}
                />
                <button
                  type="button"
                  className={styles["drop"]}
                  aria-label={`Take out ${label || "this number"}`}
                  onClick={() => setPhones(phones.filter((phone) => phone.key !== key))}
                >
                  <Icon name="close" size={17} />
                </button>
              </li>
            ))}
          </ul>
          {phones.length < MOST_PHONES && (
            <div className={styles["offers"]}>
              {offers.map((label) => (
                <Chip
                  key={label}
                  kind="offer"
                  onClick={() => setPhones([...phones, { key: nextKey, label, number: "" }])}
                >
                  {label}
                </Chip>
              ))}
              <Chip
                kind="offer"
                onClick={() => setPhones([...phones, { key: nextKey, label: "", number: "" }])}
              >
                Another number
              </Chip>
            </div>
          )}
        </fieldset>
        <FormActions
          act={card.reviewedOn === null ? "Save: I have checked these" : "Save"}
          busy={saving.isPending}
          onLeave={onCancel}
        >
          <Button variant="subtle" onClick={suggest}>
            Use the suggested words
          </Button>
        </FormActions>
      </div>
      <section aria-label="What workers will see">
        <p className={styles["legend"]}>What workers will see</p>
        <CardFace card={{ title, words, phones }} />
      </section>
    </form>
  );
}

const withKeys = (phones: readonly Phone[], from: number): EditedPhone[] =>
  phones.map((phone, at) => ({ ...phone, key: from + at }));
