/** An organisation's own outcomes, mapped to needs. */

import { z } from "zod";
import { saveOwnFrameworkSchema } from "../domain/impact/own-framework";
import { MOST_FILE_CHARACTERS } from "../domain/impact/table-rows";
import { uuid } from "../domain/typed-text";
import { closeOwnFramework, listOwnFrameworks, readOutcomesFile, saveOwnFramework } from "../own-frameworks";
import { procedure, router } from "../trpc";

const file = z.object({
  text: z.string().max(MOST_FILE_CHARACTERS, "This file is too large. Keep it to the columns asked for."),
});

export const ownFrameworksRouter = router({
  list: procedure("framework.read").query(({ ctx }) => listOwnFrameworks(ctx)),
  save: procedure("framework.manage")
    .input(saveOwnFrameworkSchema)
    .mutation(({ ctx, input }) => saveOwnFramework(ctx, input)),
  close: procedure("framework.manage")
    .input(z.object({ id: uuid, closed: z.boolean() }))
    .mutation(({ ctx, input }) => closeOwnFramework(ctx, input)),
  readFile: procedure("framework.manage")
    .input(file)
    .mutation(({ ctx, input }) => readOutcomesFile(ctx, input.text)),
});
