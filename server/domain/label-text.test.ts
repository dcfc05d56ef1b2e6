import { expect, test } from "vitest";
import { capital, labelInSentence } from "./label-text";

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

test.each([
  ["two of nine", "Two of nine"],
  ["NHS number", "NHS number"],
  ["éclair", "Éclair"],
  ["12 people", "12 people"],
  ["", ""],
])("%j begins a sentence as %j", (words, begun) => {
  expect(capital(words)).toBe(begun);
});
