"use client";
/**
 * Making somebody who was referred one's own client: somebody known already, or new with what was shared. Their issues
 * open at the first real contact, which is offered once they are a client.
 */
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { FoundClient } from "../../../../server/domain/profile";
import type { SharedDetails } from "../../../../server/domain/referral-input";
import type { ShownReferral } from "../../../../server/domain/referral-shown";
import { newId } from "../../../_offline/new-id";
import styles from "../../../_referral/referral.module.css";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import { LinkButton } from "../../../_ui/link-button";
import { fullName, summaryLine } from "../../../_words/person-words";

export function TakeOnPanel({ referral }: { referral: ShownReferral }) {
  const { id, clientId, course } = referral;
  if (clientId) {
    return (
      <section className={styles["panel"]} aria-labelledby="client">
        <h2 id="client">They are your client</h2>
        <div className={styles["tools"]}>
          <LinkButton
            href={`/contact?with=${clientId}&referral=${id}`}
            variant={course.state === "accepted" ? "filled" : "default"}
          >
            Log a contact
          </LinkButton>
          <LinkButton href={`/people/${clientId}`} variant="default">
            Open the record
          </LinkButton>
        </div>
      </section>
    );
  }
  return <TakeOn referral={referral} />;
}

/** Alike enough to ask: born on the same day, or the same family name and first letter. */
function couldBe(person: FoundClient, details: SharedDetails | null): boolean {
  if (details?.dateOfBirth && person.dateOfBirth) return details.dateOfBirth === person.dateOfBirth;
  const alike = (a: string, b: string) => a.localeCompare(b, "en-GB", { sensitivity: "base" }) === 0;
  return (
    alike(person.familyName, details?.familyName ?? "") &&
    alike(person.givenName.slice(0, 1), (details?.givenName ?? "").slice(0, 1))
  );
}

function TakeOn({ referral }: { referral: ShownReferral }) {
  const trpc = useTRPC();
  const router = useRouter();
  const takingOn = useMutation(trpc.referrals.takeOn.mutationOptions());
  const [freshId] = useState(newId);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const { id, details, course } = referral;
  const name = [details?.givenName, details?.familyName].filter(Boolean).join(" ");
  const known = useQuery(trpc.clients.find.queryOptions({ text: name }, { enabled: name !== "" }));
  const take = async (clientId: string, isKnown: boolean) => {
    setErrors([]);
    try {
      await takingOn.mutateAsync({ id, clientId, known: isKnown });
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  const matches = (known.data ?? []).filter((person) => couldBe(person, details)).slice(0, 4);
  return (
    <section className={styles["panel"]} aria-labelledby="client">
      <h2 id="client">Make them your client</h2>
      <ErrorSummary errors={errors} />
      {name === "" ? (
        <p>
          Their name was not shared. Ask them, add them from People, then come back: they can be found here
          once the sender shares the name.
        </p>
      ) : (
        <>
          {matches.length > 0 && (
            <>
              <p>You may know them already. Is it one of these?</p>
              <ul className={styles["matches"]}>
                {matches.map((person) => (
                  <li key={person.id}>
                    <span className={styles["optionWords"]}>
                      <strong>{fullName(person)}</strong>
                      <span className={styles["minor"]}>{summaryLine(person)}</span>
                    </span>
                    <Button
                      variant="default"
                      size="sm"
                      aria-label={`${fullName(person)}, ${summaryLine(person)}: this is them`}
                      disabled={takingOn.isPending}
                      onClick={() => void take(person.id, true)}
                    >
                      This is them
                    </Button>
                  </li>
                ))}
              </ul>
            </>
          )}
          <Button
            variant={course.state === "accepted" ? "filled" : "default"}
            loading={takingOn.isPending}
            onClick={() => void take(freshId, false)}
          >
            Add as our client
          </Button>
          <p className={styles["minor"]}>
            Adds a record of your own with what was shared. The issues open when you log your first contact.
          </p>
        </>
      )}
    </section>
  );
}
