/** What is read out before somebody is asked whether their needs may be shared with other services. */

/** By number. Words that were used once are never changed: others get the next number. */
export const SHARE_WORDS: Readonly<Record<number, string>> = {
  1: "May we tell other services what you need, so that they can help you? We share only what they need to know. Your yes holds for six months. You can change your mind at any time, and we will still help you.",
};
export const SHARE_WORDS_VERSION = 1;
