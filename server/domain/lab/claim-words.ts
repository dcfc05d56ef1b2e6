/**
 * Words that claim a cause, a success or a failure. A comparison can show none of them, and what an organisation or a
 * holder of records writes stands within the sentences of a report: so none may be in their words either. A proven
 * offence is what some holders call an event; that something was proven to do something is a claim.
 */

/** In all their forms. */
const CLAIMS =
  /\b(?:prov(?:e|es|ed|ing|en (?:that|to))|proof|caus(?:e|es|ed|ing)|works|worked|working|fail(?:s|ed|ing|ures?)?|succe(?:ss|sses|ssful|ssfully|eds?|eded)|effective|effectively|ineffective|impacts?)\b/i;

/** Signs that show nothing and could part a word: soft hyphens, joiners, marks of direction. */
const UNSEEN = /\p{Cf}/gu;

/** The first word of a text that claims what a comparison cannot show; null when there is none. */
export function claimIn(text: string): string | null {
  const plain = text.normalize("NFKC").replace(UNSEEN, "").replace(/\s+/g, " ");
  return CLAIMS.exec(plain)?.[0] ?? null;
}
