/** One release: what it settled, what it revised, and its files with the hashes that prove they are the same. */
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { agree } from "../../../../../../server/domain/impact/words";
import { inDigits } from "../../../../../../server/domain/number-text";
import { RELEASE_TABLES } from "../../../../../../server/domain/open-data/csvw";
import { ALL_SLICE, REVISION_WORDS, TABLES } from "../../../../../../server/domain/open-data/tables";
import { dayInWords, periodTextInWords } from "../../../../../../server/domain/period";
import { FewerThanTen } from "../../../../../_ui/few";
import {
  listReleaseFiles,
  listReleases,
  openOrigin,
  openReader,
  readRevisions,
} from "../../../../open-reading";
import { placeInWords, sizeInWords } from "../../../../open-words";
import styles from "../../open.module.css";
import sheet from "../releases.module.css";

interface ReleasePageProps {
  params: Promise<{ release: string }>;
}

const MOST_REVISIONS = 200;

export async function generateMetadata({ params }: ReleasePageProps): Promise<Metadata> {
  return { title: `Release ${(await params).release}` };
}

export default async function ReleasePage({ params }: ReleasePageProps) {
  const text = (await params).release;
  const found = (await listReleases(openReader())).find(({ release }) => String(release) === text);
  if (!found) notFound();
  const [files, revisions] = await Promise.all([
    listReleaseFiles(openReader(), found.release),
    readRevisions(openReader(), found.release),
  ]);
  const base = `/api/open/v1/releases/${found.release}`;
  const fileNamed = (wanted: string) => files.find(({ name }) => name === wanted);
  const figures = fileNamed("figures.csv");
  // A release from before a table was published has no file of it.
  const tables = RELEASE_TABLES.flatMap((name) => {
    const csv = fileNamed(`${name}.csv`);
    const json = fileNamed(`${name}.json`);
    return csv ? [{ table: TABLES[name], csv, json, about: fileNamed(`${name}.csv-metadata.json`) }] : [];
  });
  return (
    <main id="main" tabIndex={-1} className={styles["plain"]}>
      <Link href="/open/releases" className={styles["back"]} prefetch={false}>
        All releases
      </Link>
      <h1>Release {found.release}</h1>
      <p>
        Made on {dayInWords(found.made_on)}. Settled:{" "}
        {found.settled === null ? "nothing new" : found.settled.split(" ").map(periodTextInWords).join("; ")}.
      </p>
      {found.frozen_later && (
        <p>
          Its files were made on {dayInWords(found.frozen_on)}, after the release, from the record of what
          later releases replaced.
        </p>
      )}
      <h2>Files</h2>
      <ul className={sheet["files"]}>
        {tables.map(({ table, csv, json, about }) => (
          <li key={table.name}>
            <h3>{table.title}</h3>
            <p>{table.description}</p>
            <p className={sheet["file-ways"]}>
              {[csv, json].map(
                (file) =>
                  file && (
                    <span key={file.name}>
                      <a href={`${base}/${file.name}`}>{file.name}</a> {sizeInWords(file.size)}
                    </span>
                  ),
              )}
              {about && (
                <a href={`${base}/${about.name}`}>
                  What each column means<span className="visually-hidden"> in {table.title}</span>
                </a>
              )}
              <span>{csv.rows ? `${inDigits(csv.rows)} ${agree(csv.rows, "row", "rows")}` : "no rows"}</span>
            </p>
          </li>
        ))}
      </ul>
      <h2>Check that a file is the same</h2>
      <p>
        Each file has a hash, which another file would not have. It is also sealed into the audit of this
        installation on the day the file was made.
      </p>
      <pre className={styles["code"]}>
        {`curl -s ${openOrigin()}${base}/figures.csv | sha256sum\n# ${figures?.sha256 ?? ""}`}
      </pre>
      <details className={styles["details"]}>
        <summary>The hash of each file</summary>
        <ul className={sheet["hashes"]}>
          {files.map((file) => (
            <li key={file.name}>
              <a href={`${base}/${file.name}`} aria-label={`${file.name}, to check`}>
                {file.name}
              </a>
              <div className={styles["hash"]}>{file.sha256}</div>
            </li>
          ))}
        </ul>
      </details>
      <h2>Figures revised</h2>
      {revisions.length === 0 ? (
        <p>None: no figure of an earlier period moved.</p>
      ) : (
        <>
          <p>{REVISION_WORDS["changed-since-settled"]}</p>
          <div className={styles["scroll"]}>
            <table className={styles["table"]}>
              <thead>
                <tr>
                  <th scope="col">Place and need</th>
                  <th scope="col">Period</th>
                  <th scope="col">From</th>
                  <th scope="col">To</th>
                </tr>
              </thead>
              <tbody>
                {revisions.slice(0, MOST_REVISIONS).map((row) => (
                  <tr key={`${row.period} ${row.level} ${row.area} ${row.need} ${row.slice}`}>
                    <th scope="row">
                      {placeInWords(row)}, {row.need_name.toLowerCase()}
                      {row.slice === ALL_SLICE ? "" : `, ${row.slice.replace("=", " ")}`}
                    </th>
                    <td>{periodTextInWords(row.period)}</td>
                    <td>{row.from_people === null ? <FewerThanTen /> : inDigits(row.from_people)}</td>
                    <td>{row.to_people === null ? <FewerThanTen /> : inDigits(row.to_people)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {revisions.length > MOST_REVISIONS && (
            <p>
              The first {MOST_REVISIONS} of {inDigits(revisions.length)}; all are in{" "}
              <a href={`${base}/revisions.csv`}>revisions.csv</a>.
            </p>
          )}
        </>
      )}
    </main>
  );
}
