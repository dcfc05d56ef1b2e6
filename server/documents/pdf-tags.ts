/**
 * Lays a document out with the parts of pdfmake and draws it with tags, which pdfmake's own printer leaves out
 * (docs/decisions/0032): each heading, paragraph, list, table and picture is told to programs that read aloud, in the
 * order in which the document was written, whatever columns and pages it stands in. What carries no words of its own
 * (lines, colours, the feet of pages, the head of a table again on its next page) is marked as nothing to be read.
 *
 * Which tag something gets follows from what it is: a text from its style, a list, a picture from having words in place
 * of it (`pictured`). A table that says how many rows head it is one of data, whose first column names its rows; any other
 * only places what it holds.
 */

import { createRequire } from "node:module";
import type { Content, ContentSvg, TDocumentDefinitions, TFontDictionary } from "pdfmake/interfaces";
import { capital } from "../domain/label-text";

type Element = ReturnType<PDFKit.PDFDocument["struct"]> & {
  dictionary: { data: Record<string, unknown> };
};

/** With what its types leave out of an element. */
interface Pdf extends Omit<PDFKit.PDFDocument, "struct"> {
  struct(tag: string, options?: { alt?: string; scope?: "Row" | "Column" }): Element;
}

/** A part of the document as pdfmake lays it out. */
interface Part {
  text?: unknown;
  style?: unknown;
  svg?: string;
  /** Words in place of a picture. */
  alt?: string;
  ul?: readonly Part[];
  table?: { body: readonly (readonly Part[])[]; headerRows?: number };
}

/** Where something to be read stands: what it is in, from the outermost, and itself. */
type Way = readonly Part[];

interface Line {
  inlines: object;
  way?: Way;
}

interface Picture extends Part {
  way?: Way;
  x: number;
  y: number;
  _width: number;
  _height: number;
}

interface Page {
  items: readonly unknown[];
}

/** What is used of the parts of pdfmake, which have no types of their own. */
interface LayoutBuilderPart {
  layoutDocument(...all: unknown[]): Page[];
  tryLayoutDocument(...all: unknown[]): unknown;
  addHeadersAndFooters(header: unknown, footer: unknown): void;
  processNode(part: Part, ...more: unknown[]): void;
  buildNextLine(part: Part): Line | null;
  processSVG(part: Picture): void;
}
interface RendererPart {
  renderPages(pages: readonly Page[]): void;
  renderLine(line: Line, x: number, y: number): void;
  renderVector(vector: object): void;
  renderSVG(picture: Picture): void;
}

const require = createRequire(import.meta.url);
const partOf = <Made, Given extends unknown[]>(name: string): (new (...given: Given) => Made) =>
  require(`pdfmake/js/${name}.js`).default;

const PDFDocument = partOf<Pdf, unknown[]>("PDFDocument");
const LayoutBuilder = partOf<LayoutBuilderPart, [object, object, object]>("LayoutBuilder");
const SVGMeasure = partOf<object, []>("SVGMeasure");
const Renderer = partOf<RendererPart, [Pdf]>("Renderer");

/** A picture with the words that stand for it; one without them is an ornament. */
export const pictured = (picture: ContentSvg, alt: string): ContentSvg => Object.assign(picture, { alt });

/** Texts of other styles are paragraphs. */
const TAGS: Readonly<Record<string, string>> = {
  title: "H1",
  section: "H2",
  boxTitle: "H2",
  block: "H3",
  tablesOf: "H3",
  tableTitle: "H4",
  quote: "BlockQuote",
};

/** Lays out as pdfmake does, and keeps the way to whatever is to be read, in the order in which it was written. */
class Layout extends LayoutBuilder {
  readonly ways = new Map<Part, Way>();
  private readonly within: Part[] = [];
  private isAtEdge = false;

  /** It may be laid out several times, until every heading stands with what it heads. */
  override tryLayoutDocument(...all: unknown[]): unknown {
    this.ways.clear();
    return super.tryLayoutDocument(...all);
  }

  override addHeadersAndFooters(header: unknown, footer: unknown): void {
    this.isAtEdge = true;
    super.addHeadersAndFooters(header, footer);
    this.isAtEdge = false;
  }

  override processNode(part: Part, ...more: unknown[]): void {
    this.within.push(part);
    super.processNode(part, ...more);
    this.within.pop();
  }

  override buildNextLine(part: Part): Line | null {
    const line = super.buildNextLine(part);
    if (line && !this.isAtEdge) line.way = this.wayTo(part);
    return line;
  }

  override processSVG(part: Picture): void {
    if (part.alt !== undefined && !this.isAtEdge) part.way = this.wayTo(part);
    super.processSVG(part);
  }

  private wayTo(part: Part): Way {
    const known = this.ways.get(part);
    if (known) return known;
    const way = [...this.within];
    this.ways.set(part, way);
    return way;
  }
}

/** Draws as pdfmake does, each thing within its tag. */
class Drawing extends Renderer {
  private readonly elements = new Map<Part, Element>();
  private readonly root: Element;
  private readonly drawn = new Set<object>();

