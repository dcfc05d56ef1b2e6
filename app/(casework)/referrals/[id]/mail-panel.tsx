"use client";
/** How the mail of a referral fares, and its link: sent again, made anew to hand over, or ended. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { dayInWords, dayOf } from "../../../../server/domain/period";
import { isOver } from "../../../../server/domain/referral";
import type { ShownReferral } from "../../../../server/domain/referral-shown";
import styles from "../../../_referral/referral.module.css";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";

export function MailPanel({ referral }: { referral: ShownReferral }) {
  const trpc = useTRPC();
  const router = useRouter();
  const again = useMutation(trpc.referrals.mailAgain.mutationOptions());
  const making = useMutation(trpc.referrals.makeLink.mutationOptions());
  const ending = useMutation(trpc.referrals.endLinks.mutationOptions());
  const [done, setDone] = useState<string | null>(null);
  const [made, setMade] = useState<string | null>(null);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const { id, course, link, toEmail } = referral;
  if (!link) return null;
  const busy = again.isPending || making.isPending || ending.isPending;

  const act = async (work: () => Promise<string>) => {
    setErrors([]);
    setDone(null);
    try {
      setDone(await work());
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <section className={styles["panel"]} aria-labelledby="mail">
      <h2 id="mail">The link</h2>
      <p>{mailInWords(referral)}</p>
      {link.until && (
        <p className={styles["minor"]}>
          Whoever has a link sees the referral until {dayInWords(dayOf(link.until))}.
        </p>
      )}
      <ErrorSummary errors={errors} />
      <div role="status">
        {done && <p className={form["good"]}>{done}</p>}
        {made && <code className={styles["link"]}>{made}</code>}
      </div>
      <div className={styles["tools"]}>
        {link.canMail && !isOver(course.state) && (
          <Button
            variant="default"
            disabled={busy}
            loading={again.isPending}
            onClick={() =>
              void act(async () => {
                await again.mutateAsync({ id });
                return `The mail goes to ${toEmail} in a moment.`;
              })
            }
          >
            {course.mail === "failed" ? "Try again now" : "Send the mail again"}
          </Button>
        )}
        {!isOver(course.state) && (
          <Button
            variant={link.canMail || link.until ? "default" : "filled"}
            disabled={busy}
            loading={making.isPending}
            onClick={() =>
              void act(async () => {
                const { link: address } = await making.mutateAsync({ id });
                setMade(address);
                return "Hand this link to the service, and to nobody else. It is shown this once; earlier ones have ended.";
              })
            }
          >
            Make a link to hand over
          </Button>
        )}
        {link.until && (
          <Button
            variant="default"
            data-danger
            disabled={busy}
            loading={ending.isPending}
            onClick={() =>
              void act(async () => {
                await ending.mutateAsync({ id });
                setMade(null);
                return "Nobody can open the referral by a link any more.";
              })
            }
          >
            End the link
          </Button>
        )}
      </div>
    </section>
  );
}

function mailInWords({ course, link, toEmail, events }: ShownReferral): string {
  if (course.mail === "failed") {
    return `The mail to ${toEmail} was not taken. We keep trying. You can also hand the link over yourself.`;
  }
  if (course.mail === "sent") {
    return course.openedAt
      ? `The mail went to ${toEmail}, and somebody has opened it.`
      : `The mail went to ${toEmail}. Nobody has opened it yet.`;
  }
  if (link?.canMail) return `The mail to ${toEmail} is on its way.`;
  return events.some(({ kind }) => kind === "link-made")
    ? "You made a link to hand over."
    : "No mail leaves this installation. Make a link and hand it over yourself.";
}
