/**
 * What a call brings, as the wire carries it. Nested deeper than any form of ours nests, it is refused before anything
 * walks through it: each step into it is a step on the stack, and who fills the stack stops the answer for everybody
 * in the same request.
 */
import { TRPCError } from "@trpc/server";
import superjson, { type SuperJSONResult } from "superjson";

/** A batch of contacts with their entries and places is some eight deep. */
const MOST_DEEP = 40;

/** The value that was sent. Throws BAD_REQUEST for what is nested too deep. */
export function readInput(written: SuperJSONResult): unknown {
  if (isTooDeep(written)) {
    throw new TRPCError({ code: "BAD_REQUEST", message: "This is nested too deep to be read." });
  }
  return superjson.deserialize(written);
}

/** Level by level, so that its own stack does not grow with what it looks at. */
function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_DEEP) return true;
    level = level.flatMap((each) =>
      typeof each === "object" && each !== null ? Object.values(each).filter(isHolder) : [],
    );
  }
  return false;
}

const isHolder = (value: unknown) => typeof value === "object" && value !== null;
