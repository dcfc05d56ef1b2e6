"use client";
/** A colleague reports a lost phone: their devices, each to be shut out, and their second step to be reset. */
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Place } from "../../../server/devices";
import type { Member } from "../../../server/members";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { EmptyState } from "../../_ui/page-title";
import { PlaceList } from "../../_ui/place-list";

interface LostPhoneProps {
  member: Pick<Member, "id" | "name">;
  onDone: (words: string) => void;
}

export function LostPhone({ member, onDone }: LostPhoneProps) {
  const trpc = useTRPC();
  const places = useQuery(trpc.members.places.queryOptions({ id: member.id }, { staleTime: 0 }));
  const revoke = useMutation(trpc.members.revokePlace.mutationOptions());
  const reset = useMutation(trpc.members.resetSecondFactor.mutationOptions());
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const attempt = async (work: () => Promise<unknown>, words: string) => {
    setErrors([]);
    try {
      await work();
      onDone(words);
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  const shutOut = ({ id, name }: Place) =>
    attempt(() => revoke.mutateAsync({ memberId: member.id, id }), `${name} of ${member.name} is shut out.`);

  return (
    <>
      <ErrorSummary errors={errors} />
      <p>
        Shut out the phone that was lost: it is signed out at once and forgets the people it carries as soon
        as it has signal.
      </p>
      <div style={{ marginTop: 12 }}>
        {places.isPending && <p role="status">Looking where {member.name} is signed in</p>}
        {places.isError && <p role="alert">{faultsOf(places.error)[0]?.message}</p>}
        {places.data?.length === 0 && (
          <EmptyState>
            {member.name} is signed in nowhere, and no device carries anything for them.
          </EmptyState>
        )}
        {places.data && places.data.length > 0 && (
          <PlaceList places={places.data} now={new Date()} onShutOut={(place) => void shutOut(place)} />
        )}
      </div>
      <p style={{ marginTop: 20 }}>
        Did the phone also make their codes, and are their recovery codes gone? Make sure that it is they who
        ask, in person or by a number that you know. Then reset their second step: they are signed out
        everywhere and set it up anew.
      </p>
      <div className={form["actions"]} style={{ marginTop: 12 }}>
        <Button
          variant="default"
          data-danger
          loading={reset.isPending}
          onClick={() =>
            void attempt(
              () => reset.mutateAsync({ id: member.id }),
              `${member.name} sets up their second step anew at their next sign-in.`,
            )
          }
        >
          Reset their second step
        </Button>
      </div>
    </>
  );
}
