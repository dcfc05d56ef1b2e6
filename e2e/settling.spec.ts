/** A period settles while somebody looks at the map: the map says so and moves with it, without a reload. */
import { expect, test } from "./fixtures";

/** The demo begins a few days before a quarter settles; a month settles within five weeks at any time. */
const WEEKS = 6;

test("an open map follows a period that settles", async ({ page, context, signIn }) => {
  test.setTimeout(240_000);
  await signIn("commissioner", "/map?level=lad&period=none");
  const slider = page.getByRole("slider", { name: "Period" });
  const steps = async () => Number(await slider.getAttribute("max"));
  await expect(slider).toBeVisible();
  const before = await steps();
  const looked = await slider.getAttribute("aria-valuetext");

  // Somebody else runs the weeks, so that nothing on this page is reloaded by the button itself.
  const other = await context.newPage();
  await other.goto("/account");
  const notice = page.getByText(/ has settled/);
  for (let week = 0; week < WEEKS && !(await notice.isVisible()); week += 1) {
    const run = other.getByRole("button", { name: "Run a week" });
    await expect(run).toBeEnabled({ timeout: 60_000 });
    await run.click();
    await expect(other.getByRole("button", { name: "A week is running" })).toBeVisible();
    await expect(run).toBeVisible({ timeout: 60_000 });
  }
  await expect(notice).toBeVisible();
  if ((await steps()) > before) await expect(slider).not.toHaveAttribute("aria-valuetext", looked ?? "");
});

test("a map that is open while its own page runs a week stays, and reads its figures again", async ({
  page,
  signIn,
}) => {
  test.setTimeout(120_000);
  await signIn("commissioner", "/map?level=district&measure=people");
  const map = page.getByRole("application", { name: /^Map: arrow keys/ });
  await expect(map).toBeVisible();
  const outlines: string[] = [];
  const figures: string[] = [];
  page.on("request", (request) => {
    const address = request.url();
    if (address.includes("/api/boundaries")) outlines.push(address);
    if (address.includes("map.figures")) figures.push(address);
  });
  const faults: string[] = [];
  page.on("pageerror", ({ message }) => faults.push(message));
  const run = page.getByRole("button", { name: "Run a week" });
  await expect(run).toBeEnabled({ timeout: 60_000 });
  await run.click();
  await expect(page.getByRole("button", { name: "A week is running" })).toBeVisible();
  await expect(run).toBeVisible({ timeout: 60_000 });
  await expect.poll(() => figures.length, { timeout: 20_000 }).toBeGreaterThan(0);
  await expect(map).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Any need");
  expect(faults).toEqual([]);
  expect(outlines).toEqual([]);
});
