/**
 * What an organisation sets out to do at the places of a list, and what came of it. The place, the words and what was seen
 * are sealed. The effect is looked up anew each time, under the agreement that is in force then: it is a look like any
 * other, counted and written down for everybody whom it shows.
 */

import type { Sql, Tx } from "../db/client";
import { inOrganisation } from "./acting";
import { assertColleague, readColleagues } from "./actions";
import { record, type Subject } from "./audit";
import { installationNow } from "./clock";
import { type ActorCtx, byItselfIn, inTransaction, now, requireRight, type TxCtx } from "./context";
import { type Colleague, dueFault } from "./domain/action";
import type { Purpose } from "./domain/agreements/agreement";
import type { ClosePlace, Detail } from "./domain/agreements/grid";
import type { Colour, SharedNeed } from "./domain/agreements/known-to";
import type {
  ActionsStandQuery,
  AddListAction,
  CloseListAction,
  ListActionKind,
  ListEffect,
  ListEffectQuery,
  ListOutcome,
  Seen,
  ShownListAction,
} from "./domain/agreements/list-action";
import { EFFECT_REASON } from "./domain/agreements/shared-list";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import { getNeedByNumber } from "./domain/needs";
import { addMonths, type Day, dayOf } from "./domain/period";
import type { NamedPlace } from "./domain/place-breadth";
import { openIfAny, seal, sealIfAny } from "./identity-vault";
import { inSteps, requireNewLook, takeLook } from "./known-to";
import { keysOfPlace } from "./place-keys";
import { askDatabase, type KeysWithin, ownNames, placeOf } from "./shared-lists";

const subjectsOf = (id: string, clientId: string | null): Subject[] => [
  { kind: "list-action", id },
  ...(clientId === null ? [] : [{ kind: "client" as const, id: clientId }]),
];

interface ListedRow {
  agreementId: string;
  level: ClosePlace;
  purpose: Purpose;
  asked: string[];
  placeOrganisationId: number | null;
  placeClientId: string | null;
  address: Buffer | null;
  postcode: Buffer | null;
  detail: Detail;
  colour: Colour | null;
  needs: { number: number; status: SharedNeed["status"] }[] | null;
}

/**
 * Writes down what will be done at a row of a list that the member made in the last twelve hours; sent again, it is there
 * once. Throws NotFound for a row that there is not, or whose place may not be shown any longer; Invalid for a day that has
 * passed or a member who does not work with people here.
 */
export function addListAction(ctx: ActorCtx, given: AddListAction): Promise<{ id: string }> {
  requireRight(ctx, "list.act", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId: maker } = ctx.actor;
    const { id, listId, row: rowNo, clientId, kind, memberId, dueOn } = given;
    await ctx.db`select pg_advisory_xact_lock(${organisationId}, hashtext(${id}))`;
    const [held] = await ctx.db<{ listId: string; rowNo: number }[]>`
      select list_id, row_no from casework.list_action where organisation_id = ${organisationId} and id = ${id}`;
    if (held && (held.listId !== listId || held.rowNo !== rowNo)) {
      throw new Conflict("Another action has this id. Add it anew.");
    }
    await record(ctx, "list-action.add", { subjects: subjectsOf(id, clientId), detail: { list: listId } });
    if (held) return { id };
    const today = dayOf(await now(ctx));
    await assertColleague(ctx, memberId, "memberId");
    const fault = dueFault(dueOn, today);
    if (fault) throw new Invalid(fault, { dueOn: fault });
    const [row] = await ctx.db<ListedRow[]>`
      select * from governance.listed_row(${listId}, ${rowNo}::smallint, ${clientId})`;
    if (!row) throw new NotFound("This row", "This row is not shared any longer. Make the list again.");
    const at = { organisationId, id };
    const place = row.level === "person" ? null : placeOf(row, row.level);
    if (row.level !== "person" && place === null) {
      throw new NotFound("This row", "This place was changed just now. Make the list again.");
    }
    const seen = JSON.stringify(seenOf(row, today));
    await ctx.db`
      insert into casework.list_action
        (organisation_id, id, list_id, row_no, agreement_id, level, purpose, asked, client_id, own_clients, place, kind, words,
         seen, member_id, due_on, made_by, made_on)
      values (${organisationId}, ${id}, ${listId}, ${rowNo}, ${row.agreementId}, ${row.level}, ${row.purpose},
              ${row.asked}, ${clientId}, governance.own_clients_at(${listId}, ${rowNo}::smallint),
              ${sealIfAny("list_action.place", at, place && JSON.stringify(place))}, ${kind},
              ${sealIfAny("list_action.words", at, given.words)}, ${seal("list_action.seen", at, seen)},
              ${memberId}, ${dueOn}, ${maker}, ${today})`;
    return { id };
  });
}

