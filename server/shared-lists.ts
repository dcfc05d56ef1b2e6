/**
 * Lists by agreement: places, or own clients, at which needs stand together. The database decides who is in one and hands
 * over no more than the level and the detail (`db/lists.sql`); what is sealed is opened here and cut to the words that the
 * level shows. Each list is counted before anything is read, and written down for everybody whom it shows.
 */

import type { Tx } from "../db/client";
import { record } from "./audit";
import { ARRAY_OF } from "./client-rows";
import { type ActorCtx, inTransaction, requireRight, type TxCtx } from "./context";
import type { Role } from "./domain/access";
import type { Cell, Terms } from "./domain/agreements/agreement";
import { letsSee, standingOf } from "./domain/agreements/agreement";
import { CLOSE_PLACES, type ClosePlace, type Detail, GROUPS, type Group } from "./domain/agreements/grid";
import type { Colour, KnownService, SharedNeed } from "./domain/agreements/known-to";
import {
  type AskList,
  askablePaths,
  inListOrder,
  isSector,
  LISTS_AN_HOUR,
  type ListRow,
  listDetail,
  listFile,
  listFileName,
  type SharedList,
} from "./domain/agreements/shared-list";
import { Invalid, NotFound } from "./domain/errors";
import type { Day } from "./domain/period";
import { type NamedPlace, namedPlaces, type PlaceBreadth, readTypedPlace } from "./domain/place-breadth";
import { open, openIfAny, sealIfAny } from "./identity-vault";
import { inSteps, requireNewLook } from "./known-to";
import { keysOfPlace } from "./place-keys";
import { readProfession } from "./recording-basis";
import { inWordsOf } from "./shared-views";
import { requireStepUp } from "./step-up";
import { takeCounted } from "./throttle";

/** An agreement in force by which the reader may make lists: where, how much, and what may be asked. */
export interface ListChoice {
  agreement: { id: string; title: string; lastDay: Day };
  purposes: Terms["purposes"];
  levels: readonly { level: ClosePlace; detail: Detail; paths: readonly string[] }[];
}

/** What the reader may make lists by today. Nothing about anybody is in it. */
export function listChoices(ctx: ActorCtx): Promise<ListChoice[]> {
  requireRight(ctx, "list.make", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const groups = groupsOf(ctx.actor.roles);
    return (await readInForce(ctx)).flatMap(({ id, lastDay, terms }) => {
      const levels = closeLevels(terms.cells).flatMap((level) => {
        const detail = listDetail(terms.cells, groups, level);
        const paths = askablePaths(terms, groups, level);
        return detail && paths.length > 0 ? [{ level, detail, paths }] : [];
      });
      const agreement = { id, title: terms.title, lastDay };
      return levels.length > 0 ? [{ agreement, purposes: terms.purposes, levels }] : [];
    });
  });
}

const groupsOf = (roles: readonly Role[]): Group[] => GROUPS.filter((group) => roles.includes(group));

const closeLevels = (cells: readonly Cell[]): ClosePlace[] =>
  CLOSE_PLACES.filter((level) => cells.some(({ place }) => place === level));

interface InForce {
  id: string;
  version: number;
  terms: Terms;
  lastDay: Day;
}

/** Versions in force by which the actor's organisation may look. */
async function readInForce({ db, actor }: TxCtx): Promise<InForce[]> {
  const rows = await db<
    (Parameters<typeof standingOf>[0] & { id: string; version: number; terms: Terms; today: Day })[]
  >`
    select a.id, a.version, a.terms, a.state, a.starts_on, a.ends_on, a.last_day, governance.today() as today
    from governance.agreement as a
    join governance.agreement_party as p
      on p.agreement_id = a.id and p.version = a.version and p.receives
      and p.organisation_id = ${actor.organisationId}
    order by a.terms ->> 'title', a.id`;
  return rows
    .filter(({ today, ...row }) => letsSee(standingOf(row, today)))
    .map(({ id, version, terms, lastDay, endsOn }) => ({ id, version, terms, lastDay: lastDay ?? endsOn }));
}

/**
 * Makes a list. Throws NotAllowed for the eleventh within an hour; NotFound where no agreement in force gives one for this
 * purpose; Invalid for a need that it does not cover, a place that is not known or a street that cannot be read.
 */
export async function makeList(ctx: ActorCtx, asked: AskList): Promise<SharedList> {
  return takeList(ctx, asked, "sharing.list");
}

/** The same list as a file, made anew. Throws as `makeList` does, and NotAllowed without a fresh step-up. */
export async function exportList(ctx: ActorCtx, asked: AskList): Promise<{ name: string; text: string }> {
  requireRight(ctx, "list.make", ctx.actor.organisationId);
  await requireStepUp(ctx);
  const list = await takeList(ctx, asked, "sharing.export-list");
  return { name: listFileName(list), text: listFile(list) };
}

