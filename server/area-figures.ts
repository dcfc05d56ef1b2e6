/**
 * Figures of authorities, wards and sectors as an agreement opens them: exactly the fields of its cell. The database says
 * what the cell is and counts the look; authorities and sectors are read from what is published, wards through a function
 * that hands over no more than the cell.
 */

import { record } from "./audit";
import { installationNow } from "./clock";
import { type ActorCtx, inTransaction, requireRight, type TxCtx } from "./context";
import type { Purpose } from "./domain/agreements/agreement";
import { areaFile } from "./domain/agreements/area-table";
import { areaColours, authoritiesInPatch, coveredNodes } from "./domain/agreements/areas";
import { type AreaPlace, type Detail, fieldsOf, type SharedField } from "./domain/agreements/grid";
import type { AreaFiguresQuery, SharedArea, SharedAreas } from "./domain/agreements/paperwork";
import { countedNode } from "./domain/counting";
import { ratePerThousand, readFigure } from "./domain/disclosure";
import { NotFound } from "./domain/errors";
import type { NamedArea } from "./domain/figures";
import { PERIOD_TYPES_OF } from "./domain/menu";
import { getNodeByNumber, type NeedNode } from "./domain/needs";
import {
  dayOf,
  financialYearOf,
  findPeriod,
  periodByNumber,
  periodNumber,
  periodText,
} from "./domain/period";
import { listPatch, listSettled } from "./figures/choices";
import { findPublishedAreas, type PublishedAreas } from "./figures/published-areas";
import { requireStepUp } from "./step-up";

interface Look {
  agreementId: string;
  version: number;
  title: string;
  detail: Detail;
  paths: string[];
}

/**
 * The areas of a level as the actor may see them today for a purpose.
 * @throws NotFound when no agreement in force opens them.
 */
export async function getAreaFigures(ctx: ActorCtx, query: AreaFiguresQuery): Promise<SharedAreas> {
  requireRight(ctx, "agreement.use", ctx.actor.organisationId);
  const { place, purpose } = query;
  return inTransaction(ctx, async (ctx) => {
    const look = await takeLook(ctx, place, purpose);
    const today = dayOf(await installationNow(ctx.db));
    const areas = await findPublishedAreas(ctx.reader, financialYearOf(today));
    const authorities = await ownAuthorities(ctx, areas);
    const within = place === "authority" ? null : chooseAuthority(authorities, query.authority);
    const last = place === "ward" ? await lastWardYear(ctx) : await lastSettledYear(ctx);
    return {
      level: place,
      detail: look.detail,
      agreement: { id: look.agreementId, version: look.version, title: look.title },
      covered: coveredNodes(look.paths).map(({ path }) => path),
      period: last === 0 ? null : periodText(periodByNumber(last)),
      within: within && { code: within.code, name: within.name },
      authorities: authorities.map(({ code, name }) => ({ code, name })),
      areas:
        place === "ward"
          ? await readWards(ctx, purpose, look.detail, within?.code ?? "", last)
          : await readPublished(ctx, place, look, areas, within, last),
    };
  });
}

/** The last settled year as a stored period; 0: none has settled. */
async function lastSettledYear(ctx: TxCtx): Promise<number> {
  return numberOf((await listSettled(ctx)).findLast(({ type }) => type === "year")?.period);
}

async function lastWardYear({ db }: TxCtx): Promise<number> {
  const [newest] = await db<{ period: number | null }[]>`select governance.ward_year() as period`;
  return newest?.period ?? 0;
}

/** The same as a file, for somebody who has just shown again that it is they. @throws NotAllowed, NotFound as above. */
export async function exportAreaFigures(
  ctx: ActorCtx,
  query: AreaFiguresQuery,
): Promise<{ name: string; text: string }> {
  requireRight(ctx, "agreement.use", ctx.actor.organisationId);
  await requireStepUp(ctx);
  const shared = await getAreaFigures(ctx, query);
  return {
    name: `${shared.level}-${shared.within?.code ?? "all"}.csv`.toLowerCase(),
    text: areaFile(shared),
  };
}

async function takeLook(ctx: TxCtx, place: AreaPlace, purpose: Purpose): Promise<Look> {
  const [look] = await ctx.db<Look[]>`
    select l.agreement_id, l.version, l.detail, l.paths, a.terms ->> 'title' as title
    from governance.area_look(${place}, ${purpose}) as l
    join governance.agreement as a on a.id = l.agreement_id and a.version = l.version`;
  if (!look) {
    throw new NotFound("This", "No agreement in force lets you see these figures for this purpose.");
  }
  await record(ctx, "agreement.look-at-areas", {
    subjects: [{ kind: "agreement", id: look.agreementId }],
    detail: { version: look.version, place, purpose, detail: look.detail },
  });
  return look;
}