function seenOf({ detail, colour, needs }: Pick<ListedRow, "detail" | "colour" | "needs">, on: Day): Seen {
  return {
    ...{ on, detail },
    ...(colour !== null && { colour }),
    ...(needs !== null && {
      needs: needs.map(({ number, status }) => ({ need: getNeedByNumber(number).code, status })),
    }),
  };
}

interface ActionRow {
  id: string;
  listId: string;
  rowNo: number;
  effectId: string | null;
  level: ClosePlace;
  purpose: Purpose;
  asked: string[];
  clientId: string | null;
  place: Buffer | null;
  kind: ListActionKind;
  words: Buffer | null;
  seen: Buffer | null;
  memberId: string;
  memberName: string;
  dueOn: Day;
  madeOn: Day;
  outcome: ListOutcome | null;
  outcomeWords: Buffer | null;
  closedOn: Day | null;
  effect: Buffer | null;
  emptiedAt: Date | null;
}

/** What of an action is open to the transaction's member now: their groups, under what is in force and was said since. */
interface Standing {
  /** What the list showed. */
  rowStands: boolean;
  /** What the effect showed. */
  effectStands: boolean;
}

/** Of all these actions at once: a page of 220 asks every four seconds. */
async function readStanding(db: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
  const rows = await db<({ actionId: string } & Standing)[]>`
    select * from governance.actions_standing(${[...ids]}::uuid[])`;
  return new Map(rows.map(({ actionId, ...standing }) => [actionId, standing]));
}

const SHUT: Standing = { rowStands: false, effectStands: false };

/** Closed actions that a list of them shows, the latest. */
const CLOSED_SHOWN = 20;
const OPEN_SHOWN = 200;

/**
 * The organisation's actions: open ones by day, then the latest that were closed. Where each is and what was seen there came
 * from others, and is there for those alone to whom it is open now; what they set out to do is their own and stays.
 */
export function listListActions(ctx: ActorCtx): Promise<{ actions: ShownListAction[]; today: Day }> {
  requireRight(ctx, "list.act", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const rows = await readActions(ctx);
    const names = await ownNames(
      ctx,
      rows.flatMap(({ clientId }) => clientId ?? []),
    );
    const actions = rows.map((row) => shownOf(ctx.actor.organisationId, row, names));
    const shown = await noteReading(ctx, rows.flatMap(readIn));
    await record(ctx, "list-action.list", {
      subjects: rows.flatMap(({ id, clientId }) => subjectsOf(id, clientId)),
      detail: { shown },
    });
    return { actions, today: dayOf(await now(ctx)) };
  });
}

/** Which row of which list or effect. */
type ReadRow = Pick<ActionRow, "listId" | "rowNo">;

/** The rows that an action shows to whom it stands open. */
const readIn = ({
  listId,
  rowNo,
  effectId,
  rowStands,
  effectStands,
  emptiedAt,
}: ActionRow & Standing): ReadRow[] =>
  emptiedAt === null
    ? [
        ...(rowStands ? [{ listId, rowNo }] : []),
        ...(effectStands && effectId !== null ? [{ listId: effectId, rowNo: 1 }] : []),
      ]
    : [];

/**
 * Whoever gave what these rows showed is told that it was read again, once a day for each reader. Gives the rows for the
 * reader's own entry, by which the desk for breaches counts whose records they were (`governance.shown_of_others`).
 */
async function noteReading({ db, requestId }: TxCtx, read: readonly ReadRow[]): Promise<string[]> {
  if (read.length > 0) {
    await db`
      select governance.note_list_reading(
        ${read.map(({ listId }) => listId)}::uuid[], ${read.map(({ rowNo }) => rowNo)}::smallint[], ${requestId})`;
  }
  return [...new Set(read.map(({ listId, rowNo }) => `${listId}/${rowNo}`))];
}

/** Whether all that a page shows of actions may still be shown to the reader. Asked every few seconds by that page. */
export function listActionsStand(
  ctx: ActorCtx,
  { before, after }: ActionsStandQuery,
): Promise<{ stands: boolean }> {
  requireRight(ctx, "list.act", ctx.actor.organisationId);
  return inTransaction(ctx, async ({ db }) => {
    const standing = await readStanding(db, [...before, ...after]);
    return {
      stands:
        before.every((id) => standing.get(id)?.rowStands) &&
        after.every((id) => standing.get(id)?.effectStands),
    };
  });
}

