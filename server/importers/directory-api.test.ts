import { readdir, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { uuidv7 } from "../ids";
import { isPublicAddress } from "../public-address";
import { madeDirectory } from "../testing-places";
import { DirectoryApi } from "./directory-api";
import type { DirectoryDocument } from "./directory-documents";
import { fetchText, LIMITS, publicUrl } from "./public-fetch";

const kept = await madeDirectory();
/** A directory of its own for each test: ports come round again. */
let keepIn = "";
const servers: { close(): void }[] = [];
beforeEach(() => {
  keepIn = join(kept, uuidv7());
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

type Answer = (request: IncomingMessage, response: ServerResponse, asked: URL) => void;

/** A real server on this machine; gives its address and the paths that were asked for. */
async function serve(answer: Answer): Promise<{ address: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    asked.push(`${url.pathname}${url.search}`);
    answer(request, response, url);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`, asked };
}

const limits = { ...LIMITS, timeoutMs: 1_000, mostBytes: 100_000, allowLoopback: true };
const open = (address: string, over = {}) =>
  new DirectoryApi(address, { keepIn, limits, pauseMs: 1, longestWaitMs: 40, ...over });

async function readAll(api: DirectoryApi): Promise<DirectoryDocument[]> {
  const documents: DirectoryDocument[] = [];
  for await (const document of api.documents()) documents.push(document);
  return documents;
}
const idsOf = (documents: readonly DirectoryDocument[]) =>
  documents.flatMap(({ body }) => (Array.isArray(body) ? body.map(({ id }) => id) : []));

const service = (id: number) => ({
  id: `s${id}`,
  name: `Service ${id}`,
  status: "active",
  service_areas: [],
});
const PAGES = 3;
/** A page as HSDS-UK 3.0 has it. */
const pageOf = (page: number, contents: readonly unknown[] = [service(page * 2), service(page * 2 + 1)]) => ({
  total_items: PAGES * 2,
  total_pages: PAGES,
  page_number: page,
  size: contents.length,
  first_page: page === 1,
  last_page: page === PAGES,
  empty: false,
  contents,
});
const json = (response: ServerResponse, body: unknown) =>
  response.setHeader("content-type", "application/json").end(JSON.stringify(body));
const pageAsked = (asked: URL) => Number(asked.searchParams.get("page"));

test("every page is read once, in order", async () => {
  const { address, asked } = await serve((_request, response, url) => json(response, pageOf(pageAsked(url))));
  expect(idsOf(await readAll(open(address)))).toEqual(["s2", "s3", "s4", "s5", "s6", "s7"]);
  expect(asked).toEqual([1, 2, 3].map((page) => `/api/services?page=${page}&per_page=50`));
});

test("the address may name the list itself and carry what its server wants", async () => {
  const { address, asked } = await serve((_request, response) => json(response, [service(1)]));
  await readAll(open(`${address}/services?taxonomy=food&page=7&per_page=10`));
  expect(asked).toEqual(["/api/services?taxonomy=food&per_page=10&page=1"]);
});

test("a list of summaries is read service by service; one that is gone meanwhile keeps its line", async () => {
  const { address, asked } = await serve((_request, response, url) => {
    if (url.pathname === "/api/services") {
      const lines = ["a", "b/c", "gone"].map((id) => ({ id, name: id, status: "active" }));
      return json(response, { ...pageOf(3, lines), page_number: 1 });
    }
    if (url.pathname.endsWith("gone")) return response.writeHead(404).end();
    const id = decodeURIComponent(url.pathname.replace("/api/services/", ""));
    return json(response, { id, name: id, status: "active", schedules: [], description: "in full" });
  });
  const [document] = await readAll(open(address));
  expect(document?.body).toMatchObject([
    { id: "a", description: "in full" },
    { id: "b/c", description: "in full" },
    { id: "gone", name: "gone" },
  ]);
  expect(asked).toContain("/api/services/b%2Fc");
});

test("a packed answer is unpacked", async () => {
  const { address } = await serve((_request, response) =>
    response.setHeader("content-encoding", "gzip").end(gzipSync(JSON.stringify(pageOf(3)))),
  );
  expect(idsOf(await readAll(open(address)))).toEqual(["s6", "s7"]);
});

describe("a server in trouble", () => {
  test.each([429, 500, 502, 503, 408])(
    "that answers %i is asked again, and the reading goes on",
    async (status) => {
      let failures = 2;
      const { address, asked } = await serve((_request, response, url) => {
        if (pageAsked(url) === 2 && failures > 0) {
          failures -= 1;
          return response.writeHead(status, { "retry-after": "0" }).end();
        }
        return json(response, pageOf(pageAsked(url)));
      });
      expect(idsOf(await readAll(open(address)))).toHaveLength(6);
      expect(asked).toHaveLength(5);
    },
  );

  test("that asks to wait is not asked before", async () => {
    const at: number[] = [];
    const { address } = await serve((_request, response, url) => {
      at.push(performance.now());
      if (at.length === 1) return response.writeHead(429, { "retry-after": "1" }).end();
      return json(response, pageOf(pageAsked(url) + 2));
    });
    await readAll(open(address, { longestWaitMs: 5_000 }));
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThan(950);
  });

  test("that breaks off in the middle of a page is asked again", async () => {
    let broken = false;
    const { address } = await serve((_request, response, url) => {
      if (!broken && pageAsked(url) === 2) {
        broken = true;
        response.writeHead(200, { "content-length": "100000" });
        return response.write('{"contents": [{"id"', () => response.destroy());
      }
      return json(response, pageOf(pageAsked(url)));
    });
    expect(idsOf(await readAll(open(address)))).toHaveLength(6);
  });

  test("that stays in trouble stops the reading, which goes on from there the next time", async () => {
    let isUp = false;
    const { address, asked } = await serve((_request, response, url) =>
      isUp || pageAsked(url) < 3 ? json(response, pageOf(pageAsked(url))) : response.writeHead(503).end(),
    );
    await expect(readAll(open(address))).rejects.toThrow(
      /was read to page 3 of 3, then the server answered 503\. Nothing was loaded\..*run the same command again/,
    );
    expect(asked).toHaveLength(2 + 4);
    isUp = true;
    const api = open(address);
    expect(idsOf(await readAll(api))).toHaveLength(6);
    expect(asked.slice(6)).toEqual(["/api/services?page=3&per_page=50"]);
    await api.forget();
    await readAll(open(address));
    expect(asked).toHaveLength(7 + 3);
  });

  test("that refuses is not asked again", async () => {
    const { address, asked } = await serve((_request, response) => response.writeHead(403).end());
    await expect(readAll(open(address))).rejects.toThrow(/the server answered 403/);
    expect(asked).toHaveLength(1);
  });

  test("that never answers is given up after a time", async () => {
    const { address } = await serve(() => {});
    const quick = { limits: { ...limits, timeoutMs: 100 } };
    await expect(readAll(open(address, quick))).rejects.toThrow(/took too long/);
  });

  test("that is not there is named", async () => {
    await expect(readAll(open("http://127.0.0.1:9/api"))).rejects.toThrow(/could not be reached/);
  });
});

describe("a server that lies", () => {
  test("gives the same page for ever: the reading stops", async () => {
    const { address, asked } = await serve((_request, response) =>
      json(response, { page_number: 1, last_page: false, contents: [service(1), service(2)] }),
    );
    await expect(readAll(open(address))).rejects.toThrow(/the same services again and again/);
    expect(asked).toHaveLength(2);
  });

  test("repeats some services on the next page, as lists do that grow while they are read: the reading goes on", async () => {
    const { address } = await serve((_request, response, url) =>
      json(response, pageOf(pageAsked(url), [service(pageAsked(url)), service(pageAsked(url) + 1)])),
    );
    expect(idsOf(await readAll(open(address)))).toEqual(["s1", "s2", "s2", "s3", "s3", "s4"]);
  });

  test.each([
    [
      "a page without end",
      (response: ServerResponse) => response.end("x".repeat(200_000)),
      /more than 0 MB|more than/,
    ],
    [
      "a small page that unpacks without end",
      (response: ServerResponse) =>
        response.setHeader("content-encoding", "gzip").end(gzipSync(" ".repeat(10_000_000))),
      /more than/,
    ],
    [
      "a web page",
      (response: ServerResponse) => response.end("<html>Sign in</html>"),
      /not JSON that can be read/,
    ],
    [
      "half a page",
      (response: ServerResponse) => response.end('{"contents": [{"id": '),
      /not JSON that can be read/,
    ],
    ["nothing", (response: ServerResponse) => response.end(), /is empty/],
    [
      "something else that calls itself packed",
      (response: ServerResponse) => response.setHeader("content-encoding", "gzip").end("plain"),
      /broke off/,
    ],
  ])("sends %s: nothing is loaded, and the reason is told", async (_words, send, reason) => {
    const { address } = await serve((_request, response) => send(response));
    await expect(readAll(open(address))).rejects.toThrow(reason);
  });

  test("redirects for ever: the reading stops", async () => {
    const { address } = await serve((_request, response, url) =>
      response.writeHead(302, { location: `${url.pathname}x` }).end(),
    );
    await expect(readAll(open(address))).rejects.toThrow(/without end/);
  });

  test.each([
    "http://10.0.0.8/secrets",
    "https://169.254.169.254/latest/meta-data/",
    "https://[fd00::1]/",
    "http://example.org/",
    "file:///etc/passwd",
    "https://user:password@example.org/",
  ])("redirects to %s, which is refused", async (location) => {
    const { address, asked } = await serve((_request, response) =>
      response.writeHead(307, { location }).end(),
    );
    await expect(readAll(open(address))).rejects.toThrow(/refused|private network/);
    expect(asked).toHaveLength(1);
  });

  test("puts the path of another file into an id: only its own address is asked", async () => {
    const { address, asked } = await serve((_request, response, url) =>
      url.pathname === "/api/services"
        ? json(response, { ...pageOf(3, [{ id: "../../admin?x=1#", name: "X", status: "active" }]) })
        : response.writeHead(404).end(),
    );
    await readAll(open(address));
    expect(asked[1]).toBe("/api/services/..%2F..%2Fadmin%3Fx%3D1%23");
  });
});

describe("an address that an operator may not use", () => {
  test.each([
    ["http://example.org/api", /only https/],
    ["ftp://example.org/api", /only https/],
    ["https://localhost/api", /private network/],
    ["https://127.0.0.1/api", /private network/],
    ["https://2130706433/api", /private network/],
    ["https://0x7f.1/api", /private network/],
    ["https://[::1]/api", /private network/],
    ["https://[::ffff:10.0.0.1]/api", /private network/],
    ["https://192.168.1.1/api", /private network/],
    ["not an address", /is not a web address/],
  ])("%s", (address, reason) => {
    expect(() => publicUrl(address)).toThrow(reason);
  });

  test("a name that resolves to this machine is refused when it is connected to", async () => {
    const url = new URL("https://localhost:9/api");
    await expect(fetchText(url)).rejects.toThrow(/private network/);
  });

  test.each(["8.8.8.8", "151.101.1.1", "2a00:1450:4009::200e"])("%s is public", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test.each([
    "10.1.2.3",
    "100.64.0.1",
    "127.8.8.8",
    "169.254.169.254",
    "172.31.0.1",
    "192.168.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "0.0.0.0",
    "::",
    "::1",
    "fe80::1",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "2001:db8::1",
    "2002:7f00:1::",
    "nonsense",
  ])("%s is not", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

test("what is kept is kept apart for each address, for the operator's eyes only, until the load is done", async () => {
  const one = await serve((_request, response) => json(response, [service(1)]));
  const other = await serve((_request, response) => json(response, [service(2)]));
  const api = open(one.address);
  await readAll(api);
  expect((await readdir(keepIn)).length).toBe(1);
  await readAll(open(other.address));
  const folders = await readdir(keepIn);
  expect(folders).toHaveLength(2);
  for (const folder of folders) expect((await stat(join(keepIn, folder))).mode & 0o077).toBe(0);
  await api.forget();
  expect(await readdir(keepIn)).toHaveLength(1);
});
