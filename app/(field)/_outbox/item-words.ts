/** Items of the outbox in words: what each is, and where it stands. */
import type { ItemState, OutboxItem } from "../../_offline/device-state";
import type { IconName } from "../../_ui/icon";
import type { Tone } from "../../_ui/tag";

/** Whether an item is still on its way, or waits for somebody to look at it. */
export function isUnsent({ state }: Pick<OutboxItem, "state">): boolean {
  return state !== "sent" && state !== "undone";
}

export const isParked = ({ state }: Pick<OutboxItem, "state">) =>
  state === "refused" || state === "needs-you";

/** A change of details that arrived beside another value: both are kept until somebody chooses. */
export const isTwoValues = ({ kind, state }: Pick<OutboxItem, "kind" | "state">) =>
  kind === "profile" && state === "needs-you";

const SIGNS: Readonly<Record<ItemState, { words: string; tone: Tone; icon: IconName }>> = {
  held: { words: "Just saved", tone: "wait", icon: "clock" },
  waiting: { words: "Waiting", tone: "wait", icon: "outbox" },
  sending: { words: "Sending", tone: "wait", icon: "outbox" },
  sent: { words: "Sent", tone: "brand", icon: "check" },
  refused: { words: "Not accepted", tone: "stop", icon: "warn" },
  "needs-you": { words: "Needs you", tone: "stop", icon: "warn" },
  undone: { words: "Taken back", tone: "plain", icon: "undo" },
};

export const signOfItem = ({ state }: Pick<OutboxItem, "state">) => SIGNS[state];

/** Whom an item is about. */
export function whoInWords({ kind, personName }: Pick<OutboxItem, "kind" | "personName">): string {
  return personName ?? (kind === "profile" ? "Somebody’s details" : "Somebody who gave no name");
}
