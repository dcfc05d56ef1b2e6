/** What summaries draw on, set up by hand: a funder's outcomes, a unit cost, and a story from its draft to its yes. */
import type { Page } from "@playwright/test";
import { newId } from "../app/_offline/new-id";
import { dayOf, periodOf, periodText, previousPeriod } from "../server/domain/period";
import { enterAs } from "./entering";
import { expect, expectWholeAccessible, test } from "./fixtures";
import { ready } from "./ready";
import { ANY_WIDTH } from "./widths";

const file = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

/** Both widths work in one organisation: each has names of its own. */
const named = (what: string, page: Page) =>
  `${what}, ${(page.viewportSize()?.width ?? 0) < 600 ? "small" : "wide"}`;

/** Asks for a summary for a funder that tells a story, and gives its address. */
async function tellIn(page: Page, story: string): Promise<string> {
  const plan = {
    ...{ serviceId: null, audience: "funder", sections: ["needs", "stories"], framework: null },
    ...{ period: periodText(previousPeriod(periodOf("quarter", dayOf(new Date())))) },
    ...{ texts: {}, storyIds: [story] },
  };
  const answer = await page.request.post("/api/trpc/summaries.finish", {
    headers: { origin: new URL(page.url()).origin },
    data: { json: { id: newId(), plan } },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  return `/summary/${(await answer.json()).result.data.json.id}`;
}

test("a manager maps a funder's outcomes once, by hand and from a file", async ({ page, signIn }) => {
  const name = named("Lantern Fund outcomes", page);
  await signIn("manager", "/outcomes");
  await expectWholeAccessible(page);
  await (await ready(page.getByRole("button", { name: "Add a funder’s outcomes" }))).click();
  await page.getByRole("button", { name: "Save the outcomes" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Choose at least one need" })).toBeFocused();
  await expectWholeAccessible(page);

  await page.getByRole("textbox", { name: "Name" }).fill(name);
  const outcome = page.getByRole("group", { name: "Outcome 1" });
  await outcome.getByRole("textbox", { name: "Outcome", exact: true }).fill("People keep their home");
  await outcome.getByRole("textbox", { name: "Needs that stand for it" }).fill("evict");
  await outcome.getByRole("button", { name: "At risk of losing home" }).click();
  await page.getByRole("button", { name: "Save the outcomes" }).click();
  await expect(page.getByText(`${name} is saved. Choose it for any summary.`)).toBeVisible();

  await page.getByRole("button", { name: `Change ${name}` }).click();
  const bring = page.getByLabel("Bring in outcomes from a CSV file");
  await bring.setInputFiles(file("bad.csv", "outcome,need\nPeople eat,Bred\n"));
  await expect(page.getByRole("alert", { name: "What is wrong with the file" })).toContainText(
    "Line 2, need",
  );
  await bring.setInputFiles(
    file("good.csv", "code,outcome,need\nA1,People keep their home,HOU-03\nA2,People eat,BAS-01\n"),
  );
  await expect(page.getByText("2 outcomes are read from the file. Look them over, then save.")).toBeVisible();
  await page.getByRole("button", { name: "Save the outcomes" }).click();
  await expect(page.getByText(`${name} is saved as version 2.`)).toBeVisible();
});

test(
  "unit costs are entered, and a file of them is taken whole or not at all",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    const name = "A tenancy kept";
    const brought = "A warm home";
    await signIn("manager", "/unit-costs");
    await (await ready(page.getByRole("button", { name: "Add a unit cost" }))).click();
    await page.getByRole("button", { name: "Save the unit cost" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "Enter a name." })).toBeFocused();
    await page.getByRole("textbox", { name: "Name" }).fill(name);
    await page.getByRole("combobox", { name: "Which need" }).fill("arrears");
    await page.getByRole("option", { name: "Rent or mortgage arrears" }).click();
    await page.getByRole("textbox", { name: "Pounds for one person" }).fill("£1,250");
    await page.getByRole("textbox", { name: "Lowest likely" }).fill("800.50");
    await page.getByRole("textbox", { name: "Highest likely" }).fill("1900");
    await page.getByRole("textbox", { name: "Source" }).fill("A made-up database");
    await page.getByRole("textbox", { name: "Year of the prices" }).fill("2024");
    await page.getByText("Medium", { exact: true }).click();
    await expectWholeAccessible(page);
    await page.getByRole("button", { name: "Save the unit cost" }).click();
    await expect(page.getByRole("status").filter({ hasText: `${name} is saved.` })).toBeVisible();

    const header = "name,counted_by,value,low,high,source,year,confidence";
    const bring = page.getByLabel("Bring in unit costs from a CSV file");
    await bring.setInputFiles(file("bad.csv", `${header}\n${brought},wishes,9,8,10,Made up,2024,low\n`));
    await expect(page.getByRole("alert", { name: "What is wrong with the file" })).toContainText(
      "Line 2, counted_by",
    );
    const good = file("good.csv", `${header}\n"${brought}",helped,9,8,10,Made up,2024,low\n`);
    await bring.setInputFiles(good);
    await expect(page.getByText("1 added.")).toBeVisible();
    await bring.setInputFiles(good);
    await expect(page.getByText("0 added, 1 were here already.")).toBeVisible();
    await expectWholeAccessible(page);
  },
);

test("a story is written, looked over, agreed to, and confirmed by somebody else", async ({ page }, {
  project,
}) => {
  test.setTimeout(120_000);
  const small = project.name === "phone";
  const who = named("Somebody we helped with debts", page);
  await enterAs(page, small ? /Tom Ellwood/ : /Amira Haddow/);
  await page.goto("/today/people");
  await page.getByRole("main").getByRole("listitem").nth(2).getByRole("link").click();
  await (await ready(page.getByRole("link", { name: "Write their story" }))).click();

  const words = page.getByRole("textbox", { name: "What happened" });
  await (await ready(words)).fill(
    "They had stopped opening the post. Their son Alfie noticed in October. Now they know what they owe.",
  );
  await page.getByRole("textbox", { name: "Who it is, without telling who" }).fill(who);
  await page.getByRole("button", { name: "Look it over" }).click();
  await expect(page.getByRole("region", { name: "What was found" })).toContainText("Take out “Alfie”");
  await expectWholeAccessible(page);
  await page.getByRole("button", { name: "Save the draft" }).click();
  await expect(page.getByRole("heading", { level: 1, name: who })).toBeVisible();
  await expect(page.getByRole("main").getByText("take out: name")).toBeVisible();
  await expect(
    page.getByText("You wrote it, so a manager other than you must read and confirm it."),
  ).toBeVisible();
  await expectWholeAccessible(page);

  await (await ready(page.getByRole("button", { name: "Change the words" }))).click();
  await words.fill(
    "They had stopped opening the post. Their son noticed in autumn. Now they know what they owe.",
  );
  await page.getByRole("button", { name: "Save the draft" }).click();
  await expect(page.getByText("The words are saved.")).toBeVisible();

  await page.getByRole("button", { name: "Record their answer" }).click();
  const form = page.getByRole("dialog", { name: "May we tell their story?" });
  await form.getByText("Yes", { exact: true }).click();
  await form.getByRole("checkbox", { name: "Our funders" }).check();
  await expectWholeAccessible(page);
  await form.getByRole("button", { name: "Record the answer" }).click();
  await expect(page.getByText(/They said yes for our funders, until/)).toBeVisible();
  const address = page.url();

  await page.context().clearCookies();
  await enterAs(page, /\bManager\b/);
  await page.goto(address);
  const read = page.getByRole("checkbox", { name: /^I read it from beginning to end/ });
  await (await ready(read)).check();
  await page.getByRole("button", { name: "Confirm the story" }).click();
  await expect(page.getByText("You confirmed this story.")).toBeVisible();
  await page.goto("/stories");
  await expect(page.getByRole("link", { name: new RegExp(who) })).toContainText("Can be told");
  await expectWholeAccessible(page);

  const summary = await tellIn(page, address.split("/").at(-1) ?? "");
  await page.goto(summary);
  const paper = page.getByRole("article", { name: "Summary" });
  await expect(paper.getByText("Now they know what they owe.")).toBeVisible({ timeout: 45_000 });

  // Taken back, it is told no more.
  await page.goto(address);
  await (await ready(page.getByRole("button", { name: "Record another answer" }))).click();
  await form.getByText("No, or takes it back").click();
  await form.getByRole("button", { name: "Record the answer" }).click();
  await expect(page.getByText(/They said no on/)).toBeVisible();
  await page.goto(summary);
  await expect(page.getByText(/made with a story that may no longer be told/)).toBeVisible();
  await expect(paper).toBeVisible();
  await expect(paper.getByText("Now they know what they owe.")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Download PDF" })).toHaveCount(0);
  await expectWholeAccessible(page);
});
