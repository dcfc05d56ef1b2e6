/** For tests of work that may be killed anywhere: a pool whose user dies before a statement of a transaction. */

import type { Sql, Tx } from "../db/client";

export class Killed extends Error {}

/** Whether some work came to its end; false when it was killed on the way. */
export async function survives(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof Killed) return false;
    throw error;
  }
}

/** The pool as somebody sees it who is killed before this statement: the transaction ends there, undone. */
export function dyingAt(pool: Sql, statement: number): Sql {
  let left = statement;
  const dying = (tx: Tx): Tx =>
    new Proxy(tx, {
      apply(target, self, args) {
        left -= 1;
        if (left === 0) throw new Killed();
        return Reflect.apply(target, self, args);
      },
    });
  return new Proxy(pool, {
    get(target, name) {
      if (name !== "begin") return Reflect.get(target, name);
      return (first: unknown, second?: (tx: Tx) => Promise<unknown>) => {
        const [options, work] =
          typeof first === "string" ? [first, second] : ["", first as (tx: Tx) => Promise<unknown>];
        return target.begin(options, (tx) => work?.(dying(tx)));
      };
    },
  });
}
