/**
 * Made files in the official layouts, for tests: the published headers with invented rows. The postcode areas UA
 * and YC have never been used by Royal Mail, and no code here has been issued, save those of nations and pseudo
 * codes.
 */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll } from "vitest";

/** Headers as published (ONS user guides; Ordnance Survey; MHCLG). */
export const HEADERS = {
  nspl2021:
    "pcd,pcd2,pcds,dointr,doterm,usertype,oseast1m,osnrth1m,osgrdind,oa11,cty,ced,laua,ward,hlthau,nhser,ctry,rgn,pcon,eer,teclec,ttwa,pct,itl,park,lsoa11,msoa11,wz11,ccg,bua11,buasd11,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,calncv,stp",
  nspl2025:
    "pcd,pcd2,pcds,dointr,doterm,usertype,oseast1m,osnrth1m,osgrdind,oa21,cty,ced,laua,ward,nhser,ctry,rgn,pcon,ttwa,itl,park,lsoa21,msoa21,wz11,sicbl,bua24,ruc21,oac11,lat,long,lep1,lep2,pfa,imd,icb",
  nspl2026:
    "pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,oa21cd,cty26cd,ced25cd,lad26cd,wd26cd,nhser24cd,ctry26cd,rgn26cd,pcon24cd,ttwa15cd,itl25cd,npark16cd,lsoa21cd,msoa21cd,wz11cd,sicbl26cd,bua24cd,ruc21ind,oac21ind,lat,long,lep21cd1,lep21cd2,pfa23cd,imd25ind,icb26cd",
  onspd2023:
    "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,osgrdind,oshlthau,nhser,ctry,rgn,streg,pcon,eer,teclec,ttwa,pct,itl,statsward,oa01,casward,park,lsoa01,msoa01,ur01ind,oac01,oa11,lsoa11,msoa11,wz11,sicbl,bua11,buasd11,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,calncv,icb,oa21,lsoa21,msoa21",
  onspd2026:
    "pcd7,pcd8,pcds,dointr,doterm,cty26cd,ced25cd,lad26cd,wd26cd,parncp26cd,usrtypind,east1m,north1m,gridind,hlth19cd,nhser24cd,ctry26cd,rgn26cd,ssr95cd,pcon24cd,eer20cd,educ23cd,ttwa15cd,pco19cd,itl25cd,wdstl05cd,oa01cd,wdcas03cd,npark16cd,lsoa01cd,msoa01cd,ruc01ind,oac01ind,oa11cd,lsoa11cd,msoa11cd,wz11cd,sicbl26cd,bua24cd,ruc11ind,oac11ind,lat,long,lep21cd1,lep21cd2,pfa23cd,imd20ind,cal26cd,icb26cd,oa21cd,lsoa21cd,msoa21cd,ruc21ind,oac21ind,imd25ind",
  pcdLookup:
    "pcd7,pcd8,pcds,dointr,doterm,usertype,oa11cd,lsoa11cd,msoa11cd,ladcd,lsoa11nm,msoa11nm,ladnm,ladnmw",
  assembled: "pcds,lat,long,laua,ward,lsoa21",
} as const;

/** One made postcode; what is left out gets an ordinary value. */
export interface MadePostcode {
  postcode: string;
  terminated?: string;
  largeUser?: boolean;
  easting?: number | null;
  northing?: number;
  authority?: string;
  ward?: string;
  region?: string;
  nation?: string;
  area11?: string;
  area21?: string;
  latitude?: number;
  longitude?: number;
}

