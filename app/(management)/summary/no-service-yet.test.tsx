import { MantineProvider } from "@mantine/core";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { NoServiceYet } from "./no-service-yet";

const page = (mayAdd: boolean) =>
  renderToStaticMarkup(
    <MantineProvider>
      <NoServiceYet mayAdd={mayAdd} />
    </MantineProvider>,
  );

test("an organisation without a service is told so, and who may add one is led there", () => {
  expect(page(true)).toContain("has no service yet");
  expect(page(true)).toContain('href="/services"');
  expect(page(false)).toContain("Ask a manager");
  expect(page(false)).not.toContain('href="/services"');
});
