/** What a way of comparing is called, in a few plain words. */

import type { LabMethod } from "./analysis";

const COUNTED = ["", "one", "two", "three", "four", "five"];

/** "Everybody who is similar, at most 0.2 apart", "The one most alike", "No matching at all". */
export function methodWords(method: LabMethod): string {
  switch (method.name) {
    case "radius":
      return `Everybody who is similar, at most ${method.caliper} apart${exactly(method.exact)}`;
    case "nearest": {
      const each = COUNTED[method.ratio] ?? String(method.ratio);
      const again = method.replace ? ", the same person more than once" : "";
      const within = method.caliper === null ? "" : `, within ${method.caliper}`;
      return `The ${method.ratio === 1 ? "one" : each} most alike${within}${again}${exactly(method.exact)}`;
    }
    case "subclass":
      return `In ${method.subclasses} layers of people who are alike`;
    case "exact":
      return "Exactly the same in what was chosen";
    case "unmatched":
      return "No matching at all";
  }
}

const exactly = (exact: readonly string[]) =>
  exact.length > 0 ? ", and exactly the same in some things" : "";
