/** How far this device is in step, said short for the bar and in a sentence for the outbox. */
import { capital } from "../../../server/domain/label-text";
import type { SyncState } from "../../_offline/device-state";
import type { IconName } from "../../_ui/icon";
import type { Tone } from "../../_ui/tag";

export interface SyncSign {
  words: string;
  icon: IconName;
  tone: Tone;
}

/** What the bar says: whatever a person must act on comes first, then what they should know. */
export function signOf(sync: SyncState): SyncSign {
  const waiting: SyncSign = { words: `${sync.unsent} waiting`, icon: "outbox", tone: "wait" };
  if (sync.needsYou > 0) return { words: "Needs you", icon: "warn", tone: "stop" };
  switch (sync.state) {
    case "no-room":
      return { words: "Storage full", icon: "warn", tone: "stop" };
    case "needs-sign-in":
    case "other-account":
      return sync.unsent > 0 ? waiting : { words: "Signed out", icon: "lock", tone: "wait" };
    case "no-signal":
      return { words: "No signal", icon: "no-signal", tone: "wait" };
    case "server-trouble":
      return sync.unsent > 0 ? waiting : { words: "No answer", icon: "no-signal", tone: "wait" };
    case "sending":
      return {
        words: sync.total > 1 ? `Sending ${sync.done} of ${sync.total}` : "Sending",
        icon: "outbox",
        tone: "wait",
      };
    case "waiting":
      return waiting;
    case "in-step":
      return { words: "All sent", icon: "check", tone: "plain" };
  }
}

/** The same in a sentence, with what happens next. */
export function syncInWords(sync: SyncState): string {
  const things = countInWords(sync.unsent - sync.needsYou);
  const go = sync.unsent - sync.needsYou === 1 ? "goes" : "go";
  switch (sync.state) {
    case "no-room":
      return "There is no room left on this device. What you saved is safe; make room, then send again.";
    case "needs-sign-in":
      return `${things} safe here. Sign in again, and ${pronoun(sync)} ${go} by ${pronoun(sync) === "it" ? "itself" : "themselves"}.`;
    case "other-account":
      return `${things} safe here. Somebody else is signed in on this browser; sign in as yourself to send.`;
    case "no-signal":
      return sync.unsent === 0
        ? "No signal. You can go on: what you save is kept here and goes when you have signal."
        : `${things} safe here. ${capital(pronoun(sync))} ${go} when you have signal.`;
    case "server-trouble":
      return `${things} safe here. Common Need does not answer just now; we keep trying.`;
    case "sending":
      return sync.total > 1 ? `Sending: ${sync.done} of ${sync.total} are there.` : "Sending.";
    case "waiting":
      return `${things} safe here and ${go} in a moment.`;
    case "in-step":
      return "Everything is sent. Nothing waits on this device.";
  }
}

const pronoun = ({ unsent, needsYou }: SyncState) => (unsent - needsYou === 1 ? "it" : "they");

/** "1 thing is", "3 things are". */
function countInWords(count: number): string {
  return count === 1 ? "1 thing is" : `${count} things are`;
}
