/** For a journey whose end does not depend on how wide the screen is: it is walked once, at the width of a phone. */
export const ANY_WIDTH = { tag: "@any-width" } as const;
/** For a journey by keyboard alone: it is walked once, at the width of a desk, where there is a keyboard. */
export const DESK_ONLY = { tag: "@desk-only" } as const;
