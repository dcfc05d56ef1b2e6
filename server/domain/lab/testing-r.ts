/**
 * For tests against R: tables from its CSV files, the terms of its formulas and the arguments of its calls as a plan.
 * Formulas are read in general (`I(x^2)`, `factor(x)`), so that specifications not seen before can be tried.
 */

import { type Covariate, type LabColumn, type LabMethod, type LabTable, methodSchema } from "./analysis";

/** Cells by column. Fields are plain. */
export type RTable = ReadonlyMap<string, readonly string[]>;

export function readRTable(text: string): RTable {
  const [header = "", ...lines] = text.trim().split(/\r?\n/);
  const rows = lines.map((line) => line.split(","));
  return new Map(header.split(",").map((name, at) => [name, rows.map((row) => row[at] ?? "")]));
}

const cellsOf = (table: RTable, name: string): readonly string[] => {
  const cells = table.get(name);
  if (!cells) throw new Error(`There is no column ${name}`);
  return cells;
};

export const numbersOf = (table: RTable, name: string): Float64Array =>
  Float64Array.from(cellsOf(table, name), (cell) =>
    cell === "" || cell === "NA" ? Number.NaN : Number(cell),
  );

/** A term of a formula: how R calls it and its column. */
export interface RTerm {
  name: string;
  column: LabColumn;
}

/** The terms on the right of a formula. */
export function termsOfFormula(table: RTable, formula: string): RTerm[] {
  const [, right = formula] = formula.split("~");
  return splitTop(right, "+").map((term) => ({ name: term, column: columnOfTerm(table, term) }));
}

function columnOfTerm(table: RTable, term: string): LabColumn {
  const factor = /^(?:as\.)?factor\((.+)\)$/.exec(term);
  const cells = table.get(factor?.[1]?.trim() ?? term);
  if (cells && (factor || cells.some((cell) => cell !== "" && Number.isNaN(Number(cell))))) {
    const levels = [...new Set(cells)].sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : Number(a > b)));
    const codeOf = new Map(levels.map((level, code) => [level, code]));
    return { type: "category", levels, codes: Int32Array.from(cells, (cell) => codeOf.get(cell) ?? -1) };
  }
  return { type: "number", values: new Expression(term, table).values() };
}

/** A table of the terms of a formula, each a covariate under R's name. */
export function tableOfTerms(
  table: RTable,
  { treated, terms, outcomes }: { treated: string; terms: readonly RTerm[]; outcomes: readonly string[] },
): { table: LabTable; covariates: Covariate[] } {
  const took = Uint8Array.from(cellsOf(table, treated), Number);
  return {
    table: {
      rows: took.length,
      treated: took,
      covariates: new Map(terms.map(({ name, column }) => [name, column])),
      outcomes: new Map(outcomes.map((name) => [name, numbersOf(table, name)])),
    },
    covariates: terms.map(({ name, column }) => ({ name, type: column.type })),
  };
}

/** Arguments of a call as text: `list(link = "linear.logit", exact = ~race, caliper = 0.2)`. */
export function argumentsOf(text: string): Map<string, string> {
  const inside = /^list\((.*)\)$/s.exec(text.trim())?.[1] ?? "";
  return new Map(
    splitTop(inside, ",").map((each) => {
      const at = each.indexOf("=");
      return [each.slice(0, at).trim(), each.slice(at + 1).trim()];
    }),
  );
}

const unquoted = (text: string) => text.replaceAll('"', "");

/** Names in `~a + b`, `c("a", "b")` or `"a"`. */
const namesIn = (text: string | undefined): string[] =>
  text === undefined
    ? []
    : splitTop(
        unquoted(text)
          .replace(/^~/, "")
          .replace(/^c\((.*)\)$/s, "$1")
          .replaceAll(",", "+"),
        "+",
      );

