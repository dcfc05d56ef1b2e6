/** The catalogue record of open data for data portals: DCAT-AP 3 as JSON-LD. */

import { OPEN_LICENCE } from "../domain/open-data/csvw";
import type { ReleaseRow } from "../domain/open-data/tables";
import type { ReleaseFile } from "./release-files";

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

const CONTEXT = {
  dcat: "http://www.w3.org/ns/dcat#",
  dct: "http://purl.org/dc/terms/",
  foaf: "http://xmlns.com/foaf/0.1/",
  spdx: "http://spdx.org/rdf/terms#",
  adms: "http://www.w3.org/ns/adms#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
} as const;

const MEDIA = "http://www.iana.org/assignments/media-types/";
const MONTHLY = "http://publications.europa.eu/resource/authority/frequency/MONTHLY";
const ENGLISH = "http://publications.europa.eu/resource/authority/language/ENG";
const UNITED_KINGDOM = "http://publications.europa.eu/resource/authority/country/GBR";
const TITLE = "What people need help with: figures by area and period";
const ABOUT =
  "Different people who brought a need to a frontline service, by postcode sector, district, local authority, region and nation. Rounded to the nearest 5 with a small planned error; under 10 is not shown. Each release is frozen.";

/** The record of the catalogue, its one data set, and the files of the latest release. */
export function catalogue(
  origin: string,
  releases: readonly ReleaseRow[],
  files: readonly ReleaseFile[],
  attribution: string,
): Json {
  const api = `${origin}/api/open/v1`;
  const publisher = {
    "@type": "foaf:Organization",
    "foaf:name": "Common Need",
    "foaf:homepage": { "@id": `${origin}/open` },
  };
  const [latest] = releases;
  const first = releases.at(-1);
  const date = (day: string) => ({ "@type": "xsd:date", "@value": day });
  return {
    "@context": CONTEXT,
    "@id": `${api}/dcat`,
    "@type": "dcat:Catalog",
    "dct:title": "Common Need open figures",
    "dct:description": "Figures of need, free to use.",
    "dct:publisher": publisher,
    "dct:license": { "@id": OPEN_LICENCE.url },
    "foaf:homepage": { "@id": `${origin}/open` },
    "dcat:service": {
      "@id": api,
      "@type": "dcat:DataService",
      "dct:title": "Open figures by HTTP",
      "dcat:endpointURL": { "@id": api },
      "dcat:endpointDescription": { "@id": `${api}/openapi.json` },
      "dcat:servesDataset": { "@id": `${api}/figures` },
    },
    "dcat:dataset": {
      "@id": `${api}/figures`,
      "@type": "dcat:Dataset",
      "dct:title": TITLE,
      "dct:description": ABOUT,
      "dct:identifier": `${api}/figures`,
      "dct:publisher": publisher,
      "dct:language": { "@id": ENGLISH },
      "dct:spatial": { "@id": UNITED_KINGDOM },
      "dct:accrualPeriodicity": { "@id": MONTHLY },
      "dct:accessRights": {
        "@id": "http://publications.europa.eu/resource/authority/access-right/PUBLIC",
      },
      "dcat:keyword": ["needs", "housing", "debt", "food", "health", "wellbeing", "postcode sector"],
      "dcat:landingPage": { "@id": `${origin}/open` },
      ...(attribution !== "" && {
        "dct:rights": { "@type": "dct:RightsStatement", "dct:description": attribution },
      }),
      ...(first && { "dct:issued": date(first.made_on) }),
      ...(latest && { "dct:modified": date(latest.made_on), "adms:version": String(latest.release) }),
      "dct:provenance": {
        "@type": "dct:ProvenanceStatement",
        "dct:description": `The method in plain words: ${origin}/open/method`,
      },
      "dcat:distribution": files.filter(({ rows }) => rows !== null).map((file) => distributionOf(api, file)),
    },
  };
}

function distributionOf(api: string, file: ReleaseFile): Json {
  const address = `${api}/releases/${file.release}/${file.name}`;
  const isCsv = file.name.endsWith(".csv");
  return {
    "@id": address,
    "@type": "dcat:Distribution",
    "dct:title": `Release ${file.release}: ${file.name}`,
    "dcat:accessURL": { "@id": address },
    "dcat:downloadURL": { "@id": address },
    "dcat:mediaType": { "@id": `${MEDIA}${isCsv ? "text/csv" : "application/json"}` },
    "dcat:byteSize": { "@type": "xsd:nonNegativeInteger", "@value": String(file.size) },
    "dct:license": { "@id": OPEN_LICENCE.url },
    ...(isCsv && { "dct:conformsTo": { "@id": `${address}-metadata.json` } }),
    "spdx:checksum": {
      "@type": "spdx:Checksum",
      "spdx:algorithm": { "@id": "spdx:checksumAlgorithm_sha256" },
      "spdx:checksumValue": { "@type": "xsd:hexBinary", "@value": file.sha256 },
    },
  };
}
