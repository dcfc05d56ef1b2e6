/** The directory of services: found and read by those who do casework, kept right by managers and administrators. */

import { getDirectoryService, searchDirectory } from "../directory";
import {
  addEntry,
  editEntry,
  getDirectoryPage,
  listOwnServices,
  listService,
  markChecked,
  undoChange,
  withdrawEntry,
} from "../directory-hand";
import {
  addEntrySchema,
  changeIdSchema,
  editEntrySchema,
  entryIdSchema,
  listServiceSchema,
  searchDirectorySchema,
} from "../domain/directory";
import { procedure, router } from "../trpc";

export const directoryRouter = router({
  search: procedure("directory.read")
    .input(searchDirectorySchema)
    .query(({ ctx, input }) => searchDirectory(ctx, input)),
  get: procedure("directory.read")
    .input(entryIdSchema)
    .query(({ ctx, input }) => getDirectoryService(ctx, input.id)),
  page: procedure("directory.read")
    .input(entryIdSchema)
    .query(({ ctx, input }) => getDirectoryPage(ctx, input.id)),
  add: procedure("directory.manage")
    .input(addEntrySchema)
    .mutation(({ ctx, input }) => addEntry(ctx, input)),
  edit: procedure("directory.manage")
    .input(editEntrySchema)
    .mutation(({ ctx, input }) => editEntry(ctx, input)),
  check: procedure("directory.manage")
    .input(entryIdSchema)
    .mutation(({ ctx, input }) => markChecked(ctx, input.id)),
  undo: procedure("directory.manage")
    .input(changeIdSchema)
    .mutation(({ ctx, input }) => undoChange(ctx, input.changeId)),
  withdraw: procedure("directory.manage")
    .input(entryIdSchema)
    .mutation(({ ctx, input }) => withdrawEntry(ctx, input.id)),
  ownServices: procedure("directory.list-service").query(({ ctx }) => listOwnServices(ctx)),
  listService: procedure("directory.list-service")
    .input(listServiceSchema)
    .mutation(({ ctx, input }) => listService(ctx, input)),
});
