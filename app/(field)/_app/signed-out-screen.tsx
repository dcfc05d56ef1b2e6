"use client";
/**
 * Nothing can be opened here without signing in. Where the way on is plain it is taken at once; otherwise the screen
 * says why, what is safe, and what to do.
 */
import { useEffect } from "react";
import { lockedAddress } from "../../../server/domain/way-back";
import type { DeviceVerbs, SignedOut } from "../../_offline/device-state";
import button from "../../_ui/button.module.css";
import { Door } from "../../_ui/door";
import styles from "./lock-screen.module.css";
import { Starting } from "./starting";

/**
 * The door that each reason leads to. Not the front door: on this device it opens these screens, and the way on
 * would go round in circles.
 */
const DOORS: Readonly<Partial<Record<SignedOut["reason"], () => string>>> = {
  "not-signed-in": () => "/sign-in",
  "somebody-else": () => "/sign-in",
  expired: () => "/sign-in?because=expired",
  ended: () => "/sign-in?because=ended",
  "second-factor": () => "/second-factor",
  "choose-organisation": () => "/choose-organisation",
  locked: () => lockedAddress(window.location.pathname + window.location.search),
};

const WORDS: Readonly<Partial<Record<SignedOut["reason"], { title: string; lead: string }>>> = {
  "device-revoked": {
    title: "This device was struck off",
    lead: "Somebody took it off the list of devices, so what it carried of people was removed. What was saved and not sent is still here, sealed, until you sign in again.",
  },
  "not-here": {
    title: "There is nothing here for you",
    lead: "These screens are for logging contacts, which your role does not do.",
  },
  "no-signal": {
    title: "No signal",
    lead: "Signing in needs signal, and nobody has left a code on this device. Nothing is lost.",
  },
  unavailable: {
    title: "This browser cannot keep anything",
    lead: "Common Need could not open its storage here. A private window or blocked storage may be the reason. Use another window or browser.",
  },
};

export function SignedOutScreen({ state, verbs }: { state: SignedOut; verbs: DeviceVerbs }) {
  const door = DOORS[state.reason];
  useEffect(() => {
    if (door) window.location.replace(door());
  }, [door]);
  const words = WORDS[state.reason];
  if (door || !words) return <Starting />;
  return (
    <Door>
      <h1 className={styles["title"]}>{words.title}</h1>
      <p className={styles["lead"]}>{words.lead}</p>
      {state.othersWaiting > 0 && (
        <p className={styles["note"]}>
          {state.othersWaiting === 1 ? "1 contact waits" : `${state.othersWaiting} contacts wait`} here,
          sealed. Only whoever saved {state.othersWaiting === 1 ? "it" : "them"} can open and send{" "}
          {state.othersWaiting === 1 ? "it" : "them"}.
        </p>
      )}
      <div className={styles["form"]}>
        {state.reason === "no-signal" ? (
          <button type="button" className={button["button"]} onClick={() => void verbs.tryAgain()}>
            Look for signal again
          </button>
        ) : (
          <a href={state.reason === "not-here" ? "/" : "/sign-in"} className={button["button"]}>
            {state.reason === "not-here" ? "Go to your first page" : "Sign in"}
          </a>
        )}
      </div>
    </Door>
  );
}
