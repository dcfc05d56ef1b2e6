import { describe, expect, test } from "vitest";
import {
  type DetailsDraft,
  draftOf,
  draftOfEdit,
  type KnownDetails,
  readDetails,
  touchedFields,
  typingOver,
} from "./details-draft";

const TODAY = "2026-11-22";
const dawn: KnownDetails = {
  givenName: "Dawn",
  familyName: "Hetherington",
  dateOfBirth: "1984-03-14",
  sex: "female",
  place: { kind: "postcode", postcode: "SR4 6AA" },
  address: "14 Whitby Street",
  homeIsSecret: false,
  phone: "07700 900123",
  email: null,
  reference: "WA/7",
};
const read = (some: Partial<DetailsDraft>, person = dawn) =>
  readDetails({ from: person, draft: { ...draftOf(person), ...some } }, TODAY);
const touched = (some: Partial<DetailsDraft>) =>
  touchedFields({ from: dawn, draft: { ...draftOf(dawn), ...some } });

describe("What somebody typed", () => {
  test("changes nothing while it is as it was", () => {
    expect(read({})).toEqual({ ok: true, changes: [] });
    expect(read({ phone: " 07700 900123 " })).toEqual({ ok: true, changes: [] });
    expect(touched({})).toEqual([]);
  });

  test("carries the value that each change began from", () => {
    expect(read({ phone: "07700 900456", email: "dawn@example.org", postcode: "sr13ab" })).toEqual({
      ok: true,
      changes: [
        {
          field: "place",
          from: { kind: "postcode", postcode: "SR4 6AA" },
          to: { kind: "postcode", postcode: "SR1 3AB" },
        },
        { field: "phone", from: "07700 900123", to: "07700 900456" },
        { field: "email", from: null, to: "dawn@example.org" },
      ],
    });
  });

  test("may take away what is no longer true", () => {
    expect(read({ phone: "", birth: "", postcode: "" })).toEqual({
      ok: true,
      changes: [
        { field: "dateOfBirth", from: "1984-03-14", to: null },
        { field: "place", from: dawn.place, to: { kind: "unknown" } },
        { field: "address", from: "14 Whitby Street", to: null },
        { field: "phone", from: "07700 900123", to: null },
      ],
    });
  });

  test("says that nobody outside may find the home, and takes it back", () => {
    const secret: KnownDetails = { ...dawn, homeIsSecret: true };
    expect(read({ homeIsSecret: true })).toEqual({
      ok: true,
      changes: [{ field: "homeIsSecret", from: false, to: true }],
    });
    expect(read({ homeIsSecret: false }, secret)).toEqual({
      ok: true,
      changes: [{ field: "homeIsSecret", from: true, to: false }],
    });
    expect(touched({ homeIsSecret: true })).toEqual(["homeIsSecret"]);
  });

  test("no fixed address stands in the place of a postcode", () => {
    expect(read({ noFixedAddress: true, postcode: "nonsense" })).toMatchObject({
      changes: [
        { field: "place", to: { kind: "no-fixed-address" } },
        // House and street go with the place that stood beside them.
        { field: "address", from: "14 Whitby Street", to: null },
      ],
    });
    expect(touched({ noFixedAddress: true, postcode: "" })).toEqual(["place"]);
  });

  test.each<[Partial<DetailsDraft>, string]>([
    [{ givenName: " ", familyName: "" }, "familyName"],
    [{ birth: "31 2 1984" }, "dateOfBirth"],
    [{ birth: "1984" }, "dateOfBirth"],
    [{ birth: "soon" }, "dateOfBirth"],
    [{ birth: "23 11 2026" }, "dateOfBirth"],
    [{ postcode: "nonsense" }, "place"],
    [{ phone: "0770\u20600\u202e" }, "phone"],
    [{ reference: "x".repeat(61) }, "reference"],
  ])("that cannot be kept says where and what to do: %j", (some, field) => {
    expect(read(some)).toMatchObject({ ok: false, faults: { [field]: expect.any(String) } });
  });

  test("does not stop over a birth date that stands in the record already", () => {
    const old: KnownDetails = { ...dawn, dateOfBirth: "1890-01-01" };
    expect(read({ phone: "0191 496 0001" }, old)).toMatchObject({ ok: true, changes: [{ field: "phone" }] });
  });
});

test("what is typed stays over what somebody else changed meanwhile, and all else follows", () => {
  const typing = { from: dawn, draft: { ...draftOf(dawn), phone: "07700 900456" } };
  const now: KnownDetails = { ...dawn, phone: "07700 900999", email: "dawn@example.org" };
  const next = typingOver(now, typing);
  expect(next.draft).toMatchObject({ phone: "07700 900456", email: "dawn@example.org" });
  expect(readDetails(next, TODAY)).toEqual({
    ok: true,
    changes: [{ field: "phone", from: "07700 900123", to: "07700 900456" }],
  });
});

test("what was refused is typed in again, over what stands now", () => {
  const draft = draftOfEdit(dawn, {
    changes: [
      { field: "dateOfBirth", from: null, to: "1984-03-15" },
      { field: "place", from: { kind: "unknown" }, to: { kind: "no-fixed-address" } },
      { field: "nino", from: null, to: "QQ123456C" },
    ],
  });
  expect(draft).toMatchObject({ birth: "15 March 1984", noFixedAddress: true, phone: "07700 900123" });
});
