/** Open figures without signing in: a place is found, the files are taken with curl alone, a map stands elsewhere. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { promisify } from "node:util";
import { expect, expectAccessible, expectAccessibleInBoth, test } from "./fixtures";
import { ANY_WIDTH } from "./widths";

const run = promisify(execFile);
const API = `http://127.0.0.1:${process.env["E2E_PORT"]}/api/open/v1`;

/** What curl says, as anybody runs it: status, headers and body. */
async function curl(...args: string[]): Promise<{ status: number; headers: string; body: Buffer }> {
  const { stdout } = await run("curl", ["--silent", "--max-time", "60", "--include", ...args], {
    encoding: "buffer",
    maxBuffer: 256_000_000,
  });
  let body: Buffer = stdout;
  let head = "";
  // A redirect that was followed has a head of its own before the last one.
  while (body.subarray(0, 5).toString() === "HTTP/") {
    const end = body.indexOf("\r\n\r\n");
    head = body.subarray(0, end).toString();
    body = body.subarray(end + 4);
  }
  const status = Number(head.split(" ")[1]);
  return { status, headers: head.replace(/^[\w-]+:/gm, (name) => name.toLowerCase()), body };
}

const headerOf = (headers: string, name: string) =>
  new RegExp(`^${name}: (.*?)\\r?$`, "m").exec(headers)?.[1] ?? "";

test("somebody finds their place, reads its figures and sees why one is missing", async ({ page }) => {
  await page.goto("/open");
  await expect(
    page.getByRole("heading", { level: 1, name: "What people near you need help with" }),
  ).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Release \d+$/ })).toBeVisible();
  await expectAccessibleInBoth(page);
  const area = await (await fetch(`${API}/areas?level=district&limit=1`)).json();
  const district: string = area.rows[0].area;
  await page.getByRole("searchbox", { name: "A place or a need" }).fill(` ${district.toLowerCase()} `);
  await page.getByRole("button", { name: "Show figures" }).click();
  await page.getByRole("link", { name: `${district} Postcode district`, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: district })).toBeVisible();
  await expect(page.getByRole("heading", { name: /^By domain of need/ })).toBeVisible();
  await expectAccessibleInBoth(page);
  await page.getByRole("link", { name: "Financial years" }).click();
  await expect(page.getByRole("link", { name: "Financial years" })).toHaveAttribute("aria-current", "true");
  await expect(page.getByRole("heading", { name: "Why is a figure missing?" })).toBeVisible();
  expect(await page.context().cookies()).toEqual([]);
});

test(
  "a slip in a name is forgiven, a need leads to its map, and nothing found says what to try",
  ANY_WIDTH,
  async ({ page }) => {
    await page.goto("/open?find=rent%20arears");
    await page.getByRole("link", { name: /^Rent or mortgage arrears/ }).click();
    await expect(page.getByRole("heading", { name: /^Rent or mortgage arrears, by/ })).toBeVisible();
    await page.goto("/open?find=qqqqq");
    await expect(page.getByRole("status")).toContainText("Nothing fits");
    await expectAccessible(page);
  },
);

test("releases, the method and the page for developers are there for everybody", async ({ page }) => {
  for (const path of ["/open/releases", "/open/method", "/open/developers"]) {
    const answer = await page.goto(path);
    expect(answer?.headers()["set-cookie"]).toBeUndefined();
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expectAccessibleInBoth(page);
  }
  await page.goto("/open/releases");
  await page
    .getByRole("link", { name: /^Release \d+$/ })
    .first()
    .click();
  await expect(page.getByRole("link", { name: "figures.csv", exact: true })).toBeVisible();
  await expectAccessible(page);
  // The first release lists itself alone.
  await page.goto("/open/releases/1");
  await expect(page.getByText("1 row", { exact: true })).toBeVisible();
  await page.goto("/open/place?level=district&area=NOWHERE");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is no public page here");
});

