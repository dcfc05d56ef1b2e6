/** Frameworks: nobody is lost between their lines, whichever is chosen. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { findNeed, getNeedByNumber, NEEDS } from "../needs";
import {
  FRAMEWORKS,
  findFramework,
  frameworkTitle,
  linesIn,
  linesOf,
  UNMAPPED,
  unmappedNeeds,
} from "./frameworks";

const number = (code: string) => findNeed(code)?.number ?? -1;

test("six national frameworks can be chosen, by edition", () => {
  expect(FRAMEWORKS.map(frameworkTitle)).toEqual([
    "Public Health Outcomes Framework 2013",
    "Public Health Outcomes Framework 2019",
    "NHS Outcomes Framework",
    "Adult Social Care Outcomes Framework 2014",
    "Adult Social Care Outcomes Framework 2023",
    "Supporting Families Outcome Framework 2022",
  ]);
  expect(findFramework("sure-start")).toBeNull();
});

test("an indicator of another edition is another line", () => {
  expect(linesOf("phof-2013", number("HOU-01"))).toEqual(["1", "1.15"]);
  expect(linesOf("phof-2019", number("HOU-01"))).toEqual(["B", "B15a"]);
  expect(linesOf("ascof-2014", number("CAR-03"))).toEqual(["1I(2)"]);
  expect(linesOf("ascof-2023", number("CAR-03"))).toEqual(["social-connections"]);
});

test("an indicator counts in its domain, also where the need reports to another framework first", () => {
  // Keeping a tenancy reports to ASCOF, and carries an indicator of the first domain of 2013.
  expect(linesOf("phof-2013", number("HOU-09"))).toEqual(["1", "1.06"]);
  expect(linesOf("nhsof", number("MEN-05"))).toEqual(["1", "1.5.i"]);
});

test("indicators without a title in the taxonomy show their code and nothing made up", () => {
  const lines = findFramework("phof-2019")?.lines ?? [];
  expect(lines.find(({ code }) => code === "B15a")?.label).toBe(
    "Indicator B15a (Wider determinants of health)",
  );
  expect(findFramework("ascof-2014")?.lines.map(({ label }) => label)).toEqual([
    "Indicator 1A",
    "Indicator 1F",
    "Indicator 1H",
    "Indicator 1I(2)",
  ]);
});

test("Supporting Families has its ten headline outcomes", () => {
  expect(findFramework("supporting-families")?.lines).toHaveLength(10);
});

test.each(FRAMEWORKS)(
  "$key: every need has a line or is listed as unmapped, and every line has a need",
  (framework) => {
    const unmapped = new Set(unmappedNeeds(framework).map(({ number }) => number));
    const codes = framework.lines.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).not.toContain(UNMAPPED);
    expect(framework.lines.every(({ needs, label }) => needs.length > 0 && label !== "")).toBe(true);
    for (const need of NEEDS) {
      const lines = linesOf(framework.key, need.number);
      expect(lines.length).toBeGreaterThan(0);
      expect({ need: need.code, unmapped: lines.includes(UNMAPPED) }).toEqual({
        need: need.code,
        unmapped: unmapped.has(need.number),
      });
      if (lines.includes(UNMAPPED)) expect(lines).toEqual([UNMAPPED]);
    }
  },
);

test("totals by person are the same under every framework, also under any of an organisation's own", () => {
  const anyNeed = fc.constantFrom(...NEEDS.map((need) => need.number));
  const anyFramework = fc.array(fc.array(anyNeed, { minLength: 1, maxLength: 20 }), { maxLength: 12 });
  fc.assert(
    fc.property(
      fc.array(fc.array(anyNeed, { minLength: 1, maxLength: 6 }), { maxLength: 60 }),
      anyFramework,
      (people, own) => {
        const ownLines = own.map((needs, at) => ({ code: String(at + 1), label: "Made", needs }));
        const frameworks = [...FRAMEWORKS, { key: "own", name: "Own", edition: "", lines: ownLines }];
        for (const framework of frameworks) {
          const lines = linesIn(framework);
          const byLine = new Map<string, Set<number>>();
          people.forEach((needs, person) => {
            for (const line of needs.flatMap(lines)) {
              byLine.set(line, (byLine.get(line) ?? new Set<number>()).add(person));
            }
          });
          expect(new Set([...byLine.values()].flatMap((set) => [...set])).size).toBe(people.length);
        }
      },
    ),
  );
});

test("a number that was never given to a need is refused", () => {
  expect(() => linesOf("nhsof", 198)).toThrow();
  expect(() => linesOf("nowhere", getNeedByNumber(0).number)).toThrow();
});
