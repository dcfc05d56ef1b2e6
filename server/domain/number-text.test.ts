import { expect, test } from "vitest";
import { inDigits, inPounds, inTenths } from "./number-text";

test("numbers have a comma at thousands and a point before decimals", () => {
  expect([0, 999, 1140, 1_234_567, 12.5, -1140].map(inDigits)).toEqual([
    "0",
    "999",
    "1,140",
    "1,234,567",
    "12.5",
    "-1,140",
  ]);
});

test("tenths are shown where there are none, too", () => {
  expect([12, 12.34, 1140.06].map(inTenths)).toEqual(["12.0", "12.3", "1,140.1"]);
});

test("pounds have pence where they have any", () => {
  expect([87, 1250, 12.5, 1250.05].map(inPounds)).toEqual(["£87", "£1,250", "£12.50", "£1,250.05"]);
});
