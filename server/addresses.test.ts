import { createServer } from "node:http";
import { afterAll, expect, test } from "vitest";
import { callerOf, nameCallers } from "./addresses";

nameCallers();
const server = createServer((request, response) => response.end(JSON.stringify(request.headers)));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
afterAll(() => {
  server.close();
});

test("what a stranger says of where they come from is dropped before anybody reads it", async () => {
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const answer = await fetch(`http://127.0.0.1:${port}/`, {
    headers: {
      "X-Forwarded-For": "203.0.113.9, 203.0.113.8",
      "X-Real-IP": "203.0.113.9",
      Forwarded: "for=203.0.113.9;host=evil.test",
      "X-Forwarded-Host": "evil.test",
      "X-Forwarded-Proto": "https",
    },
  });
  const headers = (await answer.json()) as Record<string, string>;
  expect(headers["x-forwarded-for"]).toBe("127.0.0.1");
  expect(JSON.stringify(headers)).not.toMatch(/203\.0\.113|evil\.test/);
});

test.each([
  ["without a proxy the socket's address counts", "198.51.100.1", "203.0.113.9", [], "198.51.100.1"],
  ["a proxy that nobody named is not believed", "198.51.100.1", "203.0.113.9", ["192.0.2.1"], "198.51.100.1"],
  [
    "a named proxy is believed about the address it added, which is the last",
    "192.0.2.1",
    "1.1.1.1, 203.0.113.9",
    ["192.0.2.1"],
    "203.0.113.9",
  ],
  [
    "a named proxy that added nothing is itself the caller",
    "192.0.2.1",
    undefined,
    ["192.0.2.1"],
    "192.0.2.1",
  ],
  [
    "a dual-stack socket means the same address",
    "::ffff:192.0.2.1",
    "203.0.113.9",
    ["192.0.2.1"],
    "203.0.113.9",
  ],
  ["a socket that is gone is nobody", undefined, "203.0.113.9", [], "unknown"],
])("%s", (_rule, socket, forwarded, trusted, expected) => {
  expect(callerOf(socket, forwarded, new Set(trusted))).toBe(expected);
});
