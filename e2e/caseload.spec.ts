/** A worker's day and a manager's: actions, people moved and moved back, a crisis card, a calendar, a score. */
import type { Page } from "@playwright/test";
import { enterAs } from "./entering";
import { expect, expectWholeAccessible, test } from "./fixtures";
import { ready } from "./ready";
import { ANY_WIDTH } from "./widths";

/** Signs in as somebody of the demo county by name. Each width has people of its own, so that the two do not meet. */
const signInAs = (page: Page, name: string) => enterAs(page, new RegExp(name));

test("a worker adds an action on a record, finds it on their day and does it", async ({ page }, {
  project,
}) => {
  const phone = project.name === "phone";
  const title = `Ring the gas company, ${project.name}`;
  await signInAs(page, phone ? "Tom Ellwood" : "Amira Haddow");
  await page.goto("/today/people");
  await page.getByRole("main").getByRole("listitem").nth(3).getByRole("link").click();
  const actions = page.getByRole("region", { name: "Next actions" });
  await (await ready(actions.getByRole("button", { name: "Add an action" }))).click();

  const form = page.getByRole("dialog", { name: "Add an action" });
  await form.getByRole("button", { name: "Add the action" }).click();
  await expect(form.getByRole("alert").filter({ hasText: "Say what is to be done." })).toBeFocused();
  await expectWholeAccessible(page);
  await form.getByRole("textbox", { name: "What is to be done?" }).fill(title);
  await form.getByRole("button", { name: "Add the action" }).click();
  await expect(actions.getByRole("checkbox", { name: new RegExp(title) })).toBeVisible();

  await page.goto("/today");
  const tick = page.getByRole("checkbox", { name: new RegExp(title) });
  await (await ready(tick)).check();
  await expect(page.getByRole("status").filter({ hasText: `Done: ${title}` })).toBeVisible();
  await expect(page.getByRole("heading", { name: /Finished today/ })).toBeVisible();
  await page.getByRole("button", { name: `Undo: ${title}` }).click();
  await expect(page.getByRole("status").filter({ hasText: `Open again: ${title}` })).toBeVisible();
  await tick.check();
  await expectWholeAccessible(page);
  await page.reload();
  await expect(page.getByRole("checkbox", { name: title })).toBeChecked();
});

test("an action is moved to another day and found not to be needed", ANY_WIDTH, async ({ page }) => {
  await signInAs(page, "Tom Ellwood");
  await page.goto("/today");
  const change = page.getByRole("button", { name: /^Change: / }).last();
  const title = (await (await ready(change)).getAttribute("aria-label"))?.replace("Change: ", "") ?? "";
  await change.click();
  const form = page.getByRole("dialog", { name: "Change this action" });
  await form.getByRole("button", { name: "In four weeks" }).click();
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status").filter({ hasText: `Changed: ${title}` })).toBeVisible();
  await page
    .getByRole("button", { name: `Change: ${title}` })
    .last()
    .click();
  await form.getByRole("button", { name: "It is not needed" }).click();
  await expect(page.getByRole("status").filter({ hasText: `Not needed: ${title}` })).toBeVisible();
});

test(
  "how long is too long without being seen is the worker's own choice, and is kept",
  ANY_WIDTH,
  async ({ page }) => {
    await signInAs(page, "Callum Straker");
    await page.goto("/today");
    const choice = page.getByRole("combobox", { name: "Not seen for" });
    await (await ready(choice)).selectOption("three months");
    await expect(choice).toBeEnabled();
    await page.reload();
    await expect(choice).toHaveValue("91");
  },
);

test("whoever looks after nobody reads how people come to them", ANY_WIDTH, async ({ page }) => {
  await signInAs(page, "Hannah Vance");
  await page.goto("/today/people");
  await expect(
    page.getByText("Nobody yet. Whoever is taken on, on their record, shows up here."),
  ).toBeVisible();
});

