/**
 * A paper as one web page that stands alone: the accessible form of a summary. No script, nothing fetched, and its
 * policy says so; headings in order, every chart with its table, made to print.
 */

import { createHash } from "node:crypto";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import {
  type AnyPaper,
  type ChartBlock,
  FOOT_HEADINGS,
  type PaperBlock,
  type PaperSection,
  type PaperTable,
} from "../domain/impact/paper";
import { cellWords, isNumeric } from "../domain/impact/paper-cell";
import { pageStyle } from "./page-style";
import { audienceWords, basisWords, EDITED, nounOf } from "./paper-words";

/** Draws a chart as SVG text, so many pixels wide. */
export type DrawChart = (block: ChartBlock, width: number) => string;

/** Widths of a chart: on a desk and on paper, and on a phone, where it would be too small to read. One is shown. */
const WIDE = 680;
const NARROW = 340;

/** The whole page as text. */
export function paperPage(paper: AnyPaper, draw: DrawChart): string {
  const style = pageStyle();
  // The style is allowed by its hash, so nothing else on the page can be.
  const hash = createHash("sha256").update(style).digest("base64");
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    "style-src-attr 'unsafe-inline'",
    "font-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>\n${renderToStaticMarkup(
    <html lang="en-GB">
      {/* biome-ignore lint/style/noHeadElement: a file of its own, which Next never serves as a page */}
      <head>
        <meta charSet="utf-8" />
        <meta httpEquiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="Common Need" />
        <title>{`${paper.title} – ${paper.from}, ${paper.period}`}</title>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own style, and its hash is of the very text */}
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <div className="sheet">
          <Head paper={paper} />
          <main>
            {paper.sections.map((section) => (
              <Section key={section.key} section={section} draw={draw} />
            ))}
            <HowCounted paper={paper} />
            <Changes paper={paper} />
          </main>
          <footer>
            <p>{paper.foot}</p>
          </footer>
        </div>
      </body>
    </html>,
  )}\n`;
}

function Head({ paper }: { paper: AnyPaper }) {
  return (
    <header>
      <p className="from">
        <Mark /> {paper.from} <span className="for">{audienceWords(paper)}</span>
      </p>
      <h1>{paper.title}</h1>
      <Words text={paper.lead} className="lead" />
      {(paper.titleEdited || paper.leadEdited) && <p className="edited">{EDITED}</p>}
      <p className={`basis ${paper.basis}`}>{basisWords(paper)}</p>
      {paper.headlines.length > 0 && (
        <dl className="headlines">
          {paper.headlines.map(({ value, what, note }) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>
                <strong>{value}</strong>
                <small>{note}</small>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {paper.sections.length > 1 && (
        <nav aria-label={`In this ${nounOf(paper)}`}>
          <ul>
            {paper.sections.map(({ key, title }) => (
              <li key={key}>
                <a href={`#${key}`}>{title}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  );
}

/** Two circles that share a middle. */
function Mark() {
  return (
    <svg width="26" height="19" viewBox="0 0 36 26" aria-hidden="true" focusable="false">
      <circle cx="12.5" cy="13" r="11" fill="none" stroke="#1a594d" strokeWidth="2.6" />
      <circle cx="23.5" cy="13" r="11" fill="none" stroke="#1a594d" strokeWidth="2.6" />
      <path d="M18 3.5a11 11 0 0 1 0 19 11 11 0 0 1 0-19z" fill="#1a594d" />
    </svg>
  );
}

