/** An officer answers a person who asks for a copy of what is held about them, from the letter to the files. */
import { readFileSync } from "node:fs";
import { expect, expectAccessibleInBoth, test } from "./fixtures";
import { ready } from "./ready";

test("an officer takes a request for a copy from the letter to the files", async ({ page, signIn }) => {
  test.setTimeout(180_000);
  await signIn("officer", "/rights");
  await page.getByRole("link", { name: "Note a request" }).click();
  await (await ready(page.getByRole("button", { name: "Note this request" }))).click();
  await expect(page.getByRole("alert").filter({ hasText: "Choose what they ask for." })).toBeVisible();
  await page.getByRole("radio", { name: "Copy of what we hold" }).check();
  await page.getByRole("combobox", { name: "How did it come?" }).click();
  await page.getByRole("option", { name: "Letter" }).click();
  await page.getByLabel("Their name, and where to answer").fill("The person in the letter, 1 Quay");
  await expectAccessibleInBoth(page);
  await page.getByRole("button", { name: "Note this request" }).click();

  await page.getByRole("heading", { name: "Check who asks" }).waitFor();
  await (await ready(page.getByRole("radio", { name: "A document with a photograph" }))).check();
  await page.getByRole("button", { name: "It is them" }).click();

  // Anybody: the demo's names are few enough for a search by one letter less than a name.
  await page.getByLabel("Name, date of birth or reference").fill("Smith");
  await page.getByRole("button", { name: "Find" }).click();
  await page
    .getByRole("button", { name: /It is this one/ })
    .first()
    .click();

  // Every text in free words is read; the first is withheld, the others are released.
  const make = page.getByRole("button", { name: "Make the copy" });
  const release = page.getByRole("button", { name: "Release it as it is" });
  await expect(make.or(release)).toBeVisible({ timeout: 30_000 });
  await expectAccessibleInBoth(page);
  for (let texts = 0; texts < 200 && (await release.isVisible()); texts += 1) {
    const heading = page.getByRole("heading", { name: /^Read what others wrote/ });
    const before = await heading.textContent();
    if (texts === 0) {
      await page.getByRole("checkbox", { name: "Withhold the whole text" }).check();
      await page.getByRole("button", { name: "Withhold it and go on" }).click();
    } else {
      await release.click();
    }
    await expect
      .poll(async () => (await make.isVisible()) || (await heading.textContent()) !== before)
      .toBe(true);
  }
  await make.click();
  await page.getByRole("heading", { name: "The copy is ready" }).waitFor();
  const asking = page.waitForEvent("download");
  await page.getByRole("button", { name: "To read or print" }).click();
  await page.getByRole("button", { name: "It is me" }).click();
  const file = await (await asking).path();
  expect(readFileSync(file, "utf8")).toContain("holds about you");
  await page.getByRole("button", { name: "I have answered them" }).click();
  await expect(page.getByRole("heading", { name: "Answered", exact: true })).toBeVisible();
  await expectAccessibleInBoth(page);
});
