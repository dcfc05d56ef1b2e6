import { expect, test } from "vitest";
import { lookerInWords, lookInWords } from "./look-words";

const looked = (detail: string, group = "caseworker") => ({
  action: "sharing.looked",
  memberName: null,
  elsewhere: "Harbour Housing",
  detail: { byOrganisation: 7, group, purpose: "early-help", detail },
  people: 1,
});

test("a look by another organisation says who, what was learned and what for, and nobody's name", () => {
  expect(lookerInWords(looked("known-to"))).toBe("A caseworker at Harbour Housing");
  expect(lookerInWords(looked("coded", "analyst"))).toBe("An analyst at Harbour Housing");
  expect(lookInWords(looked("known-to"))).toBe(
    "Learned that this person is known to you. Purpose: early help",
  );
  expect(lookInWords(looked("full"))).toBe(
    "Saw which needs this person has, their name and telephone number. Purpose: early help",
  );
  expect(lookInWords({ ...looked("rag"), action: "sharing.listed", people: 30 })).toBe(
    "Made a list, and learned that this person is known to you, and how serious it is. Purpose: early help",
  );
});

test("a look of one's own organisation goes by name, and what the software did by its own", () => {
  const own = { action: "client.read", memberName: "Amira Rahman", elsewhere: null, detail: {}, people: 1 };
  expect([lookerInWords(own), lookInWords(own)]).toEqual(["Amira Rahman", "Opened the record"]);
  expect(lookerInWords({ ...own, memberName: null })).toBe("Common Need");
});
