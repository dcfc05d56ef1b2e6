/**
 * The base of every procedure: which action it is, whether the caller may take it, and how a broken rule is told.
 * The four errors of `domain/errors` become answers here and nowhere else; anything else is a bug, logged under
 * the id of the request without personal data and answered with that id and a calm sentence.
 */

import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { ZodError } from "zod";
import { type Ctx, requireRight, type SignedOut, type Waiting } from "./context";
import type { Action } from "./domain/access";
import { Conflict, Invalid, isBrokenRule, NotAllowed, NotFound } from "./domain/errors";
import { describeError, log } from "./log";
import { readInput } from "./wire-input";

interface Meta {
  action: Action;
}

const t = initTRPC
  .context<Ctx>()
  .meta<Meta>()
  .create({
    transformer: { input: { serialize: superjson.serialize, deserialize: readInput }, output: superjson },
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => ({
      ...shape,
      data: {
        ...shape.data,
        /** What is wrong with each field, by its path: "contacts.0.occurredOn". */
        fields: fieldsOf(error.cause),
        /** With UNAUTHORIZED: why, so that the screen can say it and offer the next step. */
        reason: error.code === "UNAUTHORIZED" && ctx ? reasonOf(ctx) : null,
        /** With FORBIDDEN: what the caller can do about it. */
        needs: error.cause instanceof NotAllowed ? error.cause.needs : null,
        requestId: ctx?.requestId ?? null,
      },
    }),
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

const answering = t.middleware(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) return result;
  throw answerFor(result.error, ctx, path);
});

/**
 * A procedure for somebody who is signed in and acts for an organisation. It refuses unless `decide` allows the
 * action for that organisation; what belongs to another is checked again where its row is read.
 */
export const procedure = (action: Action) =>
  t.procedure
    .meta({ action })
    .use(answering)
    .use(({ ctx, next }) => {
      requireRight(ctx, action, ctx.actor?.organisationId ?? null);
      return next({ ctx: { ...ctx, actor: ctx.actor } });
    });

/** A procedure for somebody who is signed in and may not have chosen an organisation yet. */
export const sessionProcedure = (action: Action) =>
  t.procedure
    .meta({ action })
    .use(answering)
    .use(({ ctx, next }) => {
      const { session } = ctx.caller;
      if (!session) throw new NotAllowed("Sign in first, then try again.");
      return next({ ctx: { ...ctx, caller: { ...ctx.caller, session } } });
    });

/**
 * A procedure for a session that waits for one of these things, and for an open one, which has done them: two tabs
 * may unlock at the same moment.
 */
export const waitingProcedure = (action: Action, ...waitsFor: readonly Waiting["for"][]) =>
  t.procedure
    .meta({ action })
    .use(answering)
    .use(({ ctx, next }) => {
      const { session, waiting } = ctx.caller;
      const found = session ?? (waiting && waitsFor.includes(waiting.for) ? waiting.session : null);
      if (!found) throw new NotAllowed("Sign in first, then try again.");
      return next({ ctx: { ...ctx, session: found } });
    });

/** A procedure for everyone, signed in or not. */
export const openProcedure = (action: Action) => t.procedure.meta({ action }).use(answering);

/** Why a call is not signed in, or that the organisation must be chosen first. */
type Reason = SignedOut | "choose-organisation";

function reasonOf({ caller }: Ctx): Reason {
  return caller.session ? "choose-organisation" : (caller.signedOut ?? "not-signed-in");
}

function fieldsOf(cause: unknown): Readonly<Record<string, string>> | null {
  if (cause instanceof Invalid) return cause.fields;
  if (cause instanceof ZodError) {
    return Object.fromEntries(cause.issues.map((issue) => [issue.path.join("."), issue.message]));
  }
  return null;
}

function answerFor(error: TRPCError, ctx: Ctx, path: string): TRPCError {
  const { cause } = error;
  if (isBrokenRule(cause)) {
    return new TRPCError({ code: codeOf(cause, ctx), message: cause.message, cause });
  }
  if (cause instanceof ZodError) {
    return new TRPCError({ code: "BAD_REQUEST", message: "Something is missing or not as expected.", cause });
  }
  if (isUnstorable(cause)) {
    return new TRPCError({ code: "BAD_REQUEST", message: "Take out the character that cannot be stored." });
  }
  // Raised by tRPC itself: an unknown path, a request that cannot be read.
  if (cause === undefined && error.code !== "INTERNAL_SERVER_ERROR") return error;
  log().error(
    { request: ctx.requestId, procedure: path, error: describeError(cause ?? error) },
    "call failed",
  );
  if (isUnreachable(cause)) {
    return new TRPCError({
      code: "SERVICE_UNAVAILABLE",
      message: "The service cannot be reached just now. Try again in a minute.",
    });
  }
  return new TRPCError({
    code: "INTERNAL_SERVER_ERROR",
    message: `Something went wrong on our side. Try again; if it happens again, quote ${ctx.requestId}.`,
  });
}

function codeOf(rule: NotFound | NotAllowed | Invalid | Conflict, ctx: Ctx): TRPCError["code"] {
  if (rule instanceof NotFound) return "NOT_FOUND";
  if (rule instanceof Invalid) return "BAD_REQUEST";
  if (rule instanceof Conflict) return "CONFLICT";
  return ctx.actor ? "FORBIDDEN" : "UNAUTHORIZED";
}

/** A text holds a character that Postgres stores nowhere, such as NUL. Forms say so of the field; this is the net. */
const UNSTORABLE = new Set(["22021", "22P05"]);

const hasCode = (error: unknown, codes: ReadonlySet<string>): boolean =>
  error instanceof Error && "code" in error && codes.has(String(error.code));

const isUnstorable = (error: unknown) => hasCode(error, UNSTORABLE);

/** The database is away or too busy: postgres.js's own codes, and those of a server that stops, starts or is full. */
const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "57P01",
  "57P03",
  "53300",
  "57014",
]);

const isUnreachable = (error: unknown) => hasCode(error, UNREACHABLE);
