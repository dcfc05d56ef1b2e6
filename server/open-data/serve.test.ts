/** Open data as anybody asks for it: what is there, what is not, how it is said, and that it is not sent twice. */

import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { connect } from "../../db/client";
import { TABLE_NAMES, TABLES } from "../domain/open-data/tables";
import { testDatabase } from "../testing";
import { arrangeReleaseWorld, type ReleaseWorld } from "../testing-releases";
import { type Cursor, type FiguresAsked, type FiguresPage, pickFigures } from "./frozen-figures";
import { serveOpenData } from "./serve";
import { MOST_A_MINUTE } from "./turns";

const db = await testDatabase();
const ORIGIN = "https://need.example";
let world: ReleaseWorld;
let asker = 0;

/** Asks as somebody new each time, so that nobody has to wait for their turn. */
const ask = (path: string, init: RequestInit = {}, address = `somebody ${asker}`) => {
  asker += 1;
  const request = new Request(`${ORIGIN}/api/open/v1${path}`, init);
  return serveOpenData(request, { reader: db.reader, origin: ORIGIN, address });
};
const json = async (path: string) => (await ask(path)).json();

beforeAll(async () => {
  world = await arrangeReleaseWorld(db);
  await world.logPeople(110, "2026-06-10");
  await world.logPeople(30, "2026-06-10", "SR2 1AA", "MON-01");
  await world.setToday("2026-07-28");
  await world.tick();
});

