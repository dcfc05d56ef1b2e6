import { describe, expect, test } from "vitest";
import { makePaper } from "./make-paper";
import { type ExactNumbers, type FigureNumbers, type ImpactScope, measures } from "./numbers";
import { type Plan, planSchema } from "./plan";

const plan = (given: Partial<Plan> = {}): Plan => ({
  ...planSchema.parse({
    serviceId: null,
    period: "q:2026-Q2",
    audience: "trustees",
    sections: ["needs", "places"],
    framework: null,
    texts: {},
    storyIds: [],
  }),
  ...given,
});

const scope: ImpactScope = {
  organisationName: "Wear Advice",
  serviceName: "money advice",
  together: [],
  countedOn: "2026-11-24",
};

const figures = (people: FigureNumbers["people"]): FigureNumbers => ({
  basis: "figures",
  people,
  estimates: {
    resolution: null,
    acceptance: null,
    completion: null,
    severity: null,
    instruments: {},
  },
  areas: [],
  instruments: [],
  servicesWithoutList: [],
  yearBefore: null,
});

const NO_THINGS: ExactNumbers["things"] = {
  contacts: 0,
  issues: {},
  referrals: { sent: 0, accepted: 0, declined: 0, started: 0, completed: 0, "lost-touch": 0, waiting: 0 },
};

describe("a paper", () => {
  test("opens with how many people were helped and what they most often brought", () => {
    const paper = makePaper({
      plan: plan(),
      scope,
      numbers: figures({
        [measures.helped]: 485,
        [measures.need("brought", "*")]: 470,
        [measures.need("resolved", "*")]: 180,
        [measures.need("brought", "MON")]: 310,
        [measures.need("brought", "BEN")]: 265,
        [measures.need("brought", "HOU")]: 190,
      }),
    });
    expect(paper.title).toBe("We helped 485 people, most often with money and debt, benefits and housing");
    expect(paper.lead).toBe(
      "July to September 2026. About two in five of the people who brought a need had one resolved by 30 September 2026: 180 of 470.",
    );
    expect(paper.from).toBe("Wear Advice, money advice");
    expect(paper.sections.map(({ key }) => key)).toEqual(["needs", "places"]);
  });

  test("of a period without contacts says so, and no more", () => {
    const paper = makePaper({
      plan: plan(),
      scope,
      numbers: { ...figures({}), basis: "exact", things: NO_THINGS, contactsYearBefore: null },
    });
    expect(paper.title).toBe("No contacts were recorded in this period");
    expect(paper.headlines).toEqual([]);
    expect(paper.sections).toEqual([]);
  });

  test("of several organisations is never made of exact numbers", () => {
    expect(() =>
      makePaper({
        plan: plan(),
        scope: { ...scope, together: ["Wear Advice", "Wear Council"] },
        numbers: { ...figures({}), basis: "exact", things: NO_THINGS, contactsYearBefore: null },
      }),
    ).toThrow("figures");
  });
});
