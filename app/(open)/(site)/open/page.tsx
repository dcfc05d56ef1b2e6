/** The front of open figures: find a place or a need, see the whole area, take the files. */
import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { searchNeeds } from "../../../../server/domain/need-search";
import { DOMAINS, findNode } from "../../../../server/domain/needs";
import { inDigits } from "../../../../server/domain/number-text";
import type { FigureRow } from "../../../../server/domain/open-data/tables";
import { dayInWords, periodTextInWords } from "../../../../server/domain/period";
import { nameFit } from "../../../../server/domain/place-search";
import button from "../../../_ui/button.module.css";
import { FewerThanTen } from "../../../_ui/few";
import { Icon } from "../../../_ui/icon";
import { NeedPicture, PictureLegend } from "../../need-picture";
import {
  findPlaces,
  findWardPlaces,
  openReader,
  openRelease,
  readMap,
  readPlace,
  widestArea,
} from "../../open-reading";
import {
  COVERAGE_CHANGED,
  LEVEL_WORDS,
  oneOf,
  placeAddress,
  placeInWords,
  sizeInWords,
} from "../../open-words";
import styles from "./open.module.css";

export const metadata: Metadata = { title: "What people near you need help with" };

interface OpenPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function OpenPage({ searchParams }: OpenPageProps) {
  const asked = await searchParams;
  const typed = oneOf(asked["find"]) ?? "";
  const need = findNode(oneOf(asked["need"]) ?? "*") ?? findNode("*");
  const found = await openRelease();
  const isAtSector = need?.kind !== "need";
  const map =
    found && need
      ? await readMap(openReader(), found, { level: isAtSector ? "sector" : "district", need: need.path })
      : null;
  return (
    <main id="main" tabIndex={-1}>
      <div className={styles["band"]}>
        <div className={styles["columns"]}>
          <div className={styles["ask"]}>
            <h1>What people near you need help with</h1>
            <p>
              Frontline teams note what people ask for help with. We count each person once and publish the
              figures here each month, free to use.
            </p>
            <search>
              <form action="/open/find" method="post" className={styles["search"]}>
                <label htmlFor="find" className="visually-hidden">
                  A place or a need
                </label>
                <span className={styles["box"]}>
                  <Icon name="search" size={20} />
                  <input
                    id="find"
                    name="find"
                    type="search"
                    defaultValue={typed}
                    maxLength={60}
                    placeholder={`A place or a need, such as ${exampleOf(found?.areas ?? [], "district") ?? "a district"} or food`}
                    autoComplete="off"
                  />
                </span>
                <button type="submit" className={button["button"]}>
                  Show figures
                </button>
              </form>
            </search>
            {typed !== "" && <Hits typed={typed} areas={found?.areas ?? []} />}
            {typed === "" && found && <Examples areas={found.areas} />}
          </div>
        </div>
      </div>
      <div className={styles["columns"]}>
        <div className={styles["main"]}>{found ? <Whole found={found} /> : <NothingYet />}</div>
        {map && (
          <section className={styles["card"]} aria-labelledby="map-title">
            <h2 id="map-title">
              {map.needName}, by {LEVEL_WORDS[map.level].toLowerCase()}
            </h2>
            <NeedPicture map={map} />
            <PictureLegend map={map} />
            <p className={styles["caption"]}>
              People per 1,000 households, {periodTextInWords(map.period)}. The same colours for every period.
            </p>
            <details className={styles["details"]}>
              <summary>The same as a table</summary>
              <table className={styles["table"]}>
                <thead>
                  <tr>
                    <th scope="col">Area</th>
                    <th scope="col">People</th>
                    <th scope="col">Per 1,000</th>
                  </tr>
                </thead>
                <tbody>
                  {map.areas.map(({ area, figure, rate, coverageChanged }) => (
                    <tr key={area.area}>
                      <th scope="row">
                        <Link href={placeAddress(area, { need: map.need })} prefetch={false}>
                          {placeInWords(area)}
                        </Link>
                        {coverageChanged && <div className={styles["changed"]}>coverage changed</div>}
                      </th>
                      <td>{figure === null ? <FewerThanTen /> : inDigits(figure)}</td>
                      <td>{rate === null ? "no rate" : rate.toFixed(1)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </details>
          </section>
        )}
      </div>
      <div className={styles["columns"]}>
        <HowToRead />
      </div>
    </main>
  );
}

type Found = NonNullable<Awaited<ReturnType<typeof openRelease>>>;

/** Needs that say in few words what can be looked for. */
const EXAMPLE_NEEDS = ["BAS-01", "HOU-04", "SOC-01"];

/** A place and some needs, for whoever has none in mind. */
function Examples({ areas }: { areas: Found["areas"] }) {
  const place = areas.find(({ level }) => level === "authority") ?? areas[0];
  return (
    <p className={styles["example"]}>
      <span>For example:</span>
      {place && (
        <Link href={placeAddress(place)} prefetch={false}>
          {placeInWords(place)}
        </Link>
      )}
      {EXAMPLE_NEEDS.flatMap((code) => findNode(code) ?? []).map(({ path, label }) => (
        <Link key={path} href={`/open?need=${path}`} prefetch={false}>
          {label}
        </Link>
      ))}
    </p>
  );
}

async function Hits({ typed, areas }: { typed: string; areas: Found["areas"] }) {
  const places = findPlaces(areas, typed);
  const wards = await findWardPlaces(openReader(), areas, typed);
  const needs = [
    ...domainsNamed(typed).map(({ code, label }) => ({ code, label, words: "Domain of need, on the map" })),
    ...searchNeeds(typed, { limit: 5 }).map(({ need }) => ({ ...need, words: "Need, on the map" })),
  ];
  if (places.length === 0 && wards.length === 0 && needs.length === 0) {
    return (
      <p className={styles["none"]} role="status">
        Nothing fits “{typed}”. Try a postcode district such as {exampleOf(areas, "district") ?? "SR4"}, the
        name of a council such as {exampleOf(areas, "authority") ?? "your own"}, or a need in one word.
      </p>
    );
  }
  return (
    <section className={styles["hits"]} aria-label="What was found">
      {places.length > 0 && (
        <ul className={styles["hit-list"]}>
          {places.map((area) => (
            <li className={styles["hit"]} key={`${area.level} ${area.area}`}>
              <Link href={placeAddress(area)} prefetch={false}>
                <strong>{placeInWords(area)}</strong> <span>{LEVEL_WORDS[area.level]}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {wards.length > 0 && (
        <ul className={styles["hit-list"]}>
          {wards.map(({ ward, area }) => (
            <li className={styles["hit"]} key={`${ward} ${area.area}`}>
              <Link href={placeAddress(area)} prefetch={false}>
                <strong>{ward}</strong> <span>Ward: most of it is in {placeInWords(area)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {needs.length > 0 && (
        <ul className={styles["hit-list"]}>
          {needs.map(({ code, label, words }) => (
            <li className={styles["hit"]} key={code}>
              <Link href={`/open?need=${code}`} prefetch={false}>
                <strong>{label}</strong> <span>{words}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Domains whose name fits what was typed, with a slip: "hosing" is Housing. They come before single needs. */
function domainsNamed(typed: string) {
  return DOMAINS.flatMap((domain) => {
    const fit = nameFit(typed, domain.label);
    return fit === null ? [] : [{ ...domain, fit }];
  }).sort((a, b) => a.fit - b.fit);
}

/** A place of a level that exists here, to show how one is typed. */
function exampleOf(areas: Found["areas"], level: "district" | "authority"): string | null {
  const first = areas.find((area) => area.level === level);
  return first ? placeInWords(first) : null;
}

function NothingYet() {
  return (
    <>
      <h2>No release yet</h2>
      <p className={styles["lead"]}>
        Figures appear here 20 working days after the first month, quarter or year has ended. Until then there
        is nothing to show, and nothing is missing.
      </p>
    </>
  );
}

async function Whole({ found }: { found: Found }) {
  const { release, files, areas } = found;
  const whole = widestArea(areas);
  const place = whole && (await readPlace(openReader(), found, whole, { type: "quarter", need: "*" }));
  const file = (name: string) => files.find((each) => each.name === name);
  const [csv, json] = [file("figures.csv"), file("figures.json")];
  const base = `/api/open/v1/releases/${release.release}`;
  return (
    <>
      <header className={styles["title"]}>
        <h2>Release {release.release}</h2>
        <p>Out {dayInWords(release.made_on)}. It will not change</p>
      </header>
      {place?.period ? (
        <table className={styles["table"]} data-wide>
          <caption className="visually-hidden">People by domain of need</caption>
          <thead>
            <tr>
              <th scope="col">
                {placeInWords(place.area)}, {periodTextInWords(place.period)}
              </th>
              <th scope="col">People</th>
              <th scope="col">A year before</th>
            </tr>
          </thead>
          <tbody>
            {place.lines.map(({ need, name, now, before }) => (
              <tr key={need}>
                <th scope="row">
                  <Link href={`/open?need=${need === "*" ? "%2A" : need}`} prefetch={false}>
                    {name}
                    <span className="visually-hidden"> on the map</span>
                  </Link>
                </th>
                <td>{now.people === null ? <FewerThanTen /> : <strong>{inDigits(now.people)}</strong>}</td>
                <td>{beforeInWords(before)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p className={styles["lead"]}>No quarter has settled yet. Months are in the files below.</p>
      )}
      <p className={styles["caption"]}>
        People who came to an organisation that records here, not everybody who lives there. Fewer than 10 may
        be none. Choose a need to see its places. A year before, other organisations may have recorded.
        {place?.coverageChanged && ` ${COVERAGE_CHANGED.replace(/^c/, "C")}.`}
      </p>
      <ul className={styles["take"]}>
        {csv && (
          <li>
            <a href={`${base}/figures.csv`} className={button["button"]} data-kind="outline" download>
              Spreadsheet (CSV, {sizeInWords(csv.size)})
            </a>
          </li>
        )}
        {json && (
          <li>
            <a href={`${base}/figures.json`} className={button["button"]} data-kind="outline" download>
              JSON ({sizeInWords(json.size)})
            </a>
          </li>
        )}
        <li>
          <a href="/api/open/v1/boundaries">Boundaries</a>
        </li>
        <li>
          <Link href="/open/releases" prefetch={false}>
            All releases
          </Link>
        </li>
      </ul>
    </>
  );
}

function beforeInWords(before: FigureRow | null): ReactNode {
  if (before === null) return "not settled";
  return before.people === null ? <FewerThanTen /> : inDigits(before.people);
}

function HowToRead() {
  return (
    <section className={styles["reading"]} aria-labelledby="reading">
      <h2 id="reading">How to read these figures</h2>
      <ul>
        <li>
          <strong>One person, one count.</strong> However many teams help them.
        </li>
        <li>
          <strong>Rounded to 5,</strong> with a small planned error, so nobody can be picked out.
        </li>
        <li>
          <strong>“Fewer than 10”</strong> includes none. It never means zero for sure.
        </li>
        <li>
          <strong>A rise</strong> can mean more need, or that help is easier to find.{" "}
          <Link href="/open/method" prefetch={false}>
            The full method
          </Link>
        </li>
      </ul>
    </section>
  );
}
