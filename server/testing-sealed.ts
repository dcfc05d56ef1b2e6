/**
 * For proofs that a new secret loses nothing: rows with a value in every sealed column there is, whatever else their
 * tables ask for, and everything opened again.
 */

import { randomUUID } from "node:crypto";
import type { Sql } from "../db/client";
import { keyIdOf, open, seal } from "./identity-vault";
import { type PlaceRow, SEALED_PLACES } from "./sealed-places";

type Place = (typeof SEALED_PLACES)[number];

/** Values that fit a column that must be filled, by its type. */
const FILLERS: Readonly<Record<string, () => string>> = {
  uuid: randomUUID,
  integer: () => "1",
  smallint: () => "1",
  bigint: () => "1",
  "double precision": () => "1",
  text: () => "x",
  boolean: () => "false",
  date: () => "2026-01-05",
  "timestamp with time zone": () => "2026-01-05T10:00:00Z",
  ARRAY: () => "{}",
  jsonb: () => "{}",
  bytea: () => "\\x00",
};

/** Where a value is bound to: its column's name and its row. */
function boundTo({ columns, boundTo: at }: Place, column: string, row: PlaceRow) {
  const named = columns[column];
  if (!named) throw new Error(`There is no column ${column}`);
  return {
    column: typeof named === "function" ? named(row) : named,
    row: at?.(row) ?? { organisationId: row.organisationId, id: row.key },
  };
}

/** How the database writes the organisation of a place that has none. */
const NO_ORGANISATION = "0::integer";

interface Shape {
  organisation: string;
  key: string;
  keyType: string;
  part: string;
}

async function shapeOf(administrator: Sql, place: string): Promise<Shape> {
  const [shape] = await administrator<Shape[]>`
    select organisation, key, key_type, part from identity.sealed_places() as s where s.place = ${place}`;
  if (!shape) throw new Error(`The database does not know ${place}`);
  return shape;
}

/**
 * Writes so many rows with sealed words to every place but those of clients, who are better made by the product. Foreign
 * keys are not looked at: nothing but the words is of interest. Places in `except` are left to whoever understands more
 * of their rows.
 */
export async function sowSealedRows(
  administrator: Sql,
  organisationId: number,
  rows: number,
  except: readonly string[] = [],
): Promise<void> {
  for (const place of SEALED_PLACES) {
    const [schema = "", table = ""] = place.place.split(".");
    if ((schema === "identity" && table.startsWith("client_")) || except.includes(place.place)) continue;
    const shape = await shapeOf(administrator, place.place);
    const columns = await administrator<{ name: string; type: string; label: string | null }[]>`
      select c.column_name as name, c.data_type as type,
             (select min(e.enumlabel::text) from pg_enum as e where e.enumtypid = format('%I.%I', c.udt_schema, c.udt_name)::regtype) as label
      from information_schema.columns as c
      where c.table_schema = ${schema} and c.table_name = ${table}
        and c.is_nullable = 'NO' and c.column_default is null and c.is_identity = 'NO'`;
    for (let number = 0; number < rows; number += 1) {
      const key = shape.keyType === "uuid" ? randomUUID() : String(1_000 + number);
      const part = /^([a-z]\w*)::text$/.exec(shape.part)?.[1];
      const row: PlaceRow = {
        organisationId: shape.organisation === NO_ORGANISATION ? 0 : organisationId,
        key,
        part: part ? String(number + 1) : "",
      };
      const sealed = Object.keys(place.columns);
      const values = new Map<string, string>([
        ...columns.map(({ name, type, label }): [string, string] => [
          name,
          label ?? FILLERS[type]?.() ?? "x",
        ]),
        ...(shape.organisation === NO_ORGANISATION
          ? []
          : [[shape.organisation, String(organisationId)] as const]),
        [shape.key, key],
        ...(part ? [[part, row.part] as const] : []),
        ...sealed.map((column): [string, string] => {
          const at = boundTo(place, column, row);
          return [
            column,
            `\\x${seal(at.column, at.row, `${place.place} ${column} ${number}`).toString("hex")}`,
          ];
        }),
      ]);
      const names = [...values.keys()].map((name) => `"${name}"`).join(", ");
      const given = [...values.values()].map((value) => `'${value}'`).join(", ");
      await administrator.begin(async (tx) => {
        await tx`set local session_replication_role = replica`;
        await tx.unsafe(`insert into ${place.place} (${names}) overriding system value values (${given})`);
      });
    }
  }
}

/** Every sealed value there is, opened, by its place. Throws when one does not open. */
export async function openEverything(administrator: Sql): Promise<Map<string, string>> {
  const opened = new Map<string, string>();
  await eachValue(administrator, (place, column, row, value) => {
    const at = boundTo(place, column, row);
    opened.set(
      [place.place, column, row.organisationId, row.key, row.part].join(" "),
      open(at.column, at.row, value),
    );
  });
  return opened;
}

/** How many values each key closed. */
export async function valuesByKey(administrator: Sql): Promise<Record<string, number>> {
  const counted: Record<string, number> = {};
  await eachValue(administrator, (_place, _column, _row, value) => {
    counted[keyIdOf(value)] = (counted[keyIdOf(value)] ?? 0) + 1;
  });
  return counted;
}

async function eachValue(
  administrator: Sql,
  take: (place: Place, column: string, row: PlaceRow, value: Buffer) => void,
): Promise<void> {
  for (const place of SEALED_PLACES) {
    const shape = await shapeOf(administrator, place.place);
    for (const column of Object.keys(place.columns)) {
      const rows = await administrator.unsafe<(PlaceRow & { value: Buffer })[]>(
        `select ${shape.organisation} as organisation_id, ${shape.key}::text as key, ${shape.part} as part,
                ${column} as value
         from ${place.place} where ${column} is not null`,
      );
      for (const row of rows) take(place, column, row, row.value);
    }
  }
}
