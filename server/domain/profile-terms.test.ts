import { expect, test } from "vitest";
import { changesInWords, originInWords } from "./profile-terms";

test("changes are said short", () => {
  expect(changesInWords([{ field: "phone" }, { field: "place" }, { field: "nhs-number" }])).toBe(
    "Details: phone, postcode, NHS number",
  );
});

test("each of two values says where it comes from, as far as that is known", () => {
  expect(originInWords("kept", null, null)).toBe("In the record now");
  expect(originInWords("proposed", "Ama Boateng", "today")).toBe("Said beside it · by Ama Boateng · today");
});
