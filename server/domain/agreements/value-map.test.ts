import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DETAILS, type Detail, GROUPS, type Group, PLACES, type Place } from "./grid";
import {
  canExist,
  cellNumber,
  type GroupLevel,
  isSupported,
  knee,
  ladder,
  lesserWays,
  minimumSet,
  USUAL_COSTS,
  usualValues,
  type ValueActionFields,
  valueActionFields,
  WORKS_FROM,
} from "./value-map";

const action = (group: Group, place: Place, detail: Detail): ValueActionFields => ({
  ...{ name: `An action of a ${group}`, group, wanted: true },
  values: [...usualValues(group, { place, detail })],
  costs: [...USUAL_COSTS],
});

/** Any action that the schema takes: what remains and what it costs never falls with more detail. */
const anyAction: fc.Arbitrary<ValueActionFields> = fc
  .record({
    group: fc.constantFrom(...GROUPS),
    values: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 28, maxLength: 28 }),
    costs: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 28, maxLength: 28 }),
  })
  .map(({ group, values, costs }) => {
    const rising = (numbers: readonly number[]) =>
      numbers.map((_, at) => Math.max(...numbers.slice(at - (at % 4), at + 1)));
    const possible = rising(values).map((value, at) => {
      const [place, detail] = [PLACES[Math.floor(at / 4)], DETAILS[at % 4]];
      return place && detail && canExist(group, { place, detail }) ? value : 0;
    });
    return { name: "Anything", group, wanted: true, values: possible, costs: rising(costs) };
  })
  .filter((each) => valueActionFields.safeParse(each).success);

describe("what usually remains", () => {
  test("is everything at the level that the action needs and half a step short of it", () => {
    const values = usualValues("caseworker", { place: "person", detail: "coded" });
    expect(values[cellNumber("person", "coded")]).toBe(100);
    expect(values[cellNumber("person", "full")]).toBe(100);
    expect(values[cellNumber("person", "rag")]).toBe(50);
    expect(values[cellNumber("household", "rag")]).toBe(25);
  });

  test("is nothing from rows of places when figures are needed, and nothing where a group may see nothing", () => {
    expect(usualValues("manager", { place: "sector", detail: "coded" })[cellNumber("person", "full")]).toBe(
      0,
    );
    expect(
      usualValues("commissioner", { place: "person", detail: "known-to" })[cellNumber("person", "known-to")],
    ).toBe(0);
  });

  test("is taken by the schema for every group and level", () => {
    for (const group of GROUPS)
      for (const place of PLACES)
        for (const detail of DETAILS)
          expect(valueActionFields.safeParse(action(group, place, detail)).success).toBe(true);
  });
});

