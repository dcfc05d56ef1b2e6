/** The directory of services. */

import { getDirectoryService, searchDirectory } from "../directory";
import { entryIdSchema, searchDirectorySchema } from "../domain/directory";
import { procedure, router } from "../trpc";

export const directoryRouter = router({
  search: procedure("directory.read")
    .input(searchDirectorySchema)
    .query(({ ctx, input }) => searchDirectory(ctx, input)),
  get: procedure("directory.read")
    .input(entryIdSchema)
    .query(({ ctx, input }) => getDirectoryService(ctx, input.id)),
});
