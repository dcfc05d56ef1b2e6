/**
 * Whether a change was recorded, in part, by organisations or places that had not reported throughout: one rule, by
 * which the pages of coverage and of change give one answer. It goes by two signs, either of which is enough: everybody
 * and the panel of the same organisations part by more than their errors, or coverage changed in the place or in an
 * area inside it. The panel goes by organisation and authority, so an organisation that was elsewhere counts as new in
 * an authority where it began.
 */

import { inDigits } from "../number-text";
import { FIGURE_VARIANCE } from "./figure-error";

/** Figures of everybody and of the panel, in a period and in the same a year before. */
export interface Beside {
  wholeThen: number;
  wholeNow: number;
  panelThen: number;
  panelNow: number;
}

const Z = 1.96;

/** Whether no change lies within the 95% interval of the difference: chance of both counts, and the error of both figures. */
export function isWithinError(then: number, now: number): boolean {
  return Math.abs(now - then) <= Z * Math.sqrt(then + now + 2 * FIGURE_VARIANCE);
}

/** How the figures of everybody and of the panel moved. */
export interface Parting {
  /** 1: clearly more than a year before, -1: clearly fewer, 0: not clear. */
  whole: -1 | 0 | 1;
  panel: -1 | 0 | 1;
  /** How many more people those outside the panel recorded than a year before; 0 when that is within the errors. */
  outside: number;
}

/** Reads the two lines beside each other. What is left when the panel is taken off carries the errors of both figures. */
export function partingOf({ wholeThen, wholeNow, panelThen, panelNow }: Beside): Parting {
  const way = (then: number, now: number) => (isWithinError(then, now) ? 0 : now > then ? 1 : -1);
  const [then, now] = [wholeThen - panelThen, wholeNow - panelNow];
  const chance = Math.abs(now) + Math.abs(then) + 4 * FIGURE_VARIANCE;
  const isClear = Math.abs(now - then) > Z * Math.sqrt(chance);
  return {
    whole: way(wholeThen, wholeNow),
    panel: way(panelThen, panelNow),
    outside: isClear ? now - then : 0,
  };
}

const OTHERS = "organisations or places that had not reported throughout";

/**
 * "Part of the rise (about 110) was recorded by organisations or places that had not reported throughout"; null when
 * the two lines part by no more than their errors. No full stop.
 */
export function partingInWords(beside: Beside): string | null {
  const { whole, outside } = partingOf(beside);
  if (outside === 0) return null;
  const about = `about ${inDigits(Math.abs(outside))}`;
  if (outside > 0 && whole > 0 && outside <= beside.wholeNow - beside.wholeThen)
    return `Part of the rise (${about}) was recorded by ${OTHERS}`;
  if (outside < 0 && whole < 0 && -outside <= beside.wholeThen - beside.wholeNow)
    return `Part of the fall (${about}) was recorded by ${OTHERS}`;
  return `${about.replace("a", "A")} ${outside > 0 ? "more" : "fewer"} people than a year before were recorded by ${OTHERS}`;
}

/** What figures tell of who reports in a place. */
export interface ReportingSigns {
  /** Coverage changed in the place itself. */
  changedHere: boolean;
  /** Coverage changed in an area inside it. */
  changedInside: boolean;
  /** The panel beside everybody; null where none tells. */
  panel: Beside | null;
}

/** Whether any sign says that a change may be, in part, one of who reports. "No" is said only when none does. */
export function mayBeReporting({ changedHere, changedInside, panel }: ReportingSigns): boolean {
  return changedHere || changedInside || (panel !== null && partingOf(panel).outside !== 0);
}
