/**
 * Reads what superjson wrote on the server, as far as our answers need it: dates, big whole numbers and fields that
 * are undefined. Anything else is refused aloud, so that no value arrives as what it is not. Field screens read
 * answers with this, because a slow phone should not fetch the whole of superjson for dates.
 */

/** What superjson wrote: plain JSON, and where in it a value stands for something else. */
interface Written {
  json?: unknown;
  meta?: { values?: Marks };
}

/** `["Date"]` marks a value; a record leads to marked values by path, "people.0.seenAt". */
type Marks = readonly [kind: string, inside?: MarksByPath] | MarksByPath;
interface MarksByPath {
  readonly [path: string]: Marks;
}

/** What is sent needs no marks: days and instants are sent as text. */
export const lightJson = {
  serialize: (value: unknown): Written => ({ json: value }),
  deserialize: ({ json, meta }: Written): unknown => (meta?.values ? marked(json, meta.values) : json),
};

function marked(value: unknown, marks: Marks): unknown {
  if (!isMark(marks)) {
    for (const [path, inner] of Object.entries(marks)) markIn(value, partsOf(path), inner);
    return value;
  }
  const [kind, inside] = marks;
  if (inside) throw new Error(`An answer holds a ${kind} of values, which cannot be read here`);
  return readAs(value, kind);
}

function isMark(marks: Marks): marks is readonly [string, MarksByPath?] {
  return Array.isArray(marks);
}

function markIn(holder: unknown, [part, ...rest]: readonly string[], marks: Marks): void {
  if (!isHolder(holder) || part === undefined) throw new Error("An answer marks a value that is not there");
  if (rest.length > 0) markIn(holder[part], rest, marks);
  else holder[part] = marked(holder[part], marks);
}

function isHolder(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function readAs(value: unknown, kind: string): unknown {
  if (kind === "undefined") return undefined;
  if (kind === "Date" && typeof value === "string") return new Date(value);
  if (kind === "bigint" && typeof value === "string") return BigInt(value);
  throw new Error(`An answer holds a ${kind}, which cannot be read here`);
}

/** Dots part the names on a path; a backslash before a dot or a backslash makes it part of a name. */
function partsOf(path: string): string[] {
  return (path.match(/(?:\\[\\.]|[^.\\])+/g) ?? []).map((part) => part.replace(/\\([\\.])/g, "$1"));
}
