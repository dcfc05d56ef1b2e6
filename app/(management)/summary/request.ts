/** What the summary is of, as it stands in the address, and what can be chosen instead. */

import type { ImpactOptions } from "../../../server/domain/impact";
import {
  findPeriod,
  firstDayOf,
  lastDayOf,
  type Period,
  type PeriodType,
  periodInWords,
  periodOf,
  periodText,
  previousPeriod,
} from "../../../server/domain/period";

export interface SummaryRequest {
  serviceId: string | null;
  period: string;
}

const TYPES: readonly { type: PeriodType; group: string }[] = [
  { type: "quarter", group: "Quarters" },
  { type: "month", group: "Months" },
  { type: "year", group: "Financial years" },
];

/** The periods of a type in which something was recorded, newest first; the one we are in is "so far". */
export function periodsToChoose(
  options: ImpactOptions,
): { group: string; items: { value: string; label: string }[] }[] {
  const { firstDay, today } = options;
  return TYPES.map(({ type, group }) => {
    const items: { value: string; label: string }[] = [];
    let period: Period = periodOf(type, today);
    do {
      const soFar = lastDayOf(period) >= today ? ", so far" : "";
      items.push({ value: periodText(period), label: `${periodInWords(period)}${soFar}` });
      period = previousPeriod(period);
    } while (firstDay !== null && lastDayOf(period) >= firstDay);
    return { group, items };
  });
}

/** The last whole quarter, or the one we are in when nothing was recorded before it. */
function usualPeriod({ firstDay, today }: ImpactOptions): Period {
  const current = periodOf("quarter", today);
  return firstDay !== null && firstDay < firstDayOf(current) ? previousPeriod(current) : current;
}

/** The request of an address; nonsense in it becomes the usual. */
export function readRequest(query: URLSearchParams, options: ImpactOptions): SummaryRequest {
  const asked = findPeriod(query.get("period") ?? "");
  const service = options.services.find((each) => each.id === query.get("service"));
  return { serviceId: service?.id ?? null, period: periodText(asked ?? usualPeriod(options)) };
}

/** The address of a request. */
export function requestQuery({ serviceId, period }: SummaryRequest): string {
  const query = new URLSearchParams({ period });
  if (serviceId) query.set("service", serviceId);
  return `?${query}`;
}
