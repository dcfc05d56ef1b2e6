/** Lists for tests: two organisations, people at homes with needs open, agreements that open lists, and actions at rows. */

import type { ActorCtx } from "./context";
import type { Cell, Terms } from "./domain/agreements/agreement";
import type { ClosePlace, Detail } from "./domain/agreements/grid";
import type { ShownListAction } from "./domain/agreements/list-action";
import { type AskList, askListSchema } from "./domain/agreements/shared-list";
import type { NewClientInput } from "./domain/client";
import { addDays, dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import { addListAction, listListActions } from "./list-actions";
import { placeHold } from "./rights-deciding";
import { makeList } from "./shared-lists";
import type { TestDatabase } from "./testing";
import { anEntry, arrangeTeam, type Team } from "./testing-casework";
import { addPerson } from "./testing-linking";
import { arrangeMember, contextFor } from "./testing-people";
import { aCell, agree, logMore } from "./testing-sharing";

export const HOME = {
  place: { kind: "postcode", postcode: "ZE1 1AA" },
  address: "14 Whitby Street",
} as const;

export interface ListTeams {
  giver: Team;
  asker: Team;
  /** Of the asker. */
  manager: ActorCtx;
  /** Signs an agreement by which the giver gives; gives its id. */
  signed: (cells: readonly Cell[], over?: Partial<Terms>) => Promise<string>;
}

export async function arrangeLists(db: TestDatabase): Promise<ListTeams> {
  const giver = await arrangeTeam(db, "List advice");
  const asker = await arrangeTeam(db, "List housing");
  return {
    ...{ giver, asker },
    manager: contextFor(db, await arrangeMember(db, asker.organisationId, ["manager"])),
    signed: async (cells, over = {}) =>
      (await agree(db, { giver, asker }, cells, { needs: ["MON-01", "FAM-01", "MEN"], ...over })).id,
  };
}

/** Somebody at a place, with these needs open. */
export async function somebody(
  team: Team,
  details: Partial<NewClientInput>,
  needs: readonly string[],
): Promise<string> {
  const { clientId } = await addPerson(team, details);
  for (const need of needs) await logMore(team, clientId, { entries: [anEntry({ need })] });
  return clientId;
}

export const asking = (agreementId: string, over: Partial<AskList> = {}): AskList =>
  askListSchema.parse({
    ...{ id: uuidv7(), agreementId, level: "household", purpose: "direct-support", reason: "offer-help" },
    ...{ words: null, within: ["ZE1 1AA"], street: "Whitby Street", needs: ["MON-01"] },
    ...over,
  });

export const cellFor = (place: ClosePlace, detail: Detail, over: Partial<Cell> = {}): Cell =>
  aCell({ place, detail, group: "manager", ...over });

/** An action of a member at the first row of a new list. */
export async function anAction(
  ctx: ActorCtx,
  asked: AskList,
  over: { words?: string; clientId?: string } = {},
): Promise<string> {
  const list = await makeList(ctx, asked);
  const id = uuidv7();
  await addListAction(ctx, {
    ...{ id, listId: list.id, row: 1, clientId: over.clientId ?? null, kind: "visit" },
    ...{ words: over.words ?? null, memberId: ctx.actor.memberId, dueOn: addDays(dayOf(new Date()), 7) },
  });
  return id;
}

/** An action as a member sees it on the board. */
export const actionFor = async (ctx: ActorCtx, id: string): Promise<ShownListAction | undefined> =>
  (await listListActions(ctx)).actions.find((one) => one.id === id);

/** An officer of a team holds use of a client back; gives the hold. */
export async function holdBack(db: TestDatabase, team: Team, clientId: string): Promise<string> {
  const officer = contextFor(db, await arrangeMember(db, team.organisationId, ["officer"]));
  const reviewOn = addDays(dayOf(new Date()), 30);
  const id = uuidv7();
  await placeHold(officer, { id, clientId, kind: "restriction", reason: "They asked", reviewOn });
  return id;
}
