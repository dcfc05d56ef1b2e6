/**
 * Sheets as an OpenDocument spreadsheet (ODF 1.2). Written here because the writers that there are set no widths, wrap
 * no text and put the clock into the file; what it needs of the format is one page.
 */

import type { Sheet, SheetCell } from "./workbook";
import { packed } from "./zip";

const MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet";
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMES = [
  ["office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"],
  ["table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"],
  ["text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"],
  ["style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"],
  ["fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"],
  ["meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"],
  ["dc", "http://purl.org/dc/elements/1.1/"],
]
  .map(([name, address]) => ` xmlns:${name}="${address}"`)
  .join("");

/** A letter of a column, in centimetres. */
const LETTER = 0.21;

/** The bytes of the workbook. `madeOn` is the day that it bears. */
export function odsOf(
  sheets: readonly Sheet[],
  { title, madeOn }: { title: string; madeOn: string },
): Uint8Array {
  const text = new TextEncoder();
  const files = {
    mimetype: MEDIA_TYPE,
    "content.xml": contentOf(sheets),
    "styles.xml": `${HEAD}<office:document-styles${NAMES} office:version="1.2"><office:styles><style:default-style style:family="table-cell"><style:text-properties fo:font-family="Arial" fo:font-size="11pt" fo:language="en" fo:country="GB"/></style:default-style></office:styles></office:document-styles>`,
    "meta.xml": `${HEAD}<office:document-meta${NAMES} office:version="1.2"><office:meta><meta:generator>Common Need</meta:generator><dc:title>${escaped(title)}</dc:title><dc:language>en-GB</dc:language><meta:creation-date>${madeOn}T12:00:00</meta:creation-date><dc:date>${madeOn}T12:00:00</dc:date></office:meta></office:document-meta>`,
    "META-INF/manifest.xml": `${HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="${MEDIA_TYPE}"/>${["content.xml", "styles.xml", "meta.xml"].map((path) => `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="text/xml"/>`).join("")}</manifest:manifest>`,
  };
  return packed(
    Object.fromEntries(Object.entries(files).map(([name, content]) => [name, text.encode(content)])),
    ["mimetype"],
  );
}

function contentOf(sheets: readonly Sheet[]): string {
  const widths = [...new Set(sheets.flatMap((sheet) => sheet.widths))];
  const styles = [
    ...widths.map(
      (width) =>
        `<style:style style:name="${columnStyle(width)}" style:family="table-column"><style:table-column-properties style:column-width="${(width * LETTER).toFixed(2)}cm"/></style:style>`,
    ),
    '<style:style style:name="row" style:family="table-row"><style:table-row-properties style:use-optimal-row-height="true"/></style:style>',
    '<style:style style:name="plain" style:family="table-cell"><style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>',
    '<style:style style:name="bold" style:family="table-cell"><style:table-cell-properties style:vertical-align="top"/><style:text-properties fo:font-weight="bold"/></style:style>',
  ];
  return `${HEAD}<office:document-content${NAMES} office:version="1.2"><office:automatic-styles>${styles.join("")}</office:automatic-styles><office:body><office:spreadsheet>${sheets.map(tableOf).join("")}</office:spreadsheet></office:body></office:document-content>`;
}

const columnStyle = (width: number) => `width-${width}`;

function tableOf({ name, widths, rows }: Sheet): string {
  const columns = widths.map((width) => `<table:table-column table:style-name="${columnStyle(width)}"/>`);
  const lines = rows.map(
    // A row without a cell is not allowed.
    (row) =>
      `<table:table-row table:style-name="row">${row.map(cellOf).join("") || "<table:table-cell/>"}</table:table-row>`,
  );
  return `<table:table table:name="${escaped(name)}">${columns.join("")}${lines.join("")}</table:table>`;
}

function cellOf({ value, bold }: SheetCell): string {
  if (value === "") return "<table:table-cell/>";
  const style = `table:style-name="${bold ? "bold" : "plain"}"`;
  if (typeof value === "number") {
    return `<table:table-cell ${style} office:value-type="float" office:value="${value}"><text:p>${value}</text:p></table:table-cell>`;
  }
  const lines = value.split("\n").map((line) => `<text:p>${spaced(line)}</text:p>`);
  return `<table:table-cell ${style} office:value-type="string">${lines.join("")}</table:table-cell>`;
}

/** OpenDocument reads several spaces as one, and those at an edge as none, unless they are counted. */
const spaced = (line: string) =>
  escaped(line).replace(/^ | $| {2,}/g, (spaces) => `<text:s text:c="${spaces.length}"/>`);

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
