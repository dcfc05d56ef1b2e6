"use client";
/** What the parties say of a draft or a proposal. Everybody in it reads every line. */
import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { type AgreementRead, commentSchema } from "../../../../server/domain/agreements/paperwork";
import { dayInWords, dayOf } from "../../../../server/domain/period";
import { newId } from "../../../_offline/new-id";
import { useTRPC } from "../../../_trpc/client";
import type { FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import styles from "../agreements.module.css";

export function Comments({ agreement: { id, version, comments, may } }: { agreement: AgreementRead }) {
  const trpc = useTRPC();
  const router = useRouter();
  const saying = useMutation(trpc.agreements.comment.mutationOptions());
  const [commentId, setCommentId] = useState(() => newId());
  const [words, setWords] = useState("");
  const [fault, setFault] = useState<FieldError | null>(null);
  if (comments.length === 0 && !may.comment) return null;

  const say = async (event: FormEvent) => {
    event.preventDefault();
    const read = commentSchema.safeParse({ id, version, commentId, words });
    if (!read.success) return setFault({ message: read.error.issues[0]?.message ?? "" });
    try {
      await saying.mutateAsync(read.data);
      setWords("");
      setFault(null);
      setCommentId(newId());
      router.refresh();
    } catch (error) {
      setFault(faultsOf(error)[0] ?? null);
    }
  };
  return (
    <section aria-labelledby="comments">
      <h2 id="comments" className={styles["h3"]}>
        Comments
      </h2>
      {comments.length === 0 && <p className={styles["quiet"]}>Nothing was said yet.</p>}
      <ul className={styles["comments"]}>
        {comments.map((comment) => (
          <li key={comment.id}>
            <p>
              {comment.memberName}, {comment.organisationName}, {dayInWords(dayOf(comment.saidAt))}, on
              version {comment.version}
            </p>
            <p>{comment.words}</p>
          </li>
        ))}
      </ul>
      {may.comment && (
        <form onSubmit={(event) => void say(event)} noValidate className="no-print">
          <Textarea
            label="Say something of this version"
            description="All parties read it. Name nobody whom you help."
            autosize
            minRows={2}
            error={fault?.message}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" mt={8} loading={saying.isPending}>
            Add the comment
          </Button>
        </form>
      )}
    </section>
  );
}
