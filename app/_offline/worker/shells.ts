/**
 * What the service worker may keep, and no more: the pages of the screens that work without signal, which are the same
 * for everybody, and the files that they need. Pure, so that it can be read and tested on its own.
 */

/** Pages that hold nothing of anybody; what they show comes from the device's sealed store. */
export const SHELLS: readonly string[] = ["/people", "/contact", "/details", "/outbox"];

/** The attribute that such a page carries, so that nothing else sent under its address is ever kept. */
export const SHELL_MARK = "data-field-shell";

/** Where the installed app begins, and where it goes on for those who work in the field. */
export const FRONT_DOOR = "/";
export const FIELD_HOME = "/people";

/**
 * How a request is answered. page: by the network, and when that is out of reach by the way back to the field home;
 * it is never kept. leave: by the network, untouched.
 */
export type Way =
  | { kind: "shell"; path: string }
  | { kind: "front-door" }
  | { kind: "file" }
  | { kind: "page" }
  | { kind: "leave" };

/** How a request of our own pages is answered; everything that is not plainly a page or a file is left alone. */
export function wayOf(request: { method: string; mode: string; url: string }, origin: string): Way {
  const { pathname, origin: asked } = new URL(request.url);
  if (request.method !== "GET" || asked !== origin) return { kind: "leave" };
  if (request.mode === "navigate") {
    if (SHELLS.includes(pathname)) return { kind: "shell", path: pathname };
    if (pathname === FRONT_DOOR) return { kind: "front-door" };
    return `${pathname}/`.startsWith("/api/") ? { kind: "leave" } : { kind: "page" };
  }
  return pathname.startsWith("/_next/static/") ? { kind: "file" } : { kind: "leave" };
}

/** Whether a page may be kept: it is a shell, was sent as it is, and every file it names is kept already. */
export function mayKeep(
  answer: { ok: boolean; redirected: boolean; type: string },
  html: string,
  files: ReadonlySet<string>,
): "yes" | "no" | "other-build" {
  if (!answer.ok || answer.redirected || answer.type !== "basic") return "no";
  if (!html.includes(SHELL_MARK)) return "no";
  return filesIn(html).every((file) => files.has(file)) ? "yes" : "other-build";
}

/** Files that a page, a script or a style names. */
export function filesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\/_next\/static\/[\w./~@%+-]+\.\w+/g)].map(([file]) => file))];
}
