/**
 * Published indicators, as Fingertips (the public health profiles of England) gives them: a list that says what each
 * one is (indicatorID, indicatorName, indicatorDefinition, dataSource, unitLabel), and their values by area and time
 * with 95% intervals. The list comes first, so that no value is ever shown without its definition and source. Of the
 * values those of all persons are read; a row that breaks an indicator down by sex, age or group is left aside.
 */

import type { Tx } from "../../db/client";
import { Invalid } from "../domain/errors";
import { plainText } from "../domain/plain-text";
import { type EditionName, editionNumber, findMonth, statedEdition } from "./edition";
import { type Columns, decimal, findColumns, headerOf, type Patterns, requireColumn } from "./layout";
import { csvEntries, type Fault, type Load, type Staged, type Table } from "./load";

const LIST: Patterns<"code" | "name" | "definition" | "source" | "unit"> = {
  code: [/^indicator ?id$/],
  name: [/^indicator ?name$/],
  definition: [/^indicator ?definition$/, /^definition$/],
  source: [/^data ?source$/],
  unit: [/^unit ?label$/, /^unit$/],
};

const VALUES: Patterns<
  "code" | "name" | "areaCode" | "areaName" | "time" | "value" | "low" | "high" | "sex" | "category"
> = {
  code: [/^indicator ?id$/],
  name: [/^indicator ?name$/],
  areaCode: [/^area ?code$/],
  areaName: [/^area ?name$/],
  time: [/^time ?period$/],
  value: [/^value$/],
  low: [/^lower ci 95/, /^lower ?ci/],
  high: [/^upper ci 95/, /^upper ?ci/],
  sex: [/^sex$/],
  category: [/^category$/],
};

const MOST_NAME = 300;
const MOST_DEFINITION = 4000;

/** Starts the load of a list of indicators or of their values. */
export function indicators(): Load {
  let isList = false;
  return {
    staging: `code text, name text, definition text, source text, unit text,
      area_code text, area_name text, time_period text, value float8, low float8, high float8`,
    accepts: csvEntries,
    begin(first) {
      const header = headerOf(first.cells);
      const list = findColumns(header, LIST);
      const values = findColumns(header, VALUES);
      requireColumn(list.code, "indicators", "indicatorID or Indicator ID", header);
      isList = list.definition >= 0;
      if (!isList) {
        requireColumn(values.value, "values", "Value (or indicatorDefinition for a list)", header);
        requireColumn(values.areaCode, "areas", "Area Code", header);
        requireColumn(values.time, "times", "Time period", header);
      }
      return { table: isList ? listTable(header, list) : valueTable(header, values) };
    },
    async merge(tx, source, options) {
      const edition = options.edition ? statedEdition(options.edition) : editionOf(source.name);
      const number = await editionNumber(tx, "indicators", edition);
      return {
        loaded: isList ? await mergeList(tx, number) : await mergeValues(tx, number),
        edition: edition.name,
      };
    },
  };
}

function editionOf(file: string): EditionName {
  const found = findMonth(file);
  if (found) return { name: `Indicators ${found.inWords}`, month: found.month };
  throw new Invalid(
    `${file} does not say when it was published. Say it with --edition "Fingertips November 2024".`,
  );
}

const NO_VALUE = [null, null, null, null, null, null] as const;

function listTable(header: readonly string[], at: Columns<keyof typeof LIST>): Table {
  return {
    width: header.length,
    stage({ cells, line }): Staged | Fault {
      const code = cells[at.code]?.trim() ?? "";
      if (!/^\w+$/.test(code)) {
        return {
          line,
          column: header[at.code] ?? "",
          reason: "no indicator",
          remedy: `"${code}" is no number of an indicator.`,
        };
      }
      const name = plainText(cells[at.name] ?? "", MOST_NAME);
      const definition = plainText(cells[at.definition] ?? "", MOST_DEFINITION);
      if (name === "" || definition === "") {
        const column = header[name === "" ? at.name : at.definition] ?? "";
        return {
          line,
          column,
          reason: "no name or no definition",
          remedy: "Give every indicator both, or take the row out.",
        };
      }
      const text = (column: number) => plainText(cells[column] ?? "", MOST_NAME);
      return [code, name, definition, text(at.source), text(at.unit), ...NO_VALUE];
    },
  };
}

