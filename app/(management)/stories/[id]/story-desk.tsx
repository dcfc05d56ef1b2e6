"use client";
/** The desk of one story: read it, change it, ask the person, confirm it, take it out of use. */
import { Button, Checkbox } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import type { Story } from "../../../../server/domain/impact/story";
import { type Day, dayInWords, dayOf } from "../../../../server/domain/period";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultOf, faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { PageTitle } from "../../../_ui/page-title";
import { FindingList, MarkedText } from "../marked-text";
import styles from "../stories.module.css";
import { StoryWriter } from "../story-writer";
import { ConsentPanel } from "./consent-panel";

interface StoryDeskProps {
  given: Story;
  today: Day;
  mayConfirm: boolean;
}

export function StoryDesk({ given, today, mayConfirm }: StoryDeskProps) {
  const [story, setStory] = useState(given);
  const [writing, setWriting] = useState(false);
  const [said, setSaid] = useState("");
  const changed = (next: Story, words: string) => {
    setStory(next);
    setSaid(words);
  };
  return (
    <>
      <PageTitle title={story.who}>
        <Link href="/stories">All stories</Link> · Of{" "}
        <Link href={`/people/${story.clientId}`}>{story.person}</Link>, for your eyes alone
      </PageTitle>
      <div role="status">{said && <p className={form["good"]}>{said}</p>}</div>
      <div className={styles["columns"]}>
        <section aria-label="The words" className={styles["main"]}>
          {writing ? (
            <StoryWriter
              clientId={story.clientId}
              held={story}
              onCancel={() => setWriting(false)}
              onSaved={(next) => {
                setWriting(false);
                changed(next, "The words are saved. They wait for somebody to confirm them.");
              }}
            />
          ) : (
            <Reading story={story} onWrite={() => setWriting(true)} />
          )}
        </section>
        <aside className={styles["rail"]} aria-label="What it needs before it is told">
          <ConsentPanel story={story} today={today} onChanged={changed} />
          <Confirming key={story.revision} story={story} mayConfirm={mayConfirm} onChanged={changed} />
          <Retiring story={story} onChanged={changed} />
        </aside>
      </div>
    </>
  );
}

function Reading({ story, onWrite }: { story: Story; onWrite: () => void }) {
  const { words, who, findings, state } = story;
  const parts = [
    { text: words, findings: findings.words },
    { text: who, findings: findings.who },
  ];
  return (
    <>
      <blockquote className={styles["story"]}>
        <MarkedText text={words} findings={findings.words} />
      </blockquote>
      <div className={styles["who"]}>
        <MarkedText text={who} findings={findings.who} />
      </div>
      {state !== "retired" && (
        <Button variant="default" mt={12} onClick={onWrite}>
          Change the words
        </Button>
      )}
      <h2 className={styles["heading"]}>What could show who it is</h2>
      <FindingList parts={parts} />
    </>
  );
}

interface PanelProps {
  story: Story;
  onChanged: (story: Story, words: string) => void;
}

function Confirming({ story, mayConfirm, onChanged }: PanelProps & { mayConfirm: boolean }) {
  const trpc = useTRPC();
  const confirming = useMutation(trpc.stories.confirm.mutationOptions());
  const [read, setRead] = useState(false);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const { id, state, own, revision, findings, checkedBy, checkedAt, writtenBy, writtenAt } = story;
  const left = [...findings.words, ...findings.who].filter(({ must }) => must).length;
  const confirm = async () => {
    if (!read) {
      setErrors([{ message: "Read the story first, and say that you have.", fieldId: "story-read" }]);
      return;
    }
    setErrors([]);
    try {
      onChanged(await confirming.mutateAsync({ id, revision, read }), "You confirmed this story.");
    } catch (error) {
      setErrors(faultsOf(error, { read: "story-read" }));
    }
  };
  return (
    <section className={styles["panel"]} aria-labelledby="confirming">
      <h2 id="confirming" className={styles["heading"]}>
        A second pair of eyes
      </h2>
      <p className={styles["quiet"]}>
        Written by {writtenBy} on {dayInWords(dayOf(writtenAt))}.
        {checkedBy && checkedAt && ` Confirmed by ${checkedBy} on ${dayInWords(dayOf(checkedAt))}.`}
      </p>
      {state === "draft" && own && <p>You wrote it, so a manager other than you must read and confirm it.</p>}
      {state === "draft" && !own && !mayConfirm && <p>A manager must read and confirm it.</p>}
      {state === "draft" && !own && mayConfirm && left > 0 && (
        <p>
          {left === 1 ? "One thing" : `${left} things`} must come out first. Change the words, or ask{" "}
          {writtenBy} to.
        </p>
      )}
      {state === "draft" && !own && mayConfirm && left === 0 && (
        <div className={styles["stack"]}>
          <ErrorSummary errors={errors} />
          <Checkbox
            id="story-read"
            label="I read it from beginning to end. Nobody who knows this person, or their street, could tell who it is; and what is marked may stay."
            checked={read}
            error={faultOf(errors, "story-read")}
            onChange={(event) => setRead(event.currentTarget.checked)}
          />
          <Button loading={confirming.isPending} onClick={() => void confirm()}>
            Confirm the story
          </Button>
        </div>
      )}
    </section>
  );
}

function Retiring({ story, onChanged }: PanelProps) {
  const trpc = useTRPC();
  const retiring = useMutation(trpc.stories.retire.mutationOptions());
  const [asked, setAsked] = useState(false);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  if (story.state === "retired") {
    return <p className={styles["quiet"]}>Retired: it is told no more.</p>;
  }
  const retire = async () => {
    try {
      onChanged(await retiring.mutateAsync({ id: story.id }), "The story is out of use.");
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <section className={styles["stack"]} aria-label="Taking it out of use">
      <ErrorSummary errors={errors} />
      {asked ? (
        <div className={styles["stack"]}>
          <p>
            It is told no more after this, for good. Summaries made with it leave it out, and their files are
            not handed out any more.
          </p>
          <div className={form["actions"]}>
            <Button variant="default" data-danger loading={retiring.isPending} onClick={() => void retire()}>
              Retire it for good
            </Button>
            <Button variant="subtle" onClick={() => setAsked(false)}>
              Keep it
            </Button>
          </div>
        </div>
      ) : (
        <Button variant="subtle" onClick={() => setAsked(true)}>
          Retire this story
        </Button>
      )}
    </section>
  );
}
