import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { GlassCase } from "../../../../server/break-glass";
import { GlassCaseCard } from "./glass-case";

const at = new Date("2026-11-23T07:49:00Z");
const reviewed: GlassCase = {
  id: "0190a000-0000-7000-8000-000000000001",
  isGiver: false,
  memberName: "Amira Haddow",
  memberRole: "caseworker",
  organisationName: "Wythershire Advice",
  givingOrganisationName: "Wytherhaven City Council",
  reason: "life-at-risk",
  words: "The door is open.",
  openedAt: at,
  endsAt: at,
  isOpen: false,
  hours: 1,
  looks: 1,
  found: true,
  dueOn: "2026-11-25",
  isOverdue: false,
  review: { verdict: "right", words: "The danger was real.", byName: "Martin Pell", at },
  clientIds: [],
};

test.each([
  [true, "opened a record of Wytherhaven City Council"],
  [false, "asked for a record of Wytherhaven City Council"],
])("a record is said to be opened where there was one: %s", (found, words) => {
  const html = renderToStaticMarkup(<GlassCaseCard given={{ ...reviewed, found }} />);
  expect(html.replaceAll(/<[^>]+>/g, "")).toContain(words);
});
