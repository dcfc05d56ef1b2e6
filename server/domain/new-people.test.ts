import { expect, test } from "vitest";
import { newPeopleIn } from "./new-people";

test("a week above five times the usual one is unusual", () => {
  expect(newPeopleIn([51, 10, 9, 11, 10])).toEqual({ lately: 51, usual: 10, isUnusual: true });
  expect(newPeopleIn([50, 10, 9, 11, 10]).isUnusual).toBe(false);
});

test("one busy week among the others does not make busy weeks usual", () => {
  expect(newPeopleIn([60, 10, 400, 10, 10, 12])).toMatchObject({ usual: 10, isUnusual: true });
});

test("a handful is never unusual, even where hardly anybody comes", () => {
  expect(newPeopleIn([9, 0, 0, 0, 1])).toEqual({ lately: 9, usual: 0, isUnusual: false });
  expect(newPeopleIn([10, 0, 0, 0, 1]).isUnusual).toBe(true);
});

test("an organisation that has just begun has nothing usual yet", () => {
  expect(newPeopleIn([200, 30, 20, 0, 0, 0])).toEqual({ lately: 200, usual: null, isUnusual: false });
  expect(newPeopleIn([])).toEqual({ lately: 0, usual: null, isUnusual: false });
});

test("weeks longer ago than a quarter do not count", () => {
  expect(newPeopleIn([60, ...Array.from({ length: 12 }, () => 10), 500, 500]).usual).toBe(10);
});
