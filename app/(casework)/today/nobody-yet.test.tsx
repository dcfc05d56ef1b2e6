import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { NobodyYet } from "./nobody-yet";

test("whoever looks after nobody is sent to the people below, or to find and add somebody where there are none", () => {
  const some = renderToStaticMarkup(<NobodyYet unassigned={2} />);
  expect(some).toContain("below");
  expect(some).not.toContain("href");
  const none = renderToStaticMarkup(<NobodyYet unassigned={0} />);
  expect(none).not.toContain("below");
  expect(none).toContain('href="/people"');
});