function valueTable(header: readonly string[], at: Columns<keyof typeof VALUES>): Table {
  const fault = (line: number, column: number, reason: string, remedy: string): Fault => ({
    ...{ line, column: header[column] ?? "", reason, remedy },
  });
  return {
    width: header.length,
    stage({ cells, line }): Staged | Fault {
      const code = cells[at.code]?.trim() ?? "";
      if (!/^\w+$/.test(code)) {
        return fault(line, at.code, "no indicator", `"${code}" is no number of an indicator.`);
      }
      const [areaCode, time] = [cells[at.areaCode]?.trim() ?? "", cells[at.time]?.trim() ?? ""];
      if (!/^[EWSNKJ]\d{8}$/.test(areaCode)) {
        return fault(
          line,
          at.areaCode,
          "not an area",
          `"${areaCode}" is not a code such as E08000024. Take the row out or mend the code.`,
        );
      }
      if (time === "")
        return fault(line, at.time, "no time", "Say which time the value is of, as published.");
      const [value, low, high] = [decimal(cells[at.value]), decimal(cells[at.low]), decimal(cells[at.high])];
      for (const [column, number] of [
        [at.value, value],
        [at.low, low],
        [at.high, high],
      ] as const) {
        if (Number.isNaN(number)) {
          return fault(
            line,
            column,
            "value is not a number",
            `"${cells[column]}" is not a number. Leave it empty where nothing is published.`,
          );
        }
      }
      if (low !== null && high !== null && value !== null && !(low <= value && value <= high)) {
        return fault(
          line,
          at.low,
          "value outside its interval",
          `${value} does not lie between ${low} and ${high}.`,
        );
      }
      // Not published, or of a part of the people only: staged without a value, and so not kept.
      const isPart =
        !["", "persons"].includes(cells[at.sex]?.trim().toLowerCase() ?? "") ||
        (cells[at.category]?.trim() ?? "") !== "";
      const name = plainText(cells[at.areaName] ?? "", MOST_NAME);
      return [code, null, null, null, null, areaCode, name, time, isPart ? null : value, low, high];
    },
  };
}

async function mergeList(tx: Tx, edition: number): Promise<number> {
  const merged = await tx`
    insert into reference.indicator as i (code, name, definition, source, unit, edition)
    select distinct on (code) code, name, definition, source, unit, ${edition}::smallint from staging order by code, line
    on conflict (code) do update set
      name = excluded.name, definition = excluded.definition, source = excluded.source, unit = excluded.unit,
      edition = excluded.edition
    where (i.name, i.definition, i.source, i.unit)
        is distinct from (excluded.name, excluded.definition, excluded.source, excluded.unit)
      and (select month from reference.edition where number = i.edition)
        <= (select month from reference.edition where number = excluded.edition)`;
  return merged.count;
}

async function mergeValues(tx: Tx, edition: number): Promise<number> {
  const unknown = await tx<{ code: string }[]>`
    select distinct s.code from staging as s
    where not exists (select from reference.indicator as i where i.code = s.code) order by s.code limit 5`;
  if (unknown.length > 0) {
    throw new Invalid(
      `Nothing is known of indicator ${unknown.map(({ code }) => code).join(", ")}. Import the list that defines it first.`,
    );
  }
  const merged = await tx`
    insert into reference.indicator_value as v
      (code, edition, area_code, time_period, area_name, value, low, high)
    select distinct on (code, area_code, time_period)
      code, ${edition}::smallint, area_code, time_period, area_name, value, low, high
    from staging where value is not null
    order by code, area_code, time_period, line
    on conflict (area_code, code, edition, time_period) do update set
      area_name = excluded.area_name, value = excluded.value, low = excluded.low, high = excluded.high
    where (v.area_name, v.value, v.low, v.high)
      is distinct from (excluded.area_name, excluded.value, excluded.low, excluded.high)`;
  return merged.count;
}
