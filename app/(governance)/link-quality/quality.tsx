"use client";
/**
 * The quality page: the sentence first, then the numbers behind it with their intervals. Where there is little yet it
 * says why, and never shows a nought for what nobody has looked at.
 */
import type { ReactNode } from "react";
import type { RoughCount, RoughShare, Share } from "../../../server/domain/link-quality";
import { AIM_DAYS, CHECKS_A_WEEK } from "../../../server/domain/link-review";
import { inHundred } from "../../../server/domain/link-review-words";
import { inDigits } from "../../../server/domain/number-text";
import type { QualityPage, Waits } from "../../../server/link-quality";
import { ChartFigure } from "../../_ui/charts/chart-figure";
import { EmptyState, PageTitle } from "../../_ui/page-title";
import { CalibrationChart, calibrationTable } from "./calibration-chart";
import styles from "./quality.module.css";

export function Quality({ quality }: { quality: QualityPage }) {
  const { checks, calibration, outcomes, waits, own } = quality;
  return (
    <>
      <PageTitle title={headline(quality)}>{lead(quality)}</PageTitle>
      <div className={styles["grid"]}>
        <Card title="Automatic links, checked">
          {checks.wrong === null ? (
            <EmptyState>
              Fewer than 10 checked so far. Each week {CHECKS_A_WEEK} links that the software made are drawn
              at random and wait among the reviews; what stewards say of them shows up here from the next
              Monday.
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
          {own === null && checks.open !== "few" && (
            <p className={styles["note"]}>
              About {inDigits(checks.open)} are drawn and not decided. Those with a first word are counted.
            </p>
          )}
          {checks.cannotTell !== "few" && (
            <p className={styles["note"]}>
              Of about {inDigits(checks.cannotTell)} nobody could tell; they are not counted here.
            </p>
          )}
        </Card>
        <Card title="Does a probability mean what it says?">
          {calibration.length === 0 ? (
            <EmptyState>Too few pairs decided so far to compare what was said with.</EmptyState>
          ) : (
            <ChartFigure table={calibrationTable(calibration)} firstWidth={480}>
              {(width) => <CalibrationChart rows={calibration} width={width} />}
            </ChartFigure>
          )}
        </Card>
        <Card title="How reviews ended">
          <dl className={styles["facts"]}>
            <Fact name="Same person">{inWords(outcomes.same)}</Fact>
            <Fact name="Different people">{inWords(outcomes.different)}</Fact>
            <Fact name="Nobody could tell">{inWords(outcomes.cannotTell)}</Fact>
            <Fact name="Answered by other evidence">{inWords(outcomes.settled)}</Fact>
            <Fact name="Open">{inWords(outcomes.open)}</Fact>
          </dl>
        </Card>
        <Card title="How long reviews wait">
          <WaitFacts waits={waits} />
          <OutOfReach {...quality.outOfReach} />
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
        Checks are drawn at random from all automatic links that stand and were not checked before. A check
        counts by its first word: one found wrong waits for a second steward and would be missing among those
        decided. So a first steward’s mistake counts too.
      </p>
      <p className={styles["note"]}>
        Counts are those of last Monday, to the nearest 10; fewer than 10 are not told apart from none.
        Otherwise they could tell whether a person just added is known elsewhere. Ranges are 95% intervals by
        Wilson’s score method (1927), widened by what was rounded away.
      </p>
    </>
  );
}

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
const range = ({ low, high }: Pick<Share, "low" | "high">) => `${percent(low)} to ${percent(high)}`;

const inWords = (rough: RoughCount) => (rough === "few" ? "Fewer than 10" : `About ${inDigits(rough)}`);

function headline({ checks: { wrong }, automaticLinks }: QualityPage): string {
  if (automaticLinks === "few") return "Fewer than 10 automatic links so far";
  if (wrong === null) return "Fewer than 10 automatic links checked so far";
  const links = `Of about ${inDigits(wrong.whole)} automatic links checked`;
  return wrong.share === 0
    ? `${links}, hardly any was wrong`
    : `${links}, about ${percent(wrong.share)} were wrong`;
}

function lead({ checks: { wrong }, automaticLinks }: QualityPage): string {
  if (automaticLinks === "few") return "There is little to check. Links come as records do.";
  const all = `By last Monday the software had linked about ${inDigits(automaticLinks)} pairs of records by itself.`;
  if (wrong === null) return all;
  return wrong.low === 0
    ? `${all} Of all of them, up to ${percent(wrong.high)} may be wrong.`
    : `${all} Of all of them, ${range(wrong)} may be wrong.`;
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
  rows: readonly { label: string; wrong: RoughShare }[];
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
              {percent(wrong.share)} of about {inDigits(wrong.whole)}
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

const plural = (value: number, unit: string) => `${value} ${unit}${value === 1 ? "" : "s"}`;

const hoursInWords = (hours: number) =>
  hours < 1
    ? "under an hour"
    : hours < 48
      ? plural(Math.round(hours), "hour")
      : plural(Math.round(hours / 24), "day");

/** Most that are told by name. */
const MOST_NAMED = 5;

/** Whose pairs wait until somebody else is a steward. */
function OutOfReach({ organisations, pairs }: QualityPage["outOfReach"]) {
  const named = [...organisations, ...pairs.map(([one, other]) => `${one} and ${other} with each other`)];
  if (named.length === 0) return null;
  return (
    <div className={styles["warning"]}>
      <p>
        <strong>Nobody can decide some pairs.</strong> A steward is not shown pairs of an organisation whose
        clients they see at work, and for these that is every steward:
      </p>
      <ul>
        {named.slice(0, MOST_NAMED).map((name) => (
          <li key={name}>{name}</li>
        ))}
        {named.length > MOST_NAMED && <li>and {named.length - MOST_NAMED} more</li>}
      </ul>
      <p>Name a steward who does no casework there: two, where a word needs a second.</p>
    </div>
  );
}

function WaitFacts({ waits }: { waits: Waits }) {
  const { waiting, oldestDays, withinAim, medianHours, ninetiethHours } = waits;
  const few = "Fewer than 10 decided in 90 days";
  return (
    <dl className={styles["facts"]}>
      <Fact name="Waiting last Monday">
        {inWords(waiting)}
        {oldestDays !== null &&
          `, the oldest for ${oldestDays === 0 ? "less than a day" : plural(oldestDays, "day")}`}
      </Fact>
      <Fact name={`Decided within ${AIM_DAYS} days, the aim`}>
        {withinAim ? `${percent(withinAim.share)} of about ${inDigits(withinAim.whole)}` : few}
      </Fact>
      <Fact name="Half were decided within">{medianHours === null ? few : hoursInWords(medianHours)}</Fact>
      <Fact name="Nine in ten within">{ninetiethHours === null ? few : hoursInWords(ninetiethHours)}</Fact>
    </dl>
  );
}