/** The column names of the layouts by what a made postcode holds. */
const CELLS: readonly (readonly [RegExp, (made: MadePostcode) => string])[] = [
  [/^pcd7?$/, (m) => padded(m.postcode, 7)],
  [/^pcd[28]$/, (m) => padded(m.postcode, 8)],
  [/^pcds$/, (m) => m.postcode],
  [/^dointr$/, () => "199001"],
  [/^doterm$/, (m) => m.terminated ?? ""],
  [/^usertype$|^usrtypind$/, (m) => (m.largeUser ? "1" : "0")],
  [/^(os)?east1m$/, (m) => (m.easting === null ? "" : String(m.easting ?? 400_100))],
  [
    /^(os)?nrth1m$|^north1m$/,
    (m) => (m.easting === null ? "" : String(m.northing ?? 300_100).padStart(7, "0")),
  ],
  [/^(os)?grdind$|^gridind$/, (m) => (m.easting === null ? "9" : "1")],
  [/^(os)?laua$|^lad(\d\d)?cd$/, (m) => m.authority ?? "E06999901"],
  [/^(os)?ward$|^wd\d\dcd$/, (m) => m.ward ?? "E05999901"],
  [/^ctry(\d\dcd)?$/, (m) => m.nation ?? "E92000001"],
  [/^rgn(\d\dcd)?$/, (m) => m.region ?? "E12999901"],
  [/^lsoa11(cd)?$/, (m) => m.area11 ?? "E01999901"],
  [/^lsoa21(cd)?$/, (m) => m.area21 ?? "E01999901"],
  [/^lsoa01(cd)?$/, () => "E01999801"],
  [/^lat$/, (m) => (m.easting === null ? "99.999999" : String(m.latitude ?? 52.6))],
  [/^long$/, (m) => (m.easting === null ? "0.000000" : String(m.longitude ?? -2.0))],
  [/^imd$|^imd\d\dind$/, () => "12345"],
  [/^lsoa11nm$/, () => "Made place 001A"],
  [/^ladnm$/, () => "Ynys Wên"],
];

/** The postcode as Royal Mail pads it: the last three characters at the right, "UA1 1AA", "UA101AA". */
function padded(postcode: string, width: number): string {
  const [outward = "", inward = ""] = postcode.split(" ");
  return `${outward.padEnd(width - 3)}${inward}`;
}

/** A row for each made postcode, under a header. */
export function rowsUnder(header: string, made: readonly MadePostcode[]): string[] {
  const columns = header.split(",");
  return made.map((postcode) =>
    columns.map((column) => CELLS.find(([pattern]) => pattern.test(column))?.[1](postcode) ?? "").join(","),
  );
}

/** A table as text; official files quote text values, so `quoted` does too. */
export function table(
  header: string,
  rows: readonly string[],
  style: { crlf?: boolean; bom?: boolean } = {},
): string {
  const newline = style.crlf ? "\r\n" : "\n";
  return `${style.bom ? "\u{feff}" : ""}${[header, ...rows].join(newline)}${newline}`;
}

/** A directory for made files, removed after the test file's last test. Call it at the top of the file. */
export async function madeDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "made-places-"));
  afterAll(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** Writes a made file, gzipped when its name says so, and gives back its path. */
export async function writeMade(
  directory: string,
  name: string,
  content: string | Uint8Array,
): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, name.endsWith(".gz") ? gzipSync(content) : content);
  return path;
}

/** A zip of stored entries (no compression), as small as the format allows (APPNOTE 6.3.10, 4.3). */
export function zipOf(entries: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(entries)) {
    const data = Buffer.from(content);
    const title = Buffer.from(name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x21, 8);
    shared.writeUInt32LE(crc32(data), 10);
    shared.writeUInt32LE(data.length, 14);
    shared.writeUInt32LE(data.length, 18);
    shared.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), shared, title, data]);
    const central = Buffer.alloc(46);
    central.write("PK\x01\x02", 0, "latin1");
    central.writeUInt16LE(20, 4);
    shared.copy(central, 6, 0, 26);
    central.writeUInt32LE(offset, 42);
    directory.push(central, title);
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

function crc32(data: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Letters that end postcodes: C, I, K, M, O and V are never used. */
const INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ";

/** So many postcodes of one sector in rows of ten, 100 metres apart, from a corner. */
export function madeBlock(
  sector: string,
  count: number,
  corner: { easting: number; northing: number },
  rest: Omit<MadePostcode, "postcode" | "easting" | "northing"> = {},
): MadePostcode[] {
  return Array.from({ length: count }, (_, i) => ({
    ...rest,
    postcode: `${sector}${INWARD_LETTERS[Math.floor(i / 20)]}${INWARD_LETTERS[i % 20]}`,
    easting: corner.easting + (i % 10) * 100,
    northing: corner.northing + Math.floor(i / 10) * 100,
  }));
}
