/**
 * The two events of the demo county as markers, written by its commissioner some days before they happened: whoever
 * tries the product finds what was expected, and may look whether it came.
 */

import type { Ctx } from "../context";
import { writeEventSchema } from "../domain/event-marker";
import { addDays, type Day } from "../domain/period";
import { writeEvent } from "../event-markers";
import { PANTRY_SECTORS, WORKS_SECTORS } from "./people";
import { Chance, madeId } from "./random";
import type { Timeline } from "./timeline";
import { listWorkers } from "./workers";

interface MadeEvent {
  writtenOn: Day;
  kind: string;
  title: string;
  happensOn: Day;
  sectors: readonly string[];
  expected: readonly { node: string; direction: "rise" | "fall" }[];
  reason: string;
}

/** The events with the days on which somebody writes them down, in order. */
export function demoEvents({ worksClosesOn, pantryOpensOn }: Timeline): MadeEvent[] {
  return [
    {
      writtenOn: addDays(worksClosesOn, -12),
      kind: "employer-closed",
      title: "Thornbeck Works closes",
      happensOn: worksClosesOn,
      sectors: WORKS_SECTORS,
      expected: [
        { node: "BEN", direction: "rise" },
        { node: "MON", direction: "rise" },
        { node: "EMP", direction: "rise" },
      ],
      reason: "400 jobs go, most of them held by people who live in these three sectors.",
    },
    {
      writtenOn: addDays(pantryOpensOn, -9),
      kind: "service-opened",
      title: "Saltersea Pantry opens",
      happensOn: pantryOpensOn,
      sectors: PANTRY_SECTORS,
      expected: [{ node: "BAS-01", direction: "fall" }],
      reason: "A pantry with a weekly shop for members, within a walk of these four sectors.",
    },
  ];
}

/** Writes those whose day has come by a day and that are not there yet. `setClock` moves the installation's clock. */
export async function writeDemoEvents(
  ctx: Ctx,
  timeline: Timeline,
  until: Day,
  setClock: (instant: string) => Promise<void>,
): Promise<void> {
  const due = demoEvents(timeline).filter(({ writtenOn }) => writtenOn < until);
  if (due.length === 0) return;
  const [commissioner] = (await listWorkers(ctx, "commissioner")).values();
  if (!commissioner) throw new Error("The demo county has no commissioner");
  const known = await ctx.reader<{ title: string }[]>`select title from reference.event_marker`;
  for (const { writtenOn, sectors, ...event } of due) {
    if (known.some(({ title }) => title === event.title)) continue;
    await setClock(`${writtenOn}T10:20:00Z`);
    // A sector may be part of a release sector.
    const areas = await ctx.reader<{ number: number }[]>`
      select number from reference.area
      where level = 'sector' and string_to_array(code, '+') && ${[...sectors]}::text[]`;
    const id = madeId(new Chance(`event ${event.title}`), Date.parse(`${writtenOn}T10:20:00Z`));
    await writeEvent(
      { ...ctx, actor: commissioner.actor },
      writeEventSchema.parse({ ...event, id, areas: areas.map(({ number }) => number), comparison: [] }),
    );
  }
}
