/**
 * Outcome data from an administrator's word to a codebook that everybody reads: an analyst of the police chooses three
 * files, mends what is said to be wrong, seals and loads them, and takes the data back; a manager elsewhere reads what it
 * is suited for.
 */
import { enterAs } from "./entering";
import { expect, expectAccessible, expectAccessibleInBoth, test } from "./fixtures";
import { ready } from "./ready";
import { ANY_WIDTH } from "./widths";

const ANALYST = /Noor Castellan/;
const MANAGER = /Hannah Vance/;

const HEADER = "record_id,first_name,last_name,date_of_birth,sex,postcode,index_date,age";
const ROW = "P1,Quillon,Ravensworth,1980-02-03,M,,2024-01-10,43";
const file = (name: string, text: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
const codebook = (name: string) =>
  JSON.stringify({
    ...{ name, about: "A made list, to try loading.", population: "two made people" },
    ...{
      indexDate: "the day of the sentence",
      from: "2023-01-01",
      to: "2025-01-01",
      completeTo: "2026-01-01",
    },
    covariates: [{ name: "age", label: "Age", type: "number" }],
    events: [{ kind: "proven", label: "a proven offence" }],
    outcomes: [
      {
        ...{ name: "again", label: "Offended within a year", type: "binary", kinds: ["proven"] },
        ...{ followUp: 365, better: "fewer", verb: "offend within a year" },
      },
    ],
    suitedFor: ["Trying how data is loaded."],
    notSuitedFor: ["Any real question."],
    notMeasured: ["housing"],
  });

test("an analyst loads outcome data, with its faults said before it is sent, and takes it back", async ({
  page,
}, info) => {
  const name = `Made list ${info.project.name} ${info.workerIndex} ${info.retry}`;
  await enterAs(page, ANALYST);
  await page.goto("/data-sets");
  await expect(page.getByRole("heading", { level: 1, name: "Data sets" })).toBeVisible();
  await expectAccessibleInBoth(page);
  await (await ready(page.getByRole("link", { name: "Load a data set" }))).click();

  const choose = page.getByLabel("Choose the three files");
  await ready(choose);
  const twice = ROW.replace("2024-01-10,43", "2024-01-10,old");
  await choose.setInputFiles([
    file("codebook.json", codebook(name)),
    file("people.csv", [HEADER, ROW, twice].join("\n")),
    file("events.csv", "record_id,date,kind\nP1,2024-05-05,proven"),
  ]);
  const wrong = page.getByRole("alert").filter({ hasText: "people.csv" });
  await expect(wrong).toContainText("people.csv: 1 row to mend");
  await expect(wrong).toContainText(/Line 3index_date: the same person and index date twice.*age: no number/);
  await expect(wrong).not.toContainText("Quillon");
  await expect(page.getByRole("button", { name: "Seal and load" })).toBeDisabled();
  await expectAccessible(page);

  const other = ROW.replace("P1", "P2").replace("Quillon", "Ottoline");
  await choose.setInputFiles(file("mended.csv", [HEADER, ROW, other].join("\n")));
  await expect(page.getByText("two people, 1 event after an index date")).toBeVisible();
  await page.getByRole("button", { name: "Seal and load" }).click();
  await expect(page.getByText("Loaded: two people, 1 event.")).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);

  await page.getByRole("link", { name: "Read its codebook as others see it" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByText("Any real question.")).toBeVisible();
  await expect(page.getByText("Quillon")).toHaveCount(0);
  await expectAccessibleInBoth(page);
  await (await ready(page.getByRole("button", { name: "Withdraw this data set" }))).click();
  await page.getByRole("button", { name: "Withdraw and delete it" }).click();
  await expect(page.getByText("Everybody in it was deleted")).toBeVisible();
});

test(
  "a manager elsewhere reads what a data set is suited for and not, and may not load any",
  ANY_WIDTH,
  async ({ page }) => {
    await enterAs(page, MANAGER);
    await page.goto("/data-sets");
    await expect(page.getByRole("link", { name: "Load a data set" })).toHaveCount(0);
    await page.getByRole("link", { name: /Reoffending in Wythershire/ }).click();
    await expect(page.getByRole("heading", { level: 2, name: "Not suited for" })).toBeVisible();
    await expect(page.getByRole("button", { name: /Withdraw/ })).toHaveCount(0);
    await expectAccessibleInBoth(page);
  },
);
