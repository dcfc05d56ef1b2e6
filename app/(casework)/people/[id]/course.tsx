/**
 * The course of each issue over the last twelve months: a line as high as the issue was serious, with a mark for
 * what each contact said of it. Open issues first. The same is in the list of contacts below, in words.
 */
import { Fragment } from "react";
import { type Day, dayInWords } from "../../../../server/domain/period";
import type { ShownIssue } from "../../../../server/domain/profile";
import { Icon, type IconName } from "../../../_ui/icon";
import { EmptyState } from "../../../_ui/page-title";
import { STATUSES, type Status } from "../../../_ui/status";
import { nameOf, SEVERITY_WORDS } from "../../../_words/issue-words";
import { type CoursePoint, courseOf, monthsOf } from "./course-shape";
import styles from "./person.module.css";

const TONES: Readonly<Record<string, string>> = {
  info: "var(--info)",
  plain: "var(--ink-2)",
  brand: "var(--brand)",
  wait: "var(--wait)",
};

/** How many issues stand there before the rest is asked for. */
const FIRST_SHOWN = 8;

/** Issues closed for longer than the picture reaches are named below it. */
export function Course({ issues, today }: { issues: readonly ShownIssue[]; today: Day }) {
  // An issue of which every mention was voided never was.
  const courses = issues
    .filter(({ status }) => status !== null)
    .map((issue) => ({ issue, course: courseOf(issue, today) }));
  const shown = courses.flatMap(({ issue, course }) => (course ? [{ issue, course }] : []));
  const earlier = courses.filter(({ course }) => course === null).map(({ issue }) => issue);
  const legend: readonly Status[] = ["new", "ongoing", "worsened", "improved", "resolved"];
  return (
    <section aria-labelledby="course-title">
      <div className={styles["courseHead"]}>
        <h2 id="course-title" className={styles["h2"]}>
          How things are going
        </h2>
        {shown.length > 0 && (
          <ul className={styles["legend"]} aria-hidden="true">
            {legend.map((status) => (
              <li key={status}>
                <span style={{ color: TONES[STATUSES[status].tone] }}>
                  <Icon name={STATUSES[status].icon} size={13} />
                </span>
                {STATUSES[status].word.toLowerCase()}
              </li>
            ))}
          </ul>
        )}
      </div>
      {shown.length === 0 ? (
        <EmptyState>No issues in the last twelve months. What you log at a contact shows up here.</EmptyState>
      ) : (
        <div className={styles["course"]}>
          <div className={styles["axisRow"]}>
            <Axis today={today} />
          </div>
          {shown.slice(0, FIRST_SHOWN).map(({ issue, course }) => (
            <CourseRow key={issue.id} issue={issue} points={course} today={today} />
          ))}
          {shown.length > FIRST_SHOWN && (
            <details className={styles["moreIssues"]}>
              <summary>{shown.length - FIRST_SHOWN} more</summary>
              {shown.slice(FIRST_SHOWN).map(({ issue, course }) => (
                <CourseRow key={issue.id} issue={issue} points={course} today={today} />
              ))}
            </details>
          )}
          {earlier.length > 0 && (
            <p className={styles["beforeYear"]}>
              Closed more than a year ago:{" "}
              {earlier.map((issue) => nameOf(issue.need, issue.label)).join(", ")}.
            </p>
          )}
        </div>
      )}
    </section>
  );
}

function Axis({ today }: { today: Day }) {
  return (
    <svg className={styles["axis"]} aria-hidden="true">
      {monthsOf(today).map(({ x, name, year, alternate }) => (
        <Fragment key={x}>
          <text
            x={`${x}%`}
            dx="4"
            y="14"
            className={alternate && year === "" ? styles["alternate"] : undefined}
          >
            {name}
          </text>
          <text x={`${x}%`} dx="4" y="29">
            {year}
          </text>
        </Fragment>
      ))}
    </svg>
  );
}

interface CourseRowProps {
  issue: ShownIssue;
  points: readonly CoursePoint[];
  today: Day;
}

function CourseRow({ issue, points, today }: CourseRowProps) {
  const name = nameOf(issue.need, issue.label);
  const state = [
    issue.ours === null ? null : issue.ours ? "Ours" : "Someone else’s",
    issue.open
      ? issue.severity && SEVERITY_WORDS[issue.severity]
      : issue.status && STATUSES[issue.status].word.toLowerCase(),
  ];
  return (
    <div className={styles["courseRow"]} data-closed={!issue.open || undefined}>
      <div>
        <h3 className={styles["courseName"]}>{name}</h3>
        <p className={styles["courseState"]}>{state.filter(Boolean).join(" · ")}</p>
      </div>
      <svg className={styles["strip"]} role="img" aria-label={inWords(name, issue)}>
        {monthsOf(today).map(({ x }) => (
          <line key={x} x1={`${x}%`} x2={`${x}%`} y1="0" y2="52" className={styles["gridline"]} />
        ))}
        <line x1="100%" x2="100%" y1="0" y2="52" className={styles["today"]} />
        {points.map((point, index) => (
          <Step key={point.key} from={point} to={points[index + 1]} open={issue.open} />
        ))}
        {points
          .filter(({ before }) => !before)
          .map((point) => (
            <Mark
              key={point.key}
              x={point.x}
              y={point.y}
              icon={STATUSES[point.status].icon}
              status={point.status}
            />
          ))}
      </svg>
    </div>
  );
}

/** The line from one mark to the next, or to today while the issue is open. */
function Step({ from, to, open }: { from: CoursePoint; to: CoursePoint | undefined; open: boolean }) {
  if (!to && !open) return null;
  const end = to ? to.x : 100;
  return (
    <>
      <line className={styles["level"]} x1={`${from.x}%`} x2={`${end}%`} y1={from.y} y2={from.y} />
      {to && to.y !== from.y && (
        <line className={styles["level"]} x1={`${end}%`} x2={`${end}%`} y1={from.y} y2={to.y} />
      )}
    </>
  );
}

function Mark({ x, y, icon, status }: { x: number; y: number; icon: IconName; status: Status }) {
  const tone = TONES[STATUSES[status].tone];
  return (
    <svg x={`${x}%`} y={y} overflow="visible" style={{ color: tone }} aria-hidden="true">
      <circle r="9" fill="var(--surface)" stroke={tone} strokeWidth="1.6" />
      <g transform="translate(-6 -6)">
        <Icon name={icon} size={12} />
      </g>
    </svg>
  );
}

function inWords(name: string, issue: ShownIssue): string {
  const told = issue.course.map(
    ({ occurredOn, status, severity }) =>
      `${dayInWords(occurredOn)} ${STATUSES[status].word.toLowerCase()}, ${SEVERITY_WORDS[severity]}`,
  );
  return `${name}: ${told.join("; ")}`;
}
