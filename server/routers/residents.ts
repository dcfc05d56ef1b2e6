/** Somebody's own record, by a code; and the codes that workers give. */

import { z } from "zod";
import { AGAINST } from "../domain/objection";
import { residentAskSchema, residentKeySchema } from "../domain/resident-code";
import { endResidentCode, findResidentCode, makeResidentCode } from "../resident-codes";
import { askByCode, objectByCode, openOwnRecord, takeBackByCode } from "../residents";
import { openProcedure, procedure, router } from "../trpc";

const client = z.strictObject({ clientId: z.uuid().toLowerCase() });
const step = z.strictObject({ key: residentKeySchema, id: z.uuid().toLowerCase() });

export const residentsRouter = router({
  code: procedure("resident-code.make")
    .input(client)
    .query(({ ctx, input }) => findResidentCode(ctx, input)),
  makeCode: procedure("resident-code.make")
    .input(client)
    .mutation(({ ctx, input }) => makeResidentCode(ctx, input)),
  endCode: procedure("resident-code.make")
    .input(client)
    .mutation(({ ctx, input }) => endResidentCode(ctx, input)),
  // Mutations, so that neither code nor date of birth stands in an address.
  open: openProcedure("resident.by-code")
    .input(residentKeySchema)
    .mutation(({ ctx, input }) => openOwnRecord(ctx, input)),
  object: openProcedure("resident.by-code")
    .input(step.extend({ against: z.enum(AGAINST) }))
    .mutation(({ ctx, input }) => objectByCode(ctx, input)),
  takeBack: openProcedure("resident.by-code")
    .input(step)
    .mutation(({ ctx, input }) => takeBackByCode(ctx, input)),
  ask: openProcedure("resident.by-code")
    .input(residentAskSchema)
    .mutation(({ ctx, input }) => askByCode(ctx, input)),
});
