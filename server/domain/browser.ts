/**
 * What browser and server both know of a browser, without a schema, so that screens which must be light can ask: how
 * long it may be left alone, and what its owner calls it.
 */

/**
 * Minutes without touch or key after which work is locked, on the device and on the server. See sessions.ts for
 * where the threshold comes from.
 */
export const IDLE_MINUTES = 5;

/** First that fits: a browser names the others it wants to be taken for, too. */
const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg(?:A|iOS)?\//, "Edge"],
  [/\b(?:OPR|Opera)\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|CriOS)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bCrOS\b/, "Chromebook"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "Mac"],
  [/\bLinux\b/, "Linux"],
];

/** A browser as its owner knows it, from what it calls itself: "Chrome on Android". */
export function browserInWords(userAgent: string): string {
  const named = (list: readonly [RegExp, string][]) => list.find(([sign]) => sign.test(userAgent))?.[1];
  const [browser, system] = [named(BROWSERS), named(SYSTEMS)];
  return [browser ?? "A browser", system && `on ${system}`].filter(Boolean).join(" ");
}