async function ownAuthorities(ctx: TxCtx, areas: PublishedAreas | null): Promise<readonly NamedArea[]> {
  if (!areas) return [];
  const patch = new Set((await listPatch(ctx)).map(({ area }) => area));
  return authoritiesInPatch(areas.of("lad"), areas.insideOf(patch));
}

function chooseAuthority(authorities: readonly NamedArea[], code: string | undefined): NamedArea | null {
  if (code !== undefined) {
    const named = authorities.find((authority) => authority.code === code);
    if (!named) throw new NotFound("This authority");
    return named;
  }
  return authorities[0] ?? null;
}

type Shown = { period: number; area: number; node: number; figure: number };

async function readPublished(
  ctx: TxCtx,
  place: Exclude<AreaPlace, "ward">,
  { detail, paths }: Look,
  areas: PublishedAreas | null,
  within: NamedArea | null,
  last: number,
): Promise<SharedArea[]> {
  if (!areas) return [];
  const level = place === "authority" ? "lad" : "sector";
  const inside = within ? areas.insideOf(new Set([within.area])) : null;
  const named = areas.of(level).filter(({ area }) => inside === null || inside.has(area));
  const nodes = new Map(coveredNodes(paths).map((node) => [countedNode(node.number), node]));
  const types = PERIOD_TYPES_OF[level];
  const settled = (await listSettled(ctx)).filter(({ type }) => types.includes(type));
  const asked = detail === "full" ? settled.map(({ period }) => numberOf(period)) : [last];
  const finest = named.map(({ area }) => areas.finest(area));
  const rows = await ctx.reader<Shown[]>`
    select period, area, node, figure from published.figure
    where slice = 0 and node = any(${[...nodes.keys()]}::smallint[]) and area = any(${finest}::int[])
      and period = any(${asked}::smallint[])
    order by period, node`;
  const byArea = grouped(rows, ({ area }) => area);
  const ofLast = (area: number) => (byArea.get(area) ?? []).filter(({ period }) => period === last);
  const most = finest.map((area) => Math.max(0, ...ofLast(area).map(({ figure }) => figure)));
  const colours = areaColours(
    named.map(({ households }, at) => ratePerThousand(most[at] ? readFigure(most[at]) : null, households)),
  );
  return named.map(({ code, name }, at) => {
    const own = byArea.get(finest[at] ?? 0) ?? [];
    return onlyOpen(place, detail, {
      place: { code, name },
      presence: (most[at] ?? 0) > 0,
      colour: colours[at] ?? null,
      ...linesOf(own, nodes, last),
    });
  });
}

interface WardRow {
  ward: string;
  name: string;
  presence: boolean;
  colour: "red" | "amber" | "green" | null;
  period: number | null;
  node: number | null;
  figure: number | null;
}

async function readWards(
  { db }: TxCtx,
  purpose: Purpose,
  detail: Detail,
  authority: string,
  last: number,
): Promise<SharedArea[]> {
  const rows = await db<WardRow[]>`select * from governance.ward_figures(${authority}, ${purpose})`;
  return [...grouped(rows, ({ ward }) => ward)].flatMap(([ward, own]) => {
    const [first] = own;
    if (!first) return [];
    const shown = own.flatMap(({ period, node, figure }) =>
      period === null || node === null || figure === null ? [] : [{ area: 0, period, node, figure }],
    );
    const nodes = new Map(shown.map(({ node }) => [node, getNodeByNumber(node)]));
    return [
      onlyOpen("ward", detail, {
        place: { code: ward, name: first.name },
        presence: first.presence,
        colour: first.colour,
        ...linesOf(shown, nodes, last),
      }),
    ];
  });
}

function linesOf(
  rows: readonly Shown[],
  nodes: ReadonlyMap<number, NeedNode>,
  last: number,
): Required<Pick<SharedArea, "figures" | "series">> {
  const series = rows.map(({ period, node, figure }) => ({
    period: periodText(periodByNumber(period)),
    need: nodes.get(node)?.path ?? "",
    figure: readFigure(figure),
  }));
  const lastText = last === 0 ? "" : periodText(periodByNumber(last));
  return {
    series,
    figures: series.flatMap(({ period, need, figure }) => (period === lastText ? [{ need, figure }] : [])),
  };
}

function grouped<K, T>(rows: readonly T[], keyOf: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

const numberOf = (text: string | undefined): number => {
  const period = text === undefined ? null : findPeriod(text);
  return period ? periodNumber(period) : 0;
};

/** An area with the fields of the cell alone. */
function onlyOpen(place: AreaPlace, detail: Detail, area: Required<SharedArea>): SharedArea {
  const open = new Set<SharedField>(fieldsOf(place, detail));
  return {
    place: area.place,
    ...(open.has("presence") && { presence: area.presence }),
    ...(open.has("colour") && { colour: area.colour }),
    ...(open.has("figures") && { figures: area.figures }),
    ...(open.has("series") && { series: area.series }),
  };
}
