/**
 * A subject access pack as files: one page to read or print, the same as PDF and for programs as JSON, and a table each
 * as CSV. The page stands alone, runs nothing and fetches nothing. Words are plain; what is kept and cannot be read back
 * is said.
 */

import { createHash } from "node:crypto";
import { csvFile } from "../domain/csv";
import { inDigits } from "../domain/number-text";
import type { HeldRow, HeldTable, Pack, Value } from "../domain/rights/pack";
import { pageStyle } from "./page-style";
import { subjectPdf } from "./subject-pdf-made";
import { labelOf } from "./subject-signs";
import {
  cellInWords,
  isId,
  leadOf,
  lookInWords,
  RIGHTS_WORDS,
  shareInWords,
  shownTables,
  titleOf,
} from "./subject-words";
import { packed } from "./zip";

export interface CopyFile {
  name: "copy.html" | "copy.json" | "copy.pdf" | "copy.zip";
  mediaType: string;
  bytes: Uint8Array;
}

const encode = (text: string) => new TextEncoder().encode(text);

/** One file of a pack by its name; null when there is none of that name. */
export async function copyFile(pack: Pack, name: string): Promise<CopyFile | null> {
  if (name === "copy.html") {
    return { name, mediaType: "text/html; charset=utf-8", bytes: encode(await copyPage(pack)) };
  }
  if (name === "copy.json") {
    return { name, mediaType: "application/json", bytes: encode(copyJson(pack)) };
  }
  if (name === "copy.pdf") return { name, mediaType: "application/pdf", bytes: await subjectPdf(pack) };
  if (name !== "copy.zip") return null;
  const tables = pack.held.flatMap((table): [string, Uint8Array][] =>
    table.rows && table.rows.length > 0
      ? [[`tables/${table.place.replace(".", "-")}.csv`, encode(tableCsv(table.rows))]]
      : [],
  );
  const bytes = packed({
    "copy.html": encode(await copyPage(pack)),
    "copy.json": encode(copyJson(pack)),
    "copy.pdf": await subjectPdf(pack),
    ...Object.fromEntries(tables),
  });
  return { name, mediaType: "application/zip", bytes };
}

const copyJson = (pack: Pack) => `${JSON.stringify(pack, null, 2)}\n`;

/** Columns in the order in which rows have them; a row lacks those that hold nothing. */
const columnsOf = (rows: readonly HeldRow[]) => [
  ...new Set(rows.flatMap(({ values }) => Object.keys(values))),
];

function tableCsv(rows: readonly HeldRow[]): string {
  const columns = columnsOf(rows);
  const cell = (value: Value | undefined) => {
    if (value === undefined || value === null) return null;
    return typeof value === "string" || typeof value === "number" ? value : JSON.stringify(value);
  };
  return csvFile(
    columns,
    rows.map(({ values }) => columns.map((column) => cell(values[column]))),
  );
}

const MORE_STYLE = `
.row { margin: 0 0 14px; padding: 12px 16px; border: 1px solid var(--line); border-radius: 4px; break-inside: avoid; }
.row dl { display: grid; grid-template-columns: minmax(120px, 220px) 1fr; gap: 4px 16px; margin: 0; }
.row .pair { display: contents; }
.row dt { color: var(--ink-3); font-size: 14px; }
.row dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.why { color: var(--ink-2); }
@media (max-width: 600px) { .row dl { grid-template-columns: 1fr; } .row dd { margin-bottom: 6px; } }
`;

async function copyPage(pack: Pack): Promise<string> {
  // Fetched when it is needed: a route may not import it ahead, for pages are drawn another way.
  const { renderToStaticMarkup } = await import("react-dom/server");
  const style = `${pageStyle()}${MORE_STYLE}`;
  const hash = createHash("sha256").update(style).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; font-src data:; base-uri 'none'; form-action 'none'`;
  const { filled, counted } = shownTables(pack);
  const title = titleOf(pack);
  return `<!doctype html>\n${renderToStaticMarkup(
    <html lang="en-GB">
      {/* biome-ignore lint/style/noHeadElement: a file of its own, which Next never serves as a page */}
      <head>
        <meta charSet="utf-8" />
        <meta httpEquiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own style, and its hash is of the very text */}
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <div className="sheet">
          <header>
            <p className="from">{pack.organisation.name}</p>
            <h1>{title}</h1>
            <p className="lead">{leadOf(pack)}</p>
          </header>
          <main>
            {filled.map((table) => (
              <TableSection key={table.place} table={table} />
            ))}
            <section>
              <h2>With whom it was shared</h2>
              {pack.shares.length === 0 ? <p>Nothing was shared with anybody.</p> : null}
              <ul>
                {pack.shares.map((share) => (
                  <li key={`${share.at.toISOString()} ${share.with} ${share.referralId}`}>
                    {shareInWords(share)}
                  </li>
                ))}
              </ul>
            </section>
            <section>
              <h2>Who has looked</h2>
              <ul>
                {pack.looks.map((look, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a page never move
                  <li key={at}>{lookInWords(look)}</li>
                ))}
              </ul>
            </section>
            <section>
              <h2>What is kept and cannot be read back</h2>
              <ul>
                {counted.map(({ place, title, why, count }) => (
                  <li key={place}>
                    {title}: {inDigits(count)}. {why}
                  </li>
                ))}
                {pack.explained.map((why) => (
                  <li key={why}>{why}</li>
                ))}
              </ul>
            </section>
            <section>
              <h2>Your rights</h2>
              <p>{RIGHTS_WORDS}</p>
            </section>
          </main>
        </div>
      </body>
    </html>,
  )}`;
}

function TableSection({ table: { place, title, why, rows } }: { table: HeldTable }) {
  return (
    <section>
      <h2>{title}</h2>
      <p className="why">{why}</p>
      {rows?.map((row) => (
        <div key={row.key} className="row">
          <dl>
            {Object.entries(row.values).map(([column, value]) =>
              isId(value) ? null : (
                <div key={column} className="pair">
                  <dt>{labelOf(column)}</dt>
                  <dd>{cellInWords(place, row, column)}</dd>
                </div>
              ),
            )}
          </dl>
        </div>
      ))}
    </section>
  );
}
