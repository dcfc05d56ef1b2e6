/** What the last periods find together. */
import { expect, test } from "vitest";
import { rankAreas } from "./finding";
import { periodsTitle } from "./periods";
import { figuresOf } from "./testing-figures";

const mapOf = (values: readonly (number | null)[]) => {
  const figures = figuresOf(values);
  return { figures, ranked: rankAreas(figures, "people") };
};

test("the title names the area that is highest most often", () => {
  const maps = [mapOf([20, 30, null]), mapOf([40, 30, null]), mapOf([20, 50, null])];
  expect(periodsTitle(maps, "quarter")).toBe("Money and debt: SR1 2 is highest in 2 of the last 3 quarters");
});

test("an area that shares the highest figure is highest too", () => {
  const maps = [mapOf([30, 30]), mapOf([20, 50])];
  expect(periodsTitle(maps, "month")).toBe("Money and debt: SR1 2 is highest in 2 of the last 2 months");
});

test("where most show no figure in a period, the highest is only so among those that do", () => {
  const maps = [mapOf([20, 30]), mapOf([40, null, null])];
  expect(periodsTitle(maps, "quarter")).toBe(
    "Money and debt: SR1 2 is highest in 1 of the last 2 quarters, among the sectors that show a figure",
  );
});

test("where every figure is hidden nothing is called highest", () => {
  expect(periodsTitle([mapOf([null, null])], "year")).toBe("Money and debt: nothing to show in these years");
});
