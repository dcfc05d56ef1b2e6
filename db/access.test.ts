import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../server/testing";
import { accessSql } from "./access";
import { FUNCTIONS } from "./access-functions";
import { TABLES } from "./access-tables";
import { connect, type Sql, type Tx } from "./client";

const db = await testDatabase();
const LOGINS = ["app", "stats", "reader"] as const;
const SEARCH_PATH = "search_path=pg_catalog, pg_temp";
const SCHEMAS = ["identity", "casework", "reference", "statistics", "published", "lab", "governance"];
const lines = Object.entries(TABLES);
const organisationTables = lines.filter(([, line]) => line.rows === "organisation").map(([table]) => table);

interface Table {
  name: string;
  enabled: boolean;
  forced: boolean;
}
let tables: Table[] = [];

beforeAll(async () => {
  tables = await db.administrator<Table[]>`
    select n.nspname || '.' || c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname in ${db.administrator(SCHEMAS)}`;
});

test("every table has its line and every line its table", () => {
  expect(tables.map(({ name }) => name).sort()).toEqual(Object.keys(TABLES).sort());
});

test("row-level security is on, and forced on the owner, where the line says so and nowhere else", () => {
  for (const { name, enabled, forced } of tables) {
    const bound = TABLES[name]?.rows !== "open";
    expect({ name, enabled, forced }).toEqual({ name, enabled: bound, forced: bound });
  }
});

test("no table that says whose a row is lies open", async () => {
  const rows = await db.administrator<{ name: string }[]>`
    select distinct table_schema || '.' || table_name as name from information_schema.columns
    where column_name in ('organisation_id', 'client_id', 'person_id', 'account_id')
      and table_schema in ${db.administrator(SCHEMAS)}`;
  const open = rows.map(({ name }) => name).filter((name) => TABLES[name]?.rows === "open");
  // The queue of people to recount: only the engine reads it, and it holds nothing but ids.
  expect(open).toEqual(["statistics.changed_person"]);
});

/** "select, update (a, b)" as {"select", "update a", "update b"}. */
function rightsOf(grants: string | undefined): Set<string> {
  const parts = [...(grants ?? "").matchAll(/(\w+)(?: \(([^)]*)\))?/g)];
  return new Set(
    parts.flatMap(
      ([, verb, columns]) => columns?.split(",").map((column) => `${verb} ${column.trim()}`) ?? [verb ?? ""],
    ),
  );
}

test("every login has exactly the rights of the lines, and everybody else has none", async () => {
  // Two plain queries: joined in SQL, these views take a minute.
  const whole = await db.administrator<{ grantee: string; name: string; verb: string }[]>`
    select grantee, table_schema || '.' || table_name as name, lower(privilege_type) as verb
    from information_schema.role_table_grants where table_schema in ${db.administrator(SCHEMAS)}`;
  const byColumn = await db.administrator<{ grantee: string; name: string; verb: string; column: string }[]>`
    select grantee, table_schema || '.' || table_name as name, lower(privilege_type) as verb, column_name as column
    from information_schema.column_privileges where table_schema in ${db.administrator(SCHEMAS)}`;
  const keyOf = ({ grantee, name, verb }: (typeof whole)[number]) => `${grantee} ${name} ${verb}`;
  const known = new Set(whole.map(keyOf));
  const rows = [
    ...whole.map((row) => ({ ...row, column: null })),
    ...byColumn.filter((row) => !known.has(keyOf(row))),
  ];
  const found = new Map<string, Set<string>>();
  for (const { grantee, name, verb, column } of rows.filter(({ grantee }) => grantee !== "owner")) {
    const key = `${grantee} ${name}`;
    found.set(key, (found.get(key) ?? new Set()).add(column ? `${verb} ${column}` : verb));
  }
  const meant = new Map(
    lines
      .flatMap(([name, line]) => LOGINS.map((login) => [`${login} ${name}`, rightsOf(line[login])] as const))
      .filter(([, rights]) => rights.size > 0),
  );
  expect(new Map([...found].sort())).toEqual(new Map([...meant].sort()));
});

test("published figures are read through a login that can do nothing else", () => {
  for (const [name, line] of lines) {
    if (!line.reader) continue;
    expect(`${name}: ${line.reader}`).toMatch(/^(published|reference)\.\w+: select$/);
  }
});

test("of a contact only the void columns can be written, and the note with its removal", () => {
  const updates = [...rightsOf(TABLES["casework.contact"]?.app)].filter((right) =>
    right.startsWith("update"),
  );
  expect(updates.sort()).toEqual([
    "update note",
    "update note_removal",
    "update note_removed_at",
    "update note_removed_by",
    "update void_reason_sealed",
    "update voided_at",
    "update voided_by",
  ]);
  for (const line of [TABLES["casework.issue"], TABLES["casework.issue_entry"]]) {
    expect([...rightsOf(line?.app)].sort()).toEqual(["insert", "select"]);
  }
});