function Section({ section, draw }: { section: PaperSection<string>; draw: DrawChart }) {
  const { key, title, text, edited, blocks, notes } = section;
  return (
    <section id={key} aria-labelledby={`${key}-title`} className="section">
      <div className="content">
        <h2 id={`${key}-title`}>{title}</h2>
        <Words text={text} />
        {edited && <p className="edited">{EDITED}</p>}
        {blocks.map((block, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a paper never move
          <Block key={at} block={block} draw={draw} />
        ))}
      </div>
      {notes.length > 0 && (
        // Beside its section on a desk and under it on a phone; no landmark, or a page would have ten of them.
        <div className="notes" role="note" aria-label={`How this is counted: ${title}`}>
          <dl>
            {notes.map(({ term, means }) => (
              <div key={term}>
                <dt>{term}</dt> <dd>{means}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </section>
  );
}

function Block({ block, draw }: { block: PaperBlock; draw: DrawChart }): ReactNode {
  if (block.kind === "words") {
    return block.words.map((words) => <p key={words}>{words}</p>);
  }
  if (block.kind === "story") {
    return (
      <figure className="story">
        <blockquote>
          {block.quote.map((words) => (
            <p key={words}>{words}</p>
          ))}
        </blockquote>
        <figcaption>
          {block.who} <span className="consent">{block.consent}</span>
        </figcaption>
      </figure>
    );
  }
  if (block.kind === "table") {
    return (
      <>
        <h3>{block.title}</h3>
        <Table table={block.table} />
      </>
    );
  }
  return (
    <>
      <h3>{block.title}</h3>
      <p className="says">{block.says}</p>
      <figure className="chart">
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by our own chart kit, which escapes its words */}
        <div className="wide" dangerouslySetInnerHTML={{ __html: draw(block, WIDE) }} />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: the same, for a phone */}
        <div className="narrow" dangerouslySetInnerHTML={{ __html: draw(block, NARROW) }} />
      </figure>
      <details>
        <summary>The numbers of this chart</summary>
        <Table table={block.table} />
      </details>
    </>
  );
}

function Table({ table: { name, caption, columns, rows } }: { table: PaperTable }) {
  // The first column heads its rows when it says what a row is of.
  const isHead = (at: number) => at === 0 && columns[0]?.type === "text";
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    // biome-ignore lint/a11y/useSemanticElements: a table is no set of fields, and a landmark for each would be too many
    <div className="scroll" role="group" tabIndex={0} aria-labelledby={`${name}-caption`}>
      <table>
        <caption id={`${name}-caption`}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={isNumeric(column) ? "number" : undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a paper never move
            <tr key={line}>
              {columns.map((column, at) => {
                const cell = row[at] ?? null;
                const words = cellWords(cell, column);
                if (isHead(at)) {
                  return (
                    <th key={column.key} scope="row">
                      {words}
                    </th>
                  );
                }
                const kind =
                  typeof cell === "number" ? "number" : isNumeric(column) ? "number said" : undefined;
                return (
                  <td key={column.key} className={kind}>
                    {words}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HowCounted({ paper: { counted, limits } }: { paper: AnyPaper }) {
  return (
    <div className="boxes">
      <section aria-labelledby="how-counted">
        <h2 id="how-counted">{FOOT_HEADINGS.counted}</h2>
        <List of={counted} />
      </section>
      <section aria-labelledby="not-shown">
        <h2 id="not-shown">{FOOT_HEADINGS.limits}</h2>
        <List of={limits} />
      </section>
    </div>
  );
}

function Changes({ paper: { version } }: { paper: AnyPaper }) {
  if (!version || version.changes.length === 0) return null;
  return (
    <section aria-labelledby="changes" className="changes">
      <h2 id="changes">{`What is different from version ${version.number - 1}`}</h2>
      <List of={version.changes} />
    </section>
  );
}

function List({ of }: { of: readonly string[] }) {
  return (
    <ul>
      {of.map((words) => (
        <li key={words}>{words}</li>
      ))}
    </ul>
  );
}

/** Text of several lines: a paragraph each. */
function Words({ text, className }: { text: string; className?: string }) {
  return text
    .split(/\n+/)
    .filter((line) => line.trim() !== "")
    .map((line) => (
      <p key={line} className={className}>
        {line}
      </p>
    ));
}
