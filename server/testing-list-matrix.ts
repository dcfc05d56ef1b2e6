/** The three ways to a list in the proof of agreements: the screen's procedure, a file, and SQL as the web's own login. */

import { ARRAY_OF } from "./client-rows";
import type { ActorCtx } from "./context";
import type { Purpose } from "./domain/agreements/agreement";
import {
  type ClosePlace,
  DETAILS,
  fieldsOf,
  isAreaPlace,
  type Place,
  type SharedField,
} from "./domain/agreements/grid";
import { listColumns } from "./domain/agreements/shared-list";
import { uuidv7 } from "./ids";
import { placeKeys } from "./place-keys";
import { createCaller } from "./routers";
import type { TestDatabase } from "./testing";
import { asApp, type Channel, forgetLooks, stepUpAnew, unlessRefused } from "./testing-channels";

const STREET = "Matrix Road";
/** Where the person of the world lives, by both records. */
export const HOME = { place: { kind: "postcode" as const, postcode: "ZE1 1AA" }, address: `2 ${STREET}` };

interface ListWorld {
  db: TestDatabase;
  /** The agreement that is looked by just now. */
  agreementId: string;
}

/** Each way to a list at a close place, by its name. */
export const listChannels = (world: ListWorld): Record<string, Channel> => ({
  list: (ctx, at, purpose) => listShown(world, ctx, at, purpose),
  "file of a list": (ctx, at, purpose) => listInFile(world, ctx, at, purpose),
  "SQL of a list": (ctx, at, purpose) => listInSql(world, ctx, at, purpose),
});

const listOf = ({ agreementId }: ListWorld, level: ClosePlace, purpose: Purpose) => ({
  ...{ id: uuidv7(), agreementId, level, purpose, reason: "offer-help" as const, words: null },
  ...{ within: [HOME.place.postcode], street: level === "postcode" ? null : STREET, needs: ["*"] },
});

const LIST_FIELDS = [
  "place",
  "services",
  "colour",
  "needs",
  "people",
] as const satisfies readonly SharedField[];

async function listShown(
  world: ListWorld,
  ctx: ActorCtx,
  place: Place,
  purpose: Purpose,
): Promise<SharedField[]> {
  if (isAreaPlace(place)) return [];
  await forgetLooks(world.db);
  const list = await unlessRefused(() => createCaller(ctx).lists.make(listOf(world, place, purpose)));
  const [row] = list?.rows ?? [];
  return row ? LIST_FIELDS.filter((field) => row[field] !== undefined && row[field].length > 0) : [];
}

async function listInFile(
  world: ListWorld,
  ctx: ActorCtx,
  place: Place,
  purpose: Purpose,
): Promise<SharedField[]> {
  if (isAreaPlace(place)) return [];
  await Promise.all([forgetLooks(world.db), stepUpAnew(world.db)]);
  const file = await unlessRefused(() => createCaller(ctx).lists.export(listOf(world, place, purpose)));
  const [header, ...lines] = file?.text.replace("\uFEFF", "").trim().split("\r\n") ?? [];
  if (lines.length === 0) return [];
  const detail = DETAILS.findLast((each) => listColumns(place, each).join(",") === header);
  if (!detail) throw new Error(`No cell has these columns: ${header}`);
  return [...fieldsOf(place, detail)];
}

interface ListedRow {
  placeKey: Buffer;
  services: unknown[];
  colour: string | null;
  needs: unknown[] | null;
  people: unknown[] | null;
}

function listInSql(
  world: ListWorld,
  { actor }: ActorCtx,
  place: Place,
  purpose: Purpose,
): Promise<SharedField[]> {
  const { postcode, street } =
    placeKeys({ ...HOME, givenName: "", familyName: "", homeIsSecret: false }) ?? {};
  if (!postcode || !street) throw new Error("The home has no keys");
  return asApp(world.db, actor, async (tx) => {
    // Postcodes are listed whole.
    const streets = place === "postcode" ? null : tx.array([street], ARRAY_OF.bytes);
    const rows = await tx<ListedRow[]>`
      select place_key, services, colour, needs, people
      from governance.make_list(
        ${uuidv7()}, ${world.agreementId}, ${place}, ${purpose}, 'offer-help', null, array['*'], '{}', null,
        array[${postcode}::bytea], ${streets}::bytea[], null, null, 'matrix')`;
    const [row] = rows;
    if (!row) return [];
    return LIST_FIELDS.filter((field) =>
      field === "place" ? place !== "person" : row[field] !== null && row[field].length > 0,
    );
  });
}
