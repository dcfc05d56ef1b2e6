import { beforeEach, expect, test } from "vitest";
import type { Json } from "../../_offline/device-state";
import { beginDraft, type Draft } from "./draft";
import {
  forgetDraft,
  keepDraft,
  keptDraft,
  lastChannel,
  lastPerson,
  lastPostcode,
  listUnfinished,
  rememberChannel,
  rememberPerson,
  rememberPostcode,
} from "./kept";

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

const draft: Draft = {
  ...beginDraft({
    contactId: "contact-1",
    clientId: "dawn",
    anonymous: false,
    serviceId: "service-1",
    channel: "phone",
    today: "2026-11-22",
  }),
  note: "Ring on Monday",
};
const dawn = { keeper: "dawn", href: "/contact?with=dawn", personName: "Dawn Hetherington" };
const kofi = { keeper: "kofi", href: "/contact?with=kofi", personName: "Kofi Mensah" };

test("a draft comes back as it was, and is listed until it is forgotten, the latest first", async () => {
  await keepDraft(verbs, dawn, draft);
  await keepDraft(verbs, kofi, { ...draft, clientId: "kofi" });
  await keepDraft(verbs, dawn, { ...draft, note: "Ring on Tuesday" });
  expect(await keptDraft(verbs, "dawn")).toEqual({ ...draft, note: "Ring on Tuesday" });
  expect(await listUnfinished(verbs)).toEqual([dawn, kofi]);
  await forgetDraft(verbs, "dawn");
  await forgetDraft(verbs, "kofi");
  expect(await keptDraft(verbs, "dawn")).toBeNull();
  expect(sealed.size).toBe(0);
});

test("what another version wrote counts as not there", async () => {
  await verbs.keep("draft:dawn", { version: 0, draft: {} });
  await verbs.keep("unfinished", [{ keeper: 1 }, "nonsense"]);
  await verbs.keep("last-person", { id: "dawn" });
  await verbs.keep("last-channel", "pigeon");
  expect(await keptDraft(verbs, "dawn")).toBeNull();
  expect(await listUnfinished(verbs)).toEqual([]);
  expect(await lastPerson(verbs)).toBeNull();
  expect(await lastChannel(verbs)).toBe("face-to-face");
});

test("the postcode named last is remembered, and for whom; a record's own is not", async () => {
  await rememberPostcode(verbs, draft);
  expect(await lastPostcode(verbs)).toBeNull();
  const place = { kind: "postcode", postcode: "SR1 3AA" } as const;
  await rememberPostcode(verbs, { ...draft, anonymous: true, place });
  await rememberPostcode(verbs, { ...draft, place: { kind: "unknown" } });
  expect(await lastPostcode(verbs)).toEqual({ postcode: "SR1 3AA", day: "2026-11-22", forNobody: true });
  await verbs.keep("last-postcode", "nonsense");
  expect(await lastPostcode(verbs)).toBeNull();
});

test("the person opened last and the channel used last are remembered", async () => {
  await rememberPerson(verbs, "dawn", 5);
  await rememberChannel(verbs, "visit");
  expect(await lastPerson(verbs)).toEqual({ id: "dawn", at: 5 });
  expect(await lastChannel(verbs)).toBe("visit");
});
