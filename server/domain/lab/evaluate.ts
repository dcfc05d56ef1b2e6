/**
 * Reads a de-identified file for an evaluation without any of the platform: a row a person, columns as a plan names
 * them. Values that cannot be right are told by line and column; nothing is guessed. Pure: lines come from outside, one
 * by one, and take the room of their numbers.
 */

import { Invalid } from "../errors";
import type { AnalysisPlan, LabColumn, LabTable } from "./analysis";
import { sharedNumbers } from "./shared-numbers";

/** A value that cannot be right. The value itself is not told: it may be somebody's. */
export interface CellFault {
  line: number;
  column: string;
  reason: string;
  remedy: string;
}

/** Blank; and NA, as R writes a number that is not known. */
const NOT_KNOWN = new Set(["", "NA"]);

/** Numbers whose number is not known at the start. */
class Growing {
  #values = new Float64Array(1_024);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const more = new Float64Array(2 * this.#length);
      more.set(this.#values);
      this.#values = more;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  /** In the order given: place by place, the row that stands there. */
  inOrder(order: Uint32Array): Float64Array {
    const ordered = sharedNumbers(order.length);
    for (let at = 0; at < order.length; at += 1) ordered[at] = this.#values[order[at] ?? 0] ?? Number.NaN;
    return ordered;
  }
}

/** What is wrong with a value, and how to mend it. */
type Wrong = readonly [reason: string, remedy: string];

const parsed = (text: string) => (text === "" ? Number.NaN : Number(text));

const READERS = {
  treated: (text: string): number | Wrong =>
    text === "1" || text === "0"
      ? Number(text)
      : ["not 0 or 1", "Write 1 for who took part, 0 for all others"],
  binary: (text: string): number | Wrong => {
    if (NOT_KNOWN.has(text)) return Number.NaN;
    return text === "1" || text === "0"
      ? Number(text)
      : ["not 0 or 1", "Write 0 or 1, or nothing if not known"];
  },
  count: (text: string): number | Wrong => {
    if (NOT_KNOWN.has(text)) return Number.NaN;
    const value = parsed(text);
    return Number.isSafeInteger(value) && value >= 0
      ? value
      : ["not a whole number of events", "Write 0, 1, 2 …, or nothing if not known"];
  },
  time: (text: string): number | Wrong => {
    if (NOT_KNOWN.has(text)) return Number.NaN;
    const value = parsed(text);
    return Number.isFinite(value) && value >= 0
      ? value
      : ["not a number of days", "Write the days to the first event, or nothing if there was none"];
  },
  number: (text: string): number | Wrong => {
    if (NOT_KNOWN.has(text)) return Number.NaN;
    const value = parsed(text);
    return Number.isFinite(value)
      ? value
      : ["not a number", "Write digits and a point, or nothing if not known"];
  },
};

/** A category with more values than this is a number or a name. */
const MOST_LEVELS = 1_000;

/**
 * Reads a file by a plan, line by line. Throws Invalid when the header lacks a column that the plan names, or has it
 * twice. `add` gives the faults of a line; `table` the people, in the order of the plan's `id`, else of the file.
 */
export class PeopleReader {
  readonly #places = new Map<string, number>();
  readonly #numbers: readonly { name: string; read: (text: string) => number | Wrong; into: Growing }[];
  readonly #categories: readonly { name: string; codeOf: Map<string, number>; into: Growing }[];
  readonly #ids: string[] = [];
  readonly #lines: number[] = [];
  #faults = 0;

