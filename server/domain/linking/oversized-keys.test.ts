import { describe, expect, test } from "vitest";
import { LARGEST_BLOCK, MOST_SHARERS, sharedKeys } from "./oversized-keys";
import { linkRecord } from "./record";

const rules = { ukFormats: true, testRanges: true, currentYear: 2026 };
const NHS = [{ kind: "nhs-number", value: "9998148626" }] as const;

/** So many people who have nothing in common but what is given. */
const people = (count: number, common: Parameters<typeof linkRecord>[0]) =>
  Array.from({ length: count }, () => ({ record: linkRecord(common, rules) }));

describe("what too many share", () => {
  test.each([
    [MOST_SHARERS, 1],
    [MOST_SHARERS + 1, 0],
  ])("an identifier of %i clients leaves each of them %i", (count, left) => {
    const { evident, oversized, blocks } = sharedKeys(people(count, { identifiers: NHS }));
    for (const { record } of evident) expect(record.identifiers).toHaveLength(left);
    expect(oversized.size + blocks.size).toBe(1);
    expect(blocks.size).toBe(left);
  });

  test("other keys are followed up to a larger number, and nothing is taken off the records", () => {
    const common = { firstName: "Ann", lastName: "Lee", dateOfBirth: "1984-03-12" };
    const most = people(LARGEST_BLOCK, common);
    expect(sharedKeys(most).oversized.size).toBe(0);
    const more = people(LARGEST_BLOCK + 1, common);
    const { blocks, evident } = sharedKeys(more);
    expect(blocks.size).toBe(0);
    expect(evident).toEqual(more);
  });

  test("the other identifiers of whoever carries one of too many stay", () => {
    const known = linkRecord({ identifiers: [...NHS, { kind: "nino", value: "AB123456C" }] }, rules);
    const { evident } = sharedKeys([...people(MOST_SHARERS, { identifiers: NHS }), { record: known }]);
    expect(evident.at(-1)?.record.identifiers.map(({ kind }) => kind)).toEqual(["nino"]);
  });
});
