/**
 * Every statistical attack that is played, on the product and on its peers, with the limit that the product must keep.
 * Limits are those of `docs/methods/disclosure.md`; none is ever loosened.
 */

import type { Telling } from "./classifier";
import {
  everyCut,
  type Game,
  type Guessing,
  lessOwnCaseload,
  periodLessShorter,
  placeErrorsAlone,
  play,
  stillSet,
  totalLessParts,
} from "./counts";
import { ALWAYS, addOneByOne, arm, BOUNDED, MEMORYLESS } from "./insider";
import { addAlice, LAB_RULES, type LabRule } from "./lab";
import { KNOWING, knowAllOthers } from "./lab-knowing";
import type { Secret } from "./lab-world";
import { USUAL, watchNested } from "./nested";
import type { NestedSetting } from "./nested-world";
import { BOUNDED_QUOTA, LIVE, OPEN_PEERS, type OpenRule } from "./open-rules";
import {
  firstAppearance,
  joinedBetweenMonths,
  openAgainstSettled,
  revised,
  stepInTheMeans,
} from "./over-time";
import { CELL_KEY, type ClosedRule, NHS, PEERS, RAW, SDC, TEN_FIVE, UNDER_5 } from "./rules";

/** What an attack came to. */
export interface AttackLine {
  id: string;
  rule: string;
  case: string;
  score: number;
  /** What the product must keep; no limit was set for some. */
  limit?: number;
  /** Share of trials in which one could be 95% sure of a true count of 1 to 9. */
  certain?: number;
  /** The same by somebody who knows beforehand that there are 1 to 9. */
  certain_of_some?: number;
  /** Share of Alice's visits of which one could be 95% sure. */
  proved?: number;
  /** Open periods of cells that were watched. */
  cells?: number;
  /** For a peer: the attack must succeed against it, or it could not have succeeded against anything. */
  mustExceed?: number;
}

/** An attack, or a few that one run of worlds serves. */
export interface Play {
  name: string;
  /** `worlds`: how many the nested watch learns on, and as many to tell apart. All other numbers follow it. */
  run(worlds: number): AttackLine[];
}

/** Trials of the cheap attacks for each world of the nested watch. */
const TRIALS = 5;
/** Peers are so far over that a quarter shows it. */
const PEER_SHARE = 4;

const NESTED = 0.25;
const SINGLE = 0.15;

/** A nested watch over the product. D1b was given its limit down to a quarter of the expected flow. */
function nested(setting: Partial<NestedSetting>, what: string, alone: boolean): Play {
  const whole = { ...USUAL, ...setting };
  const name = `${what}, flow x ${whole.flow}`;
  return {
    name: `D1b ${name}`,
    run(worlds) {
      const { nested: all, single, cells } = watchNested(LIVE, whole, worlds, `D1b ${name}`);
      const lines: AttackLine[] = [
        {
          id: "D1b",
          rule: SDC.name,
          case: `every cell, ${name}`,
          ...told(all),
          ...(whole.flow >= 0.25 && { limit: NESTED }),
          cells,
        },
      ];
      if (alone)
        lines.unshift({
          id: "D1",
          rule: SDC.name,
          case: `best cell, ${name}`,
          ...told(single),
          limit: SINGLE,
        });
      return lines;
    },
  };
}

function nestedPeer(rule: OpenRule, tickSeconds: number, words: string, mustExceed: boolean): Play {
  const name = `every cell, ${words}`;
  return {
    name: `D1b ${rule.name} ${name}`,
    run(worlds) {
      const setting = { ...USUAL, tickSeconds };
      const { nested: all, single, cells } = watchNested(rule, setting, Math.ceil(worlds / PEER_SHARE), name);
      return [
        { id: "D1", rule: rule.name, case: `best cell, ${words}`, ...told(single) },
        {
          id: "D1b",
          rule: rule.name,
          case: name,
          ...told(all),
          cells,
          ...(mustExceed && { mustExceed: NESTED }),
        },
      ];
    },
  };
}

