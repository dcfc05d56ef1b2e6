import { beforeEach, expect, test } from "vitest";
import type { FieldPerson, Json } from "../../_offline/device-state";
import { keepUnfinished } from "../_log/kept";
import { draftOf } from "./details-draft";
import { forgetTyping, keepTyping, keptTyping } from "./kept-details";

/** What the device keeps, as it comes back: written down and read again. */
const sealed = new Map<string, string>();
const verbs = {
  keep: async (name: string, value: Json | null) => {
    if (value === null) sealed.delete(name);
    else sealed.set(name, JSON.stringify(value));
  },
  kept: async (name: string): Promise<Json | null> => JSON.parse(sealed.get(name) ?? "null"),
};
beforeEach(() => sealed.clear());

const details = {
  givenName: "Dawn",
  familyName: "Hetherington",
  dateOfBirth: "1984-03-14",
  sex: "female",
  place: { kind: "postcode", postcode: "SR4 6AA" },
  address: "14 Whitby Street",
  homeIsSecret: false,
  phone: "07700 900123",
  email: null,
  reference: null,
} as const;
const dawn: FieldPerson = {
  id: "dawn",
  ...details,
  assignedToMe: true,
  lastContactOn: null,
  openIssues: [],
  sharing: "not-asked",
  conflicts: [],
  unsent: false,
  changed: [],
};
const untouched = { from: dawn, draft: draftOf(dawn) };
const typing = { from: dawn, draft: { ...draftOf(dawn), phone: "07700 900999" } };

test("what was typed and not saved is there again, until it is saved", async () => {
  await keepTyping(verbs, dawn, typing);
  expect((await keptTyping(verbs, dawn)).draft).toEqual(typing.draft);
  await forgetTyping(verbs, dawn.id);
  expect(await keptTyping(verbs, dawn)).toEqual(untouched);
});

test("what was typed before house and street, or a secret home, could be told is there again, with those that are known", async () => {
  const { address: _, homeIsSecret: _secret, ...from } = details;
  const { address: __, homeIsSecret: __secret, ...draft } = typing.draft;
  await keepUnfinished(
    verbs,
    { keeper: `details:${dawn.id}`, href: "/details", personName: "Dawn" },
    { from, draft },
  );
  expect((await keptTyping(verbs, dawn)).draft).toEqual(typing.draft);
});

test.each<[string, Json]>([
  ["nothing of the kind", "a text"],
  ["an empty draft", { from: {}, draft: {} }],
  ["a detail of another kind", { from: { ...details, sex: "f" }, draft: { ...typing.draft } }],
  [
    "a place without its postcode",
    { from: { ...details, place: { kind: "postcode" } }, draft: { ...typing.draft } },
  ],
])("what another version kept is left alone: %s", async (_, kept) => {
  await keepUnfinished(verbs, { keeper: `details:${dawn.id}`, href: "/details", personName: "Dawn" }, kept);
  expect(await keptTyping(verbs, dawn)).toEqual(untouched);
});
