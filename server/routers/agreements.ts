/** Agreements to share: writing, signing and ending them, and what they open. */

import {
  commentOnAgreement,
  exportTerms,
  listAgreements,
  listPossibleParties,
  listUsable,
  listUse,
  proposeAgreement,
  readAgreement,
  saveDraft,
  signAgreement,
  startNewVersion,
  withdrawAgreement,
} from "../agreements";
import { exportAreaFigures, getAreaFigures } from "../area-figures";
import {
  agreementIdSchema,
  areaFiguresSchema,
  commentSchema,
  readAgreementSchema,
  saveDraftSchema,
  signSchema,
  versionSchema,
} from "../domain/agreements/paperwork";
import { procedure, router } from "../trpc";

export const agreementsRouter = router({
  areaFigures: procedure("agreement.use")
    .input(areaFiguresSchema)
    .query(({ ctx, input }) => getAreaFigures(ctx, input)),
  comment: procedure("agreement.write")
    .input(commentSchema)
    .mutation(({ ctx, input }) => commentOnAgreement(ctx, input)),
  exportAreas: procedure("agreement.use")
    .input(areaFiguresSchema)
    .query(({ ctx, input }) => exportAreaFigures(ctx, input)),
  exportTerms: procedure("agreement.read")
    .input(readAgreementSchema)
    .query(({ ctx, input }) => exportTerms(ctx, input)),
  list: procedure("agreement.read").query(({ ctx }) => listAgreements(ctx)),
  newVersion: procedure("agreement.write")
    .input(agreementIdSchema)
    .mutation(({ ctx, input }) => startNewVersion(ctx, input.id)),
  possibleParties: procedure("agreement.write").query(({ ctx }) => listPossibleParties(ctx)),
  propose: procedure("agreement.write")
    .input(versionSchema)
    .mutation(({ ctx, input }) => proposeAgreement(ctx, input)),
  read: procedure("agreement.read")
    .input(readAgreementSchema)
    .query(({ ctx, input }) => readAgreement(ctx, input)),
  saveDraft: procedure("agreement.write")
    .input(saveDraftSchema)
    .mutation(({ ctx, input }) => saveDraft(ctx, input)),
  sign: procedure("agreement.sign")
    .input(signSchema)
    .mutation(({ ctx, input }) => signAgreement(ctx, input)),
  usable: procedure("agreement.use").query(({ ctx }) => listUsable(ctx)),
  use: procedure("agreement.read")
    .input(agreementIdSchema)
    .query(({ ctx, input }) => listUse(ctx, input.id)),
  withdraw: procedure("agreement.write")
    .input(versionSchema)
    .mutation(({ ctx, input }) => withdrawAgreement(ctx, input)),
});