test("everything is fetched with curl alone, once", ANY_WIDTH, async () => {
  const start = await curl(API);
  expect(start.status).toBe(200);
  expect(headerOf(start.headers, "access-control-allow-origin")).toBe("*");
  expect(headerOf(start.headers, "set-cookie")).toBe("");
  const latest = JSON.parse(start.body.toString()).latest_release;
  const release = JSON.parse((await curl(`${API}/releases/${latest}`)).body.toString());
  for (const file of release.files) {
    const address = new URL(file.address, API).href;
    const got = await curl(address);
    expect(createHash("sha256").update(got.body).digest("hex"), file.name).toBe(file.sha256);
    const etag = headerOf(got.headers, "etag");
    const again = await curl("-H", `If-None-Match: ${etag}`, address);
    expect([again.status, again.body.length]).toEqual([304, 0]);
    const head = await curl("--head", address);
    expect([head.status, headerOf(head.headers, "etag")]).toEqual([200, etag]);
    const packed = await curl("--compressed", address);
    expect(packed.body.equals(got.body)).toBe(true);
  }
  const through = await curl("-L", `${API}/releases/latest/figures.csv`);
  expect(createHash("sha256").update(through.body).digest("hex")).toBe(release.figures_sha256);
  for (const path of [
    "/needs.csv",
    "/areas.csv",
    "/figures.csv?need=*,HOU&level=sector,district",
    "/boundaries.json",
    "/openapi.json",
    "/dcat",
    "/figures.csv-metadata.json",
  ]) {
    const got = await curl(`${API}${path}`);
    expect(got.status, path).toBe(200);
    const again = await curl("-H", `If-None-Match: ${headerOf(got.headers, "etag")}`, `${API}${path}`);
    expect(again.status, path).toBe(304);
  }
  const { rows } = JSON.parse((await curl(`${API}/boundaries.json`)).body.toString());
  for (const { geojson, topojson } of rows) {
    for (const address of [geojson, topojson]) {
      expect((await curl(new URL(address, API).href)).status, address).toBe(200);
    }
  }
  const missing = await curl(`${API}/figures?level=sector&need=HOU-04`);
  expect([missing.status, headerOf(missing.headers, "content-type")]).toEqual([
    404,
    "application/problem+json",
  ]);
  expect((await curl("-X", "POST", `${API}/figures`)).status).toBe(405);
});

test("the commands on the page for developers work as they stand", ANY_WIDTH, async ({ page }) => {
  await page.goto("/open/developers");
  const lines = (await page.locator("pre").allTextContents()).join("\n").split("\n");
  const commands = lines.filter((line) => line.startsWith("curl"));
  expect(commands.length).toBeGreaterThan(5);
  for (const command of commands) {
    const args = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
    const kept = args.slice(1).filter((arg) => !["-O", "-o", "figures.csv"].includes(arg));
    expect((await curl(...kept)).status, command).toBe(200);
  }
});

test(
  "a map stands in a page of somebody else, without script, and no other page does",
  ANY_WIDTH,
  async ({ browser }) => {
    const here = `http://127.0.0.1:${process.env["E2E_PORT"]}`;
    const host = createServer((_, answer) => {
      answer.setHeader("content-type", "text/html");
      answer.end(
        `<title>Elsewhere</title><iframe title="map" src="${here}/open/embed?need=HOU"></iframe><iframe title="not" src="${here}/open"></iframe>`,
      );
    });
    await new Promise<void>((done) => host.listen(0, "127.0.0.1", done));
    const address = host.address();
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`);
    const map = page.frameLocator('iframe[title="map"]');
    await expect(map.getByRole("heading", { level: 1, name: /^Housing, by/ })).toBeVisible();
    await expect(map.getByText(/Common Need open figures/)).toBeVisible();
    await expect(page.frameLocator('iframe[title="not"]').getByRole("heading", { level: 1 })).toHaveCount(0);
    expect(await context.cookies()).toEqual([]);
    await context.close();
    host.close();
  },
);
