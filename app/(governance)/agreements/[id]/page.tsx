/** One agreement: its drafters edit it, its parties read, discuss and sign it, and everybody in it can end it. */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { now } from "../../../../server/context";
import { NotFound } from "../../../../server/domain/errors";
import { dayOf } from "../../../../server/domain/period";
import { createCaller } from "../../../../server/routers";
import { Page } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { Editor } from "./editor";
import { Reading } from "./reading";

export const metadata: Metadata = { title: "An agreement" };

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ version?: string | string[] }>;
}

const asked = z.object({ id: z.uuid(), version: z.coerce.number().int().min(1).max(9_999).optional() });

export default async function AgreementPage({ params, searchParams }: PageProps) {
  const viewer = await requireViewerWho("agreement.read");
  const read = asked.safeParse({ ...(await params), version: (await searchParams).version });
  if (!read.success) notFound();
  const ctx = await pageContext();
  const caller = createCaller(ctx);
  const agreement = await orNotFound(caller.agreements.read(read.data));
  const before = agreement.versions.find(
    ({ version, state }) => version < agreement.version && state !== "draft",
  );
  const [earlier, organisations, today, assets, actions] = await Promise.all([
    before ? caller.agreements.read({ id: agreement.id, version: before.version }) : null,
    caller.agreements.possibleParties(),
    now(ctx).then(dayOf),
    caller.dataAssets.list(),
    agreement.isOurs ? caller.valueMap.list({ agreementId: agreement.id }) : [],
  ]);
  const shared = {
    ...{ agreement, organisations, today, actions, before: earlier?.terms ?? null },
    assets: assets.filter(({ agreementIds }) => agreementIds.includes(agreement.id)).map(({ name }) => name),
  };
  return (
    <Page>
      {agreement.may.edit ? (
        <Editor key={agreement.version} {...shared} />
      ) : (
        <Reading {...shared} own={viewer.organisationId} />
      )}
    </Page>
  );
}

async function orNotFound<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && error.cause instanceof NotFound) notFound();
    throw error;
  }
}