const told = ({ advantage, proved }: Telling) => ({ score: advantage, proved });
const guessed = ({ exact, certain, certainOfSome }: Guessing) => ({
  score: exact,
  certain,
  certain_of_some: certainOfSome,
});

/** A guess at a hidden count, by the product's rule and by peers; those in `beaten` must be beaten. */
function guesses(
  id: string,
  what: string,
  limit: number,
  game: (rule: ClosedRule) => Game,
  {
    peers = PEERS,
    beaten = [],
    share = 1,
  }: { peers?: readonly ClosedRule[]; beaten?: readonly ClosedRule[]; share?: number } = {},
): Play[] {
  return [SDC, ...peers].map((rule) => ({
    name: `${id} ${rule.name} ${what}`,
    run(worlds) {
      const trials = Math.ceil((worlds * TRIALS * share) / (rule === SDC ? 1 : PEER_SHARE));
      const result = guessed(play(trials, `${id} ${what}`, game(rule)));
      return [
        {
          id,
          rule: rule.name,
          case: what,
          ...result,
          ...(rule === SDC && { limit }),
          ...(beaten.includes(rule) && { mustExceed: limit }),
        },
      ];
    },
  }));
}

const LAB_LIMIT = 0.6;
/** The same, and what chance adds to a score of so few worlds: the errors are made for 0.60 of whoever moves all outcomes. */
const KNOWING_LIMIT = LAB_LIMIT + 0.03;
/** Two runs of a study are dear: as many worlds of them for each of the nested watch. */
const LAB_SHARE = 0.05;

/** What is told of one who is added to a cohort: how often a guess at even odds is right. */
function addsAlice(secret: Secret, what: string): Play {
  return {
    name: `D11 ${what}`,
    run(worlds) {
      const tellings = addAlice(secret, Math.max(40, Math.ceil(worlds * LAB_SHARE)), "bench");
      return LAB_RULES.map((rule) => ({
        id: "D11",
        rule: rule === "sdc-1 unguarded" ? SDC.name : rule,
        case: `${LAB_CASES[rule]}: ${what}`,
        score: (1 + tellings[rule].advantage) / 2,
        ...((rule === "sdc-1" || (rule === "sdc-1 unguarded" && secret === "outcome")) && {
          limit: LAB_LIMIT,
        }),
        ...((rule === "raw" || rule === "subset-key") && { mustExceed: LAB_LIMIT }),
      }));
    },
  };
}

/** Somebody who knows what became of everybody but Alice. What several runs tell him has no limit: the page says it. */
const knowing: readonly Play[] = KNOWING.map((of) => ({
  name: `D11 by somebody who knows what became of all others: ${of.what}`,
  run(worlds) {
    const { advantage } = knowAllOthers(of, Math.max(40, Math.ceil(worlds * LAB_SHARE)), "bench");
    return [
      {
        id: "D11",
        rule: SDC.name,
        case: `data lab, the outcomes of all others known: ${of.what}`,
        score: (1 + advantage) / 2,
        ...(of.runs === 1 && { limit: KNOWING_LIMIT }),
      },
    ];
  },
}));

const LAB_CASES: Readonly<Record<LabRule, string>> = {
  "sdc-1": "data lab with one person more",
  "sdc-1 unguarded": "the same by two organisations that share every name and report",
  "subset-key": "the same, errors follow those counted",
  raw: "the same, numbers as they are",
};

/** Telling worlds with Alice from those without, by the product's rule and by peers. */
function tellings(
  id: string,
  what: string,
  limit: number,
  tell: (rule: ClosedRule, worlds: number, seed: string) => Telling,
  { peers = PEERS, beaten = [] }: { peers?: readonly ClosedRule[]; beaten?: readonly ClosedRule[] } = {},
): Play[] {
  return [SDC, ...peers].map((rule) => ({
    name: `${id} ${rule.name} ${what}`,
    run(worlds) {
      const size = Math.ceil((worlds * TRIALS) / (rule === SDC ? 1 : PEER_SHARE));
      return [
        {
          id,
          rule: rule.name,
          case: what,
          ...told(tell(rule, size, `${id} ${what}`)),
          ...(rule === SDC && { limit }),
          ...(beaten.includes(rule) && { mustExceed: limit }),
        },
      ];
    },
  }));
}