/** Who can be given an action, and the day that it is. */
export function listDoers(ctx: ActorCtx): Promise<{ colleagues: readonly Colleague[]; today: Day }> {
  requireRight(ctx, "list.act", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => ({
    colleagues: await readColleagues(ctx),
    today: dayOf(await now(ctx)),
  }));
}

async function readActions({ db, actor: { organisationId } }: TxCtx): Promise<(ActionRow & Standing)[]> {
  const columns = db`
    t.id, t.list_id, t.row_no, t.effect_id, t.level, t.purpose, t.asked, t.client_id, t.place, t.kind, t.words, t.seen, t.member_id,
    coalesce(a.name, '') as member_name, t.due_on, t.made_on, t.outcome, t.outcome_words, t.closed_on, t.effect,
    t.emptied_at`;
  const own = db`
    from casework.list_action as t
    left join casework.member as m on m.organisation_id = t.organisation_id and m.id = t.member_id
    left join casework.account as a on a.id = m.account_id
    where t.organisation_id = ${organisationId}`;
  const open = await db<ActionRow[]>`
    select ${columns} ${own} and t.closed_on is null order by t.due_on, t.id limit ${OPEN_SHOWN}`;
  const closed = await db<ActionRow[]>`
    select ${columns} ${own} and t.closed_on is not null order by t.closed_on desc, t.id desc limit ${CLOSED_SHOWN}`;
  const rows = [...open, ...closed];
  const standing = await readStanding(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, ...(standing.get(row.id) ?? SHUT) }));
}

function shownOf(
  organisationId: number,
  row: ActionRow & Standing,
  names: ReadonlyMap<string, string>,
): ShownListAction {
  const { id, level, purpose, clientId, kind, memberId, memberName, dueOn, madeOn, outcome, closedOn } = row;
  const at = { organisationId, id };
  return {
    ...{ id, level, purpose, kind, dueOn, madeOn, needs: row.asked },
    // The effect was looked up at the same place: it is open again where it was shown anew, whoever has left.
    place:
      row.rowStands || row.effectStands
        ? (parsedPlace(openIfAny("list_action.place", at, row.place))?.words ?? null)
        : null,
    client: clientId === null ? null : { id: clientId, name: names.get(clientId) ?? null },
    words: openIfAny("list_action.words", at, row.words),
    member: { id: memberId, name: memberName },
    closed:
      outcome === null || closedOn === null
        ? null
        : { on: closedOn, outcome, words: openIfAny("list_action.outcome_words", at, row.outcomeWords) },
    // As addListAction and listEffect wrote them.
    before: row.rowStands ? parsedSeen(openIfAny("list_action.seen", at, row.seen)) : null,
    after: row.effectStands ? parsedSeen(openIfAny("list_action.effect", at, row.effect)) : null,
    isEmptied: row.emptiedAt !== null,
  };
}

const parsedSeen = (text: string | null): Seen | null => (text === null ? null : (JSON.parse(text) as Seen));

/** The action, held until the end of the transaction. Throws NotFound when the organisation has none. */
async function holdAction({ db, actor: { organisationId } }: TxCtx, id: string): Promise<HeldAction> {
  const [held] = await db<HeldAction[]>`
    select t.list_id, t.row_no, t.agreement_id, t.level, t.purpose, t.asked, t.client_id, t.place, t.seen, t.closed_on,
           t.emptied_at
    from casework.list_action as t
    where t.organisation_id = ${organisationId} and t.id = ${id}
    for update`;
  if (!held) throw new NotFound("This action");
  return held;
}

type HeldAction = { agreementId: string } & Pick<
  ActionRow,
  | "listId"
  | "rowNo"
  | "level"
  | "purpose"
  | "asked"
  | "clientId"
  | "place"
  | "seen"
  | "closedOn"
  | "emptiedAt"
>;

/** Writes down what came of it. Throws Conflict when somebody has closed it meanwhile. */
export function closeListAction(
  ctx: ActorCtx,
  { id, outcome, words }: CloseListAction,
): Promise<{ id: string }> {
  requireRight(ctx, "list.act", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const held = await holdAction(ctx, id);
    if (held.closedOn !== null) throw new Conflict("This was closed meanwhile. Load the page again.");
    // What was destroyed gets no new words: they could name whoever was erased.
    const kept =
      held.emptiedAt === null ? sealIfAny("list_action.outcome_words", { organisationId, id }, words) : null;
    await ctx.db`
      update casework.list_action
      set outcome = ${outcome}, outcome_words = ${kept}, closed_by = ${memberId}, closed_on = ${dayOf(await now(ctx))}
      where organisation_id = ${organisationId} and id = ${id}`;
    await record(ctx, "list-action.close", { subjects: subjectsOf(id, held.clientId), detail: { outcome } });
    return { id };
  });
}