test("the engine's login reads no name, address or identifier of anybody", () => {
  for (const [name, line] of lines.filter(([name]) => name.startsWith("identity."))) {
    const columns = [...rightsOf(line.stats)];
    const readable = ["organisation_id", "client_id", "kind", "blind_index", "date_of_birth_index"];
    expect({
      name,
      more: columns.filter((right) => !readable.some((column) => right === `select ${column}`)),
    }).toEqual({
      name,
      more: [],
    });
  }
});

test("functions that run with the owner's rights have a fixed search path, and only their callers may call them", async () => {
  const rows = await db.administrator<{ name: string; path: string[] | null; callers: string[] }[]>`
    select p.oid::regprocedure::text as name, p.proconfig as path,
           array(select login from unnest(array['app', 'stats', 'reader', 'public']) as login
                 where case login when 'public' then coalesce(p.proacl::text like '%{=X%' or p.proacl::text like '%,=X%' or p.proacl is null, true)
                       else has_function_privilege(login, p.oid, 'execute') end) as callers
    from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
    where p.prosecdef and n.nspname in ${db.administrator(SCHEMAS)}`;
  expect(rows.length).toBeGreaterThan(3);
  for (const { name, path, callers } of rows) {
    const meant = (["app", "stats"] as const).filter((login) =>
      FUNCTIONS[login].some((fn) => fn.replaceAll(", ", ",") === name),
    );
    expect({ name, path, callers: [...callers].sort() }).toEqual({
      name,
      path: [SEARCH_PATH],
      callers: [...meant].sort(),
    });
  }
});

test("every function that fixes its search path, or runs with others' rights, looks for types of a session last", async () => {
  const rows = await db.administrator<{ name: string; path: string[] | null }[]>`
    select p.oid::regprocedure::text as name, p.proconfig as path
    from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
    where n.nspname not in ('pg_catalog', 'information_schema')
      and (p.prosecdef or array_to_string(p.proconfig, ' ') like '%search_path=%')`;
  expect(rows.some(({ name }) => name.startsWith("jobs.add("))).toBe(true);
  expect(rows.filter(({ path }) => path?.includes(SEARCH_PATH) !== true)).toEqual([]);
});

describe("temporary objects", () => {
  const others = LOGINS.filter((login) => login !== "stats");

  test("can be made by no login that serves", async () => {
    const rows = await db.administrator<{ login: string; may: boolean }[]>`
      select login, has_database_privilege(login, current_database(), 'temporary') as may
      from unnest(${[...LOGINS]}::text[]) as login`;
    expect(rows.map(({ may }) => may)).toEqual([false, false, false]);
    for (const login of LOGINS) {
      await expect(db[login].unsafe("create domain pg_temp.text as pg_catalog.text")).rejects.toThrow(
        "permission denied",
      );
    }
  });

  test("can be made by none after an upgrade from a version that let the engine, or on a Postgres that lets everybody", async () => {
    const [row] = await db.administrator<{ database: string }[]>`select current_database() as database`;
    const database = db.owner(row?.database ?? "");
    await db.owner`grant temporary on database ${database} to stats, public`;
    await db.owner.unsafe(accessSql({ app: "app", stats: "stats", reader: "reader", owner: "owner" }));
    for (const login of LOGINS) {
      await expect(db[login].unsafe("create temporary table mine ()")).rejects.toThrow("permission denied");
    }
  });

  test("of the engine are the owner's: it fills two tables, adds nothing beside them, and they end with the transaction", async () => {
    const held = db.stats.begin(async (tx) => {
      await tx`select statistics.make_reported()`;
      await tx`
        insert into pg_temp.reported (period, reporter, person_key, need_number, release_sector)
        values (1, 1, 1, 1, 1)`;
      await tx`select statistics.analyze_reported()`;
      expect(await tx`select reporter from pg_temp.reported`).toEqual([{ reporter: 1 }]);
      for (const statement of [
        "create domain pg_temp.text as pg_catalog.text",
        "create function pg_temp.mine() returns integer language sql return 1",
        "create trigger mine before insert on pg_temp.reported for each row execute function tsvector_update_trigger()",
        "alter table pg_temp.reported add column mine integer",
      ]) {
        await expect(tx.savepoint((inner) => inner.unsafe(statement))).rejects.toThrow(
          /permission denied|must be owner/,
        );
      }
    });
    await held;
    const left = await db.administrator`
      select from pg_class where relname in ('reported', 'reported_person') and relpersistence = 't'`;
    expect(left).toHaveLength(0);
    for (const login of others) {
      await expect(db[login]`select statistics.make_reported()`).rejects.toThrow("permission denied");
    }
  });

  test("of a login that could make them do not run in the place of what the owner's functions name", async () => {
    const [row] = await db.administrator<{ database: string }[]>`select current_database() as database`;
    const database = db.owner(row?.database ?? "");
    const attack = async () => {
      const session = connect(db.urls.app, { max: 1 });
      try {
        await session.unsafe(`
          create function pg_temp.stolen(given pg_catalog.uuid) returns pg_catalog.bool language plpgsql as $$
          begin raise exception 'ran as %', current_user; end $$;
          create domain pg_temp.uuid as pg_catalog.uuid check (pg_temp.stolen(value));
          select set_config('app.purpose', 'administration', false), set_config('app.organisation_id', '1', false),
            set_config('app.member_id', '00000000-0000-7000-8000-000000000001', false)`);
        const [found] = await session<{ administers: boolean }[]>`select casework.administers()`;
        return found?.administers;
      } finally {
        await session.end();
      }
    };
    await db.owner`grant temporary on database ${database} to app`;
    try {
      expect(await attack()).toBe(false);
      // Without its last word the search path lets the attack in: the proof that it is one.
      await db.owner`alter function casework.administers() set search_path = pg_catalog`;
      await expect(attack()).rejects.toThrow("ran as owner");
    } finally {
      await db.owner`alter function casework.administers() set search_path = pg_catalog, pg_temp`;
      await db.owner`revoke temporary on database ${database} from app`;
    }
  });
});