test("a manager gives people to a colleague in one go, and undoes it", async ({ page }, { project }) => {
  const [worker, manager] =
    project.name === "phone" ? ["Bethan Rosser", "Grace Okonjo"] : ["Josie Tennant", "Daniel Whitlock"];
  await signInAs(page, manager);
  await page.goto("/today/team");
  await expectWholeAccessible(page);
  const people =
    (await page.getByRole("row", { name: worker }).getByRole("cell").first().textContent()) ?? "";
  await page.getByRole("link", { name: worker }).click();
  await expect(page.getByRole("heading", { level: 1, name: `People of ${worker}` })).toBeVisible();
  const boxes = page.getByRole("checkbox", { name: /^Choose (?!all)/ });
  await (await ready(boxes.first())).check();
  await boxes.nth(1).check();
  await page.getByRole("button", { name: "Move 2 people" }).click();
  await expect(
    page.getByRole("alert").filter({ hasText: "Choose who should look after them." }),
  ).toBeVisible();
  await page.getByRole("combobox", { name: "Give them to" }).selectOption(manager);
  await expectWholeAccessible(page);
  await page.getByRole("button", { name: "Move 2 people" }).click();
  const said = page.getByRole("status").filter({ hasText: `2 people are now with ${manager}` });
  await expect(said).toBeVisible();
  await said.getByRole("button", { name: "Undo" }).click();
  await expect(
    page.getByRole("status").filter({ hasText: "Undone: 2 people are back where they were." }),
  ).toBeVisible();
  await page.goto("/today/team");
  await expect(page.getByRole("row", { name: worker }).getByRole("cell").first()).toHaveText(people);
});

test(
  "a manager checks a crisis card, with a preview of what workers will see",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    const need = "No food";
    await signIn("manager", "/crisis-cards");
    await expectWholeAccessible(page);
    await (await ready(page.getByRole("button", { name: `Check or change the card for ${need}` }))).click();
    await page.getByRole("textbox", { name: "Title" }).fill(`${need}: act now`);
    await page.getByRole("textbox", { name: "What to do" }).fill("Ring the duty worker.\nStay with them.");
    await expect(page.getByRole("region", { name: "What workers will see" })).toContainText(
      "Stay with them.",
    );
    await page.getByRole("button", { name: "Another number" }).click();
    await page.getByRole("textbox", { name: "Whose" }).last().fill("Duty worker");
    await page.getByRole("textbox", { name: "Number" }).last().fill("ask Joan");
    await page.getByRole("button", { name: /^Save/ }).click();
    await expect(page.getByRole("alert").filter({ hasText: "Use digits and spaces" })).toBeFocused();
    await expectWholeAccessible(page);
    await page.getByRole("textbox", { name: "Number" }).last().fill("01632 960 199");
    await page.getByRole("button", { name: /^Save/ }).click();
    await expect(page.getByRole("status").filter({ hasText: "counts as checked today" })).toBeVisible();
    await page.reload();
    const card = page
      .getByRole("listitem")
      .filter({ has: page.getByRole("heading", { name: need, exact: true }) });
    await expect(card).toContainText("Ring the duty worker.");
    await expect(card.getByRole("link", { name: /Duty worker 01632 960 199/ })).toBeVisible();
  },
);

