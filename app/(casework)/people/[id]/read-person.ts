/** The person of a record page, read in the reader's own rights before anything is shown. */
import { notFound } from "next/navigation";
import { z } from "zod";
import { now } from "../../../../server/context";
import { decide } from "../../../../server/domain/access";
import { NotFound } from "../../../../server/domain/errors";
import { type Day, dayOf } from "../../../../server/domain/period";
import { createCaller } from "../../../../server/routers";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";

type Caller = ReturnType<typeof createCaller>;

/** Reads one person; a page that does not exist when there is none or it belongs to somebody else. */
async function readOr404<T>(id: string, read: (caller: Caller) => Promise<T>): Promise<T> {
  await requireViewerWho("client.read");
  if (!z.uuid().safeParse(id).success) notFound();
  try {
    return await read(createCaller(await pageContext()));
  } catch (error) {
    if (error instanceof Error && error.cause instanceof NotFound) notFound();
    throw error;
  }
}

/** The profile of a client. */
export const readPerson = (id: string) => readOr404(id, (caller) => caller.clients.get({ id }));

/** The whole record for paper; that it was taken out is recorded. */
export const readForPrint = (id: string) => readOr404(id, (caller) => caller.clients.print({ id }));

/** The record, the installation's day and the real one, and the service that a closing contact is logged for. */
export async function readRecord(id: string) {
  const person = await readOr404(id, (caller) => caller.clients.record({ id }));
  const viewer = await requireViewerWho("client.read");
  const ctx = await pageContext();
  const caller = createCaller(ctx);
  const [services, today, { bases }] = await Promise.all([
    caller.services.list(),
    now(ctx).then(dayOf),
    caller.recordingBasis.get(),
  ]);
  const usable = services.filter(({ closedOn }) => closedOn === null || closedOn >= today);
  const own = usable.find((service) => service.id === viewer.serviceId) ?? usable[0];
  const mayRemoveNotes = decide(viewer, "contact.remove-note", viewer).allow;
  return {
    ...{ person, today, mayRemoveNotes, bases },
    realToday: dayOf(new Date()) satisfies Day,
    serviceId: own?.id ?? null,
  };
}