describe("the way down", () => {
  test("loses by one step what was recorded for that step", () => {
    const values = [...usualValues("caseworker", { place: "person", detail: "full" })];
    values[cellNumber("person", "coded")] = 70;
    const steps = ladder([{ ...action("caseworker", "person", "full"), values }]);
    expect(steps.slice(0, 2)).toMatchObject([
      { place: "person", detail: "full", value: 100 },
      { place: "person", detail: "coded", value: 70 },
    ]);
  });

  test("takes nine steps, gives up one thing at each and never gains value", () => {
    fc.assert(
      fc.property(fc.array(anyAction, { minLength: 1, maxLength: 5 }), (actions) => {
        const steps = ladder(actions);
        expect(steps).toHaveLength(10);
        expect(steps.at(-1)).toMatchObject({ place: "authority", detail: "known-to" });
        for (const [at, step] of steps.slice(1).entries()) {
          expect(step.value).toBeLessThanOrEqual(steps[at]?.value ?? 0);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("the knee", () => {
  test("stands where the curve bends once", () => {
    const points = [0, 10, 20, 30, 60, 100].map((cost) => ({ cost, value: Math.min(cost * 3, 90) }));
    expect(knee(points)).toEqual({ cost: 30, value: 90 });
  });

  test("stands where 1 - exp(-kx) is as steep as its chord, for any k", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 12, noNaN: true }), (k) => {
        const points = Array.from({ length: 2001 }, (_, at) => ({
          cost: at / 2000,
          value: 1 - Math.exp((-k * at) / 2000),
        }));
        const known = Math.log(k / (1 - Math.exp(-k))) / k;
        expect(knee(points)?.cost).toBeCloseTo(known, 2);
      }),
      { numRuns: 40 },
    );
  });

  test("is the same whatever the axes are measured in, and in whatever order the points come", () => {
    const points = [1, 2, 3, 5, 9].map((cost) => ({ cost, value: Math.sqrt(cost) }));
    const other = points.map(({ cost, value }) => ({ cost: cost * 7 + 3, value: value * 40 - 9 })).reverse();
    expect(knee(other)?.cost).toBe((knee(points)?.cost ?? 0) * 7 + 3);
  });

  test("is not there on a straight line, one that bends up, a flat one, or without points", () => {
    expect(knee([0, 1, 2, 3].map((x) => ({ cost: x, value: x })))).toBeNull();
    expect(knee([0, 1, 2, 3].map((x) => ({ cost: x, value: x * x })))).toBeNull();
    expect(knee([0, 1].map((x) => ({ cost: x, value: 5 })))).toBeNull();
    expect(knee([])).toBeNull();
  });
});

describe("the least cells", () => {
  test("join actions that one cell can serve", () => {
    const { cells } = minimumSet([
      action("caseworker", "person", "coded"),
      action("caseworker", "person", "rag"),
      action("commissioner", "sector", "coded"),
    ]);
    expect(cells).toEqual([
      { group: "caseworker", place: "person", detail: "coded" },
      { group: "commissioner", place: "sector", detail: "coded" },
    ]);
  });

  test("name an action for which there is no cell", () => {
    const names = action("commissioner", "person", "full");
    expect(minimumSet([names])).toEqual({ cells: [], impossible: [names] });
  });

  test("cannot be lowered by a step or left out, for any actions", () => {
    fc.assert(
      fc.property(fc.array(anyAction, { minLength: 1, maxLength: 5 }), (actions) => {
        const { cells, impossible } = minimumSet(actions);
        const possible = actions.filter((each) => !impossible.includes(each));
        expect(possible.every((each) => isSupported(each, cells))).toBe(true);
        for (const [at, cell] of cells.entries()) {
          const lower = DETAILS[DETAILS.indexOf(cell.detail) - 1];
          const less = lower ? cells.with(at, { ...cell, detail: lower }) : cells.toSpliced(at, 1);
          expect(possible.every((each) => isSupported(each, less))).toBe(false);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("cost no more than the best of every way there is, tried one by one", () => {
    fc.assert(
      fc.property(fc.array(anyAction, { minLength: 1, maxLength: 3 }), (actions) => {
        const { cells, impossible } = minimumSet(actions);
        const possible = actions.filter((each) => !impossible.includes(each));
        expect(costOf(cells, possible)).toBe(cheapestOfAll(possible));
      }),
      { numRuns: 40 },
    );
  });
});

function costOf(cells: readonly GroupLevel[], actions: readonly ValueActionFields[]): number {
  let sum = 0;
  for (const { group, place, detail } of cells)
    for (const each of actions) if (each.group === group) sum += each.costs[cellNumber(place, detail)] ?? 0;
  return sum;
}

/** The slow way: every choice of one cell for each action; of a place that was chosen twice the fuller cell counts. */
function cheapestOfAll(actions: readonly ValueActionFields[], chosen: readonly GroupLevel[] = []): number {
  const [first, ...rest] = actions.filter((each) => !isSupported(each, chosen));
  if (!first) return costOf(chosen, all(actions));
  let best = Number.POSITIVE_INFINITY;
  for (const place of PLACES)
    for (const detail of DETAILS) {
      if ((first.values[cellNumber(place, detail)] ?? 0) < WORKS_FROM) continue;
      const others = chosen.filter((cell) => !(cell.group === first.group && cell.place === place));
      const next = [...others, { group: first.group, place, detail }];
      best = Math.min(best, cheapestOfAll([first, ...rest, ...supported(actions, chosen)], next));
    }
  return best;
}
const all = (actions: readonly ValueActionFields[]) => actions;
const supported = (actions: readonly ValueActionFields[], chosen: readonly GroupLevel[]) =>
  actions.filter((each) => isSupported(each, chosen));

describe("ways to share less", () => {
  const cells = [
    { group: "caseworker", place: "person", detail: "known-to", rests: "basis" },
    { group: "caseworker", place: "person", detail: "full", rests: "consent" },
    { group: "commissioner", place: "sector", detail: "coded", rests: "basis" },
  ] as const;
  const actions = [
    action("caseworker", "person", "full"),
    action("caseworker", "person", "coded"),
    action("commissioner", "sector", "coded"),
  ];

  test("say how many actions each of them leaves", () => {
    expect(lesserWays(cells, actions).map(({ name, supported }) => [name, supported])).toEqual([
      ["as-drafted", 3],
      ["no-names", 2],
      ["colours-only", 1],
      ["known-to-only", 1],
      ["figures-only", 1],
    ]);
  });

  test("leave out what would change nothing", () => {
    expect(lesserWays([cells[2]], actions).map(({ name }) => name)).toEqual(["as-drafted"]);
  });
});
