/** The person of a record page, read in the reader's own rights before anything is shown. */
import { notFound } from "next/navigation";
import { z } from "zod";
import { NotFound } from "../../../../server/domain/errors";
import type { ClientProfile } from "../../../../server/domain/profile";
import { createCaller } from "../../../../server/routers";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";

/** The profile of a client; a page that does not exist when there is none or it belongs to somebody else. */
export async function readPerson(id: string): Promise<ClientProfile> {
  await requireViewerWho("client.read");
  if (!z.uuid().safeParse(id).success) notFound();
  try {
    return await createCaller(await pageContext()).clients.get({ id });
  } catch (error) {
    if (error instanceof Error && error.cause instanceof NotFound) notFound();
    throw error;
  }
}
