/**
 * A document of ours as PDF, A4: real text with its language and title, an outline of its headings, tags for programs
 * that read aloud, a foot and a number on each page. Summaries, studies and copies of records are made through it. The
 * same document gives the same bytes.
 */

import { createHash } from "node:crypto";
import type { Content, ContentText } from "pdfmake/interfaces";
import { FACE, FACE_FILES, FACES, stretches } from "./pdf-letters";
import { INK, MARGIN, PAPER, STYLES } from "./pdf-style";
import { taggedPdf } from "./pdf-tags";

export interface PdfDocument {
  title: string;
  /** The organisation that it is from. */
  from: string;
  subject: string;
  madeAt: Date;
  /** All that it is made of: another document has another id. */
  madeOf: unknown;
  /** Stands at the foot of each page. */
  foot: string;
  content: Content[];
}

/** A heading from here down on a page stands on the next one, with what it heads. */
const LOWEST_HEADING = 0.86;

/** The bytes of the document. */
export const documentPdf = ({ title, from, subject, madeAt, madeOf, foot, content }: PdfDocument) =>
  taggedPdf({
    page: { ...PAPER.sheet, left: MARGIN, right: MARGIN, top: 40, bottom: 46 },
    faces: FACES,
    // Nothing of a document names a file or an address: the faces are all that is read.
    mayRead: (path) => FACE_FILES.has(path),
    language: "en-GB",
    info: {
      ...{ title, author: from, subject, creator: "Common Need", producer: "Common Need" },
      creationDate: madeAt,
      // The id of a PDF is made of what stands here.
      keywords: createHash("sha256").update(JSON.stringify(madeOf)).digest("hex").slice(0, 32),
    },
    defaultStyle: { font: FACE, fontSize: 10.5, lineHeight: 1.08, color: INK.first },
    styles: STYLES,
    footer: (page, pages) => footOf(foot, page, pages),
    pageBreakBefore: ({ headlineLevel, startPosition }) =>
      headlineLevel !== undefined && (startPosition?.verticalRatio ?? 0) > LOWEST_HEADING,
    content,
  });

/** A heading in a style of its own level, which the outline leads to. */
export interface Heading {
  style: "section" | "block" | "tablesOf" | "tableTitle" | "boxTitle";
  /** What headings below it name it by. */
  id?: string;
  /** Of the heading that it stands under in the outline. */
  under?: string;
  /** It is not kept together with what it heads: at the foot of a page it goes to the next one. */
  isAlone?: boolean;
}

/** A heading with its place in the outline. */
export const headed = (title: string, { style, id, under, isAlone }: Heading): ContentText =>
  // Other headings name this one by its id, which the types know for anchors alone.
  Object.assign<ContentText, object>(
    {
      text: stretches(title, 24),
      style,
      outline: true,
      outlineText: title,
      ...(isAlone && { headlineLevel: 1 }),
      ...(under !== undefined && { outlineParentId: under }),
    },
    id === undefined ? {} : { id, outlineExpanded: true },
  );

/** Letters of the foot that a line has room for beside the number of the page. */
const FOOT_LETTERS = 100;

function footOf(foot: string, page: number, pages: number): Content {
  return {
    margin: [MARGIN, 14, MARGIN, 0],
    columns: [
      { width: "*", text: stretches(inLines(foot)), style: "foot" },
      // Of a fixed width: one that follows from its words is a little too narrow for them and breaks the line.
      { width: 64, text: `Page ${page} of ${pages}`, style: "foot", alignment: "right", noWrap: true },
    ],
    columnGap: 16,
  };
}

/** A foot of more than a line goes on with a whole sentence. */
function inLines(foot: string): string {
  const lines: string[] = [];
  for (const sentence of foot.split(/(?<=\.) (?=\p{Lu})/u)) {
    const joined = `${lines.at(-1) ?? ""} ${sentence}`.trim();
    if (lines.length > 0 && joined.length <= FOOT_LETTERS) lines[lines.length - 1] = joined;
    else lines.push(sentence);
  }
  return lines.join("\n");
}
