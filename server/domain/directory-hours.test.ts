import { expect, test } from "vitest";
import type { Opening } from "./directory";
import { openingsInWords, openingsOf, type PublishedSchedule } from "./directory-hours";

const TODAY = "2026-06-01";
const schedule = (over: Partial<PublishedSchedule>): PublishedSchedule => ({
  freq: "WEEKLY",
  interval: "1",
  byday: null,
  opensAt: null,
  closesAt: null,
  validFrom: null,
  validTo: null,
  ...over,
});
const said = (...schedules: Partial<PublishedSchedule>[]) =>
  openingsInWords(schedules.flatMap((one) => openingsOf(schedule(one), TODAY)));

test.each<[string, Partial<PublishedSchedule>[]]>([
  ["Monday 9am to 5pm", [{ byday: "MO", opensAt: "09:00:00", closesAt: "17:00:00" }]],
  ["Monday to Friday 9.30am to noon", [{ byday: "MO,TU,WE,TH,FR", opensAt: "09:30", closesAt: "12:00" }]],
  [
    "Monday to Friday 9am to 5pm; Saturday 10am to 1pm",
    [
      { byday: "SA", opensAt: "10:00", closesAt: "13:00" },
      { byday: "MO,TU,WE,TH,FR", opensAt: "09:00:00Z", closesAt: "17:00:00Z" },
    ],
  ],
  ["Monday and Thursday", [{ byday: "TH,MO" }]],
  ["Monday, Wednesday and Friday from 10am", [{ byday: "MO,WE,FR", opensAt: "10:00" }]],
  ["every day at any hour", [{ byday: "MO,TU,WE,TH,FR,SA,SU", opensAt: "00:00", closesAt: "24:00" }]],
  ["every day 8am to midnight", [{ freq: "DAILY", opensAt: "08:00", closesAt: "24:00" }]],
  [
    "first Tuesday of the month 2pm to 4pm",
    [{ freq: "MONTHLY", byday: "1TU", opensAt: "14:00", closesAt: "16:00" }],
  ],
  [
    "first and third Thursday of the month 2pm to 4pm",
    [{ freq: "MONTHLY", byday: "1TH,3TH", opensAt: "14:00", closesAt: "16:00" }],
  ],
  ["last Friday of the month", [{ freq: "MONTHLY", byday: "-1FR" }]],
  ["every other Wednesday 1pm to 3pm", [{ interval: "2", byday: "WE", opensAt: "13:00", closesAt: "15:00" }]],
  ["Monday 9am to 5pm", [{ byday: "Monday", opensAt: "0900", closesAt: "1700" }]],
])("says “%s”", (words, schedules) => {
  expect(said(...schedules)).toBe(words);
});

test("one day given in seven schedules with the same hours is said once, as a range", () => {
  const days = ["MO", "TU", "WE", "TH", "FR"].map((byday) => ({
    byday,
    opensAt: "09:00",
    closesAt: "17:00",
  }));
  expect(said(...days)).toBe("Monday to Friday 9am to 5pm");
});

test("a schedule that has ended says nothing; one whose days of validity are the same is not taken as ended", () => {
  const over = { byday: "MO", validFrom: "2020-01-01", validTo: "2022-12-31" };
  expect(said(over)).toBe("");
  expect(said({ ...over, validTo: "2030-01-01" })).toBe("Monday");
  expect(said({ ...over, validTo: "2020-01-01" })).toBe("Monday");
});

test.each(["", "never", "25:99", "MO..FR", "🙂"])("what cannot be read says nothing: %s", (text) => {
  expect(openingsOf(schedule({ byday: text, opensAt: text, closesAt: text }), TODAY)).toEqual<Opening[]>([]);
});
