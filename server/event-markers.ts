/**
 * Event markers: written once by a commissioner or an officer, read by everybody who reads figures. What could be seen
 * when a marker was written is worked out here and kept with it; a later word is a note, and a marker that was taken
 * back stays to be seen.
 */

import { record } from "./audit";
import { type ActorCtx, inTransaction, now } from "./context";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import {
  EVENT_KINDS,
  type EventKind,
  type EventMarker,
  type EventNote,
  expectedSchema,
  isWrittenBefore,
  type NoteEvent,
  type WriteEvent,
} from "./domain/event-marker";
import { isBucket, levelOf } from "./domain/geography";
import { findNode } from "./domain/needs";
import { addMonths, type Day, dayOf, financialYearOf, lastDayOf, periodByNumber } from "./domain/period";
import { findPublishedAreas, type PublishedAreas } from "./figures/published-areas";

/** Markers are few: a page shows the latest, this many at most. */
const MOST_LISTED = 300;
/** A marker may look so far ahead and no further. */
const MONTHS_AHEAD = 24;

interface EventRow {
  id: string;
  organisationId: number;
  organisationName: string;
  kind: string;
  title: string;
  happensOn: Day;
  areas: number[];
  comparison: number[];
  expected: unknown;
  reason: string;
  writtenOn: Day;
  figuresUntil: Day | null;
}

/** The latest markers, the latest event first. */
export async function listEvents(ctx: ActorCtx): Promise<EventMarker[]> {
  return showEvents(ctx, null);
}

/** One marker, however old. Throws NotFound without it. */
export async function getEvent(ctx: ActorCtx, id: string): Promise<EventMarker> {
  const [found] = await showEvents(ctx, id);
  if (!found) throw new NotFound("This event");
  return found;
}

/** One marker, or with null the latest. */
async function showEvents(ctx: ActorCtx, id: string | null): Promise<EventMarker[]> {
  const { reader } = ctx;
  const rows = await reader<EventRow[]>`
    select id, organisation_id, organisation_name, kind, title, happens_on, areas, comparison, expected, reason,
      written_on, figures_until
    from reference.event_marker
    where ${id === null ? reader`true` : reader`id = ${id}`}
    order by happens_on desc, id
    limit ${MOST_LISTED}`;
  if (rows.length === 0) return [];
  const notes = await reader<(EventNote & { eventId: string })[]>`
    select id, event_id, text, organisation_name, written_on, withdraws
    from reference.event_note
    where event_id = any(${rows.map(({ id }) => id)}::uuid[])
    order by written_at, id`;
  const areas = await latestAreas(ctx);
  return rows.map((row) => {
    const own = notes.filter(({ eventId }) => eventId === row.id).map(({ eventId: _of, ...note }) => note);
    return shownEvent(row, own, areas, ctx.actor.organisationId);
  });
}

function shownEvent(
  row: EventRow,
  notes: EventNote[],
  areas: PublishedAreas | null,
  organisationId: number,
): EventMarker {
  const named = (numbers: readonly number[]) =>
    numbers.map((area) => {
      const found = areas?.find(area);
      return { area, code: found?.code ?? String(area), name: found?.name ?? String(area) };
    });
  return {
    id: row.id,
    kind: kindOf(row.kind),
    title: row.title,
    happensOn: row.happensOn,
    areas: named(row.areas),
    comparison: named(row.comparison),
    expected: expectedSchema
      .parse(row.expected)
      .map(({ node, direction }) => ({ node, direction, label: findNode(node)?.label ?? node })),
    reason: row.reason,
    organisationName: row.organisationName,
    writtenOn: row.writtenOn,
    figuresUntil: row.figuresUntil,
    writtenBefore: isWrittenBefore(row.happensOn, row.figuresUntil),
    withdrawnOn: notes.find(({ withdraws }) => withdraws)?.writtenOn ?? null,
    notes,
    isOurs: row.organisationId === organisationId,
  };
}

function kindOf(text: string): EventKind {
  const kinds = Object.keys(EVENT_KINDS) as EventKind[];
  return kinds.find((kind) => kind === text) ?? "other";
}

/**
 * Writes a marker, once, with what could be seen then. Throws Invalid when its areas are not of one level or not there,
 * and Conflict when the id is taken.
 */
