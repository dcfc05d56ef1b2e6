import { expect, test } from "vitest";
import { labelInSentence } from "./label-text";

test.each([
  ["Rent or mortgage arrears", "rent or mortgage arrears"],
  ["E-mail", "e-mail"],
  ["NHS number", "NHS number"],
  ["PNC ID", "PNC ID"],
  ["National Insurance number", "National Insurance number"],
  ["English language need", "English language need"],
])("%s reads %s inside a sentence", (label, words) => {
  expect(labelInSentence(label)).toBe(words);
});
