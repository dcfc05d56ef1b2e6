/**
 * The menu holds everywhere: no answer with figures tells a single need of one sector to somebody without a patch there,
 * whatever the area is called and however it is asked. Open data is tried in `open-data/serve.test.ts`.
 */

import { TRPCError } from "@trpc/server";
import { beforeAll, describe, expect, test } from "vitest";
import type { ActorCtx } from "../context";
import { NEXT_PANEL_SLICE, PANEL_SLICE } from "../domain/coverage";
import { FIRST_NUMBER, LEVELS } from "../domain/geography";
import { findNode } from "../domain/needs";
import { findPeriod, periodNumber } from "../domain/period";
import { SLICES } from "../domain/slices";
import { appRouter, createCaller } from "../routers";
import { testDatabase } from "../testing";
import { arrangePlanning } from "../testing-agreements";
import { arrangeMember, arrangeOrganisation, contextFor } from "../testing-people";

const db = await testDatabase();

const SECTOR = 10;
/** The sector by its own name, as a district and as an authority. */
const NAMES = [SECTOR, FIRST_NUMBER.district + 1, FIRST_NUMBER.lad + 1];
const NATION = FIRST_NUMBER.nation + 1;
const NEED = "HOU-04";
const [SETTLED, YEAR_BEFORE, OPEN] = ["q:2026-Q1", "q:2025-Q1", "q:2026-Q2"];
const TYPES = ["month", "quarter", "year"];
/** A figure, and with 1,000 households a rate, that stands nowhere but in the one sector. */
const FIGURE = 4305;
/** As a number of its own; a map's figures travel as their fifth part. */
const TOLD = new RegExp(`\\b(${FIGURE}|${FIGURE / 5})\\b`);

const numberOf = (text: string) => {
  const period = findPeriod(text);
  if (!period) throw new Error(text);
  return periodNumber(period);
};
const nodeNumber = (path: string) => findNode(path)?.number ?? -1;

let analyst: ActorCtx;
let commissioner: ActorCtx;

beforeAll(async () => {
  const sql = db.administrator;
  const [sector = 0, district = 0, lad = 0] = NAMES;
  await sql`
    insert into reference.area (number, level, code, name) values
      (${sector}, 'sector', 'ZZ1 1', 'ZZ1 1'), (11, 'sector', 'ZZ2 1', 'ZZ2 1'),
      (${district}, 'district', 'ZZ1', 'ZZ1'), (${district + 1}, 'district', 'ZZ2', 'ZZ2'),
      (${lad}, 'lad', 'E01', 'Smallshire'), (${lad + 1}, 'lad', 'E02', 'Elsewhere'),
      (${NATION}, 'nation', 'E92', 'England')`;
  await sql`insert into reference.edition (kind, name, month) values ('deprivation', 'IMD 2019', '2019-09')`;
  await sql`insert into reference.geography (financial_year, version) values (2024, 'a')`;
  await sql`
    insert into reference.release_sector
      (financial_year, number, district, authority, nation, households, live_postcodes, average_decile,
        deprivation_edition)
    select 2024, number, district, authority, ${NATION}, 1000, 50, 1, (select number from reference.edition)
    from (values (${sector}::int, ${district}::int, ${lad}::int), (11, ${district + 1}, ${lad + 1}))
      as t (number, district, authority)`;
  await sql`
    insert into reference.area_alias (financial_year, area, same_as)
    select 2024, area, same_as
    from (values (${district}::int, ${sector}::int), (${lad}, ${sector}), (${district + 1}, 11), (${lad + 1}, 11))
      as t (area, same_as)`;
  await sql`insert into published.release (number, made_on, summary) values (1, '2026-07-28', '{}')`;
  // Everything that the engine could have written of the sector, and some that it never does.
  const slices = [0, ...SLICES.map(({ number }) => number), PANEL_SLICE, NEXT_PANEL_SLICE];
  for (const period of [SETTLED, YEAR_BEFORE].map(numberOf)) {
    await sql`insert into published.settled_period (period, settled_on, release_no) values (${period}, '2026-07-28', 1)`;
    await sql`insert into published.coverage (period, area, organisations_band) values (${period}, ${sector}, 2)`;
    await sql`
      insert into published.figure (node, slice, period, area, figure, anonymous_band, release_no)
      select ${nodeNumber(NEED)}, slice, ${period}, ${sector}, ${FIGURE}, 0, 1
      from unnest(${slices}::smallint[]) as t (slice)`;
    for (const node of ["*", "HOU", "MON"]) {
      await sql`
        insert into published.figure (node, slice, period, area, figure, anonymous_band, release_no)
        values (${nodeNumber(node)}, 0, ${period}, ${sector}, 9000, 0, 1)`;
    }
    await sql`
      insert into published.pair_figure (period, area, domain_a, domain_b, figure, release_no)
      values (${period}, ${sector}, ${nodeNumber("HOU")}, ${nodeNumber("MON")}, ${FIGURE}, 1)`;
  }
  await sql`
    insert into published.open_figure (node, slice, period, area, figure)
    values (${nodeNumber(NEED)}, 0, ${numberOf(OPEN)}, ${sector}, ${FIGURE})`;
  await sql`
    insert into published.panel (financial_year, type, area, reporters) values (2026, 'quarter', ${sector}, '{1}')`;
  const organisation = await arrangeOrganisation(db, "Council");
  await arrangePlanning(db, organisation);
  const member = async (role: "analyst" | "commissioner", patch: string[]) =>
    contextFor(db, await arrangeMember(db, organisation, [role], { patch }));
  analyst = await member("analyst", []);
  commissioner = await member("commissioner", ["lad:E01"]);
});

