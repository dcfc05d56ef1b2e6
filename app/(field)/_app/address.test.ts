import { expect, test } from "vitest";
import { contactWith, detailsOf, readAddress } from "./address";

const CLIENT = "0198c0de-0000-7000-8000-000000000001";
const CONTACT = "0198c0de-0000-7000-8000-000000000002";
const read = readAddress;

test("an address leads back to what it was made from", () => {
  expect(read(contactWith(null))).toEqual({
    screen: "contact",
    clientId: null,
    correctsId: null,
    itemId: null,
    referralId: null,
  });
  expect(read(contactWith(CLIENT, { correctsId: CONTACT }))).toEqual({
    screen: "contact",
    clientId: CLIENT,
    correctsId: CONTACT,
    itemId: null,
    referralId: null,
  });
  expect(read(contactWith(CLIENT, { itemId: CONTACT }))).toMatchObject({ itemId: CONTACT });
  expect(read(detailsOf(CLIENT))).toEqual({
    screen: "details",
    clientId: CLIENT,
    itemId: null,
    fromContact: false,
  });
  expect(read(detailsOf(CLIENT, { itemId: CONTACT, fromContact: true }))).toMatchObject({
    itemId: CONTACT,
    fromContact: true,
  });
});

test("what is no id counts as none, so that nothing typed into an address is looked up", () => {
  expect(read("/contact?with=dawn")).toMatchObject({ clientId: null });
  expect(read(`/contact?with=${CLIENT.toUpperCase()}`)).toMatchObject({ clientId: CLIENT });
});

test("the record of a person is no field screen", () => {
  expect(read(`/people/${CLIENT}`)).toBeNull();
  expect(read("/people")).toEqual({ screen: "people" });
  expect(read("/outbox?leaving=1")).toEqual({ screen: "outbox", leaving: true });
});
