/**
 * The county as the files that the real sources publish: the postcode directory (NSPL, August 2026), the
 * Indices of Deprivation 2025 (File 7), households and residents by small area (Census 2021) and the look-up
 * of wards and authorities. The importers cannot tell that the county does not exist.
 */

import proj4 from "proj4";
import { type CsvValue, csvFile } from "../domain/csv";
import { type County, NATION, type Postcode, REGION, SMALL_AREAS_OF_ENGLAND, type SmallArea } from "./county";
import { Chance } from "./random";

/** File names and texts, by what each holds. */
export interface CountyFiles {
  postcodes: string;
  deprivation: string;
  households: string;
  residents: string;
  lookup: string;
  authorities: string;
}

export const FILE_NAMES: Readonly<Record<keyof CountyFiles, string>> = {
  postcodes: "NSPL_AUG_2026_UK_WY.csv",
  deprivation: "File_7_IoD2025_All_Ranks_Scores_Deciles_Population_Denominators.csv",
  households: "households_census2021_lsoa21.csv",
  residents: "residents_census2021_lsoa21.csv",
  lookup: "lsoa21_ward24_ltla24.csv",
  authorities: "lad26_names_and_codes.csv",
};

export function countyFiles(county: County, seed: string): CountyFiles {
  const { smallAreas } = county;
  return {
    postcodes: csvFile(NSPL_2026, county.postcodes.map(directoryRow)),
    deprivation: deprivationFile(smallAreas, new Chance(`${seed}/deprivation`)),
    households: csvFile(
      ["lsoa21_code", "lsoa21_name", "ltla24_code", "total_households"],
      smallAreas.map((area) => [area.code, area.name, area.authority.code, area.households]),
    ),
    residents: csvFile(
      ["lsoa21_code", "lsoa21_name", "total_population"],
      smallAreas.map((area) => [area.code, area.name, area.residents]),
    ),
    lookup: csvFile(
      ["lsoa21_name", "lsoa21_code", "ward24_name", "ward24_code", "ltla24_name", "ltla24_code"],
      smallAreas.map((area) => [
        area.name,
        area.code,
        area.ward.name,
        area.ward.code,
        area.authority.name,
        area.authority.code,
      ]),
    ),
    authorities: csvFile(
      ["LAD26CD", "LAD26NM", "RGN26CD", "RGN26NM", "CTRY26CD", "CTRY26NM"],
      [...new Map(smallAreas.map(({ authority }) => [authority.code, authority])).values()].map(
        (authority) => [authority.code, authority.name, REGION.code, REGION.name, NATION.code, NATION.name],
      ),
    ),
  };
}

/** Header of the National Statistics Postcode Lookup as published in August 2026. */
const NSPL_2026 = (
  "pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,oa21cd,cty26cd,ced25cd,lad26cd,wd26cd," +
  "nhser24cd,ctry26cd,rgn26cd,pcon24cd,ttwa15cd,itl25cd,npark16cd,lsoa21cd,msoa21cd,wz11cd,sicbl26cd,bua24cd," +
  "ruc21ind,oac21ind,lat,long,lep21cd1,lep21cd2,pfa23cd,imd25ind,icb26cd"
).split(",");

/** British National Grid; the seven-parameter shift is within about five metres (Ordnance Survey). */
const NATIONAL_GRID =
  "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy " +
  "+towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +units=m +no_defs";