test("a calendar fetches due actions at a secret address, and reads no name", ANY_WIDTH, async ({ page }) => {
  await signInAs(page, "Priya Raman");
  await page.goto("/today");
  const calendar = page.getByRole("region", { name: "Your calendar" });
  await (await ready(calendar.getByRole("button", { name: "Make an address" }))).click();
  const field = calendar.getByRole("textbox", { name: /Subscribe to this address/ });
  await expect(field).toBeVisible();
  const address = await field.inputValue();
  await expectWholeAccessible(page);

  const answer = await fetch(address);
  expect(answer.status).toBe(200);
  const text = (await answer.text()).replaceAll("\r\n ", "");
  expect(text.startsWith("BEGIN:VCALENDAR\r\n")).toBe(true);
  expect(text.match(/BEGIN:VEVENT/g)?.length).toBeGreaterThan(3);
  const rows = page.getByRole("region", { name: "Actions" }).getByRole("checkbox");
  expect(await rows.count()).toBeGreaterThan(3);
  const people = await page.getByRole("region", { name: "Actions" }).getByRole("link").allTextContents();
  const labels = await page
    .getByRole("button", { name: /^Change: / })
    .evaluateAll((buttons) =>
      buttons.map((button) => button.getAttribute("aria-label")?.replace("Change: ", "") ?? ""),
    );
  for (const words of [...people.flatMap((name) => name.split(" ")), ...labels]) {
    expect(text).not.toContain(words);
  }
  const again = await fetch(address, { headers: { "if-none-match": answer.headers.get("etag") ?? "" } });
  expect(again.status).toBe(304);
  await calendar.getByRole("button", { name: "Stop it" }).click();
  await expect(calendar.getByRole("status")).toContainText("The address no longer works.");
  expect((await fetch(address)).status).toBe(404);
});

test("a manager sets up an instrument without its wording", ANY_WIDTH, async ({ page }, { retry }) => {
  const name = `Confidence ${retry}`;
  await signInAs(page, "Grace Okonjo");
  await page.goto("/instruments");
  await (await ready(page.getByRole("button", { name: "Add an instrument" }))).click();
  await expect(page.getByText("do not paste its questions or wording")).toBeVisible();
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("textbox", { name: "Lowest score" }).fill("10");
  await page.getByRole("textbox", { name: "Highest score" }).fill("1");
  await page.getByRole("button", { name: "Add the instrument" }).click();
  await expect(
    page.getByRole("alert").filter({ hasText: "The highest score is above the lowest." }),
  ).toBeFocused();
  await expectWholeAccessible(page);
  await page.getByRole("textbox", { name: "Lowest score" }).fill("0");
  await page.getByRole("textbox", { name: "Highest score" }).fill("10");
  await page.getByRole("button", { name: "Add the instrument" }).click();
  await expect(page.getByRole("status").filter({ hasText: `${name} is added.` })).toBeVisible();
});

test("a worker records a score, sees how far somebody has come, and voids a wrong one", async ({ page }, {
  project,
}) => {
  await signInAs(page, project.name === "phone" ? "Nia Prosser" : "Samuel Adeyemi");
  await page.goto("/today/people");
  await page.getByRole("main").getByRole("listitem").first().getByRole("link").click();
  const scores = page.getByRole("region", { name: "Scores" });
  await (await ready(scores.getByRole("button", { name: "Record a score" }))).click();
  const form = page.getByRole("dialog", { name: "Record a score" });
  const value = form.getByRole("textbox", { name: /^Score/ });
  await value.fill("99");
  await form.getByRole("button", { name: "Record the score" }).click();
  await expect(form.getByRole("alert").filter({ hasText: "between 7 and 35" })).toBeFocused();
  await value.fill("35");
  await form.getByRole("button", { name: "Record the score" }).click();
  await expect(
    scores.getByRole("status").filter({ hasText: "Recorded: Wellbeing, short form, 35." }),
  ).toBeVisible();
  await expect(scores).toContainText("higher is better");
  await expectWholeAccessible(page);

  await scores.locator("summary").first().click();
  await scores
    .getByRole("button", { name: /^Void the score of 35/ })
    .first()
    .click();
  const voiding = page.getByRole("dialog", { name: "Void this score" });
  await voiding.getByRole("textbox", { name: "Why?" }).fill("Read off the wrong line");
  await voiding.getByRole("button", { name: "Void the score" }).click();
  await expect(scores.getByText("Read off the wrong line")).toBeVisible();
});
