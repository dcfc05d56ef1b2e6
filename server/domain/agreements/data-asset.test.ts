import { expect, test } from "vitest";
import { dataAssetFields, isReviewDue } from "./data-asset";

test("a review is due a year after the last one, on the day", () => {
  expect(isReviewDue({ reviewedOn: "2026-03-01" }, "2027-02-28")).toBe(false);
  expect(isReviewDue({ reviewedOn: "2026-03-01" }, "2027-03-01")).toBe(true);
  expect(isReviewDue({ reviewedOn: "2024-02-29" }, "2025-02-28")).toBe(true);
});

test("a line of the register needs a name, an owner, a use and a day", () => {
  const read = dataAssetFields.safeParse({
    ...{
      name: "",
      owner: "",
      place: "person",
      detail: "full",
      restrictions: "",
      usedFor: "",
      reviewedOn: "x",
    },
    agreementIds: [],
  });
  expect(read.error?.issues.map(({ path }) => path[0])).toEqual(["name", "owner", "usedFor", "reviewedOn"]);
});
