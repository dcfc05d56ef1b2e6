/** One place: what people there brought, in a sentence, a chart and a table; one need over time; why a cell is empty. */

import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { findNode } from "../../../../../server/domain/needs";
import { inDigits } from "../../../../../server/domain/number-text";
import { openNodes } from "../../../../../server/domain/open-data/menu";
import { periodTextInWords } from "../../../../../server/domain/period";
import { HorizontalBars } from "../../../../_ui/charts/horizontal-bars";
import { LineSeries } from "../../../../_ui/charts/line-series";
import { FewerThanTen } from "../../../../_ui/few";
import { findArea, openOrigin, openReader, openRelease, readPlace } from "../../../open-reading";
import {
  COVERAGE_CHANGED,
  changeInWords,
  inPeriod,
  LEVEL_WORDS,
  oneOf,
  PERIOD_TYPES,
  placeAddress,
  placeInWords,
  TYPE_WORDS,
} from "../../../open-words";
import styles from "../open.module.css";

interface PlacePageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

async function placeOf({ searchParams }: PlacePageProps) {
  const asked = await searchParams;
  const found = await openRelease();
  const area = found && findArea(found.areas, oneOf(asked["level"]) ?? "", oneOf(asked["area"]) ?? "");
  if (!found || !area) notFound();
  const types = PERIOD_TYPES.filter((type) => type !== "month" || area.level !== "sector");
  const type = types.find((each) => each === oneOf(asked["by"])) ?? "quarter";
  const node = findNode(oneOf(asked["need"]) ?? "*");
  if (!node || !openNodes(area.level).some(({ path }) => path === node.path)) notFound();
  return { found, area, types, type, node };
}

export async function generateMetadata(props: PlacePageProps): Promise<Metadata> {
  const { area } = await placeOf(props);
  return { title: placeInWords(area) };
}

