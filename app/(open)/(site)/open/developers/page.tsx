/** For people who take the figures with a program: addresses that stay, with commands that work as they stand. */
import type { Metadata } from "next";
import Link from "next/link";
import { STATUS_WORDS, STATUSES } from "../../../../../server/domain/open-data/tables";
import { openOrigin, openRelease, widestArea } from "../../../open-reading";
import styles from "../open.module.css";

export const metadata: Metadata = { title: "For developers" };

export default async function DevelopersPage() {
  const found = await openRelease();
  const number = found?.release.release ?? 1;
  const api = `${openOrigin()}/api/open/v1`;
  const whole = widestArea(found?.areas ?? []);
  const area = whole ? `&level=${whole.level}&area=${encodeURIComponent(whole.area)}` : "";
  const embed = `<iframe src="${openOrigin()}/open/embed?need=HOU" title="Housing need by area" width="420" height="640" loading="lazy" style="border:0"></iframe>`;
  return (
    <main id="main" tabIndex={-1} className={styles["plain"]}>
      <h1>For developers</h1>
      <p>
        No key and no signing in, and any web page may ask. Each answer has an ETag: send it back as
        If-None-Match and get 304 while nothing is new. 300 requests a minute from one address.
      </p>
      <h2>A whole release</h2>
      <p>
        Everything at once, frozen for ever.{" "}
        <Link href="/open/releases" prefetch={false}>
          All releases
        </Link>
        .
      </p>
      <pre className={styles["code"]}>
        {`curl -O ${api}/releases/${number}/figures.csv\ncurl -O ${api}/releases/${number}/figures.csv-metadata.json\n# the newest, whatever its number\ncurl -L -o figures.csv ${api}/releases/latest/figures.csv`}
      </pre>
      <p>
        <code>coverage.csv</code> of the same release lists the areas where an organisation began or stopped
        recording. Look there before you read a change between two periods as one of need.
      </p>
      <h2>Some figures</h2>
      <p>
        Choose by release, period, level, area and need; several with commas between. CSV or JSON by the
        ending of the address, or by Accept.
      </p>
      <pre
        className={styles["code"]}
      >{`curl "${api}/figures.csv?need=*,HOU,MON${area}"\ncurl -H "Accept: text/csv" "${api}/figures?level=district&need=HOU-04"`}</pre>
      <p>A page has 1,000 rows unless you ask otherwise; its Link header leads to the next.</p>
      <h2>Names of things, and outlines</h2>
      <pre className={styles["code"]}>
        {`curl ${api}/needs.csv\ncurl ${api}/areas.csv\ncurl ${api}/boundaries.json`}
      </pre>
      <h2>Why a cell is empty</h2>
      <ul>
        {STATUSES.map((status) => (
          <li key={status}>
            <code>{status}</code>: {STATUS_WORDS[status]}.
          </li>
        ))}
      </ul>
      <h2>Descriptions for machines</h2>
      <ul>
        <li>
          <a href="/api/open/v1/openapi.json">OpenAPI 3.1</a>
        </li>
        <li>
          <a href="/api/open/v1/dcat">DCAT record</a> for data portals
        </li>
        <li>
          CSVW beside every CSV file: its address with <code>-metadata.json</code> at the end
        </li>
      </ul>
      <h2>A map in your own page</h2>
      <p>
        Copy this. <code>need</code> is a domain or a need; <code>level</code> is sector, district or
        authority. It sets no cookies and needs no script.
      </p>
      <pre className={styles["code"]}>{embed}</pre>
      <p>
        <a href="/open/embed?need=HOU">See it by itself</a>
      </p>
    </main>
  );
}
