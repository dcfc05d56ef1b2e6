/** A page made on the server can be seen before it can be used: waits until a control answers. */
import type { Locator } from "@playwright/test";

/** The control itself, once React has taken it over. */
export async function ready(control: Locator): Promise<Locator> {
  await control.waitFor();
  await control.evaluate(async (element) => {
    while (!Object.keys(element).some((key) => key.startsWith("__reactProps"))) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
  return control;
}
