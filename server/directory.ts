/**
 * The directory of services: found by need, place, age and words, corrected by hand. One directory for all
 * organisations of the installation. Whoever manages it anywhere may add and correct; only the organisation that
 * wrote something, or an administrator, takes it back (docs/decisions/0018-one-directory-changed-by-hand.md).
 */

import { type ActorCtx, type Ctx, inTransaction, now } from "./context";
import { directoryIndex, findSpot, readListings } from "./directory-store";
import type { DirectoryAnswer, DirectoryService, SearchDirectory } from "./domain/directory";
import { serviceOf } from "./domain/directory-listing";
import { NotFound } from "./domain/errors";
import { dayOf } from "./domain/period";

const SHOWN = 30;

/** Services that fit what is asked, best first, each with the reason why it is shown. */
export async function searchDirectory(ctx: ActorCtx, asked: SearchDirectory): Promise<DirectoryAnswer> {
  const { text, postcode } = readWords(asked.text ?? "", asked.postcode ?? "");
  const [index, today, { spot, note }] = await Promise.all([
    directoryIndex(ctx.reader),
    now(ctx).then(dayOf),
    postcode === "" ? { spot: null, note: null } : findSpot(ctx.reader, postcode),
  ]);
  const answer = index.search({
    needs: asked.needs ?? [],
    text,
    spot,
    age: asked.age ?? null,
    today,
    limit: asked.limit ?? SHOWN,
  });
  return { ...answer, postcodeNote: note, size: index.size };
}

/** One service. Throws NotFound when the directory has none with this id. */
export async function getDirectoryService(ctx: Ctx, id: string): Promise<DirectoryService> {
  return inTransaction(ctx, async (ctx) => {
    const [listing] = await readListings(ctx.db, [id]);
    if (!listing) throw new NotFound("This service");
    return serviceOf(listing, dayOf(await now(ctx)));
  });
}

/** "debt near SR1 3" is debt, for somebody at SR1 3. */
function readWords(text: string, postcode: string): { text: string; postcode: string } {
  if (postcode.trim() !== "") return { text, postcode: postcode.trim() };
  const found =
    /(?:^|\s)(?:(?:near|in|at|around)\s+)?([a-z]{1,2}\d[a-z\d]?(?:\s*\d[a-z]{2}|\s+\d)?)\s*$/i.exec(text);
  if (!found?.[1]) return { text, postcode: "" };
  return { text: text.slice(0, found.index).trim(), postcode: found[1] };
}
