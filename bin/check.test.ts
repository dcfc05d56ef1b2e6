/** What the journeys' runner wrote is counted as it should be: a second try is named, a second failure fails. */

import { expect, test } from "vitest";
import { readJourneys } from "./check";

const journey = (title: string, status: string) => ({
  title,
  tests: [{ projectName: "phone", status }],
});

test("a journey that passes at the second try counts as passed and is named, one that fails twice fails", () => {
  const results = {
    suites: [
      {
        specs: [journey("a map opens", "expected")],
        suites: [
          { specs: [journey("a contact is saved", "flaky"), journey("a note is kept", "unexpected")] },
        ],
      },
    ],
    stats: { expected: 1, unexpected: 1, flaky: 1, skipped: 0 },
    errors: [],
  };
  expect(readJourneys(results)).toEqual({
    count: { passed: 2, failed: 1, skipped: 0 },
    late: ["a contact is saved (phone)"],
  });
});

test("an error outside of all journeys is a failure", () => {
  const stats = { expected: 3, unexpected: 0, flaky: 0, skipped: 0 };
  const { count } = readJourneys({ suites: [], stats, errors: [{}] });
  expect(count).toEqual({ passed: 3, failed: 1, skipped: 0 });
});
