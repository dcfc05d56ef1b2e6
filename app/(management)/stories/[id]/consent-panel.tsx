"use client";
/** What the person said about their story: for whom, until when, and every answer before. A no holds at once. */
import { Button, Checkbox, Modal, Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { CHANNEL_LABELS, CHANNELS, type Channel } from "../../../../server/domain/contact-terms";
import type { Audience } from "../../../../server/domain/impact/plan";
import {
  OFFERED_CONSENT_MONTHS,
  recordStoryConsentSchema,
  STORY_AUDIENCES,
  STORY_WORDS,
  STORY_WORDS_VERSION,
  type Story,
} from "../../../../server/domain/impact/story";
import { capital } from "../../../../server/domain/label-text";
import { addMonths, type Day } from "../../../../server/domain/period";
import { newId } from "../../../_offline/new-id";
import { useTRPC } from "../../../_trpc/client";
import { DayField } from "../../../_ui/day-field";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultOf, faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { FormActions } from "../../../_ui/form-actions";
import { Segmented } from "../../../_ui/segmented";
import styles from "../stories.module.css";
import { answerInWords, consentInWords, READERS } from "../story-words";

interface ConsentPanelProps {
  story: Story;
  today: Day;
  onChanged: (story: Story, words: string) => void;
}

export function ConsentPanel({ story, today, onChanged }: ConsentPanelProps) {
  const [asking, setAsking] = useState(false);
  const { consent, answers, state } = story;
  return (
    <section className={styles["panel"]} aria-labelledby="consent">
      <h2 id="consent" className={styles["heading"]}>
        Their yes
      </h2>
      <p>{consentInWords(consent)}.</p>
      {consent.state === "other-words" && (
        <p className={styles["quiet"]}>
          A yes is for the words that they heard. Read them the story as it is now; until they answer, it is
          told in nothing new.
        </p>
      )}
      {answers.length > 1 && (
        <details className={styles["history"]}>
          <summary>Every answer</summary>
          <ul>
            {answers.map((answer) => (
              <li key={`${answer.answeredOn} ${answer.untilOn} ${answer.audiences.join()}`}>
                {answerInWords(answer)}. {CHANNEL_LABELS[answer.how]}, asked by {answer.askedBy}.
              </li>
            ))}
          </ul>
        </details>
      )}
      {state !== "retired" && (
        <Button variant="default" onClick={() => setAsking(true)}>
          {consent.state === "given" ? "Record another answer" : "Record their answer"}
        </Button>
      )}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title="May we tell their story?"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {asking && (
          <AnswerForm
            storyId={story.id}
            today={today}
            onClose={() => setAsking(false)}
            onRecorded={(next, words) => {
              setAsking(false);
              onChanged(next, words);
            }}
          />
        )}
      </Modal>
    </section>
  );
}

const IDS = {
  audiences: "story-readers",
  answeredOn: "story-answered",
  untilOn: "story-until",
  how: "story-how",
};

interface AnswerFormProps {
  storyId: string;
  today: Day;
  onClose: () => void;
  onRecorded: (story: Story, words: string) => void;
}

function AnswerForm({ storyId, today, onClose, onRecorded }: AnswerFormProps) {
  const trpc = useTRPC();
  const recording = useMutation(trpc.stories.consent.mutationOptions());
  const [id] = useState(newId);
  const [answer, setAnswer] = useState<"yes" | "no" | null>(null);
  const [audiences, setAudiences] = useState<readonly Audience[]>([]);
  const [how, setHow] = useState<Channel>("face-to-face");
  const [answeredOn, setAnsweredOn] = useState<Day | "">(today);
  const [untilOn, setUntilOn] = useState<Day | "">(() => addMonths(today, OFFERED_CONSENT_MONTHS));
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!answer) return setErrors([{ message: "Choose what they said.", fieldId: "story-answer" }]);
    if (answer === "yes" && audiences.length === 0) {
      const [first] = STORY_AUDIENCES;
      return setErrors([{ message: "Choose who may read it.", fieldId: `${IDS.audiences}-${first}` }]);
    }
    const read = recordStoryConsentSchema.safeParse({
      ...{ id, storyId, answeredOn, how },
      ...(answer === "yes" ? { audiences, untilOn } : { audiences: [], untilOn: null }),
    });
    if (!read.success) {
      return setErrors(
        read.error.issues.map(({ message, path: [field] }) => ({
          message,
          fieldId: field === "untilOn" ? IDS.untilOn : IDS.answeredOn,
        })),
      );
    }
    try {
      const next = await recording.mutateAsync(read.data);
      onRecorded(
        next,
        answer === "yes" ? "Their yes is recorded." : "Their no is recorded. Nothing new tells this story.",
      );
    } catch (error) {
      setErrors(faultsOf(error, IDS));
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p>Read them the story, and say or show these words:</p>
      <blockquote className={styles["asked"]}>{STORY_WORDS[STORY_WORDS_VERSION]}</blockquote>
      <div className={form["form"]}>
        <ErrorSummary errors={errors} />
        <div id="story-answer" tabIndex={-1}>
          <Segmented
            label="What did they say?"
            value={answer}
            options={[
              { value: "yes", label: "Yes" },
              { value: "no", label: "No, or takes it back" },
            ]}
            onChange={setAnswer}
          />
        </div>
        {answer === "yes" && (
          <Checkbox.Group
            label="Who may read it?"
            value={[...audiences]}
            onChange={(chosen) => setAudiences(STORY_AUDIENCES.filter((each) => chosen.includes(each)))}
          >
            {STORY_AUDIENCES.map((audience) => (
              <Checkbox
                key={audience}
                id={`${IDS.audiences}-${audience}`}
                value={audience}
                mt={10}
                label={capital(READERS[audience])}
              />
            ))}
          </Checkbox.Group>
        )}
        {answer === "no" && (
          <p className={form["note"]}>
            It is left out of everything new from now on. What was handed out already cannot be taken back.
          </p>
        )}
        <div className={form["beside"]}>
          <Select
            id={IDS.how}
            label="How did you ask?"
            data={CHANNELS.map((value) => ({ value, label: CHANNEL_LABELS[value] }))}
            value={how}
            onChange={(value) => setHow(CHANNELS.find((each) => each === value) ?? how)}
          />
          <DayField
            id={IDS.answeredOn}
            label="On which day?"
            error={faultOf(errors, IDS.answeredOn)}
            value={answeredOn}
            onChange={setAnsweredOn}
          />
        </div>
        {answer === "yes" && (
          <DayField
            id={IDS.untilOn}
            label="Last day on which their yes holds"
            hint="Three years at most. For example, 31 3 2029"
            error={faultOf(errors, IDS.untilOn)}
            value={untilOn}
            onChange={setUntilOn}
          />
        )}
        <FormActions act="Record the answer" busy={recording.isPending} onLeave={onClose} />
      </div>
    </form>
  );
}
