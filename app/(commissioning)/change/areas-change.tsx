"use client";
/**
 * All areas of a level side by side: which rose or fell against the others, as a list with intervals and as a funnel.
 * Named are those that chance alone would rarely name; "not clear" is an answer.
 */
import { scaleLog } from "d3-scale";
import { useState } from "react";
import type { ChangedArea, ChangedAreas } from "../../../server/domain/change/ask";
import { funnelLimits } from "../../../server/domain/change/several";
import { areaCalled, levelInWords, VERDICT_WORDS } from "../../../server/domain/change/words";
import { widerLevel } from "../../../server/domain/geography";
import { capital } from "../../../server/domain/label-text";
import { PERIOD_TYPES_OF } from "../../../server/domain/menu";
import { domainOf, findNode } from "../../../server/domain/needs";
import { inDigits } from "../../../server/domain/number-text";
import { ChartFigure } from "../../_ui/charts/chart-figure";
import { Funnel } from "../../_ui/charts/funnel";
import { FewerThanTen } from "../../_ui/few";
import { PageTitle } from "../../_ui/page-title";
import { Tag } from "../../_ui/tag";
import styles from "./change.module.css";
import { Limits } from "./limits";
import type { ChangeView } from "./view";

interface AreasChangeProps {
  areas: ChangedAreas;
  view: ChangeView;
  change: (part: Partial<ChangeView>) => void;
}

const RANK = { above: 0, below: 1, "not-clear": 2, hidden: 3 } as const;

/** Rows that are shown before somebody asks for all; clear ones always are. */
const FIRST_ROWS = 10;

/** Clear ones first, then by how far from the others; hidden ones last. */
function inOrder(areas: readonly ChangedArea[]): ChangedArea[] {
  const far = ({ against }: ChangedArea) => (against === null ? -1 : Math.abs(Math.log(against)));
  return [...areas].sort(
    (a, b) =>
      RANK[a.verdict] - RANK[b.verdict] ||
      far(b) - far(a) ||
      a.code.localeCompare(b.code, "en", { numeric: true }),
  );
}

/** What the sentence says to try where too few areas show a figure: each a press away. */
function Wider({ view, change }: Pick<AreasChangeProps, "view" | "change">) {
  const node = findNode(view.node);
  const domain = node?.kind === "need" ? domainOf(node.need) : null;
  const wider = widerLevel(view.level);
  const ways: { words: string; part: Partial<ChangeView> }[] = [];
  if (wider) ways.push({ words: `See ${levelInWords(wider)}`, part: { level: wider } });
  if (view.type !== "year" && PERIOD_TYPES_OF[view.level].includes("year")) {
    ways.push({ words: "See whole years", part: { type: "year" } });
  }
  if (domain) ways.push({ words: `See the whole domain “${domain.label}”`, part: { node: domain.code } });
  return (
    <ul className={`${styles["ways"]} no-print`}>
      {ways.map(({ words, part }) => (
        <li key={words}>
          <button type="button" className={styles["press"]} onClick={() => change(part)}>
            {words}
          </button>
        </li>
      ))}
    </ul>
  );
}

