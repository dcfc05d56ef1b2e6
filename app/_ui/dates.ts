/** Days and instants as the UK writes them: "14 March 1984", "12 Sept", "09:55", "9 min". */
import { type Day, dayOf, daysBetween } from "../../server/domain/period";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

const monthOf = (day: Day) => MONTHS[Number(day.slice(5, 7)) - 1] ?? "";
const dateOf = (day: Day) => Number(day.slice(8, 10));

/** "12 Sept": where the year is plain from what stands round it. */
export function shortDay(day: Day): string {
  return `${dateOf(day)} ${monthOf(day)}`;
}

/** "12 Sept", or "12 Sept 2024" when it is not the year of `today`. */
export function dayNear(day: Day, today: Day): string {
  return day.slice(0, 4) === today.slice(0, 4) ? shortDay(day) : `${shortDay(day)} ${day.slice(0, 4)}`;
}

/** "Today", "Yesterday", "Friday" within a week, otherwise "12 Sept" with the year when it is another one. */
export function dayAgo(day: Day, today: Day): string {
  const days = daysBetween(day, today);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  if (days > 1 && days < 7) return WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? shortDay(day);
  return dayNear(day, today);
}

const time = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** "10:42" in London. */
export function timeOf(instant: Date): string {
  return time.format(instant);
}

/** "used just now", "used 12 min ago", "used today, 10:42", "used 12 Sept". */
export function lastUsed(instant: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - instant.getTime()) / 60_000);
  if (minutes < 1) return "used just now";
  if (minutes < 60) return `used ${minutes} min ago`;
  const [day, today] = [dayOf(instant), dayOf(now)];
  const words = dayAgo(day, today);
  if (daysBetween(day, today) > 1) return `used ${daysBetween(day, today) < 7 ? `on ${words}` : words}`;
  return `used ${words.toLowerCase()}, ${timeOf(instant)}`;
}
