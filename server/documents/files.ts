/**
 * A paper as files. Whatever the day, the process or the time zone, the same paper gives the same bytes: a frozen
 * summary is these files, and their hashes prove that nobody changed them.
 */

import { type AnyPaper, chartFootOf } from "../domain/impact/paper";
import { chartSvg } from "./chart-svg";
import { CSV_DESCRIPTION, csvDescription, csvFiles } from "./csv-files";
import { odsOf } from "./ods";
import { paperPage } from "./page";
import { chartsOf, cleanPaper, nounOf } from "./paper-words";
import { paperPdf } from "./pdf";
import { sheetsOf } from "./workbook";
import { xlsxOf } from "./xlsx";

/** Width of a chart that is a file of its own, in pixels. */
const CHART_FILE = 720;

export interface PaperFile {
  /** Unique among the files of a paper: "summary.pdf", "needs-by-domain.csv". */
  name: string;
  mediaType: string;
  bytes: Uint8Array;
}

/** Every file of a paper: the web page first, then the other forms of the whole, then its tables and charts. */
export async function filesOf(paper: AnyPaper): Promise<PaperFile[]> {
  const clean = cleanPaper(paper);
  const sheets = sheetsOf(clean);
  const foot = chartFootOf(clean);
  const noun = nounOf(clean);
  const files = [
    textFile(`${noun}.html`, "text/html; charset=utf-8", paperPage(clean, chartSvg)),
    { name: `${noun}.pdf`, mediaType: "application/pdf", bytes: await paperPdf(clean, chartSvg) },
    {
      name: `${noun}.xlsx`,
      mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      bytes: await xlsxOf(sheets),
    },
    {
      name: `${noun}.ods`,
      mediaType: "application/vnd.oasis.opendocument.spreadsheet",
      bytes: odsOf(sheets, { title: clean.title, madeOn: clean.countedOn }),
    },
    ...csvFiles(clean).map(({ name, text }) =>
      textFile(name, "text/csv; charset=utf-8; header=present", text),
    ),
    textFile(CSV_DESCRIPTION, "application/csvm+json", `${JSON.stringify(csvDescription(clean), null, 2)}\n`),
    ...chartsOf(clean).map((block) =>
      textFile(`${block.name}.svg`, "image/svg+xml", `${chartSvg(block, CHART_FILE, foot)}\n`),
    ),
  ];
  const names = new Set(files.map(({ name }) => name));
  if (names.size < files.length) throw new Error("Two files of a paper have one name");
  return files;
}

const textFile = (name: string, mediaType: string, text: string): PaperFile => ({
  name,
  mediaType,
  bytes: new TextEncoder().encode(text),
});