export function AreasChange({ areas: answer, view, change }: AreasChangeProps) {
  const { finding, level, dispersion, before, after, together } = answer;
  const asked = inOrder(answer.areas.filter(({ notPublished }) => !notPublished));
  const shown = asked.filter(({ verdict }) => verdict !== "hidden");
  const [isWhole, setWhole] = useState(false);
  const clear = shown.filter(({ verdict }) => verdict !== "not-clear").length;
  const rows = isWhole ? shown : shown.slice(0, Math.max(FIRST_ROWS, clear));
  const hidden = asked.filter(({ verdict }) => verdict === "hidden");
  const drawn = shown.flatMap((area) =>
    area.information !== null && area.against !== null
      ? [{ ...area, information: area.information, against: area.against }]
      : [],
  );
  return (
    <article className={styles["answer"]}>
      <PageTitle title={finding.title} />
      {finding.sentences.map((sentence) => (
        <p key={sentence} className={styles["sentence"]}>
          {sentence}
        </p>
      ))}
      {before !== null && after !== null && together === null && <Wider view={view} change={change} />}
      {before !== null && after !== null && together !== null && (
        <>
          <section className={styles["scroll"]} aria-labelledby="areas-heading">
            <h2 id="areas-heading" className={styles["h2"]}>
              {capital(levelInWords(level))}, clear ones first
            </h2>
            <p className={styles["note"]}>
              The full line in each picture is the change of the others together ({percent(together)}), the
              dotted one no change. An area is named only when it is too far from the full line for chance: a
              clear rise of its own can be “not clear” beside a rise of all.
            </p>
            <table className={styles["table"]}>
              <thead>
                <tr>
                  <th scope="col">Area</th>
                  <th scope="col">Against the others</th>
                  <th scope="col" className={styles["number"]}>
                    Before
                  </th>
                  <th scope="col" className={styles["number"]}>
                    After
                  </th>
                  <th scope="col" className={styles["wide"]}>
                    Change, with its 95% interval
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((area) => (
                  <tr key={area.area}>
                    <th scope="row">
                      <button
                        type="button"
                        className={styles["press"]}
                        onClick={() => change({ shows: "place", areas: [area.area] })}
                      >
                        {areaCalled(area, level)}
                      </button>
                      {area.named && <Tag>the event’s</Tag>}
                      {area.coverageChanged && <Tag tone="wait">coverage changed</Tag>}
                    </th>
                    <td>
                      <Verdict area={area} />
                      {area.against !== null && (
                        <div className={styles["note"]}>{area.against.toFixed(2)} times the others</div>
                      )}
                    </td>
                    <td className={styles["number"]}>{people(area.before)}</td>
                    <td className={styles["number"]}>{people(area.after)}</td>
                    <td className={styles["wide"]}>
                      {area.ratio ? (
                        <IntervalBar {...area.ratio} others={together} />
                      ) : (
                        "Not known: one of the two is hidden"
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            {rows.length < shown.length && (
              <button type="button" className={`${styles["press"]} no-print`} onClick={() => setWhole(true)}>
                Show all {shown.length} that show a figure
              </button>
            )}
            {hidden.length > 0 && (
              <p className={styles["note"]}>
                Nothing can be said of {hidden.length} others, beside the {shown.length} that show a figure:
                both of theirs are fewer than 10.
              </p>
            )}
          </section>
          {drawn.length > 0 && (
            <section className={styles["funnel"]} aria-labelledby="funnel-heading">
              <h2 id="funnel-heading" className={styles["h2"]}>
                How far chance reaches
              </h2>
              <ChartFigure
                firstWidth={820}
                legend={
                  <span>
                    Change against the others. Between the dotted lines 95% of areas lie by chance, between
                    the full lines 99.8%.
                  </span>
                }
                table={{
                  caption: "Change of each area against the others",
                  columns: ["Area", "Against the others", "Adjusted p"],
                  rows: drawn.map((area) => ({
                    key: String(area.area),
                    cells: [
                      areaCalled(area, level),
                      `${area.against.toFixed(2)} times`,
                      area.q === null ? "not asked" : area.q < 0.001 ? "under 0.001" : area.q.toFixed(3),
                    ],
                  })),
                }}
              >
                {(width) => (
                  <Funnel
                    width={width}
                    height={width < 520 ? 260 : 300}
                    label="Each area by how much its figures can tell and how it changed against the others; the same numbers are in the table."
                    limits={(information) => [
                      { name: "95%", ...funnelLimits(information, dispersion, 0.95) },
                      { name: "99.8%", ...funnelLimits(information, dispersion, 0.998) },
                    ]}
                    points={drawn.map((area) => ({
                      key: String(area.area),
                      label: areaCalled(area, level),
                      information: area.information,
                      ratio: area.against,
                      isClear: area.verdict !== "not-clear",
                      words: `${areaCalled(area, level)}: ${area.against.toFixed(2)} times as many as the others would lead one to expect`,
                    }))}
                  />
                )}
              </ChartFigure>
            </section>
          )}
        </>
      )}
      <Limits limits={finding.limits} />
    </article>
  );
}

const people = (sum: number | null) => (sum === null ? <FewerThanTen /> : inDigits(sum));

function Verdict({ area: { verdict } }: { area: ChangedArea }) {
  if (verdict === "above") {
    return (
      <Tag tone="brand" icon="up">
        {VERDICT_WORDS.above}
      </Tag>
    );
  }
  if (verdict === "below") {
    return (
      <Tag tone="info" icon="fall">
        {VERDICT_WORDS.below}
      </Tag>
    );
  }
  return <Tag>{VERDICT_WORDS[verdict]}</Tag>;
}

const BAR = { width: 150, height: 22 };
const reach = scaleLog([0.2, 5], [6, BAR.width - 6]).clamp(true);

/** A ratio and its interval on one scale for all rows: dotted is no change, the full line the change of the others. */
function IntervalBar({
  ratio,
  low,
  high,
  others,
}: {
  ratio: number;
  low: number;
  high: number;
  /** The change of the others together. */
  others: number;
}) {
  const words = `${percent(ratio)} (${percent(low)} to ${percent(high)})`;
  return (
    <span className={styles["interval"]}>
      <svg
        width={BAR.width}
        height={BAR.height}
        viewBox={`0 0 ${BAR.width} ${BAR.height}`}
        aria-hidden="true"
      >
        <line x1={reach(1)} x2={reach(1)} y1={1} y2={21} stroke="var(--line-strong)" strokeDasharray="2 3" />
        <line x1={reach(others)} x2={reach(others)} y1={1} y2={21} stroke="var(--ink)" strokeWidth={1.5} />
        <line x1={reach(low)} x2={reach(high)} y1={11} y2={11} stroke="var(--brand)" strokeWidth={2} />
        <circle
          cx={reach(ratio)}
          cy={11}
          r={4.6}
          fill={low > 1 || high < 1 ? "var(--brand)" : "var(--surface)"}
          stroke="var(--brand)"
          strokeWidth={1.8}
        />
      </svg>
      <span>{words}</span>
    </span>
  );
}

function percent(ratio: number): string {
  const share = Math.round((ratio - 1) * 100);
  return share > 0 ? `+${share}%` : share === 0 ? "0%" : `−${-share}%`;
}
