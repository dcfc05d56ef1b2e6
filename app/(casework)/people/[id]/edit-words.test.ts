import { expect, test } from "vitest";
import { endInWords, keptInWords, savedInWords } from "./edit-words";

const answer = { editId: "1", version: 2, placeNote: null };

test("a change that was answered says that it is saved, and what is odd about a place", () => {
  const fields = [{ field: "place", outcome: "applied" }] as const;
  expect(savedInWords("place", { ...answer, fields })).toBe("Postcode is saved.");
  expect(savedInWords("place", { ...answer, fields, placeNote: "This postcode is not on the map." })).toBe(
    "Postcode is saved. This postcode is not on the map.",
  );
});

test("two values are never called saved and done", () => {
  const fields = [{ field: "phone", outcome: "conflict" }] as const;
  const both = "somebody changed it meanwhile. Both values are kept; choose above which is right.";
  expect(savedInWords("phone", { ...answer, fields })).toBe(`Phone: ${both}`);
  expect(endInWords("phone", { as: "two-values" })).toBe(`Phone is sent, but ${both}`);
});

test("a change that was kept here says in the end what became of it", () => {
  expect(keptInWords("phone")).toBe("Phone is saved here and goes by itself when you have signal.");
  expect(endInWords("phone", { as: "sent" })).toBe("Phone is sent.");
  expect(endInWords("dateOfBirth", { as: "refused", reason: "Check the year." })).toBe(
    "Date of birth was not accepted: Check the year. It is kept in your outbox: put it right there.",
  );
  expect(endInWords("phone", { as: "refused", reason: null })).toBe(
    "Phone was not accepted. It is kept in your outbox: put it right there.",
  );
  expect(endInWords("phone", { as: "undone" })).toBe("Phone: the change was taken back before it was sent.");
  expect(endInWords("nhs-number", { as: "gone" })).toBe(
    "NHS number: the change no longer waits here. What you see is what the record says.",
  );
});
