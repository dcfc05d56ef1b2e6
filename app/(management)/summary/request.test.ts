import { expect, test } from "vitest";
import type { ImpactOptions } from "../../../server/domain/impact";
import { periodsToChoose, readRequest, requestQuery } from "./request";

const options: ImpactOptions = {
  organisationName: "Wear Advice",
  services: [{ id: "018f0000-0000-7000-8000-000000000001", name: "Money advice" }],
  firstDay: "2025-11-20",
  today: "2026-08-04",
};
const read = (query: string, from: ImpactOptions = options) => readRequest(new URLSearchParams(query), from);

test("the usual summary is of the last whole quarter and every service", () => {
  expect(read("")).toEqual({ serviceId: null, period: "q:2026-Q1" });
});

test("an organisation that began this quarter sees this quarter", () => {
  expect(read("", { ...options, firstDay: "2026-07-02" }).period).toBe("q:2026-Q2");
  expect(read("", { ...options, firstDay: null }).period).toBe("q:2026-Q2");
});

test("a request comes back from its address, and nonsense does not", () => {
  const request = { serviceId: "018f0000-0000-7000-8000-000000000001", period: "m:2026-03" };
  expect(read(requestQuery(request))).toEqual(request);
  expect(read("service=nobody&period=soon")).toEqual(read(""));
});

test("there is a period for every day on which something was recorded", () => {
  const [quarters, months, years] = periodsToChoose(options);
  expect(quarters?.items.map((item) => item.value)).toEqual([
    "q:2026-Q2",
    "q:2026-Q1",
    "q:2025-Q4",
    "q:2025-Q3",
  ]);
  expect(quarters?.items[0]?.label).toBe("July to September 2026, so far");
  expect(months?.items.length).toBe(10);
  expect(years?.items.map((item) => item.value)).toEqual(["y:2026", "y:2025"]);
});
