/**
 * D10 over HTTP: whether anything about the card of a hidden cell, its size, time, status, headers or bytes, tells
 * somebody who asks for it that there is nobody from that there are a few.
 */

import { Chance } from "../../server/demo/random";
import { NEEDS } from "../../server/domain/needs";
import { auc, round } from "../bench";
import { askMap, type Crawl, type Door, type SeenCell } from "./served-world";
import { cellName } from "./truth";

/** Says one line about what was served. */
export type Tell = (line: {
  id: string;
  case: string;
  score: number;
  limit: number;
  ok: boolean;
  [detail: string]: string | number | boolean;
}) => void;

/** Hidden cells of each kind that are asked for, and how often, so that a busy moment tells nothing. */
const TRIES = 400;
const TIMES = 3;
const MOST_AUC = 0.55;

/** D10: does anything about the card of a hidden cell tell nobody from a few? Single needs of sectors, over HTTP. */
export async function tellSideChannels(
  tell: Tell,
  door: Door,
  crawl: Crawl,
  people: ReadonlyMap<string, number>,
): Promise<void> {
  const quarter = crawl.settled.find(({ type }) => type === "quarter")?.period ?? "";
  const needs = new Set(NEEDS.map(({ code }) => code));
  const hidden = crawl.cells.filter(
    ({ level, need, period, figure }) =>
      level === "sector" && period === quarter && figure === null && needs.has(need),
  );
  const countOf = ({ area, need }: SeenCell) => people.get(cellName(area, need, quarter)) ?? 0;
  const chance = new Chance("side channels");
  const some = (cells: SeenCell[]) =>
    Array.from({ length: Math.min(TRIES, cells.length) }, () =>
      cells.splice(chance.below(cells.length), 1),
    ).flat();
  const asked = [
    ...some(hidden.filter((cell) => countOf(cell) > 0)).map((cell) => ({ cell, few: true })),
    ...some(hidden.filter((cell) => countOf(cell) === 0)).map((cell) => ({ cell, few: false })),
  ];
  const seen = asked.map(({ few, cell }) => ({ few, cell, ms: Number.POSITIVE_INFINITY, size: 0, rest: "" }));
  for (let time = 0; time < TIMES; time += 1) {
    for (const one of inAnyOrder(chance, seen)) {
      const { area, need } = one.cell;
      const answer = await askMap(door, "card", { area, node: need, period: quarter });
      one.ms = Math.min(one.ms, answer.ms);
      const plain = withoutWhatIsPublic(answer.text);
      one.size = plain.length;
      one.rest = `${answer.status} ${answer.headers.join()} ${plain}`;
    }
  }
  // Sectors differ in what is public of them: what counts is how a cell differs from the others of its sector.
  const usual = new Map(seen.map((one) => [one.cell.area, one.size]));
  const few = seen.map((one) => one.few);
  const signals = {
    size: seen.map(({ cell, size }) => size - (usual.get(cell.area) ?? 0)),
    time: seen.map(({ ms }) => ms),
  };
  for (const [channel, values] of Object.entries(signals)) {
    const score = auc(values, few);
    tell({
      id: "D10",
      case: `${channel} of the card of a hidden cell`,
      score: round(score, 3),
      limit: MOST_AUC,
      nobody: few.filter((one) => !one).length,
      some: few.filter(Boolean).length,
      ok: score <= MOST_AUC,
    });
  }
  // Byte for byte, with status and headers, once what is public is taken out: one text for each sector.
  const texts = new Map<number, Set<string>>();
  for (const { cell, rest } of seen) texts.set(cell.area, (texts.get(cell.area) ?? new Set()).add(rest));
  const odd = [...texts.values()].filter((each) => each.size > 1).length;
  tell({
    id: "D10",
    case: "sectors whose hidden cells do not all answer the same bytes, status and headers",
    score: odd,
    limit: 0,
    sectors: texts.size,
    ok: texts.size > 0 && odd === 0,
  });
}

/** A card without the name of its need and without the published figures of wider areas. */
function withoutWhatIsPublic(text: string): string {
  return text.replaceAll(/"(?:node|label)":"[^"]*"/g, '""').replaceAll(/"figure":(?:\d+|null)/g, '""');
}

function inAnyOrder<T>(chance: Chance, all: readonly T[]): T[] {
  return all
    .map((one) => ({ one, at: chance.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
