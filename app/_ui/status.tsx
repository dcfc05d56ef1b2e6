/**
 * The six things a contact can say of an issue, each with a word, a shape and a tone, so that colour is never
 * the only sign. On buttons four of them are said short.
 */
import type { IconName } from "./icon";
import { Tag, type Tone } from "./tag";

export const STATUSES = {
  new: { word: "New", icon: "dot", tone: "info" },
  ongoing: { word: "Ongoing", icon: "right", tone: "plain" },
  improved: { word: "Improved", icon: "up", tone: "brand" },
  worsened: { word: "Worsened", icon: "fall", tone: "wait" },
  resolved: { word: "Resolved", icon: "check", tone: "brand" },
  "no-longer-relevant": { word: "No longer relevant", icon: "dash", tone: "plain" },
} as const satisfies Record<string, { word: string; icon: IconName; tone: Tone }>;

export type Status = keyof typeof STATUSES;

/** The four states offered for an open issue; "no longer relevant" sits behind More. */
export const OPEN_CHOICES = [
  { value: "ongoing", label: "Ongoing" },
  { value: "improved", label: "Better" },
  { value: "worsened", label: "Worse" },
  { value: "resolved", label: "Resolved" },
] as const satisfies readonly { value: Status; label: string }[];

export function StatusTag({ status }: { status: Status }) {
  const { word, icon, tone } = STATUSES[status];
  return (
    <Tag tone={tone} icon={icon}>
      {word}
    </Tag>
  );
}
