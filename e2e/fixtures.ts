/**
 * What every journey starts with: a page signed in as a role of the demo county, and the check that a page can be
 * used by everyone. Act by role and name, as a person or a screen reader would.
 */
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Locator, type Page } from "@playwright/test";
import { ROLE_LABELS, type Role } from "../server/domain/access";
import { enterAs } from "./entering";

export { expect };

/** WCAG 2.2, levels A and AA. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

interface Fixtures {
  /** Signs in as the first made-up person with the role, and opens a page: their first one unless told. */
  signIn(role: Role, path?: string): Promise<void>;
}

export const test = base.extend<Fixtures>({
  signIn: async ({ page }, use) => {
    await use(async (role, path) => {
      await enterAs(page, new RegExp(`\\b${ROLE_LABELS[role]}\\b`), 0, path);
    });
  },
});

/** Those of them that speak of colours. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** Fails with a line for each fault that axe finds on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNoFault(page, (axe) => axe.withTags(RULES));
}

/** The same in light and dark: what is dark differs in its colours and in nothing else. */
export async function expectAccessibleInBoth(page: Page): Promise<void> {
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectNoFault(page, (axe) => axe.withRules(COLOUR_RULES));
  await page.emulateMedia({ colorScheme: "light" });
}

/** Light and dark, with the whole page in view: what lies half under a bar would be measured as too small. */
export async function expectWholeAccessible(page: Page): Promise<void> {
  const size = page.viewportSize() ?? { width: 1280, height: 900 };
  await page.setViewportSize({ ...size, height: 6_000 });
  await expectAccessibleInBoth(page);
  await page.setViewportSize(size);
}

async function expectNoFault(page: Page, ask: (axe: AxeBuilder) => AxeBuilder): Promise<void> {
  // Between two pages the title is away for a frame or two.
  await expect(page).toHaveTitle(/\S/);
  // A colour on its way from light to dark is neither.
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    // One that the browser holds back, as it may out of sight, is not waited for.
    const held = new Promise((resolve) => setTimeout(resolve, 2_000));
    await Promise.race([Promise.allSettled(ending.map(({ finished }) => finished)), held]);
  });
  const { violations } = await ask(axeOn(page)).analyze();
  const faults = faultsOf(violations);
  if (!faults.some((fault) => fault.startsWith(TARGET_SIZE))) return expect(faults).toEqual([]);
  // What lies half under a bar that stays in place is measured by the half that shows: from the top of the page it lies
  // elsewhere, and what is too small there too is too small.
  await page.evaluate(async () => {
    window.scrollTo({ top: 0, behavior: "instant" });
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
  const again = await axeOn(page).withRules([TARGET_SIZE]).analyze();
  const staying = new Set(faultsOf(again.violations));
  expect(faults.filter((fault) => !fault.startsWith(TARGET_SIZE) || staying.has(fault))).toEqual([]);
}

/**
 * Axe, which tells of what is wrong alone: writing down all that is right takes a fifth of its time. Our pages have no
 * frames, for which it would else open a page of its own each time.
 */
const axeOn = (page: Page) =>
  new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).setLegacyMode();

/** What axe gives back. */
type Found = Awaited<ReturnType<AxeBuilder["analyze"]>>;

/** WCAG 2.2, 2.5.8, as axe names it. */
const TARGET_SIZE = "target-size";

/** A line for each place in which a rule is broken. */
function faultsOf(violations: Found["violations"]): string[] {
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} (${node.target.join(" ")})`),
  );
}

/** Opens the record of somebody in a list of people: beside them where there is room, on a phone from their details. */
export async function openRecord(page: Page, row: Locator): Promise<void> {
  await row.getByRole("link", { name: /^Details of/ }).waitFor();
  const record = row.getByRole("link", { name: /^Record of/ });
  if (await record.isVisible()) return record.click();
  await row.getByRole("link", { name: /^Details of/ }).click();
  await page.getByRole("link", { name: "Full record" }).click();
}