/**
 * How a place has changed since an action was written: looked up anew. Counts as a look, and is refused as one; throws
 * NotFound for an action that the organisation does not have, or of which nothing is kept any longer.
 */
export async function listEffect(ctx: ActorCtx, { id, lookId }: ListEffectQuery): Promise<ListEffect> {
  requireRight(ctx, "list.act", ctx.actor.organisationId);
  await takeLook(ctx);
  return inSteps(() =>
    inTransaction(ctx, async (ctx) => {
      const { organisationId } = ctx.actor;
      const held = await holdAction(ctx, id);
      if (held.emptiedAt !== null)
        throw new NotFound("This action", "Nothing of this action is kept any longer.");
      await requireNewLook(ctx, lookId);
      const at = { organisationId, id };
      const [row] = await askDatabase(ctx, {
        ...{
          id: lookId,
          agreementId: held.agreementId,
          level: held.level,
          purpose: held.purpose,
          needs: held.asked,
        },
        ...{ reason: EFFECT_REASON, words: null, within: [], street: null, action: id },
        where: keysOf(held.level, parsedPlace(openIfAny("list_action.place", at, held.place))),
      });
      const today = dayOf(await now(ctx));
      const seen = row ? seenOf(row, today) : null;
      // Who may see nothing takes away nothing that others saw.
      if (seen !== null) {
        await ctx.db`
          update casework.list_action
          set effect_id = ${lookId}, effect_on = ${today},
              effect = ${seal("list_action.effect", at, JSON.stringify(seen))}
          where organisation_id = ${organisationId} and id = ${id}`;
      }
      const { rowStands } = (await readStanding(ctx.db, [id])).get(id) ?? SHUT;
      const before = rowStands ? parsedSeen(openIfAny("list_action.seen", at, held.seen)) : null;
      await record(ctx, "list-action.effect", {
        subjects: subjectsOf(id, held.clientId),
        // What was seen before is read again, too.
        detail: { look: lookId, shown: await noteReading(ctx, before === null ? [] : [held]) },
      });
      return { before, now: seen };
    }),
  );
}

/** The place of an action, as addListAction wrote it; null for a person, and once it was destroyed. */
const parsedPlace = (text: string | null): NamedPlace | null =>
  text === null ? null : (JSON.parse(text) as NamedPlace);

function keysOf(level: ClosePlace, place: NamedPlace | null): Omit<KeysWithin, "words"> {
  const nowhere = { postcodes: null, streets: null, homes: null };
  if (level === "person" || place === null) return nowhere;
  const keys = keysOfPlace(level, place);
  return {
    ...nowhere,
    ...(level === "postcode" && { postcodes: keys }),
    ...(level === "street" && { streets: keys }),
    ...(level === "household" && { homes: keys }),
  };
}

/** How long what was written of a place is kept: after it was closed, and where nobody ever closed it, after its day. */
const KEPT_MONTHS = { closed: 12, open: 24 } as const;

/**
 * Destroys places, words and what was seen of actions that are long over, of every organisation; that something was done,
 * by whom and when stays. Gives how many. The worker comes round for it.
 */
export async function emptyOldListActions(app: Sql): Promise<number> {
  const organisations = await app.begin(async (db) => {
    await db`select set_config('app.purpose', 'operator', true)`;
    return db<{ id: number }[]>`select id from casework.organisation order by id`;
  });
  let emptied = 0;
  for (const { id } of organisations) {
    emptied += await inOrganisation(app, id, async (db) => {
      const today = dayOf(await installationNow(db));
      const gone = await db<{ id: string }[]>`
        update casework.list_action
        set place = null, words = null, seen = null, outcome_words = null, effect = null, emptied_at = now()
        where organisation_id = ${id} and emptied_at is null
          and (closed_on < ${addMonths(today, -KEPT_MONTHS.closed)}
               or (closed_on is null and due_on < ${addMonths(today, -KEPT_MONTHS.open)}))
        returning id`;
      if (gone.length > 0) {
        await record(byItselfIn(db), "list-action.empty", {
          organisationId: id,
          subjects: gone.map((one) => ({ kind: "list-action", id: one.id })),
        });
      }
      return gone.length;
    });
  }
  return emptied;
}
