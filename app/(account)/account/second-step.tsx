"use client";
/** The second step: since when it is set up, how many recovery codes are left, new ones, and another phone. */
import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { dayOf } from "../../../server/domain/period";
import type { SecondFactorState } from "../../../server/second-factor";
import { shortDay } from "../../_ui/dates";
import form from "../../_ui/form.module.css";
import { RecoveryCodes } from "../../_ui/recovery-codes";
import styles from "./account.module.css";
import type { Wanted } from "./prove-anew";

/** So few that one should make new ones while one still can. */
const FEW_CODES = 3;

const ProveAnew = dynamic(async () => (await import("./prove-anew")).ProveAnew, { ssr: false });

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
      {wanted && (
        <ProveAnew
          wanted={wanted}
          onCodes={(made) => {
            setWanted(null);
            setCodes(made);
          }}
          onCancel={() => setWanted(null)}
        />
      )}
    </>
  );
}
