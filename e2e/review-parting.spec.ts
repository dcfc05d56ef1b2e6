/**
 * A steward's "same" that would part others: the page says so before the word is given, and the word waits for another
 * steward. The three records are added by their own organisations, and linked by the linker of the installation.
 */
import type { Page } from "@playwright/test";
import type { AddClient } from "../server/domain/client";
import { uuidv7 } from "../server/ids";
import { enterAs } from "./entering";
import { expect, expectAccessibleInBoth, test } from "./fixtures";
import { ready } from "./ready";
import { openInstallationDatabase } from "./told";
import { ANY_WIDTH } from "./widths";

type Details = Pick<AddClient, "dateOfBirth" | "identifiers"> & { phone?: string; postcode: string };

/** Adds somebody as the worker of this name, and gives the id. */
async function addAs(page: Page, worker: RegExp, familyName: string, details: Details): Promise<string> {
  await page.context().clearCookies();
  await enterAs(page, worker);
  const { postcode, ...known } = details;
  const client = {
    id: uuidv7(),
    givenName: "Rosalind",
    familyName,
    ...known,
    place: { kind: "postcode", postcode },
  };
  const headers = { "content-type": "application/json", origin: new URL(page.url()).origin };
  const answer = await page.request.post("/api/trpc/clients.add", { headers, data: { json: client } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return client.id;
}

test(
  "a steward is told what the same would part, and another must agree",
  ANY_WIDTH,
  async ({ page, signIn }) => {
    test.setTimeout(120_000);
    const familyName = "Inglethorpe";
    const met = { dateOfBirth: "1988-02-23" as const, phone: "01999 551349", postcode: "ZQ1 1AA" };
    const first = await addAs(page, /Amira Haddow/, familyName, { ...met, identifiers: [] });
    await addAs(page, /Priya Raman/, familyName, {
      ...met,
      identifiers: [{ kind: "nino", value: "AB101000C" }],
    });
    const third = await addAs(page, /Nia Prosser/, familyName, {
      ...{ dateOfBirth: "1988-02-11", postcode: "ZQ1 1AB" },
      identifiers: [{ kind: "nino", value: "CE452678D" }],
    });

    const database = await openInstallationDatabase();
    let review: string | undefined;
    try {
      await expect(async () => {
        const [row] = await database.sql<{ id: string }[]>`
        select id from identity.link_review
        where closed_at is null and array[client_id_a, client_id_b] <@ array[${first}, ${third}]::uuid[]`;
        review = row?.id;
        expect(review).toBeDefined();
      }).toPass({ timeout: 60_000 });
    } finally {
      await database.close();
    }

    await page.context().clearCookies();
    await signIn("steward", `/reviews/${review}`);
    const told = page.getByRole("region", { name: "“Same person” would part others" });
    await expect(told).toContainText("these two records would no longer count as one person");
    await expect(told).toContainText("and another that is counted with it now: they agree in given name");
    await expect(told).not.toContainText(/Rosalind|Inglethorpe|Council/);
    await expectAccessibleInBoth(page);
    await (await ready(page.getByRole("radio", { name: /Same person/ }))).check();
    await page.getByRole("button", { name: "Record and go to next" }).click();
    await expect(
      page.getByText("Recorded. Another steward looks at it before anything changes."),
    ).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("Taken back. The pair is open again.")).toBeVisible();
  },
);
