import { initTRPC, TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import superjson from "superjson";
import { expect, test } from "vitest";
import { isCallError, makeClient } from "./wire";

/** A server as ours is set up, with procedures in the places of ours. */
const t = initTRPC.create({
  transformer: superjson,
  errorFormatter: ({ shape }) => ({ ...shape, data: { ...shape.data, fields: { id: "No such id." } } }),
});
const router = t.router({
  session: t.router({ me: t.procedure.query(() => ({ seenAt: new Date("2026-11-22T10:42:00Z") })) }),
  contacts: t.router({
    log: t.procedure.input((given) => given).mutation(({ input }) => [{ asked: input }]),
    get: t.procedure.query(() => {
      throw new TRPCError({ code: "NOT_FOUND", message: "This contact was not found." });
    }),
  }),
});
const handler = (request: Request) =>
  fetchRequestHandler({ endpoint: "/api/trpc", req: request, router, allowMethodOverride: true });
const sent: Request[] = [];
const client = makeClient({
  headers: () => ({ "x-acts-for": "somebody" }),
  fetch: (address, init) => {
    const request = new Request(new URL(String(address), "http://127.0.0.1"), init);
    sent.push(request.clone());
    return handler(request);
  },
});
const failing = (fetch: typeof globalThis.fetch) =>
  makeClient({ fetch })
    .session.me.query()
    .catch((error) => error);

test("a question is asked and its answer read, dates and all", async () => {
  expect(await client.session.me.query()).toEqual({ seenAt: new Date("2026-11-22T10:42:00Z") });
});

test("what is sent arrives as it is, with its headers, by POST and with nothing in the address", async () => {
  const contacts = [{ id: "0198c0de-0000-7000-8000-000000000001", note: "Ring on Monday" }];
  expect(await client.contacts.log.mutate({ contacts } as never)).toEqual([{ asked: { contacts } }]);
  const last = sent.at(-1);
  expect(last?.method).toBe("POST");
  expect(last?.url).not.toContain("Ring");
  expect(last?.headers.get("x-acts-for")).toBe("somebody");
});

test("what a procedure refuses is told with its code, its sentence and its fields", async () => {
  const error = await client.contacts.get.query({ id: "x" }).catch((fault) => fault);
  expect(isCallError(error)).toBe(true);
  expect(error).toMatchObject({
    message: "This contact was not found.",
    data: { code: "NOT_FOUND", httpStatus: 404, fields: { id: "No such id." } },
  });
});

test("no answer, and the answer of something else, are told apart", async () => {
  const away = await failing(() => Promise.reject(new TypeError("Failed to fetch")));
  expect(isCallError(away)).toBe(true);
  expect(away).toMatchObject({ data: undefined, meta: undefined });
  for (const other of [
    new Response("<html>Sign in to the network</html>"),
    Response.json({ error: "This request did not come from our pages." }, { status: 403 }),
    Response.json([{}]),
  ]) {
    const error = await failing(async () => other);
    expect(error).toMatchObject({ data: undefined, meta: { response: expect.any(Response) } });
  }
});
