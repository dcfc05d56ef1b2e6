/**
 * Which day it is on a device that may be far from any signal and whose clock may be wrong: the device's clock, put
 * right by how far it was off when the server last spoke. Pure.
 */
import { type Day, dayOf, daysBetween } from "../../server/domain/period";
import { CARRIED_DAYS } from "../../server/domain/take-along";

/** What the device learnt of the time when the server last spoke. */
export interface LearntTime {
  /** Milliseconds to add to the device's clock. */
  offsetMs: number;
  /** The server's day. */
  day: Day;
  /** The device's clock at that moment. */
  at: number;
}

/** What the server's time teaches a device. */
export function learnTime(serverNow: Date, day: Day, deviceNow: number): LearntTime {
  return { offsetMs: serverNow.getTime() - deviceNow, day, at: deviceNow };
}

/**
 * The day it is; null when it cannot be so: before the last day that the server named, or longer after it than
 * anything is carried. Then somebody set the clock, and the worker is asked.
 */
export function todayOn(deviceNow: number, learnt: LearntTime): Day | null {
  const today = dayOf(new Date(deviceNow + learnt.offsetMs));
  const passed = daysBetween(learnt.day, today);
  return passed < 0 || passed > CARRIED_DAYS ? null : today;
}

/** Whether what was carried then is too old to be kept; a clock set back makes nothing younger than the latest it showed. */
export function isTooOld(latestSeen: number, takenAt: number): boolean {
  return latestSeen - takenAt > CARRIED_DAYS * 86_400_000;
}
