/** First letters of the first and the last word of a name, for the round mark beside it. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  const first = words[0];
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return [first, last].map((word) => word?.match(/\p{L}/u)?.[0]?.toUpperCase() ?? "").join("");
}
