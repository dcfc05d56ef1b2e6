/** Studies of the data lab: of the actor's own organisation, and those that wait for the signature of a data holder. */

import {
  approveStudySchema,
  askUploadSchema,
  beginStudySchema,
  questionStudySchema,
  returnStudySchema,
  saveStudySchema,
  signStudySchema,
  studyIdSchema,
  uploadIdSchema,
} from "../domain/lab/studies";
import { askUpload, getUpload, startStudy } from "../lab-uploads";
import { beginStudy, checkReadiness, getStudy, listStudies, saveStudy } from "../studies";
import { getStudyToSign, listStudiesToSign, questionStudy, signStudy } from "../study-signing";
import {
  approveStudy,
  askForStudy,
  publishStudy,
  returnStudy,
  takeBackStudy,
  withdrawStudy,
} from "../study-steps";
import { procedure, router } from "../trpc";

export const studiesRouter = router({
  approve: procedure("study.approve")
    .input(approveStudySchema)
    .mutation(({ ctx, input }) => approveStudy(ctx, input)),
  ask: procedure("study.write")
    .input(studyIdSchema)
    .mutation(({ ctx, input }) => askForStudy(ctx, input.id)),
  askUpload: procedure("study.write")
    .input(askUploadSchema)
    .mutation(({ ctx, input }) => askUpload(ctx, input)),
  begin: procedure("study.write")
    .input(beginStudySchema)
    .mutation(({ ctx, input }) => beginStudy(ctx, input)),
  get: procedure("study.read")
    .input(studyIdSchema)
    .query(({ ctx, input }) => getStudy(ctx, input.id)),
  list: procedure("study.read").query(({ ctx }) => listStudies(ctx)),
  publish: procedure("study.publish")
    .input(studyIdSchema)
    .mutation(({ ctx, input }) => publishStudy(ctx, input.id)),
  question: procedure("study.sign")
    .input(questionStudySchema)
    .mutation(({ ctx, input }) => questionStudy(ctx, input)),
  readiness: procedure("study.read")
    .input(studyIdSchema)
    .query(({ ctx, input }) => checkReadiness(ctx, input.id)),
  return: procedure("study.approve")
    .input(returnStudySchema)
    .mutation(({ ctx, input }) => returnStudy(ctx, input)),
  save: procedure("study.write")
    .input(saveStudySchema)
    .mutation(({ ctx, input }) => saveStudy(ctx, input)),
  sign: procedure("study.sign")
    .input(signStudySchema)
    .mutation(({ ctx, input }) => signStudy(ctx, input)),
  start: procedure("study.write")
    .input(studyIdSchema)
    .mutation(({ ctx, input }) => startStudy(ctx, input.id)),
  takeBack: procedure("study.write")
    .input(studyIdSchema)
    .mutation(({ ctx, input }) => takeBackStudy(ctx, input.id)),
  toSign: procedure("study.sign").query(({ ctx }) => listStudiesToSign(ctx)),
  toSignOne: procedure("study.sign")
    .input(signStudySchema)
    .query(({ ctx, input }) => getStudyToSign(ctx, input)),
  upload: procedure("study.write")
    .input(uploadIdSchema)
    .query(({ ctx, input }) => getUpload(ctx, input.uploadId)),
  withdraw: procedure("study.write")
    .input(studyIdSchema)
    .mutation(({ ctx, input }) => withdrawStudy(ctx, input.id)),
});
