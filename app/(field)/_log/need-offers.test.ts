import { expect, test } from "vitest";
import { needOffers } from "./need-offers";

const pairs = [{ need: "BAS-01", offer: "HOU-04", share: 0.4, people: 30 }];
const usual = ["BAS-01", "HOU-04", "HOU-01", "BAS-02"];

test("a need that is worth asking about is not offered a second time", () => {
  const { together, here } = needOffers({ named: ["BAS-01"], open: [], pairs, usual });
  expect(together.map(({ need }) => need.code)).toEqual(["HOU-04"]);
  expect(here).toEqual(["HOU-01", "BAS-02"]);
});

test("the service's own list leaves out what is open already", () => {
  expect(needOffers({ named: [], open: ["HOU-01"], pairs, usual })).toEqual({
    together: [],
    here: ["BAS-01", "HOU-04", "BAS-02"],
  });
});