const DAY = 86_400;
const TICKS = [
  [10, "every 10 seconds"],
  [DAY, "every day"],
] as const;

const WATCHES: readonly Play[] = [
  ...[1, 0.5, 0.25, 0.1].map((flow) => nested({ flow }, "product's clocks", true)),
  ...[1, 0.5, 0.25].map((flow) => nested({ flow, settledToo: true }, "settled figures read too", false)),
  ...[1, 0.25].map((flow) => nested({ flow, size: 0.25 }, "areas a quarter as large", false)),
  ...[1, 0.25].map((flow) => nested({ flow, size: 5 }, "areas five times as large", false)),
  nested({ flow: 0.25, county: "alias" }, "one county, served as one cell", false),
  nested({ flow: 0.25, county: "three names" }, "one county under three names", false),
  ...[4, 12].flatMap((insider) =>
    [1, 0.25].map((flow) => nested({ flow, insider }, `an insider adds ${insider} just before`, false)),
  ),
  ...TICKS.flatMap(([seconds, words]) => [
    nestedPeer(BOUNDED_QUOTA, seconds, words, true),
    ...OPEN_PEERS.map((peer) => nestedPeer(peer, seconds, words, true)),
  ]),
];

const growing = (rule: OpenRule, perSlot: number | null, peer: boolean): Play => ({
  name: `D2 ${rule.name} ${perSlot}`,
  run: (worlds) => [
    {
      id: "D2",
      rule: rule.name,
      case:
        perSlot === null ? "first appearance, one at a time" : `first appearance, ${perSlot} people a slot`,
      ...guessed(
        firstAppearance(rule, perSlot, Math.ceil((worlds * TRIALS) / (peer ? PEER_SHARE : 1)), "D2"),
      ),
      ...(peer ? { mustExceed: 0.35 } : { limit: 0.35 }),
    },
  ],
});

const INVENTED = 60;
const D4_SHARE = 3;
const inside = (
  rule: OpenRule,
  known: ClosedRule,
  hazard: (waiting: number) => number,
  bound: Partial<AttackLine>,
): Play => ({
  name: `D4 ${rule.name}`,
  run: (worlds) => {
    const trials = Math.ceil(worlds / (rule === LIVE ? 1 : D4_SHARE));
    const result = addOneByOne(rule, known, hazard, { invented: INVENTED, trials, seed: "D4" });
    return [
      {
        id: "D4",
        rule: rule.name,
        case: `${INVENTED} invented people one by one`,
        ...guessed(result),
        ...bound,
      },
    ];
  },
});

const armed = (rule: OpenRule, budget: number, bound: Partial<AttackLine>): Play => ({
  name: `D4b ${rule.name} ${budget}`,
  run: (worlds) => [
    {
      id: "D4b",
      rule: rule.name,
      case: `armed with up to ${budget} invented people`,
      score: arm(rule, budget, worlds * TRIALS, `D4b ${budget}`).advantage,
      ...bound,
    },
  ],
});

const [, , , tenFiveLive, cellKeyLive] = OPEN_PEERS;
if (!tenFiveLive || !cellKeyLive) throw new Error("A peer is missing");

const INSIDERS: readonly Play[] = [
  inside(LIVE, SDC, MEMORYLESS, { limit: 0.35 }),
  inside(BOUNDED_QUOTA, SDC, BOUNDED, {}),
  inside(tenFiveLive, TEN_FIVE, ALWAYS, { mustExceed: 0.35 }),
  inside(cellKeyLive, CELL_KEY, ALWAYS, { mustExceed: 0.35 }),
  ...[30, 120, 960].map((budget) => armed(LIVE, budget, { limit: 0.15 })),
  ...[30, 120].map((budget) => armed(BOUNDED_QUOTA, budget, { mustExceed: 0.25 })),
];

const PARTS = [1, 2, 4];
const EXACT = [RAW, UNDER_5];

