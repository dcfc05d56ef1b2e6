"use client";
/** The second step: since when it is set up, how many recovery codes are left, new ones, and another phone. */
import { Button, Modal, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { dayOf } from "../../../server/domain/period";
import type { SecondFactorState } from "../../../server/second-factor";
import { useTRPC } from "../../_trpc/client";
import { shortDay } from "../../_ui/dates";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultOf, faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { RecoveryCodes } from "../../_ui/recovery-codes";
import styles from "./account.module.css";

/** So few that one should make new ones while one still can. */
const FEW_CODES = 3;

type Wanted = "phone" | "codes";
const TITLES: Readonly<Record<Wanted, string>> = {
  phone: "Set up another phone",
  codes: "Make new recovery codes",
};

export function SecondStep({ state }: { state: SecondFactorState }) {
  const router = useRouter();
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const { isNeeded, setUpAt, recoveryCodesLeft } = state;

  if (!isNeeded) {
    return (
      <p className={styles["lead"]}>
        Nobody is asked for one in the demo. Elsewhere everybody who signs in gives a code from their phone
        after their password.
      </p>
    );
  }
  if (codes) {
    return (
      <RecoveryCodes
        codes={codes}
        level={2}
        title="Your new recovery codes"
        onKept={() => {
          setCodes(null);
          router.refresh();
        }}
      />
    );
  }
  const day = setUpAt && dayOf(setUpAt);
  const left = recoveryCodesLeft === 1 ? "1 recovery code is" : `${recoveryCodesLeft} recovery codes are`;
  return (
    <>
      <p className={styles["lead"]}>
        Your phone gives a code when you sign in{day && `, since ${shortDay(day)} ${day.slice(0, 4)}`}. {left}{" "}
        left.
      </p>
      {recoveryCodesLeft <= FEW_CODES && (
        <p className={form["note"]}>Make new recovery codes now, while you have your phone.</p>
      )}
      <div className={styles["ways"]}>
        <Button variant="default" onClick={() => setWanted("codes")}>
          New recovery codes
        </Button>
        <Button variant="default" onClick={() => setWanted("phone")}>
          Set up another phone
        </Button>
      </div>
      <Modal
        opened={wanted !== null}
        onClose={() => setWanted(null)}
        title={wanted ? TITLES[wanted] : ""}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {wanted && (
          <ProveAnew
            wanted={wanted}
            onCodes={(made) => {
              setWanted(null);
              setCodes(made);
            }}
          />
        )}
      </Modal>
    </>
  );
}

function ProveAnew({ wanted, onCodes }: { wanted: Wanted; onCodes: (codes: readonly string[]) => void }) {
  const trpc = useTRPC();
  const renew = useMutation(trpc.secondFactor.renewRecoveryCodes.mutationOptions());
  const change = useMutation(trpc.secondFactor.change.mutationOptions());
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const ids = { password: "own-password", code: "own-code" };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const both = { password: String(given.get("password") ?? ""), code: String(given.get("code") ?? "") };
    try {
      if (wanted === "codes") onCodes((await renew.mutateAsync(both)).recoveryCodes);
      else {
        await change.mutateAsync(both);
        window.location.assign("/second-factor/set-up");
      }
    } catch (error) {
      setErrors(faultsOf(error, ids));
    }
  };

  return (
    <>
      <p>
        {wanted === "codes"
          ? "The codes that you have now stop working."
          : "The phone that you have now goes on working until the new one does."}{" "}
        First show that it is you.
      </p>
      <form className={form["form"]} method="post" onSubmit={(event) => void submit(event)} noValidate>
        <ErrorSummary errors={errors} />
        <PasswordInput
          id={ids.password}
          name="password"
          label="Password"
          autoComplete="current-password"
          data-autofocus
          error={faultOf(errors, ids.password)}
          visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
        />
        <TextInput
          id={ids.code}
          name="code"
          label="Code from your app, or a recovery code"
          autoComplete="one-time-code"
          error={faultOf(errors, ids.code)}
        />
        <Button type="submit" loading={renew.isPending || change.isPending}>
          Continue
        </Button>
      </form>
    </>
  );
}
