import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { linkQuality, type QualityCount } from "../../../server/domain/link-quality";
import type { QualityPage } from "../../../server/link-quality";
import { Quality } from "./quality";

const few: QualityPage = {
  ...linkQuality([]),
  waits: { waiting: "few", oldestDays: null, withinAim: null, medianHours: null, ninetiethHours: null },
  outOfReach: { organisations: [], pairs: [] },
  automaticLinks: "few",
  own: null,
};
const check: QualityCount = {
  reason: "sample",
  model: "m1",
  band: 6,
  outcome: "same",
  firstWord: "same",
  reviews: 380,
  probabilitySum: 379.9,
};
const words = (quality: QualityPage) =>
  renderToStaticMarkup(<Quality quality={quality} />)
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");

test("Where there are few, the page does not tell them from none, and shows no nought", () => {
  const page = words(few);
  expect(page).toContain("Fewer than 10 automatic links so far");
  expect(page).not.toMatch(/\b0\b|NaN|null/);
});

test("Where there are many, the page tells them about, with what may be wrong of all", () => {
  const wrong: QualityCount = {
    ...check,
    outcome: "open",
    firstWord: "different",
    reviews: 20,
    probabilitySum: 19.9,
  };
  const page = words({ ...few, ...linkQuality([check, wrong]), automaticLinks: 5120 });
  expect(page).toContain("Of about 400 automatic links checked, about 5.0% were wrong");
  expect(page).toContain("linked about 5,120 pairs");
  expect(page).toMatch(/Of all of them, \d\.\d% to \d\.\d% may be wrong/);
  expect(page).toContain("About 20 are drawn and not decided");
});

test("Whose pairs nobody can decide is told, and nothing where there is a steward for all", () => {
  expect(words(few)).not.toContain("Nobody can decide");
  const outOfReach = { organisations: ["Advice"], pairs: [["Council", "Police"]] as [string, string][] };
  const page = words({ ...few, outOfReach });
  expect(page).toMatch(/Nobody can decide some pairs.*Advice.*Council and Police with each other/);
});

test("None found wrong is not told from a few, and still says how many may be", () => {
  const page = words({ ...few, ...linkQuality([check]), automaticLinks: 5120 });
  expect(page).toContain("hardly any was wrong");
  expect(page).toMatch(/up to \d\.\d% may be wrong/);
});
