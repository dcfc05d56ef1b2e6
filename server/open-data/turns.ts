/**
 * How often one address may ask for open data: so many times a minute. Kept in memory for that minute and nowhere
 * else; nothing is written down of who asked.
 */

export const MOST_A_MINUTE = 300;
const MINUTE_MS = 60_000;
/** Addresses remembered at most: a flood of made-up ones costs no more memory than this. */
const MOST_ADDRESSES = 20_000;

/** Turns of a minute. */
export class Turns {
  private minute = 0;
  private readonly taken = new Map<string, number>();

  constructor(private readonly most: number = MOST_A_MINUTE) {}

  /** Takes a turn. Gives 0 when it is granted, or the seconds to wait. */
  take(address: string, nowMs: number): number {
    const minute = Math.floor(nowMs / MINUTE_MS);
    if (minute !== this.minute || this.taken.size >= MOST_ADDRESSES) {
      this.minute = minute;
      this.taken.clear();
    }
    const network = networkOf(address);
    const taken = (this.taken.get(network) ?? 0) + 1;
    this.taken.set(network, taken);
    return taken <= this.most ? 0 : Math.ceil(((minute + 1) * MINUTE_MS - nowMs) / 1000);
  }
}

/** One household or office has a whole network of IPv6 addresses (a /64): it takes turns as one. */
function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  const rest = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length);
  return [...groups, ...Array.from({ length: zeros }, () => "0"), ...rest].slice(0, 4).join(":");
}
