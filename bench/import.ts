/**
 * Import of contacts from a flat extract, through the ledger and all its rules, against a raw COPY of every row that
 * it wrote, as text, into the same tables without keys, indexes or checks. Both commit durably.
 */

import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { connect, type Sql } from "../db/client";
import { makeContext } from "../server/context";
import { makeName } from "../server/demo/names";
import { Chance } from "../server/demo/random";
import { contactMapSchema } from "../server/domain/contact-map";
import { csvLine } from "../server/domain/csv";
import { NEEDS } from "../server/domain/needs";
import { addDays } from "../server/domain/period";
import { importContacts } from "../server/importers/contacts";
import { type Bench, type Run, round, timed } from "./bench";
import { openWorlds, type World, type Worlds } from "./world";
import { buildPlaces, partsOf } from "./world-casework";

const TARGET = 13;

/** Every table that an import writes. */
const WRITTEN = [
  "casework.client",
  "casework.contact",
  "casework.issue",
  "casework.issue_entry",
  "identity.client_person",
  "identity.client_identity",
  "identity.client_identifier",
  "identity.client_token",
  "statistics.changed_person",
  "governance.audit_entry",
  "graphile_worker._private_jobs",
];

export const importing: Bench = {
  name: "import",
  about: "an extract through the ledger against a raw COPY of the rows that it writes",
  limit: "keys and indexes of eight tables, and hashing, sealing and checking each row",
  async run(run) {
    const worlds = await openWorlds(run.dataDir, run.say);
    const folder = await mkdtemp(join(run.dataDir, "import-"));
    try {
      for (const rows of run.rows) {
        for (const people of ["anonymous", "named"] as const)
          await measure(run, worlds, folder, rows, people);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
      await worlds.stop();
    }
  },
};

async function measure(
  { measured, say }: Run,
  worlds: Worlds,
  folder: string,
  rows: number,
  people: "anonymous" | "named",
): Promise<void> {
  const world = await worlds.empty();
  const app = connect(world.urls.app, { max: 2, name: "common-need bench" });
  const reader = connect(world.urls.reader, { max: 1 });
  try {
    await buildPlaces(world.administrator, rows);
    const file = join(folder, "extract.csv");
    await writeExtract(world, file, rows, people === "named");
    const map = contactMapSchema.parse({
      people,
      service: "Service",
      columns: {
        date: "date",
        postcode: "postcode",
        need: "need",
        ...(people === "named" && {
          reference: "reference",
          givenName: "given name",
          familyName: "family name",
          dateOfBirth: "date of birth",
        }),
      },
    });
    const product = await timed(async () => {
      const report = await importContacts(makeContext({ app, reader }, null), file, {
        organisationId: 1,
        map,
        onProgress: (read) => read % 500_000 === 0 && say(`  ${read.toLocaleString("en-GB")} rows read`),
      });
      if (report.loaded !== rows) throw new Error(`${report.loaded} rows of ${rows} were loaded`);
    });
    const peer = await copyAgain(world, folder);
    measured({
      bench: "import",
      case: `${people} rows with one need each`,
      rows,
      product_ms: round(product),
      peer: "raw COPY of the rows written",
      peer_ms: round(peer.ms),
      ratio: round(product / peer.ms, 2),
      target: TARGET,
      ok: product / peer.ms <= TARGET,
      rows_per_second: Math.round(rows / (product / 1000)),
      rows_written: peer.rows,
    });
  } finally {
    await Promise.all([app.end({ timeout: 5 }), reader.end({ timeout: 5 })]);
    await world.leave();
  }
}

/** An extract as other systems give it: some five rows to a person, in order of their days. */
async function writeExtract(
  { administrator }: World,
  file: string,
  rows: number,
  named: boolean,
): Promise<void> {
  const postcodes = (
    await administrator<{ postcode: string }[]>`
    select postcode from reference.postcode order by postcode`
  ).map(({ postcode }) => postcode);
  const people = Math.max(1, Math.round(rows / 5));
  const { firstDay } = partsOf(rows);
  function* lines() {
    const chance = new Chance(`extract ${rows}`);
    const header = ["date", "postcode", "need"];
    yield csvLine(named ? [...header, "reference", "given name", "family name", "date of birth"] : header);
    for (let row = 0; row < rows; row++) {
      const day = addDays(firstDay, Math.floor((row / rows) * 1_000));
      const need = NEEDS[Math.floor(100 * chance.unit() ** 2.2)]?.code ?? "HOU-01";
      if (!named) {
        yield csvLine([day, chance.pick(postcodes), need]);
        continue;
      }
      const number = chance.below(people);
      const who = new Chance(`person ${number}`);
      const { given, family } = makeName(who, who.pick(["female", "male"] as const));
      const born = addDays("1940-01-01", who.below(24_000));
      yield csvLine([day, who.pick(postcodes), need, `R${number}`, given, family, born]);
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(file));
}

/** Names of the columns that rows are written to: those that Postgres works out are not. */
async function columnsOf(sql: Sql, table: string): Promise<string> {
  const rows = await sql<{ name: string }[]>`
    select quote_ident(attname) as name from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = ''
    order by attnum`;
  return rows.map(({ name }) => name).join(", ");
}

/** Takes out every row that was written and puts it back in as fast as Postgres can. */
async function copyAgain(
  { administrator: sql }: World,
  folder: string,
): Promise<{ ms: number; rows: number }> {
  const filled: { table: string; file: string }[] = [];
  let rows = 0;
  await sql`create schema plain`;
  for (const table of WRITTEN) {
    const [count] = await sql.unsafe<{ rows: number }[]>(`select count(*)::int as rows from ${table}`);
    if (!count || count.rows === 0) continue;
    rows += count.rows;
    const file = join(folder, table);
    const columns = await columnsOf(sql, table);
    const out = await sql.unsafe(`copy ${table} (${columns}) to stdout`).readable();
    await pipeline(out, createWriteStream(file));
    // postgres.js pauses its socket when the stream is full, and after the last rows nobody asks for more.
    out._read(0);
    const plain = `plain.${table.replace(".", "_")}`;
    await sql.unsafe(`create table ${plain} as select ${columns} from ${table} with no data`);
    filled.push({ table: plain, file });
  }
  await sql`checkpoint`;
  const ms = await timed(() =>
    sql.begin(async (tx) => {
      for (const { table, file } of filled) {
        const into = await tx.unsafe(`copy ${table} from stdin`).writable();
        await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), into);
      }
    }),
  );
  return { ms, rows };
}