export const PLAYS: readonly Play[] = [
  addsAlice("outcome", "whether it happened to her"),
  addsAlice("records", "whether she is in the records"),
  ...knowing,
  ...WATCHES,
  ...[10, 3].map((perSlot) => growing(LIVE, perSlot, false)),
  ...OPEN_PEERS.map((peer) => growing(peer, null, true)),
  ...guesses("D3", "a set that does not change, for a year", 0.3, stillSet, { peers: [RAW, NHS, CELL_KEY] }),
  ...INSIDERS,
  ...PARTS.flatMap((parts) =>
    guesses("D5", `total less ${parts}`, 0.3, (rule) => totalLessParts(rule, parts), { beaten: EXACT }),
  ),
  ...PARTS.flatMap((parts) =>
    guesses(
      "D5b",
      `total less ${parts}, place errors alone left`,
      0.35,
      (rule) => placeErrorsAlone(rule, parts),
      {
        peers: [CELL_KEY],
        beaten: [CELL_KEY],
      },
    ),
  ),
  ...guesses(
    "D6",
    "twelve cuts of a parent into 4 to 8",
    0.3,
    (rule) => everyCut(rule, [4, 5, 6, 7, 8, 4, 5, 6, 7, 8, 6, 6]),
    { peers: [NHS, CELL_KEY], beaten: [NHS, CELL_KEY], share: 0.2 },
  ),
  ...guesses(
    "D6",
    "every cut on the menu: age, sex, deprivation, sectors, districts",
    0.3,
    (rule) => everyCut(rule, [8, 4, 10, 10, 4]),
    { peers: [NHS, CELL_KEY], share: 0.2 },
  ),
  ...guesses("D8", "less one's own caseload", 0.35, lessOwnCaseload, { beaten: EXACT }),
  ...guesses("P1", "quarter less two months", 0.35, (rule) => periodLessShorter(rule, "month"), {
    beaten: EXACT,
  }),
  ...guesses("P2", "year less three quarters", 0.35, (rule) => periodLessShorter(rule, "quarter"), {
    beaten: EXACT,
  }),
  ...[0, 0.1, 0.5, 2, 6].flatMap((others) => [
    ...tellings(
      "P3",
      `month and next, ${others} others change`,
      0.15,
      (rule, worlds, seed) => joinedBetweenMonths(rule, others, worlds, seed),
      {
        beaten: others < 1 ? [RAW, CELL_KEY] : [],
      },
    ),
    ...tellings(
      "D3b",
      `12 and 12 months, ${others} others change a month`,
      0.15,
      // Twenty-four settlings a world, and a regression: fewer worlds serve.
      (rule, worlds, seed) => stepInTheMeans(rule, others, Math.ceil(worlds / 4), seed),
      { beaten: others < 1 ? [RAW] : [], peers: [RAW, NHS, CELL_KEY] },
    ),
  ]),
  ...[0, 1, 3, 8].flatMap((late) =>
    tellings(
      "P4",
      `open against settled, ${late} others late`,
      0.15,
      (rule, worlds, seed) => openAgainstSettled(rule, late, worlds, seed),
      {
        beaten: late < 2 ? [RAW] : [],
        peers: [RAW, NHS, CELL_KEY],
      },
    ),
  ),
  ...[0, 1, 3, 6, 10].flatMap((late) =>
    tellings(
      "P5",
      `revision, ${late} others late`,
      0.15,
      (rule, worlds, seed) => revised(rule, late, "comes", worlds, seed),
      {
        beaten: late < 2 ? [RAW] : [],
        peers: [RAW, NHS, CELL_KEY],
      },
    ),
  ),
  ...[0, 3, 6].flatMap((late) =>
    tellings(
      "D9",
      `erased, unlinked or moved away, ${late} others late`,
      0.15,
      (rule, worlds, seed) => revised(rule, late, "goes", worlds, seed),
      {
        beaten: late < 2 ? [RAW] : [],
        peers: [RAW, NHS, CELL_KEY],
      },
    ),
  ),
];
