/**
 * Who may touch which table: grants for the three logins and the row-level security behind them.
 *
 * Every table has exactly one line in `access-tables.ts`. Row-level security is forced, so it holds for the owner too.
 * `app` sees one organisation at a time, named in the transaction; without a name it sees nothing. Applied again whenever
 * any of the three files changes.
 */

import { FUNCTIONS } from "./access-functions";
import { forSignIn, type Line, TABLES } from "./access-tables";

export interface Logins {
  /** The role that owns the tables and runs migrations. */
  owner: string;
  app: string;
  stats: string;
  reader: string;
}

const ALL_SCHEMAS = ["identity", "casework", "reference", "statistics", "published", "lab", "governance"];

/** Schemas each login may look into. */
const SCHEMAS: Readonly<Record<"app" | "stats" | "reader", readonly string[]>> = {
  app: ["identity", "casework", "reference", "statistics", "lab", "governance"],
  stats: ALL_SCHEMAS,
  reader: ["published", "reference"],
};

const name = (role: string) => `"${role.replaceAll('"', '""')}"`;

/** The SQL that makes the rights of every login exactly what these files say, whatever they were before. */
export function accessSql(logins: Logins): string {
  const statements: string[] = [];
  const everyone = ["public", name(logins.app), name(logins.stats), name(logins.reader)].join(", ");
  for (const schema of ALL_SCHEMAS) {
    statements.push(`revoke all on schema ${schema} from ${everyone}`);
    statements.push(`revoke all on all tables in schema ${schema} from ${everyone}`);
    statements.push(`revoke all on all functions in schema ${schema} from ${everyone}`);
  }
  for (const login of ["app", "stats", "reader"] as const) {
    for (const schema of SCHEMAS[login]) {
      statements.push(`grant usage on schema ${schema} to ${name(logins[login])}`);
    }
  }
  for (const [table, line] of Object.entries(TABLES)) {
    for (const login of ["app", "stats", "reader"] as const) {
      const grants = line[login];
      if (grants) statements.push(`grant ${grants} on ${table} to ${name(logins[login])}`);
    }
    statements.push(...policies(table, line, logins));
  }
  for (const login of ["app", "stats"] as const) {
    for (const fn of FUNCTIONS[login]) {
      statements.push(`grant execute on function ${fn} to ${name(logins[login])}`);
    }
  }
  // Whoever may make temporary objects can put a type of his own in the way of a function that runs with the owner's
  // rights. No login that serves may, and Postgres lets everybody until it is told otherwise.
  statements.push(
    `do $$ begin execute 'revoke temporary on database ' || quote_ident(current_database())
      || ' from ${everyone.replaceAll("'", "''")}'; end $$`,
  );
  return `${statements.join(";\n")};`;
}

function policies(table: string, line: Line, logins: Logins): string[] {
  const drops = ["app_rows", "app_added", "app_changed", "stats_rows", "reader_rows", "owner_rows"].map(
    (policy) => `drop policy if exists ${policy} on ${table}`,
  );
  if (line.rows === "open") return [...drops, `alter table ${table} disable row level security`];
  const statements = [
    ...drops,
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
  ];
  const conditions = [
    ...(line.rows === "organisation"
      ? [`${line.column ?? "organisation_id"} = (select casework.current_organisation())`]
      : []),
    ...(line.rows === "sign-in" ? [forSignIn] : []),
    ...(line.or ? [line.or] : []),
  ];
  if (conditions.length > 0) {
    const condition = conditions.join(" or ");
    statements.push(
      `create policy app_rows on ${table} to ${name(logins.app)} using (${condition}) with check (${condition})`,
    );
  }
  if (line.rows === "shared" || line.rows === "known") {
    const own =
      "organisation_id = (select casework.current_organisation()) or (select casework.administers())";
    const everybody =
      line.rows === "known" ? name(logins.app) : `${name(logins.app)}, ${name(logins.reader)}`;
    statements.push(
      `create policy reader_rows on ${table} for select to ${everybody} using (true)`,
      `create policy app_added on ${table} for insert to ${name(logins.app)} with check (${own})`,
      `create policy app_changed on ${table} for update to ${name(logins.app)} using (${own}) with check (${own})`,
    );
  }
  if (line.statsRows) {
    statements.push(
      `create policy stats_rows on ${table} to ${name(logins.stats)} using (true) with check (true)`,
    );
  }
  if (line.owner) {
    statements.push(
      `create policy owner_rows on ${table} to ${name(logins.owner)} using (true) with check (true)`,
    );
  }
  return statements;
}
