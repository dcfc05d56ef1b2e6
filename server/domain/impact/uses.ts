/**
 * What a summary uses besides numbers: a framework, unit costs, stories, names. Each is noted by a hash, so that a newer
 * version can say which of them is another one without keeping what it was. Pure: whoever notes brings the hashes.
 */

import { capital } from "../label-text";
import { agree, countInWords, listInWords } from "./words";

/** What one version used. */
export interface Uses {
  /** Null: domains and needs. */
  framework: string | null;
  /** Of the names of the organisation and the service. */
  names: string;
  costs: readonly { id: string; name: string; hash: string }[];
  /** Of a story nothing is kept but that it was told, and whether in the same words. */
  stories: readonly { id: string; hash: string }[];
}

interface Noted {
  id: string;
  hash: string;
}

/** What is new, other than it was, and no longer there. */
function apart<N extends Noted>(before: readonly N[], now: readonly N[]) {
  const then = new Map(before.map((each) => [each.id, each.hash]));
  const here = new Set(now.map(({ id }) => id));
  return {
    added: now.filter(({ id }) => !then.has(id)),
    changed: now.filter(({ id, hash }) => then.has(id) && then.get(id) !== hash),
    gone: before.filter(({ id }) => !here.has(id)),
  };
}

/** In which of these a newer version differs, one sentence each. */
export function usesChanged(before: Uses, now: Uses): string[] {
  const costs = apart(before.costs, now.costs);
  const stories = apart(before.stories, now.stories);
  const named = (which: readonly { name: string }[]) => listInWords(which.map(({ name }) => `“${name}”`));
  const unit = (which: readonly unknown[]) => agree(which.length, "unit cost", "unit costs");
  const told = (which: readonly unknown[], one: string, several: string) =>
    which.length === 0
      ? []
      : [
          `${capital(countInWords(which.length))} ${agree(which.length, `story ${one}`, `stories ${several}`)}.`,
        ];
  return [
    ...(before.framework === now.framework ? [] : ["The framework that it uses is another one."]),
    ...(before.names === now.names ? [] : ["The name of the organisation or the service was changed."]),
    ...(costs.added.length > 0
      ? [`It uses ${agree(costs.added.length, "a new unit cost", "new unit costs")}: ${named(costs.added)}.`]
      : []),
    ...(costs.changed.length > 0
      ? [
          `The ${unit(costs.changed)} ${named(costs.changed)} ${agree(costs.changed.length, "was", "were")} changed.`,
        ]
      : []),
    ...(costs.gone.length > 0
      ? [
          `The ${unit(costs.gone)} ${named(costs.gone)} ${agree(costs.gone.length, "is", "are")} not used any more.`,
        ]
      : []),
    ...told(stories.added, "was added", "were added"),
    ...told(stories.changed, "is told in other words", "are told in other words"),
    ...told(stories.gone, "is not told any more", "are not told any more"),
  ];
}
