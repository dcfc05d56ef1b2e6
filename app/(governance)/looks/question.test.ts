import { expect, test } from "vitest";
import { aboutIn, addressOf, windowIn } from "./question";

const id = "0199d1f0-7a51-7c11-8c55-9d1a5f3a7b10";
const USUAL = { from: "2026-08-26", to: "2026-11-23" } as const;
const read = (address: string) => new URL(address, "http://127.0.0.1").searchParams;

test.each(["client", "member", "agreement"] as const)(
  "a question about a %s comes back from its address",
  (kind) => {
    const window = { from: "2026-01-01", to: "2026-02-28" } as const;
    const address = read(addressOf({ kind, id }, window));
    expect(aboutIn(address)).toEqual({ kind, id });
    expect(windowIn(address, USUAL)).toEqual(window);
  },
);

test("an address without a question asks about nobody, and one without whole days about the usual ones", () => {
  expect(aboutIn(read(addressOf(null, USUAL)))).toBeNull();
  expect(aboutIn(read("/looks"))).toBeNull();
  expect(aboutIn(read("/looks?person=Ottilie"))).toBeNull();
  expect(windowIn(read(`/looks?person=${id}`), USUAL)).toEqual(USUAL);
  expect(windowIn(read(`/looks?person=${id}&from=2026-02-30&to=2026-03-01`), USUAL)).toEqual(USUAL);
});