describe("figures", () => {
  test("have a row for every cell of the menu, and an empty one says why", async () => {
    const { rows, release } = await json("/figures?period=q:2026-Q1&level=sector&need=*,HOU,MON");
    expect(release).toBe(1);
    const said = rows.map((row: Record<string, unknown>) => [row["area"], row["need"], row["status"]]);
    expect(said).toEqual([
      ["SR1 1", "*", "shown"],
      ["SR1 1", "HOU", "shown"],
      ["SR1 1", "MON", "fewer-than-10"],
      ["SR1 2+SR1 3", "*", "fewer-than-10"],
      ["SR1 2+SR1 3", "HOU", "fewer-than-10"],
      ["SR1 2+SR1 3", "MON", "fewer-than-10"],
      ["SR2 1", "*", "shown"],
      ["SR2 1", "HOU", "fewer-than-10"],
      ["SR2 1", "MON", "shown"],
    ]);
    for (const row of rows) expect(row.people === null).toBe(row.status !== "shown");
  });

  test("of a district that is one sector has that sector's figure, and no single needs", async () => {
    const district = await json("/figures?period=q:2026-Q1&area=SR2&need=MON,MON-01");
    const sector = await json("/figures?period=q:2026-Q1&area=SR2+1&need=MON");
    expect(district.rows[0].people).toBe(sector.rows[0].people);
    expect(district.rows[1]).toMatchObject({ need: "MON-01", status: "not-published", people: null });
  });

  test("have slices one at a time, for authorities and above, where the whole figure is at least 100", async () => {
    const { rows } = await json("/figures?period=q:2026-Q1&need=*,MON");
    const sliced = rows.filter((row: { slice: string }) => row.slice !== "all");
    const cells = new Set(sliced.map((row: Record<string, unknown>) => `${row["area"]} ${row["need"]}`));
    expect([...cells]).toEqual(["E08999999 *"]);
    const one = await json("/figures?period=q:2026-Q1&slice=sex=unknown");
    expect(one.rows).toHaveLength(3);
    expect(one.rows[0]).toMatchObject({ need: "*", slice: "sex=unknown", status: "shown" });
    const none = await json("/figures?period=q:2026-Q1&area=E08999999&need=*&slice=age=16-24");
    expect(none.rows[0]).toMatchObject({ status: "fewer-than-10", people: null });
  });

  test("come page by page, and the pages are the file", async () => {
    const file = await (await ask("/releases/1/figures.csv")).text();
    let text = "";
    let next: string | null = "/figures.csv?limit=700";
    while (next !== null) {
      const page = await ask(next);
      text += (await page.text())
        .split("\r\n")
        .slice(text === "" ? 0 : 1)
        .join("\r\n");
      next = /<\/api\/open\/v1([^>]*)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1] ?? null;
    }
    expect(text).toBe(file);
  });

  test.each([
    ["a single need by sector", "/figures?level=sector&need=HOU-04"],
    ["months by sector", "/figures?level=sector&period=m:2026-06"],
    ["a period that has not settled", "/figures?period=y:2026"],
    ["an area that there is not", "/figures?area=SR9+9"],
    ["a need that there is not", "/figures?need=QQQ-77"],
    ["a slice that there is not", "/figures?slice=sex=none"],
    ["a release to come", "/figures?release=9"],
    ["a file of a release to come", "/releases/9/figures.csv"],
    ["outlines of another year", "/boundaries/2031/sector.geojson"],
    ["areas of another level's code", "/areas?level=nation&area=SR1"],
  ])("of %s are not published, in the same words as anything else", async (_what, path) => {
    const answer = await ask(path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    const first = await (await ask("/figures?area=QQ1")).text();
    expect(await answer.text()).toBe(first);
  });

  const ASKED = {
    ...{ release: 1, periods: [], levels: [], areas: [], needs: [], slices: [], limit: 5_000, cursor: null },
  } satisfies FiguresAsked;

  test.each<Partial<FiguresAsked>>([
    { slices: ["zzz"] },
    { slices: ["sex=none"] },
    { slices: ["sex=female"], levels: ["sector", "unplaced", "district"] },
    { levels: ["sector"], needs: ["HOU-04"] },
    { needs: ["QQQ-77"] },
    { levels: ["sector"], periods: ["m:2026-06"] },
  ])("of %o cannot be there, and nothing is read to find that out", async (asked) => {
    const closed = connect(db.urls.reader, { max: 1 });
    await closed.end();
    expect(await pickFigures(closed, { ...ASKED, ...asked })).toEqual({ rows: [], next: null });
    await expect(pickFigures(closed, ASKED)).rejects.toThrow();
  });

  test("are read a few stretches at a time, with what comes next, and nothing is left out", async () => {
    const whole = await pickFigures(db.reader, { ...ASKED, needs: ["HOU"] });
    const rows: unknown[] = [];
    let cursor: Cursor | null = null;
    let pages = 0;
    do {
      const page: FiguresPage = await pickFigures(db.reader, { ...ASKED, needs: ["HOU"], cursor }, 2);
      rows.push(...page.rows);
      cursor = page.next;
      pages += 1;
    } while (cursor !== null);
    expect(pages).toBeGreaterThan(2);
    expect(rows).toEqual(whole.rows);
  });

  test.each([
    ["/figures?postcode=SR1+1AA", "postcode"],
    ["/figures?need=HOU&need=MON", "need"],
    ["/figures?level=street", "level"],
    ["/figures?period=2026", "period"],
    ["/figures?limit=100000", "limit"],
    ["/figures?limit=-1", "limit"],
    ["/figures?area='%3B--", "area"],
    ["/figures?cursor=1.2", "cursor"],
    ["/figures?cursor=7.0.0", "cursor"],
    ["/needs?x=1", "x"],
    ["/releases/1/figures.csv?x=1", "x"],
  ])("asked for as %s are refused, naming %s", async (path, name) => {
    const answer = await ask(path);
    expect(answer.status).toBe(400);
    expect((await answer.json()).errors[0].name).toBe(name);
  });
});

