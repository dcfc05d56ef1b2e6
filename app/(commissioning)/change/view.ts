/**
 * What the page of change shows, read from the address and written back to it, so that a view can be sent to somebody:
 * one place or all areas, the need, the areas, the length of period and the event.
 */

import type { EventMarker } from "../../../server/domain/event-marker";
import type { MapOptions } from "../../../server/domain/figures";
import { LEVELS, type Level, levelOf } from "../../../server/domain/geography";
import { PERIOD_TYPES_OF } from "../../../server/domain/menu";
import { findNode } from "../../../server/domain/needs";
import type { PeriodType } from "../../../server/domain/period";

export interface ChangeView {
  /** One place over time, or every area of a level side by side. */
  shows: "place" | "areas";
  node: string;
  level: Level;
  /** Areas taken together, all of the level. */
  areas: readonly number[];
  type: PeriodType;
  event: string | null;
}

const TYPES: readonly PeriodType[] = ["month", "quarter", "year"];

/** The shortest period that a level publishes: it shows a change soonest. */
export const shortestOf = (level: Level): PeriodType => PERIOD_TYPES_OF[level][0] ?? "quarter";

/** The view of an address; what is not said is taken from the event, else from the reader's own patch. */
export function readChangeView(
  query: URLSearchParams,
  options: Pick<MapOptions, "patch">,
  events: readonly EventMarker[],
): ChangeView {
  const event = events.find(({ id }) => id === query.get("event")) ?? null;
  const asked = numbersIn(query.get("areas"));
  const own = (event?.areas ?? options.patch).map(({ area }) => area);
  const level =
    LEVELS.find((each) => each === query.get("level")) ??
    levelOf(asked[0] ?? own[0] ?? FIRST_AREA_OF_A_COUNTY);
  const ofLevel = (areas: readonly number[]) => areas.filter((area) => levelOf(area) === level);
  const node = query.get("need") ?? event?.expected[0]?.node ?? "*";
  const type = TYPES.find((each) => each === query.get("type") && PERIOD_TYPES_OF[level].includes(each));
  return {
    shows: query.get("shows") === "areas" ? "areas" : "place",
    node: findNode(node) ? node : "*",
    level,
    areas: ofLevel(asked).length > 0 ? ofLevel(asked) : ofLevel(own),
    type: type ?? shortestOf(level),
    event: event?.id ?? null,
  };
}

/** Somebody without a patch looks at authorities first. */
const FIRST_AREA_OF_A_COUNTY = 200_000;

function numbersIn(text: string | null): number[] {
  return (text ?? "")
    .split(",")
    .map(Number)
    .filter((number) => Number.isInteger(number) && number >= 10 && number < 500_000)
    .slice(0, 20);
}

/** The address of a view. */
export function changeQuery(view: ChangeView): string {
  const query = new URLSearchParams();
  if (view.shows === "areas") query.set("shows", "areas");
  query.set("need", view.node);
  query.set("level", view.level);
  if (view.areas.length > 0) query.set("areas", view.areas.join(","));
  query.set("type", view.type);
  if (view.event) query.set("event", view.event);
  return `?${query}`;
}

/** The view after a choice: what belongs to what was chosen goes along with it. */
export function changed(
  view: ChangeView,
  part: Partial<ChangeView>,
  events: readonly EventMarker[],
): ChangeView {
  const next = { ...view, ...part };
  const event = part.event ? events.find(({ id }) => id === part.event) : undefined;
  if (event) {
    const [first] = event.areas;
    if (first) next.level = levelOf(first.area);
    next.areas = event.areas.map(({ area }) => area);
    next.node = part.node ?? event.expected[0]?.node ?? next.node;
    next.type = shortestOf(next.level);
  }
  if (part.level && part.level !== view.level) {
    next.areas = part.areas ?? [];
    next.type = shortestOf(part.level);
  }
  return next;
}
