/** Coverage: who reports where and since when, whether a rise is one of need or of who reports, and what others publish. */
import type { Metadata } from "next";
import { createCaller } from "../../../server/routers";
import { EmptyState, Page, PageTitle } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { readAsked } from "./asked";
import { BesideCards } from "./beside-cards";
import styles from "./coverage.module.css";
import { CoverageChoices } from "./coverage-choices";
import { PanelFigure } from "./panel-figure";
import { ReporterFigure } from "./reporter-figure";
import { coverageFinding, panelFinding } from "./words";

export const metadata: Metadata = { title: "Coverage" };

interface CoveragePageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function CoveragePage({ searchParams }: CoveragePageProps) {
  await requireViewerWho("figures.compare");
  const caller = createCaller(await pageContext());
  const areas = await caller.coverage.areas();
  const { patch } = await caller.map.options();
  const asked = readAsked(
    await searchParams,
    areas,
    patch.map(({ area }) => area),
  );
  if (!asked) {
    return (
      <Page>
        <PageTitle title="Coverage">Who reports where, and since when.</PageTitle>
        <EmptyState>
          Nothing has settled yet. What organisations report shows here 20 working days after its month ends.
        </EmptyState>
      </Page>
    );
  }
  const { area, node, type } = asked;
  const panels = await caller.coverage.panels({ area: area.area, node, type });
  const newest = panels.whole.findLast(({ figure }) => figure !== null) ?? panels.whole.at(-1);
  const beside = newest
    ? await caller.coverage.beside({
        ...{ area: area.area, node, period: newest.period, indicator: asked.indicator },
      })
    : null;
  const finding = panelFinding(panels);
  return (
    <Page>
      <PageTitle title={coverageFinding(area, areas, finding?.parts ?? false)}>
        A rise can mean more need, more people coming forward, or one more organisation that records. This
        page helps to tell them apart.
      </PageTitle>
      <CoverageChoices
        areas={areas.map(({ area, level, name }) => ({ area, level, name }))}
        asked={{ ...asked, area: area.area }}
      />
      <section className={styles["part"]} aria-labelledby="who">
        <h2 id="who" className={styles["h2"]}>
          Who reports in {area.name}
        </h2>
        <ReporterFigure coverage={area} from={panels.whole[0]?.period} to={panels.whole.at(-1)?.period} />
        <p className={styles["note"]}>
          An organisation is named here when its own people in a month show as a figure, 10 or more; a smaller
          one goes by quarters. In sectors and districts nobody is named. In a region or nation an
          organisation stands from its first month in any authority: it may have begun later in others.
        </p>
      </section>
      <section className={styles["part"]} aria-labelledby="panel">
        <h2 id="panel" className={styles["h2"]}>
          {finding?.title ?? `${panels.label} in ${area.name}: everybody, and those that reported all along`}
        </h2>
        {finding ? (
          <p className={styles["sentence"]}>{finding.sentence}</p>
        ) : (
          <EmptyState>
            No organisation has reported in every month of two financial years yet, or too few people came to
            them to show. Until then there is no line of the same organisations.
          </EmptyState>
        )}
        <PanelFigure series={panels} />
        <p className={styles["note"]}>
          “Coverage changed”: an organisation that brought a tenth of the people or more reported in at least
          a third more, or a third fewer, of the months of a period than of the period before.
        </p>
        <p className={styles["note"]}>
          The line of the same organisations goes by organisation and authority: it has the people of an
          organisation only in the authorities where it reported in every month from the April before last. It
          is chosen anew each April, and says nothing of people who came to others. Both lines are figures
          with their own small errors: a difference of 10 means nothing.
        </p>
      </section>
      {beside && (
        <section className={styles["part"]} aria-labelledby="beside">
          <h2 id="beside" className={styles["h2"]}>
            Recorded need is not prevalence
          </h2>
          <p className={styles["sentence"]}>
            Our figures count people who came to somebody and said so. A published indicator measures
            everybody, at another time and by another definition. So the two stand side by side and never on
            one scale.
          </p>
          <BesideCards beside={beside} asked={{ ...asked, area: area.area }} />
        </section>
      )}
    </Page>
  );
}
