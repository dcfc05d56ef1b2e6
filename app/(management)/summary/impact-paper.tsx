/**
 * The summary as a page that a trustee reads in two minutes: the sentence, four numbers with their bases, what
 * people needed, who they were, and what the numbers mean beside each. The same on screen and on paper.
 */
import type { ReactNode } from "react";
import {
  countInWords,
  IMPACT_DEFINITIONS as DEFINITIONS,
  type Definition,
  type DeprivationProfile,
  type ImpactSummary,
  impactIntroduction,
  impactTitle,
  isOver,
  peopleInWords,
  percent,
  withoutDecileTotal,
} from "../../../server/domain/impact";
import { labelInSentence } from "../../../server/domain/label-text";
import { dayInWords, lastDayOf } from "../../../server/domain/period";
import { BarSeries } from "../../_ui/charts/bar-series";
import { ChartFigure } from "../../_ui/charts/chart-figure";
import { HorizontalBars } from "../../_ui/charts/horizontal-bars";
import { Mark } from "../../_ui/mark";
import styles from "./impact-paper.module.css";

export function ImpactPaper({ summary }: { summary: ImpactSummary }) {
  const { organisationName, serviceName } = summary;
  return (
    <article className={styles["paper"]}>
      <p className={styles["from"]}>
        <Mark width={24} />
        {serviceName ? `${organisationName}, ${serviceName}` : organisationName}
      </p>
      <h1 className={styles["title"]}>{impactTitle(summary)}</h1>
      <p className={styles["lead"]}>{impactIntroduction(summary)}</p>
      {summary.people > 0 && (
        <>
          <Headlines summary={summary} />
          {summary.issues.mentioned > 0 && <Needs summary={summary} />}
          <Reached summary={summary} />
        </>
      )}
      <HowWeCounted summary={summary} />
      <p className={styles["foot"]}>
        Made on {dayInWords(summary.madeOn)}. Exact numbers for use inside {organisationName}: a small number
        can point to a person, so do not publish this page.
      </p>
    </article>
  );
}

function Headlines({ summary }: { summary: ImpactSummary }) {
  const { issues, deprivation } = summary;
  const [profile] = deprivation;
  const resolved = percent(issues.resolved, issues.mentioned);
  const outside = percent(issues.outsideList, issues.mentioned);
  const fifth = profile ? percent(profile.mostDeprivedFifth, profile.people) : null;
  return (
    <div className={styles["headlines"]}>
      <Headline
        number={countInWords(summary.people)}
        what={summary.people === 1 ? "person helped" : "people helped"}
      >
        each counted once; {countInWords(summary.contacts)} contacts
        {summary.anonymousPeople > 0 && `. ${peopleInWords(summary.anonymousPeople)} came without a name`}
      </Headline>
      {resolved !== null && (
        <Headline number={`${resolved}%`} what="of issues resolved">
          {countInWords(issues.resolved)} of {countInWords(issues.mentioned)} issues
        </Headline>
      )}
      {outside !== null && (
        <Headline number={`${outside}%`} what="outside our own list">
          {countInWords(issues.outsideList)} of {countInWords(issues.mentioned)} issues
        </Headline>
      )}
      {profile && fifth !== null && (
        <Headline number={`${fifth}%`} what="live in the 20% most deprived areas">
          {countInWords(profile.mostDeprivedFifth)} of {countInWords(profile.people)} with a postcode in{" "}
          {profile.nation} ({profile.edition})
        </Headline>
      )}
    </div>
  );
}

function Headline({ number, what, children }: { number: string; what: string; children: ReactNode }) {
  return (
    <div>
      <p className={styles["number"]}>{number}</p>
      <p className={styles["what"]}>{what}</p>
      <p className={styles["base"]}>{children}</p>
    </div>
  );
}

function Part({ title, margin, children }: { title: string; margin: ReactNode; children: ReactNode }) {
  return (
    <section className={styles["part"]}>
      <div className={styles["content"]}>
        <h2 className={styles["heading"]}>{title}</h2>
        {children}
      </div>
      <div className={styles["margin"]}>{margin}</div>
    </section>
  );
}

function Meaning({ of }: { of: Definition }) {
  return (
    <p>
      <b>{of.term}</b>: {of.means}
    </p>
  );
}

