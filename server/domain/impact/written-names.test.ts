/** Names in the words of a summary that leaves: those of people come out, those of the organisation stay. */

import { describe, expect, test } from "vitest";
import { leaveNamesOut, namesWritten } from "./written-names";

const inLead = (lead: string, own: readonly string[] = []) =>
  namesWritten({ texts: { lead }, sections: ["needs"] }, own).flatMap(({ names }) => names);

describe("somebody's own words", () => {
  test.each([
    ["Mr Whitfield slept in his car until June.", ["Whitfield"]],
    ["Her daughter Kayleigh came with her.", ["Kayleigh"]],
    ["We met a man called Tomasz in the library.", ["Tomasz"]],
    ["Dr Patel sent 40 people, and Dr Patel thanked us.", ["Patel"]],
  ])("that name a person are told so: %s", (lead, names) => {
    expect(inLead(lead)).toEqual(names);
  });

  test.each([
    "We helped 470 people in Tyne and Wear.",
    "Our trustees, and Mary Smith above all, gave us a second room.",
    "Somebody came back with a friend. Their daughter is at school now.",
    "Work began in April. May was the busiest month.",
  ])("that name nobody, or somebody who is thanked, may leave: %s", (lead) => {
    expect(inLead(lead)).toEqual([]);
  });

  test("may hold what the organisation is called, and count only where they are shown", () => {
    expect(inLead("Lady Margaret helped 470 people.", ["The Lady Margaret Trust"])).toEqual([]);
    const texts = { needs: "Mr Whitfield came.", places: "Mr Whitfield came." };
    expect(namesWritten({ texts, sections: ["needs"] }, [])).toEqual([
      { key: "needs", names: ["Whitfield"] },
    ]);
  });

  test("are told what to say instead", () => {
    expect(leaveNamesOut(["Whitfield", "Kayleigh"])).toMatch(
      /^Leave out “Whitfield” and “Kayleigh”: say “they”/,
    );
  });
});
