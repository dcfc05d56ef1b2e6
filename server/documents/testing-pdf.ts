/** Reads a PDF back, as a program other than the one that wrote it sees it. */

import { getDocument, type PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { z } from "zod";
import { MARGIN } from "./pdf-style";

export interface ReadPdf {
  title: string;
  language: string;
  /** Text of each page in the order in which it stands in the file, which is the order of reading. */
  pages: readonly string[];
  /** Headings with those below them. */
  outline: readonly Heading[];
  creationDate: string;
  /** Texts that reach past the white round the page, with the page that they stand on. */
  outside: readonly string[];
  /** Addresses and actions: there should be none. */
  actions: number;
  /** What programs that read aloud are given, page by page, in the order of reading. */
  tags: readonly TagRead[];
}

/** A tag with what it holds: other tags, or the words that it marks. */
export interface TagRead {
  tag: string;
  words: string;
  /** Words in place of a picture. */
  alt: string | null;
  items: readonly TagRead[];
}

export interface Heading {
  title: string;
  items: readonly Heading[];
  /** Page that it leads to, from 1. */
  page: number;
}

const infoSchema = z.object({ Title: z.string(), Language: z.string(), CreationDate: z.string() });

/** Everything that a reader can take out of the bytes of a PDF. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0, useSystemFonts: false });
  const pdf = await task.promise;
  const info = infoSchema.parse((await pdf.getMetadata()).info);
  const pages: string[] = [];
  const outside: string[] = [];
  const tags: TagRead[] = [];
  let actions = 0;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent({ disableNormalization: true });
    pages.push(items.map((item) => ("str" in item ? `${item.str}${item.hasEOL ? "\n" : ""}` : "")).join(""));
    const [left = 0, , right = 0] = page.view;
    for (const item of items) {
      if (!("str" in item) || item.str.trim() === "") continue;
      const from = Number(item.transform[4]);
      if (from < left + MARGIN - 1 || from + item.width > right - MARGIN + 1)
        outside.push(`${number}: ${item.str}`);
    }
    tags.push(...tagsOf(await page.getStructTree(), await wordsByMark(page)));
    actions += (await page.getAnnotations()).length;
  }
  type Node = NonNullable<Awaited<ReturnType<typeof pdf.getOutline>>>[number];
  const headingOf = async ({ title, items, dest }: Node): Promise<Heading> => ({
    title,
    items: await Promise.all(items.map((item: Node) => headingOf(item))),
    page: Array.isArray(dest) ? (await pdf.getPageIndex(dest[0])) + 1 : 0,
  });
  const outline = await Promise.all(((await pdf.getOutline()) ?? []).map(headingOf));
  await task.destroy();
  return {
    title: info.Title,
    language: info.Language,
    creationDate: info.CreationDate,
    pages,
    outline,
    outside,
    actions,
    tags,
  };
}

/** The words that each mark of a page encloses, by its id. */
async function wordsByMark(page: PDFPageProxy): Promise<ReadonlyMap<string, string>> {
  const { items } = await page.getTextContent({ disableNormalization: true, includeMarkedContent: true });
  const words = new Map<string, string>();
  let open: string[] = [];
  for (const item of items) {
    if ("str" in item) {
      const id = open.at(-1) ?? "";
      words.set(id, `${words.get(id) ?? ""}${item.str}`);
    } else if (item.type === "endMarkedContent") open = open.slice(0, -1);
    else open = [...open, "id" in item ? String(item.id) : ""];
  }
  return words;
}

/** A node of the tree as pdfjs gives it: an element, or what it marks. */
interface TreeNode {
  role?: string;
  alt?: string;
  id?: string;
  children?: readonly TreeNode[];
}

const tagsOf = (tree: TreeNode | null, words: ReadonlyMap<string, string>): TagRead[] =>
  (tree?.children ?? []).flatMap(({ role, alt, children = [] }: TreeNode) =>
    role === undefined
      ? []
      : [
          {
            tag: role,
            words: children
              .map(({ id }) => words.get(id ?? "none") ?? "")
              .join("")
              .trim(),
            alt: alt ?? null,
            items: tagsOf({ children }, words),
          },
        ],
  );
