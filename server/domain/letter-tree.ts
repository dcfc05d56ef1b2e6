/**
 * Texts as a tree of their letters: finds those that begin as typed, with one slip forgiven, in some microseconds
 * and without looking at the others. Held in flat arrays, so that thousands of texts are ready in a millisecond.
 */

/** Texts from place `from` to before `to` that begin as was typed, but for a slip when there is one. */
export interface FoundRun {
  from: number;
  to: number;
  /** Letters that they share: a text as long as this is matched whole. */
  depth: number;
  slip: boolean;
}

/** Letters of a place of the tree: the texts below it stand together in the list. */
interface Tree {
  letters: Uint16Array;
  /** The first of the places below, and the next beside; 0 for none, as the root is below and beside nothing. */
  below: Int32Array;
  beside: Int32Array;
  from: Int32Array;
  to: Int32Array;
  depth: Uint8Array;
}

const ROOT = 0;

export interface LetterTree {
  /** In the order of their code units, each once: what runs count in. */
  texts: readonly string[];
  /**
   * Runs of texts that begin as typed; with `slips` also those that do when one letter typed is wrong, missing, too
   * many, or swapped with its neighbour. Runs may overlap.
   */
  find(typed: string, options: { slips: boolean }): FoundRun[];
}

/** A tree of texts of up to 255 letters each. */
export function letterTree(given: Iterable<string>): LetterTree {
  const texts = [...new Set(given)].sort();
  const tree = plant(texts);
  return { texts, find: (typed, { slips }) => findIn(tree, typed, slips) };
}

function plant(texts: readonly string[]): Tree {
  const most = texts.reduce((sum, text) => sum + text.length, 1);
  const tree: Tree = {
    letters: new Uint16Array(most),
    below: new Int32Array(most),
    beside: new Int32Array(most),
    from: new Int32Array(most),
    to: new Int32Array(most),
    depth: new Uint8Array(most),
  };
  tree.to[ROOT] = texts.length;
  let used = 1;
  // The way down to the text before: in order, each text shares the beginning of it.
  const way = [ROOT];
  let before = "";
  texts.forEach((text, at) => {
    let shared = 0;
    while (shared < before.length && shared < text.length && before[shared] === text[shared]) shared += 1;
    let elder = way[shared + 1] ?? 0;
    way.length = shared + 1;
    for (let depth = shared; depth < text.length; depth += 1) {
      const place = used++;
      if (elder > 0) tree.beside[elder] = place;
      else tree.below[way[depth] ?? ROOT] = place;
      elder = 0;
      tree.letters[place] = text.charCodeAt(depth);
      tree.from[place] = at;
      tree.depth[place] = depth + 1;
      way.push(place);
    }
    for (const place of way) tree.to[place] = at + 1;
    before = text;
  });
  return tree;
}

function findIn(tree: Tree, typed: string, slips: boolean): FoundRun[] {
  const found: FoundRun[] = [];
  const add = (place: number | null, slip: boolean) => {
    if (place === null) return;
    const [from = 0, to = 0, depth = 0] = [tree.from[place], tree.to[place], tree.depth[place]];
    found.push({ from, to, depth, slip });
  };
  let place: number | null = ROOT;
  for (let at = 0; at < typed.length && place !== null; at += 1) {
    if (slips) {
      add(follow(tree, place, typed, at + 1), true); // a letter too many
      if (at + 1 < typed.length) {
        const swapped = step(tree, place, typed.charCodeAt(at + 1));
        const back = swapped === null ? null : step(tree, swapped, typed.charCodeAt(at));
        if (back !== null) add(follow(tree, back, typed, at + 2), true);
      }
      for (let next = tree.below[place] ?? 0; next > 0; next = tree.beside[next] ?? 0) {
        add(follow(tree, next, typed, at + 1), true); // this letter is wrong
        add(follow(tree, next, typed, at), true); // one is missing before it
      }
    }
    place = step(tree, place, typed.charCodeAt(at));
  }
  add(place, false);
  if (slips && place !== null) {
    for (let next = tree.below[place] ?? 0; next > 0; next = tree.beside[next] ?? 0) add(next, true); // the last is missing
  }
  return found;
}

/** The place that is reached by the letters typed from one on; null when no text goes on like this. */
function follow(tree: Tree, start: number, typed: string, from: number): number | null {
  let place: number | null = start;
  for (let at = from; at < typed.length && place !== null; at += 1) {
    place = step(tree, place, typed.charCodeAt(at));
  }
  return place;
}

function step({ letters, below, beside }: Tree, place: number, letter: number): number | null {
  for (let next = below[place] ?? 0; next > 0; next = beside[next] ?? 0) {
    if (letters[next] === letter) return next;
  }
  return null;
}
