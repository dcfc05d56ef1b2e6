/** For tests of who is let in: which procedures answer at all. */

import { TRPCError } from "@trpc/server";
import type { Ctx } from "./context";
import { appRouter, createCaller } from "./routers";

/** The paths of all procedures that answer in a context with anything but "sign in first", and do not for nobody. */
export async function answeringIn(ctx: Ctx): Promise<string[]> {
  const { caller, ...rest } = ctx;
  const nobody = { ...rest, actor: null, caller: { ...caller, session: null, signedOut: null } };
  delete nobody.caller.waiting;
  const answering: string[] = [];
  for (const path of Object.keys(appRouter._def.procedures).sort()) {
    if ((await answers(ctx, path)) && !(await answers(nobody, path))) answering.push(path);
  }
  return answering;
}

async function answers(ctx: Ctx, path: string): Promise<boolean> {
  let procedure: unknown = createCaller(ctx);
  for (const word of path.split(".")) procedure = Reflect.get(Object(procedure), word);
  if (typeof procedure !== "function") throw new Error(`There is no procedure ${path}`);
  try {
    await procedure({});
    return true;
  } catch (error) {
    return !(error instanceof TRPCError && error.code === "UNAUTHORIZED");
  }
}
