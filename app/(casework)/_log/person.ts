/** What the pages of one person read before they are shown, in the reader's own rights. */
import { notFound } from "next/navigation";
import { z } from "zod";
import { now } from "../../../server/context";
import { NotFound } from "../../../server/domain/errors";
import { type Day, dayOf } from "../../../server/domain/period";
import type { ClientProfile } from "../../../server/domain/profile";
import { createCaller } from "../../../server/routers";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import type { ServiceChoice } from "./settings";

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

/** The day it is and the services that a contact can be logged for; the worker's own comes first. */
export async function logSetting(): Promise<{
  today: Day;
  services: readonly ServiceChoice[];
  serviceId: string;
}> {
  const viewer = await requireViewerWho("contact.log");
  const ctx = await pageContext();
  const [all, today] = await Promise.all([createCaller(ctx).services.list(), now(ctx).then(dayOf)]);
  const services = all.filter(({ closedOn }) => closedOn === null || closedOn >= today);
  const own = services.find(({ id }) => id === viewer.serviceId) ?? services[0];
  return { today, services, serviceId: own?.id ?? "" };
}
