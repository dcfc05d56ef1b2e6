/** Names of authorities, wards, regions and nations met in any file, kept for showing areas by name. */

import type { Db } from "../../db/client";
import { placeCode } from "../domain/geography";
import { findNamePairs, headerOf } from "./layout";

/** Names by code, gathered while a file is read. */
export class PlaceNames {
  readonly #names = new Map<string, { level: string; name: string }>();

  /** Reads the name columns of a header; the returned function takes each row. */
  reader(header: readonly string[]): (cells: readonly string[]) => void {
    const pairs = findNamePairs(headerOf(header));
    return (cells) => {
      for (const pair of pairs) this.add(pair.level, cells[pair.code], cells[pair.name]);
    };
  }

  add(level: string, code: string | undefined, name: string | undefined): void {
    const place = placeCode(code);
    const text = name?.trim();
    if (place && text && !this.#names.has(place)) this.#names.set(place, { level, name: text });
  }

  /** Stores the names, and gives them to areas that were shown by code. Returns how many were new or changed. */
  async store(db: Db): Promise<number> {
    if (this.#names.size === 0) return 0;
    const rows = [...this.#names].map(([code, { level, name }]) => ({ code, level, name }));
    const stored = await db`
      insert into reference.place_name (code, level, name)
      select code, level, name
      from unnest(${rows.map((row) => row.code)}::text[], ${rows.map((row) => row.level)}::text[],
                  ${rows.map((row) => row.name)}::text[]) as n (code, level, name)
      on conflict (code) do update set name = excluded.name, level = excluded.level
      where (place_name.name, place_name.level) is distinct from (excluded.name, excluded.level)`;
    await db`
      update reference.area as a set name = n.name
      from reference.place_name as n
      where n.code = a.code and n.level = a.level and a.name <> n.name`;
    return stored.count;
  }
}
