/** What the chip of the day says. */
import { type Day, dayInWords } from "../../../server/domain/period";
import { dayAgo, timeOf } from "../../_ui/dates";

interface Moment {
  day: Day | null;
  /** Null when the device's clock cannot be right. */
  today: Day | null;
  openedAt: Date;
  /** The contact was made before this screen was opened: it is put right here. */
  isEarlier: boolean;
}

/** "Now, 10:42" for a contact that is being made; otherwise its day. */
export function dayChip({ day, today, openedAt, isEarlier }: Moment): string {
  if (day === null) return "Which day?";
  if (today === null) return dayInWords(day);
  return day === today && !isEarlier ? `Now, ${timeOf(openedAt)}` : dayAgo(day, today);
}