export function writeEvent(ctx: ActorCtx, event: WriteEvent): Promise<{ id: string }> {
  return inTransaction(ctx, async (ctx) => {
    const today = dayOf(await now(ctx));
    if (event.happensOn > addMonths(today, MONTHS_AHEAD)) {
      throw new Invalid("The date is too far ahead.", { happensOn: "Choose a day within two years" });
    }
    checkAreas(event, await latestAreas(ctx));
    const figuresUntil = await findFiguresUntil(ctx, today);
    const { actor, db } = ctx;
    const written = await db`
      insert into reference.event_marker
        (id, organisation_id, organisation_name, kind, title, happens_on, areas, comparison, expected, reason,
         written_on, figures_until)
      values (
        ${event.id}, ${actor.organisationId}, ${actor.organisationName}, ${event.kind}, ${event.title},
        ${event.happensOn}, ${event.areas}, ${event.comparison}, ${db.json(event.expected)}, ${event.reason},
        ${today}, ${figuresUntil}
      )
      on conflict (id) do nothing`;
    if (written.count === 0) {
      const [same] = await db`
        select 1 from reference.event_marker
        where id = ${event.id} and organisation_id = ${actor.organisationId} and title = ${event.title}`;
      if (!same) throw new Conflict("This event has been written already. Look at the list.");
      return { id: event.id };
    }
    await record(ctx, "event.write", {
      subjects: [{ kind: "event", id: event.id }],
      detail: { kind: event.kind, areas: event.areas, expected: event.expected.map(({ node }) => node) },
    });
    return { id: event.id };
  });
}

/** Adds a later word to a marker of one's own organisation, or takes the marker back. Throws NotFound for another's. */
export function noteEvent(ctx: ActorCtx, note: NoteEvent): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const { actor, db } = ctx;
    const [marker] = await db`
      select 1 from reference.event_marker where id = ${note.eventId} and organisation_id = ${actor.organisationId}`;
    if (!marker) throw new NotFound("This event");
    const [withdrawn] = await db`
      select 1 from reference.event_note where event_id = ${note.eventId} and withdraws and id <> ${note.id}`;
    if (withdrawn && note.withdraws) throw new Conflict("This event has been taken back already.");
    const added = await db`
      insert into reference.event_note
        (id, event_id, organisation_id, organisation_name, text, withdraws, written_on)
      values (
        ${note.id}, ${note.eventId}, ${actor.organisationId}, ${actor.organisationName}, ${note.text},
        ${note.withdraws}, ${dayOf(await now(ctx))}
      )
      on conflict do nothing`;
    if (added.count === 0) return;
    await record(ctx, note.withdraws ? "event.withdraw" : "event.note", {
      subjects: [{ kind: "event", id: note.eventId }],
    });
  });
}

/** Areas of today: markers name areas by their number, which never changes its meaning. */
async function latestAreas(ctx: ActorCtx): Promise<PublishedAreas | null> {
  return findPublishedAreas(ctx.reader, financialYearOf(dayOf(await now(ctx))));
}

function checkAreas({ areas, comparison }: WriteEvent, known: PublishedAreas | null): void {
  const all = [...areas, ...comparison];
  if (all.some((area) => isBucket(area) || !known?.find(area))) {
    throw new Invalid("One of the areas is not there.", { areas: "Choose areas from the list" });
  }
  if (new Set(all.map(levelOf)).size > 1) {
    throw new Invalid("The areas are of different kinds.", {
      areas: "Choose areas of one kind: all sectors, or all districts",
    });
  }
  if (comparison.some((area) => areas.includes(area))) {
    throw new Invalid("An area cannot be compared with itself.", {
      comparison: "Choose areas that the event is not about",
    });
  }
}

/** The last day that any figure covers: of the settled periods, and of open ones whose figures show so far. */
async function findFiguresUntil({ reader }: ActorCtx, today: Day): Promise<Day | null> {
  const rows = await reader<{ period: number }[]>`
    select period from published.settled_period
    union
    select period from published.open_figure`;
  const days = rows.map(({ period }) => lastDayOf(periodByNumber(period)));
  const last = days.sort().at(-1) ?? null;
  return last !== null && last > today ? today : last;
}
