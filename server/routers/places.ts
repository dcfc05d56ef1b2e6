/** What is known of a place, asked while a contact is logged. */

import { z } from "zod";
import { notePostcode } from "../places";
import { procedure, router } from "../trpc";

export const placesRouter = router({
  note: procedure("contact.log")
    .input(z.object({ postcode: z.string().max(20) }))
    .query(({ ctx, input }) => notePostcode(ctx, input.postcode)),
});
