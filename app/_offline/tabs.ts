/**
 * What the tabs of one browser tell each other, and how one of them has its turn. Nothing of anybody is told: only that
 * something is worth looking at.
 */

export type News =
  /** The ledger of a profile has grown. */
  | { kind: "ledger"; profile: string }
  /** What a profile carries was brought in step. */
  | { kind: "carried"; profile: string }
  /** The work of this profile was opened: a tab that still shows another's closes it. */
  | { kind: "whose"; profile: string }
  /** Somebody is there. */
  | { kind: "alive" }
  /** All work is to be closed. */
  | { kind: "closed" }
  /** Whoever sits here has proved again who they are. */
  | { kind: "opened" };

export interface Channel {
  tell(news: News): void;
  close(): void;
}

/** Listens to the other tabs, and tells them. */
export function openChannel(hear: (news: News) => void): Channel {
  const channel = new BroadcastChannel("common-need");
  // Our own tabs alone can speak here.
  channel.onmessage = ({ data }: MessageEvent<News>) => hear(data);
  return {
    tell: (news) => channel.postMessage(news),
    close: () => channel.close(),
  };
}

/** Lets one tab of the browser do something at a time. */
export async function alone<T>(name: string, work: () => Promise<T>): Promise<{ ran: T } | "busy"> {
  return navigator.locks.request(name, { ifAvailable: true }, async (lock) =>
    lock ? { ran: await work() } : "busy",
  );
}
