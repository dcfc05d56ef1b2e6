import { expect, test } from "vitest";
import { subjectAfter } from "./in-words";

test.each([
  ["answered a referral", "referral 500aa9", "500aa9"],
  ["opened the record of a person", "person 1b2c3d", "1b2c3d"],
  ["sent the mail of a referral again", "referral 500aa9", "referral 500aa9"],
])("“%s” names what it is about once", (sentence, subject, after) => {
  expect(subjectAfter(sentence, subject)).toBe(after);
});
