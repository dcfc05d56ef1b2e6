/** Objections of clients to being shared or counted. */

import { z } from "zod";
import { decideObjectionSchema, objectSchema } from "../domain/objection";
import {
  decideObjection,
  listObjections,
  listWaitingObjections,
  object,
  takeBackObjection,
} from "../objections";
import { procedure, router } from "../trpc";

const client = z.strictObject({ clientId: z.uuid().toLowerCase() });

export const objectionsRouter = router({
  list: procedure("client.read")
    .input(client)
    .query(({ ctx, input }) => listObjections(ctx, input.clientId)),
  make: procedure("consent.record")
    .input(objectSchema)
    .mutation(({ ctx, input }) => object(ctx, input)),
  takeBack: procedure("consent.record")
    .input(client.extend({ id: z.uuid().toLowerCase() }))
    .mutation(({ ctx, input }) => takeBackObjection(ctx, input)),
  waiting: procedure("objection.decide").query(({ ctx }) => listWaitingObjections(ctx)),
  decide: procedure("objection.decide")
    .input(decideObjectionSchema)
    .mutation(({ ctx, input }) => decideObjection(ctx, input)),
});
