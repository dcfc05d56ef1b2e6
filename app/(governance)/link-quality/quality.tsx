"use client";
/**
 * The quality page: the sentence first, then the numbers behind it with their intervals. Where there is nothing yet it
 * says why, and never shows a nought for what nobody has looked at.
 */
import type { ReactNode } from "react";
import type { Share } from "../../../server/domain/link-quality";
import { AIM_DAYS } from "../../../server/domain/link-review";
import { inHundred } from "../../../server/domain/link-review-words";
import type { QualityPage, Waits } from "../../../server/link-quality";
import { ChartFigure } from "../../_ui/charts/chart-figure";
import { EmptyState, PageTitle } from "../../_ui/page-title";
import { CalibrationChart, calibrationTable } from "./calibration-chart";
import styles from "./quality.module.css";

export function Quality({ quality, now }: { quality: QualityPage; now: Date }) {
  const { checks, calibration, outcomes, waits, own } = quality;
  return (
    <>
      <PageTitle title={headline(quality)}>{lead(quality)}</PageTitle>
      <div className={styles["grid"]}>
        <Card title="Automatic links, checked">
          {checks.wrong === null ? (
            <EmptyState>
              None checked so far. Each week 20 links that the software made are drawn at random and wait
              among the reviews; what stewards say of them shows up here.
            </EmptyState>
          ) : (
            <>
              <WrongTable
                title="By model"
                first="Model"
                rows={checks.byModel.map(({ model, wrong }) => ({ label: model, wrong }))}
              />
              <WrongTable title="By probability" first="Said" rows={checks.byBand} />
            </>
          )}
          {/* A steward is not told how many of the pairs that wait are checks: they are to be judged like others. */}
          {own === null && checks.open > 0 && (
            <p className={styles["note"]}>{checks.open} are drawn and wait among the reviews.</p>
          )}
          {checks.cannotTell > 0 && (
            <p className={styles["note"]}>
              Of {checks.cannotTell} nobody could tell; they are not counted here.
            </p>
          )}
        </Card>
        <Card title="Does a probability mean what it says?">
          {calibration.length === 0 ? (
            <EmptyState>
              No pair decided so far, so there is nothing to compare what was said with.
            </EmptyState>
          ) : (
            <ChartFigure table={calibrationTable(calibration)} firstWidth={480}>
              {(width) => <CalibrationChart rows={calibration} width={width} />}
            </ChartFigure>
          )}
        </Card>
        <Card title="How reviews ended">
          <dl className={styles["facts"]}>
            <Fact name="Same person">{outcomes.same}</Fact>
            <Fact name="Different people">{outcomes.different}</Fact>
            <Fact name="Nobody could tell">{outcomes.cannotTell}</Fact>
            <Fact name="Answered by other evidence">{outcomes.settled}</Fact>
            <Fact name="Open">{outcomes.open}</Fact>
          </dl>
        </Card>
        <Card title="How long reviews wait">
          <WaitFacts waits={waits} now={now} />
        </Card>
        {own && (
          <Card title="How often your word agreed">
            <dl className={styles["facts"]}>
              <Fact name="With other stewards, on the same pair">{agreement(own.withOthers)}</Fact>
              <Fact name="With yourself, on a pair given twice">{agreement(own.withThemselves)}</Fact>
            </dl>
            <p className={styles["note"]}>
              Some pairs go to two stewards and some come again after a week, without saying so. Only you see
              this.
            </p>
          </Card>
        )}
      </div>
      <p className={styles["note"]}>
        Ranges are 95% intervals by Wilson’s score method (1927). Checks are drawn at random from all
        automatic links that stand and were not checked before. A link undone by two stewards counts as wrong.
      </p>
    </>
  );
}

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
const range = ({ low, high }: Share) => `${percent(low)} to ${percent(high)}`;
const count = (value: number) => value.toLocaleString("en-GB");

function headline({ checks: { wrong }, automaticLinks }: QualityPage): string {
  if (automaticLinks === 0) return "No automatic links yet";
  if (wrong === null) return "No automatic link checked yet";
  const links = `Of ${count(wrong.whole)} automatic ${wrong.whole === 1 ? "link" : "links"} checked`;
  if (wrong.part === 0) return `${links}, none was wrong`;
  return `${links}, ${count(wrong.part)} ${wrong.part === 1 ? "was" : "were"} wrong`;
}

function lead({ checks: { wrong }, automaticLinks }: QualityPage): string {
  if (automaticLinks === 0) {
    return "The software has not linked any two records, so there is nothing to check. Links come as records do.";
  }
  const all = `The software has linked ${count(automaticLinks)} pairs of records by itself.`;
  if (wrong === null) return all;
  if (wrong.part === 0)
    return `${all} None of those checked was wrong; of all of them, up to ${percent(wrong.high)} may be.`;
  return `${all} ${percent(wrong.share)} of those checked were wrong; of all of them, ${range(wrong)} may be.`;
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles["card"]} aria-label={title}>
      <h2 className={styles["title"]}>{title}</h2>
      {children}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface WrongTableProps {
  title: string;
  first: string;
  rows: readonly { label: string; wrong: Share }[];
}

function WrongTable({ title, first, rows }: WrongTableProps) {
  return (
    <table className={styles["table"]}>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          <th scope="col">Wrong, of checked</th>
          <th scope="col">May be</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, wrong }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>
              {wrong.part} of {wrong.whole}
            </td>
            <td>{range(wrong)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function agreement(share: Share | null): string {
  if (share === null) return "No such pair yet";
  return `${share.part} of ${share.whole} (${inHundred(share.share)}; may be ${range(share)})`;
}

const hoursInWords = (hours: number) =>
  hours < 1 ? "under an hour" : hours < 48 ? `${Math.round(hours)} hours` : `${Math.round(hours / 24)} days`;

function WaitFacts({ waits, now }: { waits: Waits; now: Date }) {
  const { waiting, oldest, withinAim, medianHours, ninetiethHours } = waits;
  const none = "None decided in 90 days";
  return (
    <dl className={styles["facts"]}>
      <Fact name="Waiting now">
        {waiting}
        {oldest && `, the oldest for ${hoursInWords((now.getTime() - oldest.getTime()) / 3_600_000)}`}
      </Fact>
      <Fact name={`Decided within ${AIM_DAYS} days, the aim`}>
        {withinAim ? `${withinAim.part} of ${withinAim.whole}` : none}
      </Fact>
      <Fact name="Half were decided within">{medianHours === null ? none : hoursInWords(medianHours)}</Fact>
      <Fact name="Nine in ten within">{ninetiethHours === null ? none : hoursInWords(ninetiethHours)}</Fact>
    </dl>
  );
}
