/**
 * Postcodes: NSPL and ONSPD of any edition, the postcode to small-area lookup, Code-Point Open and an assembled
 * layout without status. The newest edition of a postcode wins; older ones serve postcodes it does not have and
 * fill what it leaves blank, so that a small area of 2011 stays known when a newer edition brings only 2021.
 */

import type { Tx } from "../../db/client";
import { Invalid } from "../domain/errors";
import {
  nationOf,
  nationOfPostcodeArea,
  placeCode,
  publishedPostcode,
  RECODED_DISTRICT,
  smallAreaEra,
} from "../domain/geography";
import { gridOf, toDegrees, toGrid } from "../domain/grid";
import { readCsv } from "./csv";
import { type EditionName, editionNumber, findMonth, statedEdition } from "./edition";
import {
  type Columns,
  decimal,
  findColumns,
  headerOf,
  type Patterns,
  requireColumn,
  wholeNumber,
} from "./layout";
import { csvEntries, type Fault, type ImportOptions, type Load, type Merged, type Staged } from "./load";
import { PlaceNames } from "./names";
import { readText, type Source, type SourceEntry } from "./source";

type Column =
  | "postcode"
  | "terminated"
  | "userType"
  | "easting"
  | "northing"
  | "quality"
  | "latitude"
  | "longitude"
  | "authority"
  | "ward"
  | "region"
  | "nation"
  | "area11"
  | "area21";

const PATTERNS: Patterns<Column> = {
  postcode: [/^pcds$/, /^pcd7?$/, /^pcd[28]$/, /^postcode$/],
  terminated: [/^doterm$/],
  userType: [/^usertype$/, /^usrtypind$/],
  easting: [/^(?:os)?east1m$/],
  northing: [/^(?:os)?nrth1m$/, /^north1m$/],
  quality: [/^(?:os)?grdind$/, /^gridind$/],
  latitude: [/^lat$/],
  longitude: [/^long$/],
  authority: [/^(?:os)?laua$/, /^lad(?:\d\d)?cd$/],
  ward: [/^(?:os)?ward$/, /^wd(?:\d\d)?cd$/],
  region: [/^rgn(?:\d\dcd)?$/],
  nation: [/^ctry(?:\d\dcd)?$/],
  area11: [/^lsoa11(?:cd)?$/],
  area21: [/^lsoa21(?:cd)?$/],
};

/** Code-Point Open has no header: postcode, quality, easting, northing, country, three old codes, authority, ward. */
const CODE_POINT: Columns<Column> = {
  postcode: 0,
  terminated: -1,
  userType: -1,
  easting: 2,
  northing: 3,
  quality: 1,
  latitude: -1,
  longitude: -1,
  authority: 8,
  ward: 9,
  region: -1,
  nation: 4,
  area11: -1,
  area21: -1,
};
const CODE_POINT_WIDTH = 10;

/** Positional quality that means "no coordinates": 9 in ONS files, 90 in Code-Point Open. */
const NO_POSITION = new Set(["9", "90"]);
/** ONS writes this latitude where there is no grid reference. */
const NO_LATITUDE = 99;

const STAGING = `postcode text, sector text, district text, live boolean, small_user boolean, easting integer,
  northing integer, latitude real, longitude real, small_area_2011 text, small_area_2021 text, ward text,
  authority text, region text, nation text`;

/** Starts the load of one file of postcodes. */
export function postcodes(): Load {
  const names = new PlaceNames();
  let layout = "";
  let header: readonly string[] = [];
  let statesStatus = true;
  return {
    staging: STAGING,
    accepts: postcodeEntries,
    begin(first) {
      header = headerOf(first.cells);
      const isCodePoint =
        first.cells.length === CODE_POINT_WIDTH && /^\d+$/.test(first.cells[1]?.trim() ?? "");
      const columns = isCodePoint ? CODE_POINT : findColumns(header, PATTERNS);
      requireColumn(columns.postcode, "postcodes", "pcds, pcd7, pcd8 or pcd", header);
      layout = isCodePoint ? "Code-Point Open" : layoutOf(header);
      statesStatus = isCodePoint || columns.terminated >= 0;
      const readNames = isCodePoint ? () => {} : names.reader(header);
      return {
        headerIsRow: isCodePoint,
        table: {
          width: first.cells.length,
          stage(row) {
            readNames(row.cells);
            return stagePostcode(row.cells, row.line, columns, statesStatus);
          },
        },
      };
    },
    async merge(tx, source, options) {
      await readNameLists(source, names);
      await names.store(tx);
      const edition = await editionOf(source, layout, header, options);
      return mergePostcodes(tx, edition, statesStatus);
    },
  };
}

