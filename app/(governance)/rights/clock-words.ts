/** How long there is to answer a request, in words. */
import { dayInWords } from "../../../server/domain/period";
import type { ListedRequest } from "../../../server/domain/rights/request";

export interface ClockWords {
  words: string;
  tone: "plain" | "wait" | "stop" | "info";
}

/** From so many days on it is said that time runs short. */
const SHORT_DAYS = 7;

/** "12 days left", "2 days late", "Clock stands: waiting for them". */
export function clockInWords({ state, clock, closedOn }: ListedRequest): ClockWords {
  if (state !== "open" || clock.daysLeft === null) {
    const how = state === "refused" ? "Refused" : state === "withdrawn" ? "Taken back" : "Answered";
    return { words: closedOn ? `${how} on ${dayInWords(closedOn)}` : how, tone: "plain" };
  }
  if (clock.isPaused) return { words: "Clock stands: waiting for them", tone: "info" };
  const days = Math.abs(clock.daysLeft);
  const count = `${days} ${days === 1 ? "day" : "days"}`;
  if (clock.daysLeft < 0) return { words: `${count} late`, tone: "stop" };
  if (clock.daysLeft === 0) return { words: "Due today", tone: "stop" };
  return { words: `${count} left`, tone: clock.daysLeft <= SHORT_DAYS ? "wait" : "plain" };
}
