/**
 * Connections to Postgres: one way to open one, and the few rules every connection keeps.
 * Columns read as camelCase; days stay text ("2026-05-31"), so no time zone can move them; int8 is BigInt.
 * Opening connects nothing: the first query does.
 */

import postgres from "postgres";

const types = {
  bigint: postgres.BigInt,
  day: {
    to: 1082,
    from: [1082],
    serialize: (day: string) => day,
    parse: (day: string) => day,
  },
};

interface Types extends Record<string, unknown> {
  bigint: bigint;
  day: string;
}

/** A pool of connections. */
export type Sql = postgres.Sql<Types>;
/** One open transaction. */
export type Tx = postgres.TransactionSql<Types>;
/** What a query can run on: a pool or a transaction. */
export type Db = postgres.ISql<Types>;

export interface ConnectOptions {
  /** Connections at most; 10 unless told. */
  max?: number;
  /** Shown in pg_stat_activity. */
  name?: string;
  /** Longest a statement may run, in milliseconds; none unless told. */
  statementTimeoutMs?: number;
  /** One connection for as long as the pool lives, for what is held by its session; otherwise they are renewed. */
  keep?: boolean;
}

export function connect(url: string, options: ConnectOptions = {}): Sql {
  return postgres(url, {
    max: options.max ?? 10,
    types,
    transform: {
      undefined: null,
      column: { from: postgres.toCamel, to: postgres.fromCamel },
    },
    onnotice: () => {},
    ...(options.keep && { max_lifetime: null, idle_timeout: 0 }),
    connection: {
      application_name: options.name ?? "common-need",
      ...(options.statementTimeoutMs && { statement_timeout: options.statementTimeoutMs }),
    },
  });
}
