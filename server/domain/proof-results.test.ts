import { expect, test } from "vitest";
import { caseInWords, type ProofResult, verdictOf, withProof } from "./proof-results";

const aProof = (over: Partial<ProofResult> = {}): ProofResult => ({
  ...{ name: "recount", about: "Counts are exact.", ranOn: "2026-11-22", commit: "0123abc" },
  cases: [{ case: "killed 30 times", ok: true, counts: {} }],
  ...over,
});

test("A proof that ran again takes the place of its last result, whatever it found", () => {
  const worse = aProof({ cases: [{ case: "killed 30 times", ok: false, counts: {} }] });
  expect(withProof([aProof({ name: "offline" }), aProof()], worse)).toEqual([
    aProof({ name: "offline" }),
    worse,
  ]);
});

test("What did not hold is named, and what has no limit is not counted as held", () => {
  const cases = [
    { case: "first", ok: true, counts: {} },
    { case: "second", ok: false, counts: {} },
    { case: "growth", ok: null, counts: {} },
  ];
  expect(verdictOf({ cases })).toBe("1 of 2 cases held. Not held: second");
});

test("A case says in plain words whether it held, and what was counted", () => {
  const counts = { rounds: 1067, found_before: 110 };
  expect(caseInWords({ case: "an entry is deleted", ok: true, counts })).toBe(
    "Held: an entry is deleted (rounds 1,067, found before 110)",
  );
  expect(caseInWords({ case: "killed", ok: false, counts: {} })).toBe("Not held: killed");
  expect(caseInWords({ case: "growth", ok: null, counts: {} })).toBe("Measured: growth");
});
