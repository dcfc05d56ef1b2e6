/** Setting a password by a link that was sent: for whoever holds the link, signed in or not. */

import { z } from "zod";
import { emailAddress, newPassword, personName } from "../domain/account";
import { checkPasswordLink, requestPasswordLink, setPasswordByLink } from "../password-links";
import { openProcedure, router } from "../trpc";

const token = z.string().max(100);
const first = z.object({
  organisation: z.string().trim().min(2, "Enter the organisation's name.").max(200),
  name: personName,
  email: emailAddress,
});

export const passwordRouter = router({
  check: openProcedure("password.set")
    .input(z.object({ token }))
    .query(({ ctx, input }) => checkPasswordLink(ctx, input.token)),
  set: openProcedure("password.set")
    .input(z.object({ token, password: newPassword, first: first.nullable().default(null) }))
    .mutation(({ ctx, input }) => setPasswordByLink(ctx, input)),
  request: openProcedure("password.set")
    .input(z.object({ email: emailAddress }))
    .mutation(({ ctx, input }) => requestPasswordLink(ctx, input.email)),
});
