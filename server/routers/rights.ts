/** What people ask about what is held of them, for officers; and notices from other organisations, for workers. */

import { z } from "zod";
import { objectSchema } from "../domain/objection";
import { decideErasureSchema, placeHoldSchema, rectifySchema } from "../domain/rights/deciding";
import { decideWordsSchema } from "../domain/rights/redaction";
import {
  answerSchema,
  extendSchema,
  identitySchema,
  ofRequestSchema,
  openRequestSchema,
  pauseSchema,
  personOfRequestSchema,
} from "../domain/rights/request";
import { keepItemSchema, setRuleSchema } from "../domain/rights/retention";
import { byId, uuid } from "../domain/typed-text";
import { endReview, getRetention, keepItem, makeRun, setRule } from "../retention";
import {
  carryOutErasure,
  decideErasure,
  getDecided,
  liftHold,
  noteObjection,
  noteTold,
  placeHold,
  rectify,
} from "../rights-deciding";
import { listNotices, seeNotice } from "../rights-notices";
import { decideWords, finishPack, getPackState } from "../rights-packs";
import { setPerson } from "../rights-people";
import { getRequest, listRequests } from "../rights-requests";
import {
  acknowledgeRequest,
  answerRequest,
  extendRequest,
  openRequest,
  pauseRequest,
  resumeRequest,
  setIdentity,
} from "../rights-steps";
import { procedure, router } from "../trpc";

const manage = procedure("rights.manage");

export const rightsRouter = router({
  list: manage.query(({ ctx }) => listRequests(ctx)),
  get: manage.input(ofRequestSchema).query(({ ctx, input }) => getRequest(ctx, input.id)),
  open: manage.input(openRequestSchema).mutation(({ ctx, input }) => openRequest(ctx, input)),
  setPerson: manage.input(personOfRequestSchema).mutation(({ ctx, input }) => setPerson(ctx, input)),
  setIdentity: manage.input(identitySchema).mutation(({ ctx, input }) => setIdentity(ctx, input)),
  pause: manage.input(pauseSchema).mutation(({ ctx, input }) => pauseRequest(ctx, input)),
  resume: manage.input(ofRequestSchema).mutation(({ ctx, input }) => resumeRequest(ctx, input)),
  extend: manage.input(extendSchema).mutation(({ ctx, input }) => extendRequest(ctx, input)),
  acknowledge: manage.input(ofRequestSchema).mutation(({ ctx, input }) => acknowledgeRequest(ctx, input)),
  answer: manage.input(answerSchema).mutation(({ ctx, input }) => answerRequest(ctx, input)),
  pack: manage.input(ofRequestSchema).query(({ ctx, input }) => getPackState(ctx, input.id)),
  decideWords: manage.input(decideWordsSchema).mutation(({ ctx, input }) => decideWords(ctx, input)),
  finishPack: manage.input(ofRequestSchema).mutation(({ ctx, input }) => finishPack(ctx, input.id)),
  decided: manage.input(ofRequestSchema).query(({ ctx, input }) => getDecided(ctx, input.id)),
  placeHold: manage.input(placeHoldSchema).mutation(({ ctx, input }) => placeHold(ctx, input)),
  liftHold: manage.input(byId).mutation(({ ctx, input }) => liftHold(ctx, input)),
  decideErasure: manage.input(decideErasureSchema).mutation(({ ctx, input }) => decideErasure(ctx, input)),
  erase: manage.input(ofRequestSchema).mutation(({ ctx, input }) => carryOutErasure(ctx, input)),
  rectify: manage.input(rectifySchema).mutation(({ ctx, input }) => rectify(ctx, input)),
  object: manage
    .input(objectSchema.extend({ requestId: uuid }))
    .mutation(({ ctx, input }) => noteObjection(ctx, input)),
  noteTold: manage
    .input(z.object({ id: uuid, recipientId: uuid }))
    .mutation(({ ctx, input }) => noteTold(ctx, input)),
  notices: procedure("client.read")
    .input(z.object({ clientId: uuid }))
    .query(({ ctx, input }) => listNotices(ctx, input.clientId)),
  seeNotice: procedure("client.read")
    .input(byId)
    .mutation(({ ctx, input }) => seeNotice(ctx, input)),
  retention: manage.query(({ ctx }) => getRetention(ctx)),
  setRule: manage.input(setRuleSchema).mutation(({ ctx, input }) => setRule(ctx, input)),
  makeRun: manage.input(byId).mutation(({ ctx, input }) => makeRun(ctx, input)),
  keepItem: manage.input(keepItemSchema).mutation(({ ctx, input }) => keepItem(ctx, input)),
  endReview: manage
    .input(z.object({ id: uuid, confirmed: z.boolean() }))
    .mutation(({ ctx, input }) => endReview(ctx, input)),
});
