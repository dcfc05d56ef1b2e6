/** Every release, newest first. */
import type { Metadata } from "next";
import Link from "next/link";
import { inDigits } from "../../../../../server/domain/number-text";
import { dayInWords, periodTextInWords } from "../../../../../server/domain/period";
import { listReleases, openReader } from "../../../open-reading";
import styles from "../open.module.css";
import sheet from "./releases.module.css";

export const metadata: Metadata = { title: "Releases" };

export default async function ReleasesPage() {
  const releases = await listReleases(openReader());
  return (
    <main id="main" tabIndex={-1} className={styles["plain"]}>
      <h1>Releases</h1>
      <p>
        A release is made when a period has settled. Its files never change. What came later is in a later
        release, which lists each figure that moved.
      </p>
      {releases.length === 0 ? (
        <p>There is no release yet. The first is made 20 working days after the first month has ended.</p>
      ) : (
        <div className={styles["scroll"]}>
          <table className={styles["table"]}>
            <thead>
              <tr>
                <th scope="col">Release</th>
                <th scope="col" className={styles["words"]}>
                  Settled
                </th>
                <th scope="col">Figures revised</th>
              </tr>
            </thead>
            <tbody>
              {releases.map((each) => (
                <tr key={each.release}>
                  <th scope="row">
                    <Link href={`/open/releases/${each.release}`} prefetch={false}>
                      Release {each.release}
                    </Link>
                    <div className={sheet["made"]}>{dayInWords(each.made_on)}</div>
                  </th>
                  <td className={styles["words"]}>
                    {each.settled === null
                      ? "nothing new"
                      : each.settled.split(" ").map(periodTextInWords).join("; ")}
                  </td>
                  <td>{each.revisions === 0 ? "none" : inDigits(each.revisions)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </main>
  );
}