export default async function PlacePage(props: PlacePageProps) {
  const { found, area, types, type, node } = await placeOf(props);
  const place = await readPlace(openReader(), found, area, { type, need: node.path });
  const name = placeInWords(area);
  const within = (["district", "authority", "region", "nation"] as const).flatMap((level) => {
    const code = area[level];
    return code === null ? [] : (findArea(found.areas, level, code) ?? []);
  });
  const query = new URLSearchParams({ area: area.area, level: area.level }).toString().replaceAll("+", "%20");
  const csv = `/api/open/v1/figures.csv?release=${found.release.release}&${query}`;
  return (
    <main id="main" tabIndex={-1} className={styles["plain"]}>
      <Link href="/open" className={styles["back"]} prefetch={false}>
        Find another place
      </Link>
      <h1>{name}</h1>
      <p>
        {LEVEL_WORDS[area.level]}
        {within.map((wider) => (
          <span key={wider.level}>
            {" · "}
            <Link href={placeAddress(wider)} prefetch={false}>
              {placeInWords(wider)}
            </Link>
          </span>
        ))}
      </p>
      <Sentence place={place} name={name} />
      <nav aria-label="Length of period">
        <ul className={styles["choices"]}>
          {types.map((each) => (
            <li key={each}>
              <Link
                href={placeAddress(area, { need: node.path, type: each })}
                aria-current={each === type ? "true" : undefined}
                prefetch={false}
              >
                {TYPE_WORDS[each]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {place.period !== null && <ByDomain place={place} area={area} type={type} />}
      <OverTime place={place} name={name} needName={node.label} />
      <h2>Why is a figure missing?</h2>
      <ul>
        <li>
          <strong>Fewer than 10.</strong> It may be none. Smaller numbers are not shown, so nobody can be
          picked out.
        </li>
        <li>
          <strong>Not published.</strong> Sectors have quarters and years, and any need and domains only: the
          numbers of one need or one month there would be too small. A district that is one sector is treated
          as that sector.
        </li>
        <li>
          <strong>Not settled.</strong> A period is published 20 working days after it ends.
        </li>
      </ul>
      <h2>Take these figures</h2>
      <p>
        <a href={csv}>Everything about {name} as a spreadsheet (CSV)</a>, a page of up to 1,000 rows at a
        time. Or from a program:
      </p>
      <pre className={styles["code"]}>{`curl "${openOrigin()}${csv}"`}</pre>
    </main>
  );
}

type Place = Awaited<ReturnType<typeof readPlace>>;

/** The finding in words, before any chart. */
function Sentence({ place, name }: { place: Place; name: string }) {
  if (place.period === null) {
    return (
      <p className={styles["sentence"]}>
        No {place.type === "year" ? "financial year" : place.type} has settled yet for {name}.
      </p>
    );
  }
  const when = inPeriod(place.period);
  const [any, ...domains] = place.lines;
  if (!any || any.now.people === null) {
    return (
      <p className={styles["sentence"]}>
        Fewer than 10 people, or none, brought a need in {name} {when}. We do not show smaller figures, so
        nobody can be picked out.
      </p>
    );
  }
  const most = domains
    .filter(({ now }) => now.people !== null)
    .sort((a, b) => (b.now.people ?? 0) - (a.now.people ?? 0))
    .slice(0, 2);
  const change = changeInWords(any.now, any.before);
  return (
    <p className={styles["sentence"]}>
      {inDigits(any.now.people)} people brought a need in {name} {when}
      {change === null
        ? ""
        : `, ${change === "about the same" ? `${change} as` : `${change} than`} a year before`}
      .
      {change !== null &&
        change !== "about the same" &&
        (place.coverageChanged
          ? ` Read this with care: ${COVERAGE_CHANGED} since then.`
          : " A change can be one of who records, not only of need.")}
      {change === "about the same" && place.coverageChanged && ` But ${COVERAGE_CHANGED} since then.`}
      {most.length > 0 &&
        ` Most came with ${most.map((line) => `${line.name.toLowerCase()} (${inDigits(line.now.people ?? 0)})`).join(" and ")}.`}
    </p>
  );
}

function ByDomain({
  place,
  area,
  type,
}: {
  place: Place;
  area: Parameters<typeof placeAddress>[0];
  type: Place["type"];
}) {
  const bars = place.lines
    .filter(({ need, now }) => need !== "*" && now.people !== null)
    .sort((a, b) => (b.now.people ?? 0) - (a.now.people ?? 0))
    .map(({ need, name, now }) => ({
      key: need,
      label: name,
      parts: [{ name: "People", value: now.people ?? 0, fill: "var(--brand)" }],
      total: inDigits(now.people ?? 0),
      note: "",
    }));
  return (
    <section aria-labelledby="by-domain">
      <h2 id="by-domain">By domain of need, {periodTextInWords(place.period ?? "")}</h2>
      {bars.length > 0 && (
        <div className={styles["chart"]}>
          <HorizontalBars width={640} bars={bars} label="People by domain; the table says the same" />
        </div>
      )}
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">Domain</th>
            <th scope="col">People</th>
            <th scope="col">A year before</th>
          </tr>
        </thead>
        <tbody>
          {place.lines.map(({ need, name, now, before }) => (
            <tr key={need}>
              <th scope="row">
                <Link href={`${placeAddress(area, { need, type })}#over-time`} prefetch={false}>
                  {name}
                </Link>
              </th>
              <td>{now.people === null ? <FewerThanTen /> : <strong>{inDigits(now.people)}</strong>}</td>
              <td>
                {before === null ? (
                  "not settled"
                ) : before.people === null ? (
                  <FewerThanTen />
                ) : (
                  inDigits(before.people)
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function OverTime({ place, name, needName }: { place: Place; name: string; needName: string }) {
  const { rows } = place.series;
  const words = ({ people, period }: (typeof rows)[number]) =>
    `${periodTextInWords(period)}: ${people === null ? "fewer than 10, may be none" : `${inDigits(people)} people`}`;
  return (
    <section aria-labelledby="over-time">
      <h2 id="over-time">{needName} over time</h2>
      {rows.length === 0 ? (
        <p>No settled period has a figure of ten or more for this need here.</p>
      ) : (
        <>
          <div className={styles["chart"]}>
            <LineSeries
              width={640}
              height={150}
              label={`${needName} in ${name} over ${rows.length} settled periods; the table says the same`}
              points={rows.map((row, at) => ({
                key: row.period,
                value: row.people,
                words: words(row),
                marked: at === rows.length - 1,
              }))}
            />
          </div>
          <details className={styles["details"]}>
            <summary>The same as a table</summary>
            <table className={styles["table"]}>
              <thead>
                <tr>
                  <th scope="col">Period</th>
                  <th scope="col">People</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.period}>
                    <th scope="row">{periodTextInWords(row.period)}</th>
                    <td>{row.people === null ? <FewerThanTen /> : inDigits(row.people)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      )}
    </section>
  );
}
