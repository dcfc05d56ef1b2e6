/** How a study is made, for everybody: the way through, what keeps it honest, and what it can never say. */
import type { Metadata } from "next";
import Link from "next/link";
import { FEWEST_WITH_OUTCOME } from "../../../../../../server/domain/lab/deliberate-error";
import { ENOUGH } from "../../../../../../server/domain/lab/enough-people";
import { ALIKE, FEWEST_MATCHED, FEWEST_SENT, MOST_RUNS } from "../../../../../../server/domain/lab/study";
import styles from "../studies.module.css";

export const metadata: Metadata = { title: "How a study is made" };

export default function HowStudiesPage() {
  return (
    <main id="main" tabIndex={-1} className={styles["page"]}>
      <h1>How a study is made</h1>
      <p className={styles["lead"]}>
        A small organisation can seldom find out what became of the people it helped. The data lab looks for
        them in records that somebody else keeps, and sets similar people beside them.
      </p>
      <div className={styles["story"]}>
        <h2>The way through</h2>
        <ol>
          <li>
            <b>A plan.</b> Who took part, what to look for, how to compare. It says before anything else how
            small a difference could be seen at all with so many people.
          </li>
          <li>
            <b>Two people fix it.</b> A second person approves the plan. It gets a mark that changes if a
            single letter does, and from then on it cannot be changed.
          </li>
          <li>
            <b>Names are sent, sealed.</b> The file is locked in the browser with a key that is made for it
            alone. It can be read by one program, in its memory, and by nothing and nobody else.
          </li>
          <li>
            <b>Similar people are found.</b> From what the records say of everybody before they started, each
            person is set beside others who were just as likely to take part and did not.
          </li>
          <li>
            <b>Only then is looked at what happened.</b> If the two groups are not alike enough, nothing is
            looked at and no result is given.
          </li>
          <li>
            <b>The file is destroyed.</b> Whatever happens, also when something breaks: the names and the key.
            A receipt says when, and is sealed into the record of the installation.
          </li>
          <li>
            <b>It is read, checked and made public.</b> The organisation reads it first. An analyst of whoever
            keeps the records signs that it was done as planned. Then it stands on the{" "}
            <Link href="/open/studies" prefetch={false}>
              register
            </Link>
            , whichever way it points.
          </li>
        </ol>
        <h2>What keeps it honest</h2>
        <ul>
          <li>
            Everybody who started is sent, not a chosen few. The number is held against the organisation’s own
            records.
          </li>
          <li>Everybody who is lost on the way is counted, with the reason.</li>
          <li>
            The main result is named before anybody has seen one. The report says how many questions the
            records were asked in all, and shows each outcome and each other way of comparing.
          </li>
          <li>Other ways of comparing are shown beside the main one, whether they agree or not.</li>
          <li>
            A result that is there has a line from the first day, which says since when it waits. So none can
            be left in a drawer.
          </li>
          <li>A study that is withdrawn after its people were looked for leaves a line that says so.</li>
          <li>
            The register cannot be put in order of results, and reports must not be compared with one another.
          </li>
        </ul>
        <h2>What it can never say</h2>
        <ul>
          <li>
            That the programme alone made the difference. The groups are alike in what the records hold, and
            may differ in what they do not: housing, health, how keen somebody was.
          </li>
          <li>
            That nothing changed, when the result is not clear. Not clear is not the same as no effect: most
            often there were too few people to tell.
          </li>
          <li>That it is so for everybody. It is about people like these, there and then.</li>
          <li>That one programme is better than another.</li>
        </ul>
        <h2>What it needs</h2>
        <p>
          At least {FEWEST_SENT} people in the file, with names and full dates of birth, and at least{" "}
          {FEWEST_MATCHED} who are found and matched. Where there are fewer than about {ENOUGH}, nothing may
          be said: the line is drawn roughly on purpose, so that it does not tell whether one person was
          found.
        </p>
        <h2>How people are kept from being known</h2>
        <p>
          Every number of people is rounded to the nearest 5 with a small deliberate error, and fewer than 10
          is never shown. What came of people has a larger error, and is shown only where at least{" "}
          {FEWEST_WITH_OUTCOME} people had the outcome and as many had not. Rates and differences are worked
          out of those numbers. Who sends nearly the same people again (more than {Math.round(ALIKE * 100)} in
          100 the same) gets the same answer again, also where it was that there are too few or that the
          groups are too unlike, so that one person more or less cannot be read off. An organisation can run{" "}
          {MOST_RUNS} studies in a month.
        </p>
      </div>
    </main>
  );
}
