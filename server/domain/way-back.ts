/**
 * Where to go back to after unlocking: a page of ours and nothing else. What stands in an address can have been put
 * there by anybody (open redirects: OWASP ASVS 5.0, 3.7.2).
 */

const ELSEWHERE = "https://elsewhere.invalid";
/** Pages of the way in: going back to one would go round in circles. */
const DOORS = /^\/(locked|sign-in|second-factor|api)(\/|$)/;

/** The path to go back to; the front door for anything that is not plainly a page of ours. */
export function wayBack(from: unknown): string {
  if (typeof from !== "string" || !/^\/(?![/\\])[^\p{Cc}\\]*$/u.test(from)) return "/";
  if (!URL.canParse(from, ELSEWHERE)) return "/";
  const { origin, pathname, search } = new URL(from, ELSEWHERE);
  return origin === ELSEWHERE && !DOORS.test(pathname) && !pathname.startsWith("//")
    ? pathname + search
    : "/";
}

/** The address of the lock screen that leads back to a page. */
export const lockedAddress = (path: string) => `/locked?from=${encodeURIComponent(path)}`;
