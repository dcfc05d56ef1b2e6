/** The calendar as another program reads it: the reader below follows RFC 5545 and knows nothing of the writer. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CalendarAction, calendarText, fold, textValue } from "./calendar";

interface Property {
  name: string;
  parameters: Readonly<Record<string, string>>;
  value: string;
}
interface Component {
  name: string;
  properties: Property[];
  parts: Component[];
}

/** Reads a calendar strictly: lines end in CRLF, are 75 octets or fewer, and unfold before anything else. */
function read(text: string): Component {
  expect(text.endsWith("\r\n")).toBe(true);
  const physical = text.slice(0, -2).split("\r\n");
  for (const line of physical) {
    expect(line).not.toMatch(/[\r\n]/);
    expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  }
  const lines = physical
    .join("\r\n")
    .replace(/\r\n[ \t]/g, "")
    .split("\r\n");
  const root: Component = { name: "", properties: [], parts: [] };
  const open = [root];
  for (const line of lines) {
    const property = readLine(line);
    const parent = open.at(-1);
    if (!parent) throw new Error("Something ended that had not begun");
    if (property.name === "BEGIN") {
      const part = { name: property.value, properties: [], parts: [] };
      parent.parts.push(part);
      open.push(part);
    } else if (property.name === "END") {
      expect(parent.name).toBe(property.value);
      open.pop();
    } else parent.properties.push(property);
  }
  expect(open).toEqual([root]);
  const [calendar, ...more] = root.parts;
  if (!calendar || more.length > 0 || root.properties.length > 0) throw new Error("Not one calendar");
  return calendar;
}

function readLine(line: string): Property {
  const match = /^([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$/s.exec(line);
  if (!match) throw new Error(`Not a line of a calendar: ${line}`);
  const [, name = "", parameters = "", value = ""] = match;
  const pairs = parameters
    .split(";")
    .filter(Boolean)
    .map((pair) => pair.split("=") as [string, string]);
  return { name, parameters: Object.fromEntries(pairs), value };
}

const all = ({ properties }: Component, name: string) => properties.filter((each) => each.name === name);
const one = (component: Component, name: string): Property => {
  const [property, ...more] = all(component, name);
  if (!property || more.length > 0) throw new Error(`${component.name} has not one ${name}`);
  return property;
};
const textOf = (value: string) =>
  value.replace(/\\([\\;,nN])/g, (_, sign: string) => (/n/i.test(sign) ? "\n" : sign));

const action = (over: Partial<CalendarAction> = {}): CalendarAction => ({
  id: "019a0000-0000-7000-8000-000000000001",
  dueOn: "2026-11-24",
  changedAt: new Date("2026-11-20T09:30:15.678Z"),
  link: "https://needs.example.org/people/019a0000-0000-7000-8000-00000000abcd",
  ...over,
});

test("a due action is a whole day, with the address of the record and nothing of what it says", () => {
  const calendar = read(calendarText([action()]));
  expect(calendar.name).toBe("VCALENDAR");
  expect(one(calendar, "VERSION").value).toBe("2.0");
  expect(one(calendar, "PRODID").value).not.toBe("");
  expect(all(calendar, "METHOD")).toEqual([]);
  const [event, ...more] = calendar.parts;
  if (!event) throw new Error("There is no event");
  expect(more).toEqual([]);
  expect(event.name).toBe("VEVENT");
  expect(one(event, "UID").value).toBe("019a0000-0000-7000-8000-000000000001@common-need");
  expect(one(event, "DTSTAMP").value).toBe("20261120T093015Z");
  expect(one(event, "DTSTART")).toEqual({
    ...{ name: "DTSTART", parameters: { VALUE: "DATE" }, value: "20261124" },
  });
  expect(one(event, "DTEND")).toEqual({
    ...{ name: "DTEND", parameters: { VALUE: "DATE" }, value: "20261125" },
  });
  expect(textOf(one(event, "SUMMARY").value)).toBe("Action for a client, open Common Need");
  expect(one(event, "SUMMARY").value).toContain("\\,");
  expect(one(event, "URL").value).toBe(action().link);
  expect(textOf(one(event, "DESCRIPTION").value)).toBe(action().link);
});

test.each([
  ["2026-12-31", "20270101"],
  ["2028-02-28", "20280229"],
  ["2026-03-29", "20260330"],
])("the day after %s, when the clocks change too, is %s", (dueOn, end) => {
  const [event] = read(calendarText([action({ dueOn })])).parts;
  expect(event && one(event, "DTEND").value).toBe(end);
});

test("nothing due is still a calendar, with a part that shows nothing", () => {
  const { parts } = read(calendarText([]));
  expect(parts.map(({ name }) => name)).toEqual(["VTIMEZONE"]);
});

test("the same actions give the same text in whatever order they come", () => {
  const many = ["2026-11-24", "2026-11-22", "2026-11-23"].map((dueOn, at) =>
    action({ id: `id-${at}`, dueOn }),
  );
  expect(calendarText(many)).toBe(calendarText([...many].reverse()));
});

describe("lines", () => {
  test("of any characters fold to 75 octets and unfold to themselves", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 400 }).filter((text) => !/[\r\n]/.test(text)),
        (text) => {
          const folded = fold(text);
          for (const line of folded.split("\r\n")) {
            expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
          }
          expect(folded.replaceAll("\r\n ", "")).toBe(text);
        },
      ),
    );
  });

  test("of any text escape to one line and back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 100 }), (text) => {
        const value = textValue(text);
        expect(value).not.toMatch(/[\r\n]/);
        expect(value.replace(/\\[\\;,n]/g, "")).not.toMatch(/[\\;,]/);
        expect(textOf(value)).toBe(text.replace(/\r\n|\r/g, "\n"));
      }),
    );
  });
});