function Needs({ summary }: { summary: ImpactSummary }) {
  const { domains, issues } = summary;
  const end = isOver(summary) ? dayInWords(lastDayOf(summary.period)) : dayInWords(summary.madeOn);
  return (
    <Part
      title="What people needed help with"
      margin={
        <>
          <Meaning of={DEFINITIONS.issues} />
          <Meaning of={DEFINITIONS.resolved} />
          <Meaning of={DEFINITIONS.open} />
          <Meaning of={DEFINITIONS.opened} />
          <Meaning of={DEFINITIONS.outsideList} />
        </>
      }
    >
      <ChartFigure
        firstWidth={640}
        legend={
          <>
            <Key fill="var(--brand)">resolved</Key>
            <Key fill="var(--q2)">still open on {end}</Key>
            <Key fill="var(--line-strong)">no longer relevant</Key>
            <span>number of issues</span>
          </>
        }
        table={{
          caption: "Issues by kind of need",
          columns: [
            "Kind of need",
            "People",
            "Issues",
            "New",
            "Open",
            "Resolved",
            "No longer relevant",
            "Outside our list",
          ],
          rows: domains.map((domain) => ({
            key: domain.code,
            cells: [
              domain.label,
              ...[
                domain.people,
                domain.mentioned,
                domain.opened,
                domain.open,
                domain.resolved,
                domain.noLongerRelevant,
                domain.outsideList,
              ].map(countInWords),
            ],
          })),
        }}
      >
        {(width) => (
          <HorizontalBars
            width={width}
            label="Issues by kind of need, in parts: resolved, still open, no longer relevant. The table has the numbers."
            bars={domains.map((domain) => ({
              key: domain.code,
              label: domain.label,
              parts: [
                { name: "resolved", value: domain.resolved, fill: "var(--brand)" },
                { name: "still open", value: domain.open, fill: "var(--q2)" },
                { name: "no longer relevant", value: domain.noLongerRelevant, fill: "var(--line-strong)" },
              ],
              total: countInWords(domain.mentioned),
              note: `${countInWords(domain.resolved)} resolved, ${countInWords(domain.opened)} new`,
            }))}
          />
        )}
      </ChartFigure>
      <p className={styles["note"]}>
        {countInWords(issues.mentioned)} issues in all: {countInWords(issues.opened)} new,{" "}
        {countInWords(issues.open)} still open, {countInWords(issues.resolved)} resolved. One person can have
        several.
        {issues.outsideList > 0 &&
          ` ${countInWords(issues.outsideList)} of ${countInWords(issues.mentioned)} were outside our own list${mostOutside(summary)}.`}
        {summary.openNotMentioned > 0 &&
          ` Another ${countInWords(summary.openNotMentioned)} from before are still open and did not come up.`}
      </p>
      {summary.servicesWithoutList.length > 0 && (
        <p className={styles["note"]}>
          {summary.servicesWithoutList.join(" and ")}: no need list chosen yet, so nothing recorded there
          counts as outside it.
        </p>
      )}
    </Part>
  );
}

/** ", most of all housing (12)": where most issues outside the list lie. */
function mostOutside({ domains }: ImpactSummary): string {
  const most = [...domains].sort((a, b) => b.outsideList - a.outsideList)[0];
  return most && most.outsideList > 0
    ? `, most of all ${labelInSentence(most.label)} (${countInWords(most.outsideList)})`
    : "";
}

function Key({ fill, children }: { fill: string; children: ReactNode }) {
  return (
    <span className={styles["key"]}>
      <i style={{ background: fill }} aria-hidden="true" />
      {children}
    </span>
  );
}

function Reached({ summary }: { summary: ImpactSummary }) {
  const without = withoutDecileTotal(summary.withoutDecile);
  const { noFixedAddress, unknown, outside, noDecile } = summary.withoutDecile;
  const reasons = [
    [noFixedAddress, "no fixed address"],
    [unknown, "postcode unknown"],
    [outside, "outside the area covered"],
    [noDecile, "no tenth for their postcode"],
  ] as const;
  return (
    <Part
      title="Who we reached"
      margin={
        <>
          <Meaning of={DEFINITIONS.deprivation} />
          <Meaning of={DEFINITIONS.mostDeprivedFifth} />
          <Meaning of={DEFINITIONS.people} />
        </>
      }
    >
      {summary.deprivation.map((profile) => (
        <Profile key={`${profile.nation} ${profile.edition}`} profile={profile} />
      ))}
      <p className={styles["note"]}>
        {without === 0
          ? "Everybody had a postcode with a known tenth."
          : `${peopleInWords(without)} without a tenth ${without === 1 ? "is" : "are"} left out here: ${reasons
              .filter(([people]) => people > 0)
              .map(([people, reason]) => `${countInWords(people)} ${reason}`)
              .join(", ")}.`}
      </p>
    </Part>
  );
}

function Profile({ profile }: { profile: DeprivationProfile }) {
  const share = percent(profile.mostDeprivedFifth, profile.people);
  const source = `${profile.nation}, ${profile.edition}`;
  const finding = `${countInWords(profile.mostDeprivedFifth)} of ${countInWords(profile.people)} people (${share}%) live in the 20% most deprived areas.`;
  return (
    <ChartFigure
      firstWidth={640}
      legend={
        <span>
          <b className={styles["finding"]}>{finding}</b> People by tenth of areas, {source}.
        </span>
      }
      table={{
        caption: `People by deprivation tenth, ${source}`,
        columns: ["Tenth, 1 is most deprived", "People", "Share"],
        rows: profile.deciles.map((people, index) => ({
          key: String(index),
          cells: [String(index + 1), countInWords(people), `${percent(people, profile.people)}%`],
        })),
      }}
    >
      {(width) => (
        <>
          <BarSeries
            width={width}
            height={190}
            allInBrand
            label={`People by deprivation tenth, ${source}. ${finding} The table has the numbers.`}
            tick={countInWords}
            bars={profile.deciles.map((people, index) => ({
              key: String(index + 1),
              label: String(index + 1),
              value: people,
              words: `Tenth ${index + 1}: ${peopleInWords(people)}`,
            }))}
          />
          <p className={styles["ends"]}>
            <span>Most deprived tenth</span>
            <span>Least deprived</span>
          </p>
        </>
      )}
    </ChartFigure>
  );
}

function HowWeCounted({ summary }: { summary: ImpactSummary }) {
  const { yearBefore } = summary;
  return (
    <section className={styles["box"]}>
      <div>
        <h2 className={styles["small"]}>How we counted</h2>
        <p>
          {DEFINITIONS.people.means} {DEFINITIONS.contacts.means} Numbers are our own records, exact, on the
          day this was made.
          {yearBefore &&
            ` In the same period a year before: ${peopleInWords(yearBefore.people)}, ${countInWords(yearBefore.contacts)} contacts.`}
        </p>
      </div>
      <div>
        <h2 className={styles["small"]}>What this does not show</h2>
        <p>
          What would have happened without us. How we compare with other organisations. People we share with
          others are counted here too, so summaries of two organisations must not be added up. Needs that
          nobody told us about.
        </p>
      </div>
    </section>
  );
}
