/** A study, wherever it is: its plan being written, its second person, its file, its result. */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { now } from "../../../../server/context";
import { NotFound } from "../../../../server/domain/errors";
import { dayOf } from "../../../../server/domain/period";
import { uuid } from "../../../../server/domain/typed-text";
import { createCaller } from "../../../../server/routers";
import { Page } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { findRegisterPlace, openReader } from "../../../(open)/open-reading";
import { Study } from "./study";

export const metadata: Metadata = { title: "Study" };

export default async function StudyPage({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await requireViewerWho("study.read");
  const id = uuid.safeParse((await params).id);
  if (!id.success) notFound();
  const ctx = await pageContext();
  const caller = createCaller(ctx);
  const study = await caller.studies.get({ id: id.data }).catch(orNotFound);
  const [dataSet, dataSets, services, today, place] = await Promise.all([
    study.plan.dataSetId === null ? null : caller.dataSets.get({ id: study.plan.dataSetId }),
    study.may.save ? caller.dataSets.list() : [],
    study.may.save ? caller.services.list() : [],
    now(ctx).then(dayOf),
    study.state === "published" ? findRegisterPlace(openReader(), study.id) : null,
  ]);
  const offered = await Promise.all(
    dataSets.filter(({ isOffered }) => isOffered).map(({ id }) => caller.dataSets.get({ id })),
  );
  return (
    <Page>
      <Study
        given={study}
        organisation={viewer.organisationName}
        dataSet={dataSet}
        dataSets={offered}
        services={services.map(({ id, name }) => ({ id, name }))}
        today={today}
        place={place}
      />
    </Page>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof Error && error.cause instanceof NotFound) notFound();
  throw error;
}
