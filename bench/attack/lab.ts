/**
 * D11: an attacker sends a cohort, then the same cohort with Alice, and reads every number of both reports, to find out
 * whether it happened to her, or whether she is in the records at all. By the product's rules from one organisation,
 * which nearly the same cohort gives the same numbers; from two that work together; and by the peers' rules: numbers
 * as they are, and figures whose error follows the people who are counted.
 */

import { Chance } from "../../server/demo/random";
import { publish, settledError, staticError } from "../../server/domain/disclosure";
import type { Analysis } from "../../server/domain/lab/analysis";
import type { Attrition } from "../../server/domain/lab/attrition";
import { reportNumbers } from "../../server/domain/lab/report";
import type { ReportNumbers } from "../../server/domain/lab/report-numbers";
import { type Seen, type Telling, tellApart } from "./classifier";
import { newPerson } from "./draws";
import { CODEBOOK, OUTCOMES, type Secret, type TwoRuns, twoRuns } from "./lab-world";
import { keyOf } from "./rules";

/** sdc-1: the product, to one organisation. sdc-1 unguarded: to two that put their reports together. */
export const LAB_RULES = ["sdc-1", "sdc-1 unguarded", "subset-key", "raw"] as const;
export type LabRule = (typeof LAB_RULES)[number];

/** Keys are drawn anew for each world so many times: what is computed is the dear part. */
const KEYS = 2;

/**
 * How well the attacker tells worlds in which the secret is true from the others, by each rule in the same worlds.
 * `worlds`: to learn on, and as many fresh.
 */
export function addAlice(secret: Secret, worlds: number, seed: string): Record<LabRule, Telling> {
  const chance = new Chance(`D11 ${secret} ${seed}`);
  const runs = Array.from({ length: 2 * worlds }, (_, at) => twoRuns(chance.stream(String(at)), secret));
  const tell = (rule: LabRule): Telling => {
    const seen = (some: readonly TwoRuns[], name: string) =>
      seenBy(rule, some, chance.stream(`${rule} ${name}`));
    return tellApart(seen(runs.slice(0, worlds), "learning"), seen(runs.slice(worlds), "fresh"));
  };
  return {
    "sdc-1": tell("sdc-1"),
    "sdc-1 unguarded": tell("sdc-1 unguarded"),
    "subset-key": tell("subset-key"),
    raw: tell("raw"),
  };
}

function seenBy(rule: LabRule, runs: readonly TwoRuns[], chance: Chance): Seen[] {
  const keys = rule === "raw" ? 1 : KEYS;
  const pairs = runs.flatMap((run) =>
    Array.from({ length: keys }, () => ({ came: run.came, reads: readBoth(rule, run, chance) })),
  );
  // Reports have lines that others lack: every line that any report has is read of all.
  const names = [...new Set(pairs.flatMap(({ reads }) => reads.flatMap((read) => [...read.keys()])))].sort();
  return pairs.map(({ came, reads: [before, after] }) => ({
    came,
    features: names.flatMap((name) => compared(before.get(name) ?? null, after.get(name) ?? null)),
  }));
}

/** What changed of a number: by how much, and whether it is as it was. What comes or goes moved from or to nothing. */
function compared(before: number | null, after: number | null): number[] {
  return [(after ?? 0) - (before ?? 0), before === after ? 1 : 0];
}

type Named = Map<string, number | null>;

function readBoth(rule: LabRule, run: TwoRuns, chance: Chance): [Named, Named] {
  if (rule === "raw") return [exactly(run.without), exactly(run.with)];
  const hmac = keyOf(chance);
  if (rule === "subset-key") return bySubset(run, hmac, chance);
  const cohortKey = newPerson(chance);
  const given = { codebook: CODEBOOK, outcomes: OUTCOMES };
  const before = reportNumbers({
    ...given,
    ...run.without,
    cohort: { hmac, key: cohortKey },
    earlier: [],
  });
  const [main] = run.without.analysis.methods;
  const said = main ? [{ numbers: before, method: main.method }] : [];
  const after = reportNumbers({
    ...given,
    ...run.with,
    cohort: { hmac, key: BigInt.asIntN(64, cohortKey + newPerson(chance)) },
    earlier: rule === "sdc-1" ? said : [],
  });
  return [everyNumber(before), everyNumber(after)];
}

/** Every number of a report by where it stands: lists by what their lines are of. */
function everyNumber(numbers: ReportNumbers): Named {
  const found: Named = new Map();
  const walk = (value: unknown, at: string) => {
    if (typeof value === "number" || value === null) found.set(at, value);
    else if (typeof value === "boolean") found.set(at, value ? 1 : 0);
    else if (typeof value === "string") found.set(`${at}=${value}`, 1);
    else if (Array.isArray(value)) {
      for (const [place, each] of value.entries()) walk(each, `${at}/${nameOf(each) ?? place}`);
    } else if (typeof value === "object") {
      for (const [key, each] of Object.entries(value ?? {})) walk(each, `${at}/${key}`);
    }
  };
  const { again: _, ...told } = numbers;
  walk(told, "");
  return found;
}

function nameOf(line: unknown): string | null {
  if (typeof line !== "object" || line === null) return null;
  const parts = ["stage", "loss", "outcome", "covariate", "level", "label"].flatMap((key) =>
    key in line ? [String(Reflect.get(line, key))] : [],
  );
  return parts.length > 0 ? parts.join(":") : null;
}

interface Run {
  analysis: Analysis;
  attrition: Attrition;
}

/** The first outcome and the stages as they were counted. */
function countsOf({ analysis, attrition }: Run): { found: number; matched: number; had: number } {
  const effect = analysis.methods[0]?.effects[0];
  const lost = attrition.lost["no-birth-date"] + attrition.lost["not-found"];
  return {
    found: attrition.sent - lost,
    matched: effect?.nTreated ?? 0,
    had: Math.round((effect?.treated ?? 0) * (effect?.nTreated ?? 0)),
  };
}

/** Numbers as they are. */
const exactly = (run: Run): Named => new Map(Object.entries(countsOf(run)));

/** The same figures with an error that follows those who are counted: where nobody came, nothing moves. */
function bySubset(run: TwoRuns, hmac: (text: string) => Uint8Array, chance: Chance): [Named, Named] {
  const [before, after] = [countsOf(run.without), countsOf(run.with)];
  const names = ["found", "matched", "had"] as const;
  const keys = new Map(names.map((name) => [name, newPerson(chance)]));
  const alice = newPerson(chance);
  const shown = (counts: typeof before, isAfter: boolean): Named =>
    new Map(
      names.map((name) => {
        const isIn = isAfter && after[name] !== before[name];
        const key = BigInt.asIntN(64, (keys.get(name) ?? 0n) + (isIn ? alice : 0n));
        return [name, publish(counts[name], staticError(hmac, "lab", name), settledError(hmac, "lab", key))];
      }),
    );
  return [shown(before, false), shown(after, true)];
}
