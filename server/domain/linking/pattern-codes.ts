/**
 * How two records agree, and what speaks against them, as one number: what is the same for many pairs is then worked
 * out once for all of them, and a pair takes eight bytes.
 */

import { type Comparison, FIELDS, LEVELS, type Levels } from "./comparison";
import { VETO_RULES, type Veto } from "./vetoes";

/** The digits of a code: a level of each field or none, whether names are exchanged, the effect of each veto or none. */
const BASES = [...FIELDS.map((field) => LEVELS[field].length + 1), 2, ...VETO_RULES.map(() => 3)];

if (BASES.reduce((product, base) => product * base, 1) > Number.MAX_SAFE_INTEGER) {
  throw new RangeError("A pattern of agreement no longer fits a number");
}

const LEVEL_DIGITS = new Map(
  FIELDS.map((field) => [field, new Map<string, number>(LEVELS[field].map((level, at) => [level, at + 1]))]),
);

/** The code of a comparison and its vetoes; equal codes mean the same levels, exchange and vetoes. */
export function codeOf({ levels, exchanged }: Comparison, vetoes: readonly Veto[]): number {
  let code = 0;
  let place = 1;
  let digit = 0;
  const push = (value: number) => {
    code += value * place;
    place *= BASES[digit] ?? 1;
    digit += 1;
  };
  for (const field of FIELDS) {
    const level = levels[field];
    push(level === null ? 0 : (LEVEL_DIGITS.get(field)?.get(level) ?? 0));
  }
  push(exchanged ? 1 : 0);
  for (const rule of VETO_RULES) push(effectDigit(vetoes.find((veto) => veto.rule === rule)));
  return code;
}

const effectDigit = (veto: Veto | undefined) => (veto === undefined ? 0 : veto.effect === "review" ? 1 : 2);

/** The levels of a code, and whether a veto keeps its pairs apart. */
export function readCode(code: number): { levels: Levels; apart: boolean } {
  let rest = code;
  const digits = BASES.map((base) => {
    const digit = rest % base;
    rest = (rest - digit) / base;
    return digit;
  });
  const levels = Object.fromEntries(
    FIELDS.map((field, at) => [field, LEVELS[field][(digits[at] ?? 0) - 1] ?? null]),
  ) as Levels;
  return { levels, apart: digits.slice(FIELDS.length + 1).includes(2) };
}