describe("a row of another organisation", () => {
  const OURS = 1;
  const THEIRS = 2;

  /** Runs as a login inside one organisation, or in none. */
  const inside = <T>(sql: Sql, organisation: number | null, work: (tx: Tx) => Promise<T>) =>
    sql.begin(async (tx) => {
      await tx`select set_config('app.organisation_id', ${organisation === null ? "" : String(organisation)}, true)`;
      return work(tx);
    });

  const columnOf = (table: string) => TABLES[table]?.column ?? "organisation_id";

  /** One made-up row of their organisation in every table, whatever the columns are. */
  beforeAll(async () => {
    for (const table of organisationTables) {
      const [schema, name] = table.split(".");
      const columns = await db.administrator<{ column: string; type: string; label: string | null }[]>`
        select a.attname as column, t.typname as type,
               (select enumlabel from pg_enum where enumtypid = t.oid order by enumsortorder limit 1) as label
        from pg_attribute as a join pg_type as t on t.oid = a.atttypid
        where a.attrelid = to_regclass(${table}) and a.attnum > 0 and not a.attisdropped
          and a.attgenerated = '' and (a.attidentity = '' or a.attname = ${columnOf(table)})`;
      const value = ({ column, type, label }: (typeof columns)[number]) => {
        if (column === columnOf(table)) return String(THEIRS);
        if (label !== null) return `'${label}'`;
        return LITERALS[type] ?? "'x'";
      };
      await db.administrator.begin(async (tx) => {
        await tx`set local session_replication_role = replica`;
        await tx.unsafe(`insert into ${schema}.${name} (${columns.map(({ column }) => `"${column}"`)})
          overriding system value values (${columns.map(value)})`);
      });
    }
  });

  test.each(organisationTables)(
    "of %s is seen by its own alone, and written by nobody else",
    async (table) => {
      const count = async (sql: Sql, organisation: number | null) => {
        const [row] = await inside(sql, organisation, (tx) =>
          tx.unsafe<{ n: number }[]>(`select count(*)::int as n from ${table}`),
        );
        return row?.n;
      };
      const rights = rightsOf(TABLES[table]?.app);
      if (rights.has("select")) {
        expect(await count(db.app, OURS)).toBe(0);
        expect(await count(db.app, null)).toBe(0);
        expect(await count(db.app, THEIRS)).toBe(1);
      }
      const updatable = [...rights].find((right) => right.startsWith("update"))?.split(" ");
      if (updatable) {
        const column = updatable[1] ?? (table === "casework.organisation" ? "name" : columnOf(table));
        const changed = await inside(db.app, OURS, (tx) =>
          tx.unsafe(`update ${table} set ${column} = ${column}`),
        );
        expect(changed.count).toBe(0);
      }
      if (rights.has("delete")) {
        expect((await inside(db.app, OURS, (tx) => tx.unsafe(`delete from ${table}`))).count).toBe(0);
      }
      if (rights.has("insert")) {
        // Row security answers before any constraint on the rest of the row does.
        const smuggled = inside(db.app, OURS, (tx) =>
          tx.unsafe(`
          insert into ${table} overriding system value
          select * from json_populate_record(null::${table}, '{"${columnOf(table)}": ${THEIRS}}')`),
        );
        await expect(smuggled).rejects.toMatchObject({ code: "42501" });
      }
      if (!TABLES[table]?.owner) expect(await count(db.owner, null)).toBe(0);
    },
  );
});

