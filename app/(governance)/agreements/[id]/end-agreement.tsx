"use client";
/** Takes a draft back, declines a proposal, or gives notice of what is signed: says first what will happen and when. */
import { Button, Modal } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { lastDayAfterNotice } from "../../../../server/domain/agreements/agreement";
import { endOfSharing } from "../../../../server/domain/agreements/in-words";
import type { AgreementRead } from "../../../../server/domain/agreements/paperwork";
import type { Day } from "../../../../server/domain/period";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import { FormActions } from "../../../_ui/form-actions";

interface EndAgreementProps {
  agreement: AgreementRead;
  /** Wanted for what is signed: its last day is counted from it. */
  today?: Day;
}

export function EndAgreement({ agreement, today }: EndAgreementProps) {
  const { id, version, may } = agreement;
  const trpc = useTRPC();
  const router = useRouter();
  const ending = useMutation(trpc.agreements.withdraw.mutationOptions());
  const [asking, setAsking] = useState(false);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  if (!may.withdraw) return null;
  const { act, title, words } = ofState(agreement, today);

  const end = async () => {
    try {
      await ending.mutateAsync({ id, version });
      setAsking(false);
      if (agreement.state === "draft") router.push("/agreements");
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <div className="no-print">
      <Button variant="default" data-danger onClick={() => setAsking(true)}>
        {act}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={title}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <ErrorSummary errors={errors} />
        <p style={{ marginBottom: 16 }}>{words}</p>
        <FormActions
          act={act}
          danger
          busy={ending.isPending}
          leave="Keep it"
          onPress={() => void end()}
          onLeave={() => setAsking(false)}
        />
      </Modal>
    </div>
  );
}

function ofState(agreement: AgreementRead, today: Day | undefined) {
  const { state, isOurs, terms, version, standing } = agreement;
  if (state === "draft") {
    return {
      act: "Take the draft back",
      title: "Take this draft back?",
      words: "Nothing was shared by it. You can still read it, but not send it.",
    };
  }
  if (state === "proposed" || today === undefined) {
    return {
      act: isOurs ? "Take the proposal back" : "Decline to sign",
      title: isOurs ? "Take this proposal back?" : "Decline to sign?",
      words: "Nothing was shared by this version, and nothing will be. It can be drafted again.",
    };
  }
  const afterNotice = lastDayAfterNotice(today, terms);
  // One that runs until the next version starts may stop before the days of notice are over.
  const lastDay =
    agreement.lastDay !== null && agreement.lastDay < afterNotice ? agreement.lastDay : afterNotice;
  const words = endOfSharing({ startsOn: terms.startsOn, lastDay }, today);
  const before =
    version > 1 && standing === "not-started"
      ? " The version before it, which runs until this one starts, ends by its own notice, too."
      : "";
  return { act: "Give notice", title: "Give notice of this agreement?", words: words + before };
}
