/**
 * DATABASE_URL: the same thing on a Postgres that somebody else runs. Tried on Debian's postgresql-15, the oldest
 * that is supported, where it is installed.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "./client";
import { openDatabase } from "./database";
import { makeServerDirectory, temporaryHome } from "./postgres-home";

const PROGRAMS = "/usr/lib/postgresql/15/bin";

describe.skipIf(!existsSync(PROGRAMS))("Debian's postgresql-15 as an external database", () => {
  let server: ChildProcess;
  let directory: string;
  let dataDir: string;
  let port: number;
  const urlOf = (login: string, database: string) =>
    `postgres://${login}:secret@127.0.0.1:${port}/${database}`;

  beforeAll(async () => {
    const home = temporaryHome();
    directory = home.directory;
    dataDir = await mkdtemp(join(tmpdir(), "external-"));
    port = await freePort();
    const data = join(directory, "external");
    makeServerDirectory(data, home.runAs);
    const options = {
      ...home.runAs,
      cwd: directory,
      env: { PATH: process.env["PATH"], NODE_ENV: "test" as const },
    };
    const trust = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"];
    const made = spawnSync(join(PROGRAMS, "initdb"), ["-D", data, ...trust], {
      ...options,
      encoding: "utf8",
    });
    expect(made.stderr + made.stdout).toContain("Success");
    const settings = [
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      "unix_socket_directories=",
      "-c",
      "fsync=off",
    ];
    server = spawn(join(PROGRAMS, "postgres"), ["-D", data, "-p", `${port}`, ...settings], {
      ...options,
      stdio: "ignore",
    });
    const sql = connect(`postgres://postgres@127.0.0.1:${port}/postgres`, { max: 1 });
    for (let tries = 0; tries < 200; tries++) {
      if (
        await sql`select 1`.then(
          () => true,
          () => false,
        )
      )
        break;
      await sleep(50);
    }
    await sql`create role maker login createrole password 'secret'`;
    await sql`create role plain login password 'secret'`;
    await sql`create database "our-needs" owner maker`;
    await sql`create database theirs owner plain`;
    await writeFile(join(data, "pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
    await sql`select pg_reload_conf()`;
    await sql.end();
  });

  afterAll(async () => {
    server.kill("SIGINT");
    await once(server, "exit");
    await rm(directory, { recursive: true });
    await rm(dataDir, { recursive: true });
  });

  test("an owner that can create roles makes the three logins, and finds them again", async () => {
    const external = { owner: urlOf("maker", "our-needs") };
    const first = await openDatabase({ dataDir, external });
    expect(first).toMatchObject({ directory: undefined, migrated: true });
    const again = await openDatabase({ dataDir, external });
    expect(again.migrated).toBe(false);
    expect(again.urls).toEqual(first.urls);

    const app = connect(again.urls.app, { max: 1 });
    const [role] = await app`
      select rolname, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user`;
    expect(role).toEqual({
      rolname: "our-needs_app",
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
    });
    expect(await app`select * from casework.client`).toEqual([]);
    await app.end();

    const reader = connect(again.urls.reader, { max: 1 });
    expect((await reader`select count(*)::int as needs from reference.need`)[0]).toEqual({ needs: 114 });
    await expect(reader`select * from casework.client`).rejects.toThrow("permission denied");
    await reader.end();
  });

  test("passwords that were lost are replaced", async () => {
    await rm(join(dataDir, "external-logins.json"));
    const { urls } = await openDatabase({ dataDir, external: { owner: urlOf("maker", "our-needs") } });
    const app = connect(urls.app, { max: 1 });
    expect(await app`select 1 as one`).toEqual([{ one: 1 }]);
    await app.end();
  });

  test("an owner that cannot create roles is told what to do", async () => {
    await expect(openDatabase({ dataDir, external: { owner: urlOf("plain", "theirs") } })).rejects.toThrow(
      "make them yourself and set DATABASE_URL_APP",
    );
  });

  test("some of the three addresses without the others are refused", async () => {
    const external = { owner: urlOf("maker", "our-needs"), app: urlOf("app", "our-needs") };
    await expect(openDatabase({ dataDir, external })).rejects.toThrow("together, or none");
  });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  return typeof address === "object" && address ? address.port : 0;
}
