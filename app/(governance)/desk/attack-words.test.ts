import { expect, test } from "vitest";
import { readAttacks } from "../../../server/disclosure-settings";
import { attacksInWords } from "./attack-words";

test("Every attack on the method's page is told in words, without its code, and within its limit", async () => {
  const { attacks } = await readAttacks();
  const { tells, guesses, found } = attacksInWords(attacks);
  expect([tells.length, guesses.length, found.length].every((lines) => lines >= 8)).toBe(true);
  for (const { tries } of [...tells, ...guesses, ...found]) expect(tries).not.toMatch(/^[DP]\d/);
  for (const { came, limit } of [...tells, ...guesses]) {
    expect(Number.parseInt(came, 10)).toBeLessThanOrEqual(Number.parseInt(limit, 10));
  }
});

test("The worst of several lines stands for them, and what has no words is told as it stands", () => {
  const lines = [
    { attack: "D5 total less 1 / 2", result: ".25 / .22", limit: ".30" },
    { attack: "D5 total less 4", result: ".28", limit: ".30 to a quarter" },
    { attack: "E1 something new", result: "3", limit: "4" },
    { attack: "D10 telling nobody from a few by size; by time", result: ".50; .51", limit: ".55" },
  ];
  const { guesses, found } = attacksInWords(lines);
  expect(guesses).toEqual([{ tries: "From a total less its other parts", came: "28%", limit: "30%" }]);
  expect(found).toEqual([
    { tries: "E1 something new", came: "3", limit: "4" },
    expect.objectContaining({ came: "50%; 51%", limit: "55%" }),
  ]);
});
