/** When an action is due, in words that need no sum: "3 days late", "Today", "Friday". */
import { dueState } from "../../../server/domain/action";
import { addDays, type Day, daysBetween } from "../../../server/domain/period";
import { dayNear } from "../../_ui/dates";

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

export function dueInWords(dueOn: Day | null, today: Day): string {
  switch (dueState(dueOn, today)) {
    case "whenever":
      return "when there is time";
    case "today":
      return "today";
    case "overdue": {
      const days = daysBetween(dueOn ?? today, today);
      return days === 1 ? "1 day late" : `${days} days late`;
    }
    default:
      return dayAhead(dueOn ?? today, today);
  }
}

/** "tomorrow", "Friday" within the next six days, otherwise "12 Dec". */
function dayAhead(day: Day, today: Day): string {
  if (day === addDays(today, 1)) return "tomorrow";
  const weekday = WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()];
  return daysBetween(today, day) < 7 && weekday ? weekday : dayNear(day, today);
}