describe("an answer", () => {
  const PATHS = [
    "",
    ...TABLE_NAMES.filter((name) => !["revisions", "coverage", "periods"].includes(name)).flatMap((name) => [
      `/${name}`,
      `/${name}.csv`,
      `/${name}.json`,
      `/${name}.csv-metadata.json`,
    ]),
    "/releases/1",
    "/releases/1/figures.csv",
    "/releases/1/figures.json",
    "/releases/1/revisions.csv",
    "/releases/1/coverage.csv",
    "/releases/1/areas.csv-metadata.json",
    "/boundaries/2026/sector.geojson",
    "/boundaries/2026/district.topojson",
    "/openapi.json",
    "/dcat",
  ];

  test.each(PATHS)("at %s is tagged, open to every site, and sent once", async (path) => {
    const answer = await ask(path);
    expect(answer.status).toBe(200);
    const etag = answer.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[^"]+"$/);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("set-cookie")).toBeNull();
    const text = await answer.text();
    expect(answer.headers.get("content-length")).toBe(String(Buffer.byteLength(text)));
    if (/json|dcat|^$/.test(path) || !path.includes(".csv")) JSON.parse(text);
    const again = await ask(path, { headers: { "if-none-match": `"other", W/${etag}` } });
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
    const head = await ask(path, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    for (const name of ["etag", "content-length", "content-type", "link"]) {
      expect(head.headers.get(name)).toBe(answer.headers.get(name));
    }
  });

  test("is CSV or JSON as the asker likes", async () => {
    const type = async (accept: string) =>
      (await ask("/needs", { headers: { accept } })).headers.get("content-type");
    expect(await type("*/*")).toBe("application/json");
    expect(await type("text/csv")).toMatch("text/csv");
    expect(await type("application/json;q=0.5, text/*")).toMatch("text/csv");
    expect((await ask("/needs", { headers: { accept: "image/png" } })).status).toBe(406);
  });

  test("of a CSV file names its description, which is there", async () => {
    for (const path of ["/needs.csv", "/figures.csv?need=HOU&level=district", "/releases/1/revisions.csv"]) {
      const link = (await ask(path)).headers.get("link") ?? "";
      const [, address = ""] = /<\/api\/open\/v1([^>]*)>; rel="describedby"/.exec(link) ?? [];
      const description = await ask(address);
      expect(description.headers.get("content-type")).toBe("application/csvm+json");
    }
  });

  test("leads from the latest release to its number", async () => {
    const answer = await ask("/releases/latest/figures.csv");
    expect([answer.status, answer.headers.get("location")]).toEqual([
      307,
      "/api/open/v1/releases/1/figures.csv",
    ]);
  });

  test("says what a file's hash is, and it is", async () => {
    const { files } = await json("/releases/1");
    expect(files).toHaveLength(18);
    for (const { address, sha256, bytes } of files) {
      const text = await (await ask(address.replace("/api/open/v1", ""))).text();
      expect(createHash("sha256").update(text).digest("hex")).toBe(sha256);
      expect(Buffer.byteLength(text)).toBe(bytes);
    }
  });

  test("holds rows of its schema and no more", async () => {
    for (const name of ["figures", "areas", "needs", "releases", "boundaries"] as const) {
      const { rows } = await json(`/${name}.json`);
      expect(rows.length, name).toBeGreaterThan(0);
      for (const row of rows) TABLES[name].row.parse(row);
    }
    for (const name of ["figures", "revisions", "areas", "needs", "periods"] as const) {
      const { rows } = await json(`/releases/1/${name}.json`);
      for (const row of rows) TABLES[name].row.parse(row);
    }
  });

  test("says what is frozen and nothing else, whatever figures are in force meanwhile", async () => {
    const paths = ["/figures.csv?limit=5000", "/figures?need=HOU&level=sector", "/releases", "/dcat"];
    const said = () => Promise.all(paths.map(async (path) => (await ask(path)).text()));
    const before = await said();
    await db.administrator`update published.figure set figure = 995, release_no = 2`;
    await db.administrator`
      insert into published.release (number, made_on, summary) values (2, '2026-07-29', '{}')`;
    expect(await said()).toEqual(before);
    await db.administrator`delete from published.release where number = 2`;
  });

  test.each(["POST", "PUT", "PATCH", "DELETE"])("to %s is that this is only for reading", async (method) => {
    const answer = await ask("/needs", { method });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
  });

  test("to a page of another site that asks first is yes", async () => {
    const answer = await ask("/needs", { method: "OPTIONS" });
    expect(answer.headers.get("access-control-allow-methods")).toBe("GET, HEAD, OPTIONS");
  });

  test.each([
    "/nothing",
    "/figures/",
    "/figures.xml",
    "/releases/1/../../../health",
    "/%E0%A4%A",
    "/releases/0",
  ])("at %s is a problem, not a page", async (path) => {
    const answer = await ask(path);
    if (path === "/figures/") expect(answer.status).toBe(200);
    else {
      expect(answer.status).toBe(404);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
    }
  });

  test("is put off when one address asks too often, and another's is not", async () => {
    vi.spyOn(Date, "now").mockReturnValue(1_800_000_000_000);
    const often = () => ask("/needs", { method: "HEAD" }, "198.51.100.7");
    for (let turn = 0; turn < MOST_A_MINUTE; turn += 1) expect((await often()).status).toBe(200);
    const refused = await often();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
    expect((await ask("/needs", {}, "198.51.100.8")).status).toBe(200);
    vi.restoreAllMocks();
  });

  test("to a fault of ours says so and no more", async () => {
    await db.administrator`alter table published.release_file rename to release_file_away`;
    const answer = await ask("/releases");
    await db.administrator`alter table published.release_file_away rename to release_file`;
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toMatch(/relation|published|release_file/);
  });
});
