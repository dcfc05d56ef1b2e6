/** What the public pages read, on the connection that sees what is published: no session, no cookie. */
import { cache } from "react";
import { attributionLine } from "../../server/attribution";
import { installationNow, isDemo } from "../../server/clock";
import { dayOf } from "../../server/domain/period";
import { env } from "../../server/env";
import { findOpenRelease } from "../../server/open-data/pages";
import { pools } from "../../server/pools";

export { findArea, readMap, readPlace, widestArea } from "../../server/open-data/pages";
export { findPlaces, findWardPlaces } from "../../server/open-data/places";
export { listReleaseFiles, listReleases, readRevisions } from "../../server/open-data/release-files";
export {
  findRegisterPlace,
  getRegisterStudy,
  listRegister,
  readRegisterFile,
  summariseRegister,
} from "../../server/register";

/** The connection of the public pages. */
export const openReader = () => pools().reader;

/** The day that it is here. */
export const openToday = cache(async () => dayOf(await installationNow(openReader())));

/** The latest frozen release; read once for a page. */
export const openRelease = cache(() => findOpenRelease(openReader()));

/** What stands at the foot of every public page. */
export const openFoot = cache(async () => ({
  attribution: await attributionLine(openReader()),
  demo: await isDemo(openReader()),
}));

/** Address of the installation, for examples to copy. */
export function openOrigin(): string {
  const { NEXTAUTH_URL, PORT } = env();
  return new URL(NEXTAUTH_URL ?? `http://127.0.0.1:${PORT}`).origin;
}