async function takeList(
  ctx: ActorCtx,
  asked: AskList,
  action: "sharing.list" | "sharing.export-list",
): Promise<SharedList> {
  requireRight(ctx, "list.make", ctx.actor.organisationId);
  await countList(ctx);
  return inSteps(() =>
    inTransaction(ctx, async (ctx) => {
      const { id, level, purpose, needs, within, street } = asked;
      const { agreement, detail } = await requireTerms(ctx, asked);
      await requireNewLook(ctx, id);
      const where = await keysWithin(ctx.db, asked);
      const rows = await askDatabase(ctx, {
        ...asked,
        where,
        action: null,
      });
      await record(ctx, action, {
        subjects: rows.flatMap(({ ownClients }) =>
          ownClients.map((one) => ({ kind: "client" as const, id: one })),
        ),
        detail: {
          list: id,
          agreement: agreement.id,
          level,
          purpose,
          reason: asked.reason,
          rows: rows.length,
        },
      });
      return {
        ...{ id, agreement, level, purpose, needs, within, street, detail },
        rows: inListOrder(await readRows(ctx, rows, { level, postcodes: where.words })),
        isCut: rows.some(({ more }) => more),
      };
    }),
  );
}

/** Counts a list, for good, and refuses more than ten an hour of the member, and of the account in all its organisations. */
const countList = (ctx: ActorCtx): Promise<void> =>
  takeCounted(ctx, {
    of: "list",
    most: LISTS_AN_HOUR,
    refusal: "sharing.refuse-list",
    words: `You have made ${LISTS_AN_HOUR} lists within an hour, and nobody may make more. Try again later.`,
  });

/** The agreement as it stands, with words for what it does not allow: the database would show nothing. */
async function requireTerms(
  ctx: TxCtx,
  { agreementId, level, purpose, needs }: AskList,
): Promise<Pick<SharedList, "agreement" | "detail">> {
  const found = (await readInForce(ctx)).find(({ id }) => id === agreementId);
  const groups = groupsOf(ctx.actor.roles);
  const detail = found ? listDetail(found.terms.cells, groups, level) : null;
  if (!found || !detail || !found.terms.purposes.includes(purpose)) {
    throw new NotFound("This", "No agreement in force lets you make this list for this purpose.");
  }
  const askable = askablePaths(found.terms, groups, level);
  if (needs.some((path) => !askable.includes(path))) {
    const words = "The agreement does not let you ask for one of these needs. Choose from those it names.";
    throw new Invalid(words, { needs: words });
  }
  return { agreement: { id: found.id, title: found.terms.title, lastDay: found.lastDay }, detail };
}

/** Where is looked, as keys; null: not narrowed so. `words`: postcodes by their key in hexadecimal digits. */
export interface KeysWithin {
  postcodes: Buffer[] | null;
  streets: Buffer[] | null;
  homes: Buffer[] | null;
  words: ReadonlyMap<string, string>;
}

async function keysWithin(
  db: Tx,
  { level, within, street }: Pick<AskList, "level" | "within" | "street">,
): Promise<KeysWithin> {
  const sectors = within.filter(isSector);
  const whole = within.filter((one) => !isSector(one));
  const streets =
    street === null
      ? null
      : within.flatMap((postcode) => {
          const typed = readTypedPlace("street", { postcode, address: street });
          if (!typed.ok) {
            throw new Invalid(typed.reason, {
              [typed.field === "address" ? "street" : "within"]: typed.reason,
            });
          }
          return keysOfPlace("street", typed.place);
        });
  // A street's key says its sector already: only whole postcodes narrow it further.
  if (streets !== null && sectors.length > 0 && whole.length === 0) {
    return { postcodes: null, streets, homes: null, words: new Map() };
  }
  const listed = await db<{ postcode: string }[]>`
    select distinct postcode from reference.postcode where sector = any (${sectors})`;
  const unknown = sectors.find((sector) => !listed.some(({ postcode }) => postcode.startsWith(sector)));
  if (unknown !== undefined) {
    const instead = level === "street" ? "the name of a street, too" : "a whole postcode";
    const words = `No postcode of ${unknown} is known here. Check it, or write ${instead}.`;
    throw new Invalid(words, { within: words });
  }
  const words = new Map<string, string>();
  const postcodes = [...whole, ...listed.map(({ postcode }) => postcode)].flatMap((postcode) => {
    const typed = readTypedPlace("postcode", { postcode, address: "" });
    const keys = typed.ok ? keysOfPlace("postcode", typed.place) : [];
    for (const key of keys) words.set(key.toString("hex"), postcode);
    return keys;
  });
  return { postcodes, streets, homes: null, words };
}

/** A row as `governance.make_list` gives it. */
interface MadeRow {
  rowNo: number;
  more: boolean;
  placeKey: Buffer;
  placeOrganisationId: number | null;
  placeClientId: string | null;
  address: Buffer | null;
  postcode: Buffer | null;
  ownClients: string[];
  detail: Detail;
  services: KnownService[];
  colour: Colour | null;
  needs: { number: number; status: SharedNeed["status"] }[] | null;
  people:
    | {
        organisationId: number;
        clientId: string;
        organisation: string;
        givenName: string | null;
        familyName: string | null;
        phone: string | null;
      }[]
    | null;
}

