/** The plan of a study as it was fixed, with its whole mark: what was asked before anybody saw a result. */
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { decide } from "../../../../../server/domain/access";
import { NotFound } from "../../../../../server/domain/errors";
import { dayInWords, dayOf } from "../../../../../server/domain/period";
import { uuid } from "../../../../../server/domain/typed-text";
import { createCaller } from "../../../../../server/routers";
import { PlanSummary } from "../../../../_study/plan-summary";
import { Icon } from "../../../../_ui/icon";
import { Page, PageTitle } from "../../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../../_ui/viewer";
import { BeginStudy } from "../../begin-study";
import styles from "../study.module.css";

export const metadata: Metadata = { title: "Plan of a study" };

export default async function StudyPlanPage({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await requireViewerWho("study.read");
  const id = uuid.safeParse((await params).id);
  if (!id.success) notFound();
  const caller = createCaller(await pageContext());
  const study = await caller.studies.get({ id: id.data }).catch((error: unknown): never => {
    if (error instanceof Error && error.cause instanceof NotFound) notFound();
    throw error;
  });
  const { plan, planHash, fixedAt, askedByName, secondedByName } = study;
  const dataSet = plan.dataSetId === null ? null : await caller.dataSets.get({ id: plan.dataSetId });
  const mayWrite = decide(viewer, "study.write", { organisationId: viewer.organisationId }).allow;
  return (
    <Page>
      <Link href={`/studies/${study.id}`} className={`${styles["back"]} no-print`}>
        <Icon name="back" size={16} /> Study {study.number}
      </Link>
      <PageTitle
        title={`The plan of study ${study.number}`}
        action={mayWrite && study.state !== "draft" && <BeginStudy like={plan} />}
      >
        {fixedAt
          ? `Fixed on ${dayInWords(dayOf(fixedAt))} by ${[askedByName, secondedByName].filter(Boolean).join(" and ")}. It has not changed since, and cannot.`
          : study.state === "withdrawn"
            ? "It was withdrawn before it was fixed."
            : "It is not fixed yet."}
      </PageTitle>
      {planHash && (
        <section aria-label="Mark of the plan" style={{ marginBottom: 24 }}>
          <p className={styles["small"]}>
            Its mark (SHA-256 of the plan and of the data set’s description). Another plan has another mark.
          </p>
          <p className={styles["hash"]}>{planHash}</p>
        </section>
      )}
      <div className={styles["card"]}>
        <PlanSummary
          plan={plan}
          codebook={dataSet?.codebook ?? null}
          dataSetName={study.dataSetName}
          serviceName={study.serviceName}
        />
      </div>
    </Page>
  );
}