const eachArea = (input: object) => NAMES.map((area) => ({ ...input, area }));
const eachPeriod = (input: object) => [SETTLED, OPEN].map((period) => ({ ...input, period }));
const eachLevel = (input: object) => LEVELS.map((level) => ({ ...input, level }));
const eachType = (input: object) => TYPES.map((type) => ({ ...input, type }));

/** Every way to ask for figures; a new procedure of these rooms has to be written here. */
const ASKED: Readonly<Record<string, readonly unknown[]>> = {
  "map.options": [undefined],
  "map.figures": eachLevel({ node: NEED }).flatMap(eachPeriod),
  "map.areas": eachLevel({ year: 2026, version: "a" }),
  "map.card": eachArea({ node: NEED }).flatMap(eachPeriod),
  "map.series": [...eachArea({ node: NEED }), { area: null, node: NEED }].flatMap(eachType),
  "map.gradients": [true, false].map((whole) => ({ node: NEED, period: SETTLED, whole })),
  "map.patch": eachLevel({ period: SETTLED }),
  "map.places": [{ text: "ZZ1 1" }],
  "map.slices": eachArea({ node: NEED }).flatMap(eachPeriod),
  "change.series": NAMES.flatMap((area) => eachType({ node: NEED, areas: [area], event: null })),
  "change.areas": eachLevel({ node: NEED, event: null }).flatMap(eachType),
  "change.places": eachLevel({}),
  "change.events": [undefined],
  "coverage.areas": [undefined],
  "coverage.card": eachArea({ period: SETTLED }),
  "coverage.panels": eachArea({ node: NEED }).flatMap(eachType),
  "coverage.beside": eachArea({ node: NEED, indicator: null }).flatMap(eachPeriod),
  "together.choices": [undefined],
  "together.pairs": eachArea({ period: SETTLED }),
  "together.alike": eachArea({ period: SETTLED }),
};

/** What a procedure answers, as it travels; a refusal is no answer. */
async function answerOf(ctx: ActorCtx, path: string, input: unknown): Promise<string> {
  let at: unknown = createCaller(ctx);
  for (const word of path.split(".")) at = Reflect.get(at as object, word);
  try {
    return JSON.stringify(await (at as (input: unknown) => Promise<unknown>)(input)) ?? "";
  } catch (error) {
    if (error instanceof TRPCError && ["NOT_FOUND", "BAD_REQUEST"].includes(error.code)) return "";
    throw error;
  }
}

describe("a single need of one sector", () => {
  test.each(Object.entries(ASKED))("is told to nobody without a patch by %s", async (path, inputs) => {
    for (const input of inputs) {
      expect(await answerOf(analyst, path, input), JSON.stringify(input)).not.toMatch(TOLD);
    }
  });

  test.each(["map.figures", "map.card", "map.series", "map.slices", "change.series"])(
    "is told to its commissioner by %s",
    async (path) => {
      const answers: string[] = [];
      for (const input of ASKED[path] ?? []) answers.push(await answerOf(commissioner, path, input));
      expect(answers.join()).toMatch(TOLD);
    },
  );

  test("is asked here of every procedure that reads figures", () => {
    const writing = ["change.write", "change.note"];
    const reading = Object.keys(appRouter._def.procedures).filter(
      (path) => /^(map|change|coverage|together)\./.test(path) && !writing.includes(path),
    );
    expect(Object.keys(ASKED).sort()).toEqual(reading.sort());
  });
});
