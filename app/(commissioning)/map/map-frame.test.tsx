import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { NoFigures } from "./map-frame";
import type { View } from "./view";

const view: View = {
  ...{ level: "sector", node: "HOU-04", period: "q:2026-Q1", measure: "people", area: null },
  ...{ beside: null, whole: false },
};
const refused = Object.assign(new Error("Not found"), {
  name: "TRPCClientError",
  data: { code: "NOT_FOUND" },
});

test.each([
  ["sector", refused, "Show it by postcode district"],
  ["district", refused, "Try again in a minute"],
  ["sector", new Error("no signal"), "Try again in a minute"],
  ["sector", null, "Reading the figures"],
] as const)("without a map by %s, after %s, it says: %s", (level, error, words) => {
  const control = { view: { ...view, level }, change: () => {} };
  const html = renderToStaticMarkup(<NoFigures error={error} control={control} />);
  expect(html).toContain(words);
});
