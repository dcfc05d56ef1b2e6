"use client";
/**
 * Two values of one detail, of which somebody who knows must choose. Neither is preselected. Choosing is the server's
 * word, so that nobody chooses against another; without signal both are shown, and kept.
 */
import { useState } from "react";
import { originInWords, PROFILE_FIELD_LABELS, valueInWords } from "../../../server/domain/profile-terms";
import type { CarriedConflict } from "../../../server/domain/take-along";
import type { ChooseAnswer } from "../../_offline/device-state";
import button from "../../_ui/button.module.css";
import { dayAgo } from "../../_ui/dates";
import { Icon } from "../../_ui/icon";
import { useOpenDevice } from "../_app/open-device";
import styles from "./details.module.css";

export function TwoValues({ pairs }: { pairs: readonly CarriedConflict[] }) {
  const { open } = useOpenDevice();
  const isWithoutSignal = open.sync.state === "no-signal";
  return (
    <section className={styles["two"]} aria-labelledby="two-title">
      <h2 id="two-title" className={styles["twoTitle"]}>
        Two values: which is right?
      </h2>
      <p className={styles["twoWords"]}>
        Two people changed the same detail without seeing each other’s change. Both are kept until somebody
        chooses.
      </p>
      {pairs.map((pair) => (
        <Pair key={pair.id} pair={pair} canChoose={!isWithoutSignal} />
      ))}
      {isWithoutSignal && (
        <p className={styles["later"]}>
          <Icon name="no-signal" size={18} />
          Choosing needs signal, so that nobody chooses against you. Both stay as they are until then.
        </p>
      )}
    </section>
  );
}

function Pair({ pair, canChoose }: { pair: CarriedConflict; canChoose: boolean }) {
  const { open, verbs } = useOpenDevice();
  const { today } = open;
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const { field, kept, keptBy, keptOn, proposed, proposedBy, proposedOn } = pair;
  const name = PROFILE_FIELD_LABELS[field];
  const choose = async (which: "kept" | "proposed") => {
    setBusy(true);
    setFault(null);
    const answer = await verbs.choose(pair, which);
    setBusy(false);
    if (!answer.ok) setFault(notChosen(answer));
  };
  const values = [
    { which: "kept", value: kept, by: keptBy, on: keptOn },
    { which: "proposed", value: proposed, by: proposedBy, on: proposedOn },
  ] as const;
  return (
    <fieldset className={styles["choice"]}>
      <legend className={styles["choiceTitle"]}>{name}</legend>
      {fault && (
        <p className={styles["fault"]} role="alert">
          {fault}
        </p>
      )}
      {values.map(({ which, value, by, on }) => {
        const words = valueInWords(field, value);
        const from = originInWords(which, by, on && today && dayAgo(on, today));
        return (
          <div key={which} className={styles["value"]}>
            <p>
              <strong>{words}</strong>
              <span>{from}</span>
            </p>
            {canChoose && (
              <button
                type="button"
                className={button["button"]}
                data-kind="outline"
                disabled={busy}
                aria-label={`${name}: ${words} is right`}
                onClick={() => void choose(which)}
              >
                This is right
              </button>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}

function notChosen(answer: Exclude<ChooseAnswer, { ok: true }>): string {
  switch (answer.reason) {
    case "taken":
      return answer.words;
    case "needs-sign-in":
    case "locked":
      return "Nothing was chosen: sign in again first. Both values are kept.";
    case "no-signal":
    case "server-trouble":
      return "There is no answer just now, so nothing was chosen. Both values are kept; try again in a moment.";
  }
}
