/** The whole made world from its seed, its size and the day of loading: the same three give the same world. */

import type { Day } from "../domain/period";
import { type MadeContact, makeContacts } from "./contacts";
import { type County, makeCounty } from "./county";
import { type MadeClient, makePeople, type Size } from "./people";
import { makeTimeline, type Timeline } from "./timeline";

export interface World {
  county: County;
  timeline: Timeline;
  clients: readonly MadeClient[];
  /** In the order of the devices' clocks, up to the timeline's last day. */
  contacts: readonly MadeContact[];
}

export interface WorldOptions {
  seed: string;
  size: Size;
  loadedOn: Day;
  holidays: ReadonlySet<Day>;
}

export const DEFAULT_SEED = "wythershire";

export function makeWorld({ seed, size, loadedOn, holidays }: WorldOptions): World {
  const county = makeCounty(seed);
  const timeline = makeTimeline(loadedOn, holidays);
  const people = makePeople(seed, size, county, timeline);
  return { county, timeline, ...makeContacts(seed, people, timeline) };
}
