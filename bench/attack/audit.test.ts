/** The audit of releases, on random small counties in which nobody moves: what it says of hidden counts is true. */

import { describe, expect, test } from "vitest";
import { Chance } from "../../server/demo/random";
import { DOMAINS, needsOf } from "../../server/domain/needs";
import { type AuditedWorld, auditRelease, type Bounds } from "./audit";
import { poisson } from "./draws";
import { keyOf, period, SDC, type Shown, UNDER_5 } from "./rules";
import { areasAt, cellName, type SectorPlace } from "./truth";

const PERIODS = ["y:2026", "q:2026-Q1", "q:2026-Q2"];
const [domain] = DOMAINS;
if (!domain) throw new Error("There are no domains");
const NEEDS = [domain.code, ...needsOf(domain).map(({ code }) => code)];

/** Six sectors in three districts, the second of which lies in two authorities. */
const PLACES: SectorPlace[] = [
  [1, 101, 201],
  [2, 101, 201],
  [3, 102, 201],
  [4, 102, 202],
  [5, 103, 202],
  [6, 103, 202],
].map(([sector = 0, district = 0, lad = 0]) => ({ sector, district, lad, region: null, nation: 401 }));

/** How many people are in each cell. Each brings one or two needs of the domain, in one quarter or two. */
function makeCounty(chance: Chance): Map<string, number> {
  const people = new Map<string, number>();
  const needs = NEEDS.slice(1);
  for (const place of PLACES) {
    for (let person = poisson(chance, 25); person > 0; person -= 1) {
      const brought = new Set([domain?.code ?? "", chance.pick(needs), chance.pick(needs)]);
      const quarters = new Set(["y:2026", ...[chance.pick(PERIODS.slice(1)), chance.pick(PERIODS.slice(1))]]);
      for (const area of areasAt(place)) {
        for (const need of brought) {
          for (const when of quarters) {
            const name = cellName(area, need, when);
            people.set(name, (people.get(name) ?? 0) + 1);
          }
        }
      }
    }
  }
  return people;
}

function worldOf(shown: (name: string) => Shown, bounds: (figure: Shown) => Bounds): AuditedWorld {
  return {
    places: PLACES,
    needs: NEEDS,
    periods: PERIODS,
    published: (...of) => bounds(shown(cellName(...of))),
    isHidden: (...of) => shown(cellName(...of)) === null,
  };
}

describe("the audit of a release", () => {
  test("leaves the truth within its ranges, none of them narrow but for one in five hundred", () => {
    const chance = new Chance("counties");
    let [narrow, hidden] = [0, 0];
    for (let county = 0; county < 20; county += 1) {
      const people = makeCounty(chance);
      const hmac = keyOf(chance);
      const figures = new Map<string, Shown>();
      const shown = (name: string) => {
        const [area = "", need = "", when = ""] = name.split("|");
        const known = figures.get(name);
        if (known !== undefined) return known;
        const at = { hmac, chance, period: period(when), cell: `${area}|${need}` };
        const figure = SDC.close(at, people.get(name) ?? 0);
        figures.set(name, figure);
        return figure;
      };
      const audit = auditRelease(
        worldOf(shown, (figure) => (figure === null ? [0, 14] : [Math.max(5, figure - 7), figure + 7])),
      );
      expect(audit.unfit).toBe(0);
      expect(audit.hidden).toBeGreaterThan(100);
      // Where figures stand near the threshold errors at their ends may add up, so a few ranges are narrower than 8.
      expect(audit.narrowest).toBeGreaterThanOrEqual(5);
      hidden += audit.hidden;
      narrow += [...audit.ranges.values()].filter(([least, most]) => most - least + 1 < 8).length;
      for (const [name, [least, most]] of audit.ranges) {
        const count = people.get(name) ?? 0;
        expect(count >= least && count <= most, `${name}: ${count} in ${least} to ${most}`).toBe(true);
      }
    }
    expect(narrow / hidden).toBeLessThan(0.002);
  });

  test("recovers hidden counts from suppression under 5 alone", () => {
    const people = makeCounty(new Chance("suppressed"));
    const shown = (name: string) => UNDER_5.show(people.get(name) ?? 0, 0, 0);
    const audit = auditRelease(worldOf(shown, (figure) => (figure === null ? [1, 4] : [figure, figure])));
    expect(audit.exact).toBeGreaterThan(0);
    for (const [name, [least, most]] of audit.ranges) {
      if (least === most) expect(people.get(name)).toBe(least);
    }
  });
});
