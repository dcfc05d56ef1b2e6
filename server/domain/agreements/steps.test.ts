import { expect, test } from "vitest";
import { mayDo } from "./steps";

type Version = Parameters<typeof mayDo>[1];
const draft: Version = { state: "draft", standing: "draft", isOurs: true, isLatest: true, waitsForUs: false };
const proposed: Version = {
  ...draft,
  state: "proposed",
  standing: "waiting-for-signatures",
  waitsForUs: true,
};
const signed: Version = { ...draft, state: "signed", standing: "in-force" };
const theirs = { isOurs: false };

test.each<[string, Parameters<typeof mayDo>[0], Version, string]>([
  ["a manager writes a draft of their own", ["manager"], draft, "edit propose comment withdraw"],
  ["a manager does not sign", ["manager"], proposed, "comment withdraw"],
  ["an officer signs what waits for them", ["officer"], proposed, "comment sign withdraw"],
  [
    "an officer may decline another's proposal",
    ["officer"],
    { ...proposed, ...theirs },
    "comment sign withdraw",
  ],
  ["a manager may not", ["manager"], { ...proposed, ...theirs }, "comment"],
  ["an officer gives notice of what is in force", ["officer"], signed, "withdraw renew"],
  ["notice is given once", ["officer"], { ...signed, state: "withdrawn", standing: "notice-given" }, "renew"],
  ["nothing is left to end of what is over", ["officer"], { ...signed, standing: "ended" }, "renew"],
  [
    "a superseded one that still runs can be ended",
    ["officer"],
    { ...signed, state: "superseded", isLatest: false },
    "withdraw",
  ],
  ["a caseworker reads", ["caseworker"], proposed, ""],
])("%s", (_, roles, version, steps) => {
  const may = Object.entries(mayDo(roles, version)).filter(([, is]) => is);
  expect(may.map(([step]) => step).join(" ")).toBe(steps);
});