/** In ONS zips: the one UK file when it is there, else the files by postcode area; in OS zips the CSV folder. */
function postcodeEntries(entries: readonly SourceEntry[]): readonly SourceEntry[] {
  const tables = csvEntries(entries).filter(
    (entry) => entries.length === 1 || !/(?:^|\/)(?:documents|docs?)\//i.test(entry.name),
  );
  const whole = tables.filter((entry) => !/multi_csv\//i.test(entry.name));
  return whole.length > 0 ? whole : tables;
}

function layoutOf(header: readonly string[]): string {
  const names = header.map((name) => name.toLowerCase());
  if (names.some((name) => /^(?:oslaua|parncp\d\dcd)$/.test(name))) return "ONSPD";
  if (names.some((name) => /^(?:lsoa11nm|ladnm)$/.test(name))) return "Postcode lookup";
  return names.some((name) => /^doterm$/.test(name)) ? "NSPL" : "Postcodes";
}

/** From the operator, else the file's name, else OS's note beside the data, else the newest vintage in the header. */
async function editionOf(
  source: Source,
  layout: string,
  header: readonly string[],
  options: ImportOptions,
): Promise<EditionName> {
  if (options.edition) return statedEdition(options.edition);
  const named = findMonth(source.name) ?? findMonth(source.entries[0]?.name ?? "");
  if (named) return { name: `${layout} ${named.inWords}`, month: named.month };
  const note = source.entries.find((entry) => /metadata\.txt$/i.test(entry.name));
  const noted = note && findMonth((await readText(note)).replace(/\d\d(\d\d)(\d\d)(\d\d)/g, " "));
  if (noted) return { name: `${layout} ${noted.inWords}`, month: noted.month };
  const vintages = header
    .flatMap((name) => /^(?:lad|wd|ctry|rgn)(\d\d)cd$/i.exec(name)?.[1] ?? [])
    .map(Number);
  const newest = Math.max(...vintages);
  if (newest > 0) return { name: `${layout} 20${newest}`, month: `20${newest}-01` };
  // Loses to every dated edition, and is replaced by one.
  return { name: `${layout}, month not stated`, month: "0000-00" };
}

/** Lists of names that ONS puts beside the postcodes: "Documents/LA_UA names and codes UK as at 04_23.csv". */
async function readNameLists(source: Source, names: PlaceNames): Promise<void> {
  const lists = source.entries.filter((entry) => /names and codes.*\.csv$/i.test(entry.name));
  for (const list of lists) {
    let read: ((cells: readonly string[]) => void) | undefined;
    for await (const rows of readCsv(await list.open())) {
      for (const row of rows) {
        if (read) read(row.cells);
        else read = names.reader(row.cells);
      }
    }
  }
}

function stagePostcode(
  cells: readonly string[],
  line: number,
  at: Columns<Column>,
  statesStatus: boolean,
): Staged | Fault {
  const text = cells[at.postcode] ?? "";
  const split = publishedPostcode(text);
  if (!split) {
    const remedy = `"${text}" is not a postcode. Write it like SR1 3DW, or take the row out.`;
    return { line, column: "postcode", reason: "not a postcode", remedy };
  }
  const authorityText = at.authority < 0 ? "" : (cells[at.authority] ?? "");
  const nation =
    placeCode(cells[at.nation]) ?? nationOf(authorityText.trim()) ?? nationOfPostcodeArea(split.district);
  const position = positionOf(cells, at, nation);
  if (position === null) {
    const remedy =
      "Eastings, northings, latitude and longitude are numbers, or blank where there is no position.";
    return { line, column: "position", reason: "position is not a number", remedy };
  }
  const areas = smallAreasOf(placeCode(cells[at.area11]), placeCode(cells[at.area21]));
  const userType = at.userType < 0 ? "" : (cells[at.userType]?.trim() ?? "");
  return [
    split.postcode,
    split.sector,
    split.district,
    liveOf(cells, at, statesStatus, split.district),
    userType === "" ? null : userType !== "1",
    position.easting,
    position.northing,
    position.latitude,
    position.longitude,
    areas.code2011,
    areas.code2021,
    placeCode(cells[at.ward]),
    placeCode(authorityText),
    placeCode(cells[at.region]),
    nation,
  ];
}

/** Null where the layout does not say; Code-Point Open has no terminated postcodes and no column for them. */
function liveOf(
  cells: readonly string[],
  at: Columns<Column>,
  statesStatus: boolean,
  district: string,
): boolean | null {
  if (district === RECODED_DISTRICT) return false;
  if (!statesStatus) return null;
  return at.terminated < 0 || (cells[at.terminated]?.trim() ?? "") === "";
}

interface Position {
  easting: number | null;
  northing: number | null;
  latitude: number | null;
  longitude: number | null;
}

const NOWHERE: Position = { easting: null, northing: null, latitude: null, longitude: null };

/** Grid reference and degrees, the one from the other where only one is given. Null when they are not numbers. */
function positionOf(cells: readonly string[], at: Columns<Column>, nation: string | null): Position | null {
  if (at.quality >= 0 && NO_POSITION.has(cells[at.quality]?.trim() ?? "")) return NOWHERE;
  const easting = wholeNumber(cells[at.easting]);
  const northing = wholeNumber(cells[at.northing]);
  const latitude = decimal(cells[at.latitude]);
  const longitude = decimal(cells[at.longitude]);
  if ([easting, northing, latitude, longitude].some((value) => Number.isNaN(value))) return null;
  const onGrid = easting !== null && northing !== null && (easting !== 0 || northing !== 0);
  const inDegrees = latitude !== null && longitude !== null && latitude < NO_LATITUDE;
  if (onGrid && inDegrees) return { easting, northing, latitude, longitude };
  if (onGrid) return { easting, northing, ...toDegrees(gridOf(nation), easting, northing) };
  if (inDegrees) return { ...toGrid(gridOf(nation), longitude, latitude), latitude, longitude };
  return NOWHERE;
}

/** Each code by the census it belongs to, whatever column it came in: Scotland's data zones keep their old codes. */
function smallAreasOf(
  in11: string | null,
  in21: string | null,
): { code2011: string | null; code2021: string | null } {
  const era21 = in21 && smallAreaEra(in21, "2021");
  return {
    code2011: in11 ?? (era21 === "2011" ? in21 : null),
    code2021: era21 === "2021" ? in21 : null,
  };
}

/** Newer wins, older fills gaps; a postcode that only the older edition has is inserted. */
async function mergePostcodes(tx: Tx, edition: EditionName, statesStatus: boolean): Promise<Merged> {
  const number = await editionNumber(tx, "postcodes", edition, { statesStatus });
  await refuseRepeats(tx);
  const [known] = await tx<{ any: boolean }[]>`select exists (select 1 from reference.postcode) as any`;
  let loaded = 0;
  if (known?.any) {
    await tx`analyze staging`;
    loaded += (await tx`${updateNewer(tx, number, edition.month)}`).count;
    loaded += (await tx`${updateOlder(tx, number, edition.month)}`).count;
  }
  const inserted = await tx`
    insert into reference.postcode (postcode, edition, sector, district, live, small_user, easting, northing,
      latitude, longitude, small_area_2011, small_area_2021, ward, authority, region, nation)
    select s.postcode, ${number}, s.sector, s.district, coalesce(s.live, true), coalesce(s.small_user, true),
      s.easting, s.northing, s.latitude, s.longitude, s.small_area_2011, s.small_area_2021, s.ward, s.authority,
      s.region, s.nation
    from staging as s
    where not exists (select 1 from reference.postcode as p where p.postcode = s.postcode)`;
  loaded += inserted.count;
  if (loaded > 0) await tx`analyze reference.postcode`;
  return { loaded, edition: edition.name };
}

/** One row for a postcode: two would leave it to chance which is kept. */
async function refuseRepeats(tx: Tx): Promise<void> {
  const repeats = await tx<{ postcode: string; lines: number[] }[]>`
    select postcode, array_agg(line order by line) as lines
    from staging group by postcode having count(*) > 1 order by 1 limit 5`;
  const [first] = repeats;
  if (!first) return;
  throw new Invalid(
    `${first.postcode} is in the file ${first.lines.length} times (lines ${first.lines.join(", ")}). ` +
      "Keep one row for each postcode and try again; nothing was loaded.",
  );
}

const updateNewer = (tx: Tx, number: number, month: string) => tx`
  update reference.postcode as p set
    edition = ${number},
    live = coalesce(s.live, p.live),
    small_user = coalesce(s.small_user, p.small_user),
    easting = coalesce(s.easting, p.easting),
    northing = coalesce(s.northing, p.northing),
    latitude = coalesce(s.latitude, p.latitude),
    longitude = coalesce(s.longitude, p.longitude),
    small_area_2011 = coalesce(s.small_area_2011, p.small_area_2011),
    small_area_2021 = coalesce(s.small_area_2021, p.small_area_2021),
    ward = coalesce(s.ward, p.ward),
    authority = coalesce(s.authority, p.authority),
    region = coalesce(s.region, p.region),
    nation = coalesce(s.nation, p.nation)
  from staging as s, reference.edition as e
  where s.postcode = p.postcode and e.number = p.edition and (e.month < ${month} or e.number = ${number})
    and (p.edition, p.live, p.small_user, p.easting, p.northing, p.latitude, p.longitude, p.small_area_2011,
         p.small_area_2021, p.ward, p.authority, p.region, p.nation)
      is distinct from
        (${number}::smallint, coalesce(s.live, p.live), coalesce(s.small_user, p.small_user),
         coalesce(s.easting, p.easting), coalesce(s.northing, p.northing), coalesce(s.latitude, p.latitude),
         coalesce(s.longitude, p.longitude), coalesce(s.small_area_2011, p.small_area_2011),
         coalesce(s.small_area_2021, p.small_area_2021), coalesce(s.ward, p.ward),
         coalesce(s.authority, p.authority), coalesce(s.region, p.region), coalesce(s.nation, p.nation))`;

/** Status comes from an older edition only where the newer one does not state any. */
const updateOlder = (tx: Tx, number: number, month: string) => tx`
  update reference.postcode as p set
    live = case when e.states_status then p.live else coalesce(s.live, p.live) end,
    small_user = case when e.states_status then p.small_user else coalesce(s.small_user, p.small_user) end,
    easting = coalesce(p.easting, s.easting),
    northing = coalesce(p.northing, s.northing),
    latitude = coalesce(p.latitude, s.latitude),
    longitude = coalesce(p.longitude, s.longitude),
    small_area_2011 = coalesce(p.small_area_2011, s.small_area_2011),
    small_area_2021 = coalesce(p.small_area_2021, s.small_area_2021),
    ward = coalesce(p.ward, s.ward),
    authority = coalesce(p.authority, s.authority),
    region = coalesce(p.region, s.region),
    nation = coalesce(p.nation, s.nation)
  from staging as s, reference.edition as e
  where s.postcode = p.postcode and e.number = p.edition and e.month >= ${month} and e.number <> ${number}
    and (p.live, p.small_user, p.easting, p.northing, p.latitude, p.longitude, p.small_area_2011,
         p.small_area_2021, p.ward, p.authority, p.region, p.nation)
      is distinct from
        (case when e.states_status then p.live else coalesce(s.live, p.live) end,
         case when e.states_status then p.small_user else coalesce(s.small_user, p.small_user) end,
         coalesce(p.easting, s.easting), coalesce(p.northing, s.northing), coalesce(p.latitude, s.latitude),
         coalesce(p.longitude, s.longitude), coalesce(p.small_area_2011, s.small_area_2011),
         coalesce(p.small_area_2021, s.small_area_2021), coalesce(p.ward, s.ward),
         coalesce(p.authority, s.authority), coalesce(p.region, s.region), coalesce(p.nation, s.nation))`;