  constructor(
    private readonly plan: AnalysisPlan,
    header: readonly string[],
  ) {
    const { treated, id, covariates, outcomes } = plan;
    const names = header.map((name) => name.trim());
    const wanted = new Set([
      treated,
      ...(id === undefined ? [] : [id]),
      ...covariates.map(nameOf),
      ...outcomes.map(nameOf),
    ]);
    const missing: Record<string, string> = {};
    for (const name of wanted) {
      const at = names.indexOf(name);
      if (at < 0) missing[name] = "The plan names this column, and the file has not got it.";
      else if (names.lastIndexOf(name) !== at) missing[name] = "The file has this column twice.";
      else this.#places.set(name, at);
    }
    if (Object.keys(missing).length > 0)
      throw new Invalid("The first line of the file does not fit the plan:", missing);
    this.#numbers = [
      { name: treated, read: READERS.treated, into: new Growing() },
      ...covariates.flatMap(({ name, type }) =>
        type === "number" ? { name, read: READERS.number, into: new Growing() } : [],
      ),
      ...outcomes.map(({ name, type }) => ({ name, read: READERS[type], into: new Growing() })),
    ];
    this.#categories = covariates.flatMap(({ name, type }) =>
      type === "category" ? { name, codeOf: new Map<string, number>(), into: new Growing() } : [],
    );
  }

  get people(): number {
    return this.#lines.length;
  }

  add(line: number, cells: readonly string[]): CellFault[] {
    const faults: CellFault[] = [];
    const cellOf = (name: string) => (cells[this.#places.get(name) ?? -1] ?? "").trim();
    for (const { name, read, into } of this.#numbers) {
      const value = read(cellOf(name));
      if (typeof value === "number") into.push(value);
      else {
        into.push(Number.NaN);
        faults.push({ line, column: name, reason: value[0], remedy: value[1] });
      }
    }
    for (const { name, codeOf, into } of this.#categories) {
      const text = cellOf(name);
      if (text !== "" && !codeOf.has(text)) {
        codeOf.set(text, codeOf.size);
        if (codeOf.size === MOST_LEVELS + 1)
          faults.push({
            ...{ line, column: name, reason: `more than ${MOST_LEVELS} different values` },
            remedy: 'Call it a "number" in the plan, or put the values into groups',
          });
      }
      into.push(codeOf.get(text) ?? -1);
    }
    if (this.plan.id !== undefined) {
      const id = cellOf(this.plan.id);
      if (id === "")
        faults.push({ line, column: this.plan.id, reason: "empty", remedy: "Give everybody an id" });
      this.#ids.push(id);
    }
    this.#lines.push(line);
    this.#faults += faults.length;
    return faults;
  }

  /** Whoever shares an id with somebody before them. */
  doubles(): CellFault[] {
    const { id } = this.plan;
    if (id === undefined) return [];
    const seen = new Set<string>();
    return this.#ids.flatMap((each, row) => {
      if (each === "" || !seen.has(each)) {
        seen.add(each);
        return [];
      }
      const remedy = "Leave one line for each person, or name another column as the id";
      return { line: this.#lines[row] ?? 0, column: id, reason: "the same id as on a line before", remedy };
    });
  }

  /** The table. Only for a file without faults. */
  table(): LabTable {
    if (this.#faults > 0) throw new Error("A file with faults makes no table");
    const order = this.#order();
    const { treated, covariates, outcomes } = this.plan;
    const numbers = new Map(this.#numbers.map(({ name, into }) => [name, into.inOrder(order)]));
    const valuesOf = (name: string) => numbers.get(name) ?? new Float64Array(order.length);
    const categories = new Map(
      this.#categories.map(({ name, codeOf, into }) => [name, categoryOf(codeOf, into.inOrder(order))]),
    );
    return {
      rows: order.length,
      treated: Uint8Array.from(valuesOf(treated)),
      covariates: new Map(
        covariates.map(({ name }): [string, LabColumn] => [
          name,
          categories.get(name) ?? { type: "number", values: valuesOf(name) },
        ]),
      ),
      outcomes: new Map(outcomes.map(({ name }) => [name, valuesOf(name)])),
    };
  }

  #order(): Uint32Array {
    const order = Uint32Array.from(this.#lines, (_, row) => row);
    const ids = this.#ids;
    if (
      ids.length === 0 ||
      ids.every((id, row) => row === 0 || byNumberThenText(ids[row - 1] ?? "", id) <= 0)
    )
      return order;
    // Numbers are sorted as numbers: a million texts would take as long as everything else.
    const keys = Float64Array.from(ids, (id) => (/^\d{1,15}$/.test(id) ? Number(id) : Number.NaN));
    return keys.some(Number.isNaN)
      ? order.sort((a, b) => byNumberThenText(ids[a] ?? "", ids[b] ?? ""))
      : order.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
  }
}

const nameOf = ({ name }: { name: string }) => name;

/** The levels in an order that does not depend on the rows; the first is what the others are compared with. */
function categoryOf(codeOf: ReadonlyMap<string, number>, codes: Float64Array): LabColumn {
  const levels = [...codeOf.keys()].sort(byNumberThenText);
  const placeOf = new Map(levels.map((level, place) => [codeOf.get(level) ?? -1, place]));
  return { type: "category", levels, codes: Int32Array.from(codes, (code) => placeOf.get(code) ?? -1) };
}

const PIECES = /\d+|\D+/g;

/** 2 before 10, "NSW2" before "NSW10", otherwise by character code: the same on every machine. */
export function byNumberThenText(a: string, b: string): number {
  const [ofA, ofB] = [a.match(PIECES) ?? [], b.match(PIECES) ?? []];
  for (let at = 0; at < Math.min(ofA.length, ofB.length); at += 1) {
    const [one = "", other = ""] = [ofA[at], ofB[at]];
    const difference = Number(one) - Number(other);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
    if (one !== other) return one < other ? -1 : 1;
  }
  return a.length - b.length;
}
