import { expect, test } from "vitest";
import { needsSignalInWords } from "./needs-signal";

const destinations = [{ href: "/today", label: "My day", icon: "day" }] as const;

test.each([
  ["/today", "My day needs signal. You can go on logging here."],
  ["/people/01a2", "The record needs signal. You can go on logging here."],
  ["/account", "Your account needs signal. You can go on logging here."],
  ["/referrals/new", "That page needs signal. You can go on logging here."],
])("without signal, %s says: %s", (pathname, words) => {
  expect(needsSignalInWords(pathname, destinations)).toBe(words);
});
