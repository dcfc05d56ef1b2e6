/** Three files looked over before they are sent: what the worker would refuse is said at once, by file and line. */

import { expect, test } from "vitest";
import { CODEBOOK, EVENTS_HEADER, PEOPLE_HEADER } from "../../testing-outcomes";
import { tableTemplates } from "./codebook-example";
import { checkDataSet } from "./data-set-check";
import { dataSetFileOf } from "./data-set-files";

const bytes = (text: string) => new TextEncoder().encode(text);
const PERSON = "P1,Quillon,Ravensworth,1980-02-03,M,SR1 3AA,2024-01-10,43,theft,North";
const check = (people: string[], events: string[], codebook: string = JSON.stringify(CODEBOOK)) =>
  checkDataSet({
    "codebook.json": bytes(codebook),
    "people.csv": bytes([PEOPLE_HEADER, ...people].join("\n")),
    "events.csv": bytes([EVENTS_HEADER, ...events].join("\n")),
  });

test("good files say what they hold", () => {
  expect(check([PERSON], ["P1,2024-05-02,proven"])).toEqual({
    ...{ ok: true, name: CODEBOOK.name, people: 1, eventsKept: 1, columnsLeftOut: [] },
  });
  expect(check([PERSON], [])).toMatchObject({ ok: true, eventsKept: 0 });
});

test("bad rows are told by file, line and column", () => {
  expect(check([PERSON, PERSON], [])).toMatchObject({
    ok: false,
    wrong: [{ file: "people.csv", rows: 1, faults: [{ line: 3, column: "index_date" }] }],
  });
  expect(check([PERSON], ["P2,2024-05-02,proven"])).toMatchObject({
    ok: false,
    wrong: [{ file: "events.csv", faults: [{ line: 2, column: "record_id" }] }],
  });
  expect(check([], [])).toMatchObject({ ok: false, wrong: [{ file: "people.csv" }] });
});

test("everything that is wrong with a row is told at once", () => {
  const found = check(["P1,Quillon,Ravensworth,1980-02-30,M,SR1 3AA,2031-01-10,old,arson,North"], []);
  if (found.ok) throw new Error("It has faults");
  expect(found.wrong).toMatchObject([{ file: "people.csv", rows: 1 }]);
  expect(found.wrong[0]?.faults.map(({ line, column }) => `${line} ${column}`)).toEqual([
    ...["2 date_of_birth", "2 index_date", "2 age", "2 offence"],
  ]);
  expect(check([PERSON], ["P2,2031-01-01,unknown", "P1,2024-05-02"])).toMatchObject({
    wrong: [
      {
        rows: 2,
        faults: [{ column: "record_id" }, { column: "date" }, { column: "kind" }, { line: 3, column: "" }],
      },
    ],
  });
});

test("a file is known by what is in it, and by its name where that does not say", () => {
  const of = (name: string, text: string) => dataSetFileOf(name, bytes(text));
  expect(of("a.csv", `${EVENTS_HEADER}\nP1,2024-05-02,proven`)).toBe("events.csv");
  expect(of("events.csv", `${PEOPLE_HEADER}\n${PERSON}`)).toBe("people.csv");
  expect(of("a.csv", EVENTS_HEADER.replaceAll(",", ";"))).toBe("events.csv");
  expect(of("a.txt", JSON.stringify(CODEBOOK))).toBe("codebook.json");
  expect(of("events 2024.xlsx", "PK")).toBe("events.csv");
  const { "people.csv": people, "events.csv": events } = tableTemplates(CODEBOOK);
  expect([of("", people), of("", events)]).toEqual(["people.csv", "events.csv"]);
});

test("so are a codebook that is none, one with a fault, and a table without a column", () => {
  expect(check([PERSON], [], "{")).toMatchObject({ ok: false, wrong: [{ file: "codebook.json", rows: 0 }] });
  expect(check([PERSON], [], JSON.stringify({ ...CODEBOOK, from: "2030-01-01" }))).toMatchObject({
    wrong: [{ file: "codebook.json", faults: [{ column: "to" }] }],
  });
  expect(
    checkDataSet({
      "codebook.json": bytes(JSON.stringify(CODEBOOK)),
      "people.csv": bytes("record_id,first_name,last_name\n1,A,B"),
      "events.csv": bytes(EVENTS_HEADER),
    }),
  ).toMatchObject({
    wrong: [
      {
        file: "people.csv",
        faults: [{ line: 0, reason: expect.stringContaining("no column date_of_birth") }],
      },
    ],
  });
});

test("a codebook with a fault is not quoted: it may be another file, and what is in it somebody's", () => {
  const secret = "quillfeather";
  const [covariate] = CODEBOOK.covariates;
  const [event] = CODEBOOK.events;
  const [outcome] = CODEBOOK.outcomes;
  const twice = <T>(one: T) => [one, one];
  for (const over of [
    { [secret]: 1 },
    { name: { [secret]: 1 } },
    { covariates: twice({ ...covariate, name: secret }) },
    { covariates: [{ ...covariate, name: "a b", [secret]: 1 }] },
    { covariates: [{ ...covariate, type: secret }] },
    { covariates: [{ name: "kind", label: "Kind", type: "category", levels: { [secret]: 7 } }] },
    { events: twice({ ...event, kind: secret }) },
    { events: [{ kind: secret, label: "x" }], outcomes: [{ ...outcome, type: "number", kinds: [secret] }] },
    { outcomes: [{ ...outcome, kinds: [secret] }] },
    { outcomes: twice({ ...outcome, name: secret }) },
    { from: secret },
  ]) {
    const found = check([PERSON], [], JSON.stringify({ ...CODEBOOK, ...over }));
    expect(found.ok, JSON.stringify(over)).toBe(false);
    expect(JSON.stringify(found)).not.toContain(secret);
  }
});
