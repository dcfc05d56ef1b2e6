/**
 * Linking one by one while casework goes on comes to the same people as a run over everybody, however often it is
 * asked. Long form, with a linker that is killed: `npm run prove -- linking-store`.
 */

import { describe, expect, test } from "vitest";
import { testDatabase } from "./testing";
import { allowTestIdentifiers, arrangeTeam } from "./testing-casework";
import { linkFaults, runLinker } from "./testing-linking";
import { type CaseworkWorld, LinkingCasework, NARROW, WIDE } from "./testing-linking-casework";

interface Made {
  about: string;
  world: CaseworkWorld;
  /** Things that happen, how many between two runs of the linker, and how many between two comparisons. */
  steps: number;
  each: number;
  compared: number;
}

const MADE: readonly Made[] = [
  {
    about: "many people with a few records each",
    world: { ...WIDE, seed: "cWIDE" },
    steps: 240,
    each: 6,
    compared: 60,
  },
  {
    about: "a few people with many records, wrong numbers and contradicting decisions",
    world: { ...NARROW, seed: "aNARROW" },
    steps: 120,
    each: 4,
    compared: 12,
  },
];

describe.each(MADE)("With $about", ({ world, steps, each, compared }) => {
  test("links follow each addition, change, decision and erasure", { timeout: 300_000 }, async () => {
    const db = await testDatabase();
    await allowTestIdentifiers(db);
    const teams = [
      await arrangeTeam(db, "First"),
      await arrangeTeam(db, "Second"),
      await arrangeTeam(db, "Third"),
    ];
    const casework = new LinkingCasework(db, teams, world);
    for (let done = each; done <= steps; done += each) {
      await casework.happen(each);
      await runLinker(db);
      if (done % compared === 0) expect(await linkFaults(db), `after ${done} steps`).toEqual([]);
    }
    expect(casework.counts.erased).toBeGreaterThan(5);
  });
});
