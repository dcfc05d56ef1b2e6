/** The words of a paper: the drafted ones, and the paper with what a person wrote in their place. */
import type { Paper } from "../../../server/domain/impact/paper";
import type { TextKey } from "../../../server/domain/impact/plan";
import type { Texts } from "./choice";

/** What was drafted for a part; nothing where the paper has no such part. */
export function draftedWords(drafted: Paper, key: TextKey): string {
  if (key === "title") return drafted.title;
  if (key === "lead") return drafted.lead;
  return drafted.sections.find((section) => section.key === key)?.text ?? "";
}

/** The paper with the words that a person wrote, each marked. */
export function withWords(drafted: Paper, texts: Texts): Paper {
  return {
    ...drafted,
    title: texts.title ?? drafted.title,
    titleEdited: texts.title !== undefined,
    lead: texts.lead ?? drafted.lead,
    leadEdited: texts.lead !== undefined,
    sections: drafted.sections.map((section) => {
      const text = texts[section.key];
      return text === undefined ? section : { ...section, text, edited: true };
    }),
  };
}
