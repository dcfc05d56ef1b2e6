/** Every kind of official file that can be imported: one line each. */

import { areas } from "./areas";
import { households, residents } from "./counts";
import { deprivation } from "./deprivation";
import { indicators } from "./indicators";
import type { Load } from "./load";
import { lookups } from "./lookups";
import { postcodes } from "./postcodes";

export interface ImportKind {
  /** A new load for one file. */
  start: () => Load;
  /** What the operator may give it. */
  about: string;
}

export const IMPORT_KINDS: Readonly<Record<string, ImportKind>> = {
  postcodes: { start: postcodes, about: "NSPL, ONSPD, Code-Point Open or a postcode lookup" },
  deprivation: { start: deprivation, about: "IoD 2019 files 1, 2, 6, 7; IoD 2025 file 7; WIMD, SIMD, NIMDM" },
  lookups: { start: lookups, about: "LSOA 2011 to 2021; small areas to wards and authorities" },
  households: { start: households, about: "households by LSOA or data zone" },
  residents: { start: residents, about: "residents by LSOA or data zone" },
  indicators: {
    start: indicators,
    about: "published indicators: first their list, then their values by area",
  },
  areas: { start: areas, about: "names of authorities, wards, regions and nations; CSV or GeoJSON" },
};