/** The method that a call of MatchIt asks for. */
export function methodOfCall(args: ReadonlyMap<string, string>, terms: readonly RTerm[]): LabMethod {
  const kind = unquoted(args.get("method") ?? "nearest");
  const score = unquoted(args.get("link") ?? "logit") === "linear.logit" ? "logit" : "probability";
  const exact = namesIn(args.get("exact"));
  if (kind === "exact") return methodSchema.parse({ name: "exact", exact: terms.map(({ name }) => name) });
  if (kind === "subclass" || kind === "subclassification")
    return methodSchema.parse({
      name: "subclass",
      score,
      ...(args.has("subclass") && { subclasses: Number(args.get("subclass")) }),
    });
  if (kind !== "nearest") throw new Error(`There is no method ${kind}`);
  const caliper = args.has("caliper") ? Number(args.get("caliper")) : null;
  const ratio = Number(args.get("ratio") ?? 1);
  const replace = /^T(RUE)?$/.test(args.get("replace") ?? "");
  // As many as there are, with replacement: everybody within the caliper.
  if (replace && ratio > 100 && caliper !== null)
    return methodSchema.parse({ name: "radius", caliper, exact, score });
  return methodSchema.parse({
    name: "nearest",
    caliper,
    ratio,
    replace,
    exact,
    score,
    ...(args.has("m.order") && { order: unquoted(args.get("m.order") ?? "") }),
  });
}

/** Parts between signs that stand outside brackets, trimmed. */
function splitTop(text: string, sign: string): string[] {
  const parts: string[] = [];
  let [depth, part] = [0, ""];
  for (const letter of text) {
    if (letter === "(") depth += 1;
    if (letter === ")") depth -= 1;
    if (letter === sign && depth === 0) {
      parts.push(part.trim());
      part = "";
    } else part += letter;
  }
  return [...parts, part.trim()].filter((each) => each !== "");
}

type Values = Float64Array;

/** An arithmetic term: names, numbers, + - * / ^, comparisons, I(), log(), log1p(), exp(), sqrt(), a:b. */
class Expression {
  readonly #tokens: string[];
  readonly #table: RTable;

  constructor(text: string, table: RTable) {
    this.#tokens = text.match(/[A-Za-z_.][\w.]*|\d+\.?\d*(?:e[+-]?\d+)?|[<>=!]=|[-+*/^()<>:]/g) ?? [];
    this.#table = table;
  }

  values(): Values {
    const found = this.#comparison();
    if (this.#tokens.length > 0) throw new Error(`Not understood: ${this.#tokens.join(" ")}`);
    return found;
  }

  #take(...signs: string[]): string | undefined {
    return signs.includes(this.#tokens[0] ?? "") ? this.#tokens.shift() : undefined;
  }

  #chain(part: () => Values, how: Readonly<Record<string, (a: number, b: number) => number>>): Values {
    let found = part();
    for (let sign = this.#take(...Object.keys(how)); sign; sign = this.#take(...Object.keys(how))) {
      const other = part();
      const apply = how[sign];
      found = found.map((value, row) => apply?.(value, other[row] ?? Number.NaN) ?? Number.NaN);
    }
    return found;
  }

  #comparison(): Values {
    return this.#chain(() => this.#sum(), {
      "==": (a, b) => Number(a === b),
      "!=": (a, b) => Number(a !== b),
      "<": (a, b) => Number(a < b),
      ">": (a, b) => Number(a > b),
      "<=": (a, b) => Number(a <= b),
      ">=": (a, b) => Number(a >= b),
    });
  }

  #sum(): Values {
    return this.#chain(() => this.#product(), { "+": (a, b) => a + b, "-": (a, b) => a - b });
  }

  #product(): Values {
    return this.#chain(() => this.#power(), {
      "*": (a, b) => a * b,
      "/": (a, b) => a / b,
      ":": (a, b) => a * b,
    });
  }

  #power(): Values {
    return this.#chain(() => this.#atom(), { "^": (a, b) => a ** b });
  }

  #atom(): Values {
    if (this.#take("-")) return this.#atom().map((value) => -value);
    const token = this.#tokens.shift() ?? "";
    if (token === "(" || this.#tokens[0] === "(") {
      if (token !== "(") this.#tokens.shift();
      const inside = this.#comparison();
      if (!this.#take(")")) throw new Error("A bracket is not closed");
      const functions: Readonly<Record<string, (x: number) => number>> = {
        "(": (x) => x,
        I: (x) => x,
        log: Math.log,
        log1p: Math.log1p,
        exp: Math.exp,
        sqrt: Math.sqrt,
      };
      const apply = functions[token];
      if (!apply) throw new Error(`There is no function ${token}`);
      return inside.map(apply);
    }
    const number = Number(token);
    const rows = [...this.#table.values()][0]?.length ?? 0;
    return Number.isNaN(number) ? numbersOf(this.#table, token) : new Float64Array(rows).fill(number);
  }
}
