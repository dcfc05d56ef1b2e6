/** For a journey whose end does not depend on how wide the screen is: it is walked once, at the width of a phone. */
export const ANY_WIDTH = { tag: "@any-width" } as const;
