import { describe, expect, test } from "vitest";
import {
  addEntrySchema,
  agesInWords,
  editEntrySchema,
  fitsAge,
  handFieldsSchema,
  isPhoneNumber,
  isStale,
  staleWords,
} from "./directory";

test.each([
  ["2026-01-02", "2026-07-01", false],
  ["2026-01-01", "2026-07-01", true],
  ["2025-08-31", "2026-02-27", false],
  ["2025-08-31", "2026-02-28", true],
  ["2026-06-30", "2026-06-30", false],
  [null, "2026-06-30", true],
])("what was checked on %s is on %s stale: %s", (assuredOn, today, stale) => {
  expect(isStale(assuredOn, today)).toBe(stale);
});

test("what is stale says when it was checked", () => {
  expect(staleWords("2025-03-14", "2026-06-01")).toBe("Check before you send: last checked 14 March 2025");
  expect(staleWords(null, "2026-06-01")).toBe("Check before you send: nobody says when it was checked");
  expect(staleWords("2026-05-31", "2026-06-01")).toBeNull();
});

test.each([
  [null, null, ""],
  [0, null, ""],
  [0, 120, ""],
  [18, 99, "18 and over"],
  [11, 25, "11 to 25"],
  [null, 25, "up to 25"],
  [0, 4, "up to 4"],
  [16, 16, "16"],
])("ages from %s to %s are said “%s”", (minimumAge, maximumAge, words) => {
  expect(agesInWords({ minimumAge, maximumAge })).toBe(words);
});

test.each([
  [10, false],
  [11, true],
  [25, true],
  [26, false],
])("somebody of %i fits ages 11 to 25: %s", (age, fits) => {
  expect(fitsAge({ minimumAge: 11, maximumAge: 25 }, age)).toBe(fits);
});

test("where no age is stated, whether somebody fits is not known", () => {
  expect(fitsAge({ minimumAge: null, maximumAge: null }, 40)).toBeNull();
});

test.each(["01632 960 001", "+44 1632 960001", "(020) 7946 0018", "111", "01632-960-001 ext 12"])(
  "%s can be dialled",
  (number) => {
    expect(isPhoneNumber(number)).toBe(true);
  },
);

test.each(["", "ask", "01632 960 001; ring", "12", "call 999", "1".repeat(30)])(
  "“%s” cannot be dialled",
  (number) => {
    expect(isPhoneNumber(number)).toBe(false);
  },
);

describe("what is entered by hand", () => {
  const fields = {
    name: " Warm room ",
    organisationName: "St Brannoc's",
    description: "",
    phone: "",
    email: "",
    url: "",
    status: "active",
    needs: [],
    areas: [],
    eligibility: "",
    minimumAge: null,
    maximumAge: null,
    opening: "",
    postcode: "",
  };
  const faults = (over: Record<string, unknown>) => {
    const read = handFieldsSchema.safeParse({ ...fields, ...over });
    return read.success ? [] : read.error.issues.map(({ path }) => path.join("."));
  };

  test("is trimmed, and what is empty is nothing", () => {
    expect(handFieldsSchema.parse(fields)).toMatchObject({ name: "Warm room", email: null, url: null });
  });

  test.each([
    ["name", " "],
    ["organisationName", ""],
    ["phone", "ask"],
    ["email", "help at example"],
    ["url", "javascript:alert(1)"],
    ["url", "ftp://example.org/"],
    ["status", "open"],
    ["needs", ["XXX-01"]],
    ["minimumAge", 18.5],
    ["maximumAge", 131],
    ["description", "x".repeat(5_001)],
  ])("is refused with %s %j", (field, value) => {
    expect(faults({ [field]: value })[0]).toMatch(new RegExp(`^${field}`));
  });

  test("may not have the oldest below the youngest", () => {
    const id = "0190a000-0000-7000-8000-000000000001";
    const ages = { minimumAge: 60, maximumAge: 18 };
    expect(addEntrySchema.safeParse({ id, fields: { ...fields, ...ages } }).success).toBe(false);
    expect(editEntrySchema.safeParse({ id, changes: ages }).success).toBe(false);
    expect(editEntrySchema.safeParse({ id, changes: { minimumAge: 60 } }).success).toBe(true);
  });
});
