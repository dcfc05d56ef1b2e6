"use client";
/**
 * What the card of an area says of coverage: a warning where an organisation began or stopped since the period it is
 * compared with, and who reports, for authorities and above.
 */
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { coverageChangeInWords } from "../../../server/domain/coverage";
import { useTRPC } from "../../_trpc/client";
import { spanInWords } from "../coverage/words";
import styles from "./coverage-part.module.css";

export function CoveragePart({ area, period }: { area: number; period: string }) {
  const trpc = useTRPC();
  const { data: coverage } = useQuery({
    ...trpc.coverage.card.queryOptions({ area, period }),
    placeholderData: (before) => (before?.area === area ? before : undefined),
  });
  if (!coverage) return null;
  const change = coverageChangeInWords(coverage.change);
  const { since, reporters } = coverage;
  if (change === null && (reporters === null || reporters.length === 0)) return null;
  return (
    <div className={styles["part"]}>
      {change !== null && since !== null && (
        <p className={styles["changed"]}>
          <b>Read with care.</b> {change} since {since}. A difference between the two need not be one of need.
        </p>
      )}
      {reporters !== null && reporters.length > 0 && (
        <>
          <h3 className={styles["heading"]}>Who reports here</h3>
          <ul className={styles["list"]}>
            {reporters.map((reporter) => (
              <li key={reporter.organisation}>
                {reporter.name}, <span className={styles["span"]}>{spanInWords(reporter)}</span>
              </li>
            ))}
          </ul>
          {coverage.mayCompare && (
            <p>
              <Link href={`/coverage?area=${area}`}>More about coverage</Link>
            </p>
          )}
        </>
      )}
    </div>
  );
}