  constructor(
    private readonly pdf: Pdf,
    ways: Iterable<Way>,
  ) {
    super(pdf);
    this.root = pdf.struct("Document");
    pdf.addStructure(this.root);
    for (const way of ways) this.elementOf(way);
  }

  override renderLine(line: Line, x: number, y: number): void {
    // The head of a table is drawn again on each of its pages.
    const way = this.drawn.has(line.inlines) ? undefined : line.way;
    this.drawn.add(line.inlines);
    this.inTag(way, () => super.renderLine(line, x, y));
  }

  override renderVector(vector: object): void {
    this.inTag(undefined, () => super.renderVector(vector));
  }

  override renderSVG(picture: Picture): void {
    if (picture.way) this.setBounds(this.elementOf(picture.way), picture);
    this.inTag(picture.way, () => super.renderSVG(picture));
  }

  private inTag(way: Way | undefined, draw: () => void): void {
    if (way) {
      const element = this.elementOf(way);
      element.add(this.pdf.markStructureContent(tagOf(element)));
    } else {
      this.pdf.markContent("Artifact", {});
    }
    draw();
    this.pdf.endMarkedContent();
  }

  private elementOf(way: Way): Element {
    return way.reduce((above, part) => this.elements.get(part) ?? this.elementIn(above, part), this.root);
  }

  /** The element of something not met before; the one above it where it only places what it holds. */
  private elementIn(above: Element, part: Part): Element {
    const { text, style, alt, ul, table } = part;
    if (table?.headerRows !== undefined) return this.tableIn(above, part, table.body, table.headerRows);
    if (ul) return this.listIn(above, part, ul);
    if (text !== undefined) return this.keep(part, this.child(above, TAGS[String(style)] ?? "P"));
    if (alt !== undefined) return this.keep(part, this.child(above, "Figure", { alt }));
    return above;
  }

  private tableIn(
    above: Element,
    part: Part,
    body: readonly (readonly Part[])[],
    headerRows: number,
  ): Element {
    const table = this.keep(part, this.child(above, "Table"));
    for (const [at, cells] of body.entries()) {
      const row = this.child(table, "TR");
      for (const [column, cell] of cells.entries()) {
        const scope = at < headerRows ? "Column" : column === 0 ? "Row" : null;
        this.keep(cell, scope ? this.child(row, "TH", { scope }) : this.child(row, "TD"));
      }
    }
    return table;
  }

  private listIn(above: Element, part: Part, items: readonly Part[]): Element {
    const list = this.keep(part, this.child(above, "L"));
    for (const item of items) this.keep(item, this.child(this.child(list, "LI"), "LBody"));
    return list;
  }

  private child(above: Element, tag: string, options: { alt?: string; scope?: "Row" | "Column" } = {}) {
    const element = this.pdf.struct(tag, options);
    above.add(element);
    return element;
  }

  private keep(part: Part, element: Element): Element {
    this.elements.set(part, element);
    return element;
  }

  /** A picture says where on its page it stands, in points from the foot. */
  private setBounds({ dictionary }: Element, { x, y, _width, _height }: Picture): void {
    const { height } = this.pdf.page;
    const BBox = [x, height - y - _height, x + _width, height - y];
    Object.assign(dictionary.data, { A: { O: "Layout", Placement: "Block", BBox } });
  }
}

const tagOf = ({ dictionary }: Element): string => String(dictionary.data["S"]);

/** What a document is made of: its pages, texts and styles as pdfmake takes them, and the faces that they are written in. */
export interface Tagged
  extends Required<
    Pick<TDocumentDefinitions, "info" | "language" | "defaultStyle" | "styles" | "footer" | "pageBreakBefore">
  > {
  /** Points. */
  page: { width: number; height: number; left: number; right: number; top: number; bottom: number };
  faces: TFontDictionary;
  /** Whether this file may be read. */
  mayRead: (path: string) => boolean;
  content: Content[];
}

/** The bytes of the document, with its tags. Nothing is fetched from anywhere. */
export function taggedPdf(made: Tagged): Promise<Uint8Array> {
  const { page, faces, info, language, styles, defaultStyle, footer, pageBreakBefore, content } = made;
  const { width, height, ...margins } = page;
  const pdf = new PDFDocument(
    ...[faces, {}, {}, {}],
    {
      ...{ size: [width, height], autoFirstPage: false, font: null, compress: true, fontLayoutCache: true },
      ...{ pdfVersion: "1.7", tagged: true, displayTitle: true, lang: language, info: namedForPdf(info) },
    },
    ...[null, made.mayRead],
  );
  const layout = new Layout({ width, height, orientation: "portrait" }, margins, new SVGMeasure());
  const pages = layout.layoutDocument(
    ...[content, pdf, styles, defaultStyle],
    ...[undefined, undefined, footer, undefined, pageBreakBefore],
  );
  new Drawing(pdf, layout.ways.values()).renderPages(pages);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
    pdf.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
    pdf.on("error", reject);
    pdf.end();
  });
}

/** "title" is "Title" in the file. */
const namedForPdf = (info: object) =>
  Object.fromEntries(Object.entries(info).map(([name, value]) => [capital(name), value]));
