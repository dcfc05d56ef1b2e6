import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { WhoIsTold } from "./who-is-told";

// That it is so is tried in server/break-glass.test.ts and server/break-glass-news.test.ts.
test("whoever opens emergency access reads who is told, and that an organisation without a record is not", () => {
  const words = renderToStaticMarkup(<WhoIsTold />).replaceAll(/<[^>]+>/g, " ");
  expect(words).toContain("officers of your organisation are told at once");
  expect(words).toContain("If the other organisation knows the person, its officers");
  expect(words).toContain("If it does not, its officers get no message");
});
