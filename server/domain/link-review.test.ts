import { describe, expect, test } from "vitest";
import { stepFor, wordsNeeded } from "./link-review";
import { THRESHOLDS } from "./linking/model";

describe("How many stewards must say so", () => {
  const score = (probability: number, vetoes: readonly ("twins" | "different-identifiers")[] = []) => ({
    probability,
    isParting: false,
    vetoes: vetoes.map((rule) => ({ rule, effect: "review" as const })),
  });

  test("is one for a likely pair", () => {
    expect(wordsNeeded("likely", score(0.96), THRESHOLDS)).toEqual({ same: 1, different: 1 });
  });

  test("is two for joining what is not likely, or what a veto speaks against", () => {
    expect(wordsNeeded("likely", score(0.74), THRESHOLDS)).toEqual({ same: 2, different: 1 });
    expect(wordsNeeded("vetoed", score(0.999, ["twins"]), THRESHOLDS)).toEqual({ same: 2, different: 1 });
  });

  test("is two for joining where that parts others, but for a link that is only checked", () => {
    const parting = { ...score(0.96), isParting: true };
    expect(wordsNeeded("likely", parting, THRESHOLDS)).toEqual({ same: 2, different: 1 });
    expect(wordsNeeded("asked", parting, THRESHOLDS)).toEqual({ same: 2, different: 1 });
    expect(wordsNeeded("sample", parting, THRESHOLDS)).toEqual({ same: 1, different: 2 });
  });

  test("is two for parting what is all but certain, or linked already", () => {
    expect(wordsNeeded("asked", score(0.995), THRESHOLDS)).toEqual({ same: 1, different: 2 });
    expect(wordsNeeded("sample", score(0.7), THRESHOLDS)).toEqual({ same: 1, different: 2 });
  });

  test("is two for turning round what was decided, when it is asked again", () => {
    expect(wordsNeeded("repeat", score(0.96), THRESHOLDS, "same")).toEqual({ same: 1, different: 2 });
    expect(wordsNeeded("repeat", score(0.96), THRESHOLDS, "different")).toEqual({ same: 2, different: 1 });
  });
});

describe("A pair that the linker comes to again", () => {
  const found = (probability: number, vetoed = false) => ({
    score: { probability, vetoes: vetoed ? [{ rule: "twins" as const, effect: "review" as const }] : [] },
    thresholds: THRESHOLDS,
  });
  const known = (over: Partial<Parameters<typeof stepFor>[0]> = {}) => ({
    ...{ isOpen: false, outcome: null, decided: null },
    ...over,
  });

  test("is opened when nothing is known of it, or other evidence had answered it", () => {
    expect(stepFor(null, found(0.9), "changed", "changed")).toBe("open");
    expect(stepFor(known({ outcome: "settled" }), found(0.9), "same", "same")).toBe("open");
  });

  test("stays as it is while nothing changed, and is brought up to date when something did", () => {
    expect(stepFor(known({ isOpen: true }), found(0.9), "same", "same")).toBe("keep");
    expect(stepFor(known({ isOpen: true }), found(0.9), "same", "changed")).toBe("refresh");
    expect(stepFor(known({ isOpen: true }), found(0.9), "changed", "same")).toBe("refresh");
  });

  test("that nobody could tell is asked again when the records changed", () => {
    expect(stepFor(known({ outcome: "cannot-tell" }), found(0.9), "same", "changed")).toBe("keep");
    expect(stepFor(known({ outcome: "cannot-tell" }), found(0.9), "changed", "changed")).toBe("open");
  });

  test("that was decided is asked again only when the records changed and say the opposite", () => {
    const different = known({ outcome: "different", decided: "different" });
    expect(stepFor(different, found(0.9), "changed", "changed")).toBe("keep");
    expect(stepFor(different, found(0.999), "same", "changed")).toBe("keep");
    expect(stepFor(different, found(0.999), "changed", "changed")).toBe("open");
    const same = known({ outcome: "same", decided: "same" });
    expect(stepFor(same, found(0.9), "changed", "changed")).toBe("keep");
    expect(stepFor(same, found(0.999, true), "changed", "changed")).toBe("open");
    expect(stepFor(same, found(0.2), "changed", "changed")).toBe("open");
  });
});