function directoryRow(postcode: Postcode): CsvValue[] {
  const [longitude = 0, latitude = 0] = proj4(NATIONAL_GRID, "WGS84", [postcode.easting, postcode.northing]);
  const [outward = "", inward = ""] = postcode.postcode.split(" ");
  const { smallArea } = postcode;
  const values: Readonly<Record<string, CsvValue>> = {
    pcd7: outward.padEnd(4) + inward,
    pcd8: `${outward.padEnd(5)}${inward}`,
    pcds: postcode.postcode,
    dointr: postcode.introduced,
    doterm: postcode.terminated,
    usrtypind: postcode.smallUser ? 0 : 1,
    east1m: postcode.easting,
    north1m: String(postcode.northing).padStart(7, "0"),
    gridind: 1,
    cty26cd: "E99999999",
    ced25cd: "E99999999",
    lad26cd: smallArea.authority.code,
    wd26cd: smallArea.ward.code,
    ctry26cd: NATION.code,
    rgn26cd: REGION.code,
    npark16cd: "E99999999",
    lsoa21cd: smallArea.code,
    lat: Number(latitude.toFixed(6)),
    long: Number(longitude.toFixed(6)),
    imd25ind: smallArea.rank,
  };
  return NSPL_2026.map((column) => values[column] ?? null);
}

// Name of the domain, what its score is called, how closely it goes with the whole.
const DEPRIVATION_DOMAINS: readonly (readonly [string, "Score" | "Score (rate)", number])[] = [
  ["Index of Multiple Deprivation (IMD)", "Score", 1],
  ["Income", "Score (rate)", 0.95],
  ["Employment", "Score (rate)", 0.93],
  ["Education, Skills and Training", "Score", 0.88],
  ["Health Deprivation and Disability", "Score", 0.9],
  ["Crime", "Score", 0.7],
  ["Barriers to Housing and Services", "Score", 0.1],
  ["Living Environment", "Score", 0.3],
  ["Income Deprivation Affecting Children Index (IDACI)", "Score (rate)", 0.9],
  ["Income Deprivation Affecting Older People (IDAOPI)", "Score (rate)", 0.85],
  ["Children and Young People Sub-domain", "Score", 0.85],
  ["Adult Skills Sub-domain", "Score", 0.85],
  ["Geographical Barriers Sub-domain", "Score", -0.4],
  ["Wider Barriers Sub-domain", "Score", 0.6],
  ["Indoors Sub-domain", "Score", 0.3],
  ["Outdoors Sub-domain", "Score", 0.4],
];

/** File 7 of the Indices of Deprivation 2025: areas, then score, rank and decile of each domain, then people. */
function deprivationFile(smallAreas: readonly SmallArea[], chance: Chance): string {
  const columns = [
    "LSOA code (2021)",
    "LSOA name (2021)",
    "Local Authority District code (2024)",
    "Local Authority District name (2024)",
    ...DEPRIVATION_DOMAINS.flatMap(([name, score]) => [
      `${name} ${score}`,
      `${name} Rank (where 1 is most deprived)`,
      `${name} Decile (where 1 is most deprived 10% of LSOAs)`,
    ]),
    "Total population: mid 2022",
    "Dependent Children aged 0-15: mid 2022",
    "Older population aged 60 and over: mid 2022",
    "Working age population 18-66 (for use with Employment Deprivation Domain): mid 2022",
  ];
  const rows = smallAreas.map((area) => {
    const whole = area.rank / SMALL_AREAS_OF_ENGLAND;
    const measures = DEPRIVATION_DOMAINS.flatMap(([, score, closeness]) => {
      const place =
        closeness === 1
          ? whole
          : inside(0.5 + closeness * (whole - 0.5) + (1 - Math.abs(closeness)) * (chance.unit() - 0.5));
      const rank = closeness === 1 ? area.rank : Math.max(1, Math.round(place * SMALL_AREAS_OF_ENGLAND));
      const size = score === "Score" ? 60 * (1 - place) ** 1.6 : 0.4 * (1 - place) ** 1.5;
      return [Number(size.toFixed(3)), rank, Math.ceil((rank * 10) / SMALL_AREAS_OF_ENGLAND)];
    });
    const share = (of: number) => Math.round(area.residents * of);
    return [
      area.code,
      area.name,
      area.authority.code,
      area.authority.name,
      ...measures,
      area.residents,
      share(0.16 + 0.06 * area.deprivation),
      share(0.3 - 0.08 * area.deprivation),
      share(0.6),
    ];
  });
  return csvFile(columns, rows);
}

const inside = (share: number) => Math.min(1, Math.max(0.0001, share));
