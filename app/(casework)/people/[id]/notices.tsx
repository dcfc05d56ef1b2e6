"use client";
/** What other organisations told this one about the person, until somebody has seen it. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CHANNEL_LABELS, CHANNELS } from "../../../../server/domain/contact-terms";
import { dayInWords, dayOf } from "../../../../server/domain/period";
import type { RightsNotice } from "../../../../server/rights-notices";
import { useTRPC, useTRPCClient } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { FIELD_WORDS } from "./notice-words";

function inWords({ kind, fromName, about, madeAt }: RightsNotice): string {
  if (kind === "erased") {
    return `${fromName}, who shared something of this person with you, has erased its record. What you keep is yours to decide about.`;
  }
  if (kind === "restricted") return `${fromName} was asked to hold use of this person’s record back.`;
  if (kind === "yes-ended") {
    return `This person wants ${fromName} to share nothing more. Pass on nothing that you have from them. What you keep is yours to decide about: ask this person what they want.`;
  }
  if (kind === "said-yes") {
    const how = CHANNELS.find((channel) => channel === about[0]);
    const asked = how ? ` (${CHANNEL_LABELS[how].toLowerCase()})` : "";
    return `${fromName} says that this person said yes to sharing with them on ${dayInWords(dayOf(madeAt))}${asked}. Nothing more is shared until you have noted it: ask this person, and write their answer under Consent.`;
  }
  const what = about.map((field) => FIELD_WORDS[field] ?? field).join(", ");
  return `${fromName} has put something right about this person: ${what}. Ask the person, and check your record.`;
}

export function RightsNotices({ clientId }: { clientId: string }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const read = useQuery(trpc.rights.notices.queryOptions({ clientId }));
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const see = async (id: string) => {
    try {
      await client.rights.seeNotice.mutate({ id });
      await read.refetch();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <>
      <ErrorSummary errors={errors} />
      {(read.data ?? []).map((notice) => (
        <div key={notice.id} className={form["note"]}>
          <p>{inWords(notice)}</p>
          <Button variant="subtle" onClick={() => void see(notice.id)}>
            I have seen this
          </Button>
        </div>
      ))}
    </>
  );
}
