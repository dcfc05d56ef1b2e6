/** A made paper with every kind of block, for tests of what is shown. */
import type { Paper } from "../../../server/domain/impact/paper";

export const MADE_PAPER: Paper = {
  audience: "trustees",
  basis: "figures",
  from: "Wear Advice, Money advice",
  period: "July to September 2026",
  title: "We helped 485 people, mostly with money and debt",
  titleEdited: false,
  lead: "July to September 2026. Of 425 people with a need, 105 had it resolved.",
  leadEdited: true,
  headlines: [
    { value: "485", what: "people helped", note: "each counted once" },
    { value: "fewer than 10, or none", what: "people declined", note: "of 180 people referred" },
  ],
  sections: [
    {
      key: "needs",
      title: "What people needed help with",
      text: "Most people came with money and debt.\nSecond was housing.",
      edited: true,
      blocks: [
        {
          kind: "chart",
          name: "needs-bars",
          title: "310 people came with money and debt",
          says: "Bars show people.",
          chart: {
            kind: "bars",
            whole: "still open",
            part: "resolved",
            unit: "people",
            bars: [
              { label: "Money and debt", whole: 310, part: 105, note: "105 resolved" },
              { label: "Immigration", whole: null, part: null, note: "fewer than 10, or none" },
            ],
          },
          table: {
            name: "needs",
            caption: "People by kind of need",
            columns: [
              { key: "need", label: "Kind of need", type: "text", about: "The kind" },
              { key: "people", label: "People", type: "people", about: "People with it" },
              { key: "resolved", label: "Resolved", type: "people", about: "With it resolved" },
            ],
            rows: [
              ["Money and debt", 1310, 105],
              ["Immigration", "few", null],
            ],
          },
        },
        { kind: "words", words: ["One person can have more than one need."] },
      ],
      notes: [{ term: "Resolved", means: "A worker and the person agreed it was sorted." }],
    },
    {
      key: "value",
      title: "Value",
      text: "An estimate.",
      edited: false,
      blocks: [
        {
          kind: "table",
          title: "What it may be worth",
          table: {
            name: "value",
            caption: "Estimated value",
            columns: [
              { key: "what", label: "What", type: "text", about: "The unit" },
              { key: "people", label: "People", type: "people", about: "People" },
              { key: "worth", label: "Worth", type: "money", about: "Pounds" },
              { key: "share", label: "Share", type: "percent", about: "Share" },
              { key: "points", label: "Points", type: "score", about: "Points" },
            ],
            rows: [["Eviction avoided", "few", 2300, 37, 1.7]],
          },
        },
      ],
      notes: [],
    },
    {
      key: "stories",
      title: "One person’s story",
      text: "In their words.",
      edited: false,
      blocks: [
        {
          kind: "story",
          quote: ["I had stopped opening the post.", "Now I know what I owe."],
          who: "Somebody we helped with debts.",
          consent: "Shared with written consent.",
        },
      ],
      notes: [],
    },
  ],
  counted: ["Each person counts once."],
  limits: ["What would have happened without us."],
  foot: "Counted on 24 November 2026.",
  countedOn: "2026-11-24",
  version: { number: 2, changes: ["3 contacts were entered late: people helped rose from 480 to 485."] },
};