describe("a row that is shared", () => {
  const shared = lines
    .filter(([, line]) => line.rows === "shared" || line.rows === "known")
    .map(([table]) => table);

  test.each(shared)(
    "of %s is read by everybody, and written in the name of one's own organisation alone",
    async (table) => {
      const inside = <T>(sql: Sql, work: (tx: Tx) => Promise<T>) =>
        sql.begin(async (tx) => {
          await tx`select set_config('app.organisation_id', '1', true)`;
          return work(tx);
        });
      const columns = await db.administrator<{ column: string; type: string }[]>`
      select a.attname as column, t.typname as type
      from pg_attribute as a join pg_type as t on t.oid = a.atttypid
      where a.attrelid = to_regclass(${table}) and a.attnum > 0 and not a.attisdropped`;
      const values = columns.map(({ column, type }) =>
        column === "organisation_id" ? "2" : (LITERALS[type] ?? "'x'"),
      );
      await db.administrator.begin(async (tx) => {
        await tx`set local session_replication_role = replica`;
        await tx.unsafe(`insert into ${table} (${columns.map(({ column }) => column)}) values (${values})`);
      });
      for (const login of TABLES[table]?.rows === "known" ? [db.app] : [db.app, db.reader]) {
        const [row] = await inside(login, (tx) =>
          tx.unsafe<{ n: number }[]>(`select count(*)::int as n from ${table}`),
        );
        expect(row?.n).toBe(1);
      }
      const [column] = [...rightsOf(TABLES[table]?.app)].flatMap(
        (right) => /^update (\w+)$/.exec(right)?.[1] ?? [],
      );
      const changed = inside(db.app, (tx) =>
        tx.unsafe(`update ${table} set ${column ?? "organisation_id"} = ${column ?? "organisation_id"}`),
      );
      // What is written once has no right to be changed at all.
      if (column === undefined) await expect(changed).rejects.toMatchObject({ code: "42501" });
      else expect((await changed).count).toBe(0);
      const smuggled = inside(db.app, (tx) =>
        tx.unsafe(
          `insert into ${table} select * from json_populate_record(null::${table}, '{"organisation_id": 2}')`,
        ),
      );
      await expect(smuggled).rejects.toMatchObject({ code: "42501" });
    },
  );
});

/** A value for each type that our columns have. */
const LITERALS: Readonly<Record<string, string>> = {
  int2: "1",
  int4: "1",
  int8: "1",
  float4: "1",
  float8: "1",
  bool: "false",
  uuid: "gen_random_uuid()",
  bytea: "'\\x00'",
  date: "'2026-01-01'",
  timestamptz: "now()",
  jsonb: "'{}'",
  xid8: "'1'",
  _text: "'{}'",
  _int2: "'{}'",
  _int4: "'{}'",
  _int8: "'{}'",
  _uuid: "'{}'",
};

describe("a transaction for administration", () => {
  test("reaches further only when the member is an administrator at present", async () => {
    const [organisation] = await db.administrator<{ id: number }[]>`
      insert into casework.organisation (name) values ('Administration') returning id`;
    const [account] = await db.administrator<{ id: string }[]>`
      insert into casework.account (id, email, name) values (gen_random_uuid(), 'a@b.test', 'A') returning id`;
    const id = organisation?.id ?? 0;
    const memberWith = async (role: string) => {
      await db.administrator`delete from casework.member where organisation_id = ${id}`;
      const [member] = await db.administrator<{ id: string }[]>`
        insert into casework.member (organisation_id, id, account_id, roles)
        values (${id}, gen_random_uuid(), ${account?.id ?? ""}, ${[role]}) returning id`;
      return member?.id ?? "";
    };
    const organisationsSeen = (member: string) =>
      db.app.begin(async (tx) => {
        await tx`
          select set_config('app.organisation_id', ${String(id)}, true), set_config('app.member_id', ${member}, true),
                 set_config('app.purpose', 'administration', true)`;
        const [row] = await tx<{ n: number }[]>`select count(*)::int as n from casework.organisation`;
        return row?.n;
      });
    expect(await organisationsSeen(await memberWith("manager"))).toBe(1);
    const administrator = await memberWith("administrator");
    expect(await organisationsSeen(administrator)).toBe(2);
    await db.administrator`update casework.member set ended_at = now() where id = ${administrator}`;
    expect(await organisationsSeen(administrator)).toBe(1);
  });
});