/** Makes a list, or asks for the effect of an action, in the database. What an action is of, the database knows. */
export async function askDatabase(
  { db, actor: { organisationId }, requestId }: TxCtx,
  {
    id,
    agreementId,
    level,
    purpose,
    reason,
    needs,
    within,
    street,
    where,
    action,
    ...asked
  }: Omit<AskList, "reason"> & { reason: string; where: Omit<KeysWithin, "words">; action: string | null },
): Promise<MadeRow[]> {
  const words = sealIfAny("look.words", { organisationId, id }, asked.words);
  const keys = (values: Buffer[] | null) => (values === null ? null : db.array(values, ARRAY_OF.bytes));
  const rows = await db<MadeRow[]>`
    select * from governance.make_list(
      ${id}, ${agreementId}, ${level}, ${purpose}, ${reason}, ${words}, ${needs}::text[], ${within}::text[], ${street},
      ${keys(where.postcodes)}::bytea[], ${keys(where.streets)}::bytea[], ${keys(where.homes)}::bytea[],
      ${action}, ${requestId})`;
  return [...rows];
}

async function readRows(
  ctx: TxCtx,
  rows: readonly MadeRow[],
  { level, postcodes }: { level: ClosePlace; postcodes: ReadonlyMap<string, string> },
): Promise<ListRow[]> {
  const profession = await readProfession(ctx.db, ctx.actor.organisationId);
  const names = await ownNames(
    ctx,
    rows.flatMap(({ ownClients }) => ownClients),
  );
  return rows.map((row) => {
    const { rowNo, ownClients, detail, services, colour, needs, people } = row;
    const place =
      level === "person"
        ? null
        : (postcodes.get(row.placeKey.toString("hex")) ?? placeOf(row, level)?.words ?? CHANGED_JUST_NOW);
    return {
      ...{ no: rowNo, detail, services },
      own: ownClients.map((id) => ({ id, name: names.get(id) ?? null })),
      ...(place !== null && { place }),
      ...(colour !== null && { colour }),
      ...(needs !== null && { needs: inWordsOf(profession, needs) }),
      ...(people !== null && { people: people.map(namedPerson) }),
    };
  });
}

/** Instead of a place whose address was changed while it was looked up. */
const CHANGED_JUST_NOW = "A place that was changed just now";

/** Where a row is, in no more words than its level; null where its address was changed while it was looked up. */
export function placeOf(
  row: Pick<MadeRow, "placeOrganisationId" | "placeClientId" | "address" | "postcode">,
  level: PlaceBreadth,
): NamedPlace | null {
  const { placeOrganisationId, placeClientId } = row;
  if (placeOrganisationId === null || placeClientId === null) throw new Error("A row of a list has no place");
  const at = { organisationId: placeOrganisationId, id: placeClientId };
  return namedPlaces({
    postcode: openIfAny("client_identity.postcode", at, row.postcode),
    address: openIfAny("client_identity.address", at, row.address),
  })[level];
}

function namedPerson({
  organisationId,
  clientId,
  organisation,
  givenName,
  familyName,
  phone,
}: NonNullable<MadeRow["people"]>[number]): NonNullable<ListRow["people"]>[number] {
  const at = { organisationId, id: clientId };
  const bytes = (text: string | null) => (text === null ? null : Buffer.from(text, "base64"));
  return {
    organisation,
    givenName: openIfAny("client_identity.given_name", at, bytes(givenName)) ?? "",
    familyName: openIfAny("client_identity.family_name", at, bytes(familyName)) ?? "",
    phone: openIfAny("client_identity.phone", at, bytes(phone)),
  };
}

/** Names of own clients, for those who may open their records; for others there is none. */
export async function ownNames(ctx: TxCtx, ids: readonly string[]): Promise<Map<string, string>> {
  const { organisationId } = ctx.actor;
  if (ids.length === 0 || !ctx.decide(ctx.actor, "client.read", { organisationId }).allow) return new Map();
  const rows = await ctx.db<{ clientId: string; givenName: Buffer | null; familyName: Buffer | null }[]>`
    select client_id, given_name, family_name from identity.client_identity
    where organisation_id = ${organisationId} and client_id = any (${[...ids]}::uuid[])`;
  return new Map(
    rows.map(({ clientId, givenName, familyName }) => {
      const at = { organisationId, id: clientId };
      const names = [
        givenName && open("client_identity.given_name", at, givenName),
        familyName && open("client_identity.family_name", at, familyName),
      ];
      return [clientId, names.filter(Boolean).join(" ")];
    }),
  );
}

/** Whether everything that a list showed may still be shown. Asked every few seconds by the page that shows it. */
export function listStands(ctx: ActorCtx, { id }: { id: string }): Promise<{ stands: boolean }> {
  requireRight(ctx, "list.make", ctx.actor.organisationId);
  return inTransaction(ctx, async ({ db }) => {
    const [row] = await db<{ stands: boolean }[]>`select governance.list_stands(${id}) as stands`;
    return { stands: row?.stands ?? false };
  });
}
