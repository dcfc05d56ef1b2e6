/** What became of a changed detail, in words for whoever changed it. */
import {
  type EditAnswer,
  PROFILE_FIELD_LABELS,
  type ProfileField,
} from "../../../../server/domain/profile-terms";
import type { EditEnd } from "../../../_offline/desk-edits";

const TWO_VALUES = "somebody changed it meanwhile. Both values are kept; choose above which is right.";

/** The server answered at once. */
export function savedInWords(field: ProfileField, { fields, placeNote }: EditAnswer): string {
  const label = PROFILE_FIELD_LABELS[field];
  if (fields.find((each) => each.field === field)?.outcome === "conflict") return `${label}: ${TWO_VALUES}`;
  return [`${label} is saved.`, field === "place" ? placeNote : null].filter(Boolean).join(" ");
}

/** There is no signal: it lies on this device. */
export const keptInWords = (field: ProfileField): string =>
  `${PROFILE_FIELD_LABELS[field]} is saved here and goes by itself when you have signal.`;

/** What was kept waits no more. */
export function endInWords(field: ProfileField, end: EditEnd): string {
  const label = PROFILE_FIELD_LABELS[field];
  switch (end.as) {
    case "sent":
      return `${label} is sent.`;
    case "two-values":
      return `${label} is sent, but ${TWO_VALUES}`;
    case "refused": {
      const because = end.reason === null ? "." : `: ${end.reason}`;
      return `${label} was not accepted${because} It is kept in your outbox: put it right there.`;
    }
    case "undone":
      return `${label}: the change was taken back before it was sent.`;
    case "gone":
      return `${label}: the change no longer waits here. What you see is what the record says.`;
  }
}
