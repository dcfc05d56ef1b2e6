/** Needs that are offered without being searched for, each of them once. */
import { type NeedOffer, type NeedPair, offersFor } from "../../../server/domain/need-pairs";

interface Offers {
  /** What often comes with what was said, with the reason: "Worth asking". */
  together: readonly NeedOffer[];
  /** The rest of the service's own list: "Often here". */
  here: readonly string[];
}

interface Said {
  /** Codes of what this contact names, and of issues that are open. */
  named: readonly string[];
  open: readonly string[];
  pairs: readonly NeedPair[];
  /** The service's own list. */
  usual: readonly string[];
}

export function needOffers({ named, open, pairs, usual }: Said): Offers {
  const together = offersFor(named, open, pairs);
  const shown = new Set([...named, ...open, ...together.map(({ need }) => need.code)]);
  return { together, here: usual.filter((code) => !shown.has(code)) };
}
