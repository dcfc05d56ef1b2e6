import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  endGlass,
  listGlassCases,
  listGlassParties,
  listOwnGlass,
  lookThroughGlass,
  openGlass,
  reviewGlass,
} from "./break-glass";
import type { ActorCtx } from "./context";
import type { OpenGlass } from "./domain/break-glass";
import { GLASS_LOOKS_AN_HOUR, GLASS_OPENINGS_AN_HOUR, reviewDueOn } from "./domain/break-glass";
import { Conflict, Invalid, NotAllowed, NotFound } from "./domain/errors";
import { dayOf } from "./domain/period";
import { uuidv7 } from "./ids";
import { testDatabase } from "./testing";
import { addPerson } from "./testing-linking";
import { arrangeMember, contextFor, steppedUp } from "./testing-people";
import { aCell, agree, arrangeShared, type Shared } from "./testing-sharing";
import { whoLooked } from "./who-looked";

const db = await testDatabase();
let shared: Shared;
/** A worker at the organisation that looks, who has just shown that it is they. */
let worker: ActorCtx;
let officers: { asker: ActorCtx; giver: ActorCtx };

const failure = (work: () => Promise<unknown>) =>
  work().then(
    () => null,
    (error: unknown) => error,
  );

const glass = (over: Partial<OpenGlass> = {}): OpenGlass => ({
  id: uuidv7(),
  clientId: shared.own,
  givingOrganisationId: shared.giver.organisationId,
  reason: "life-at-risk",
  words: "They said on the phone that they cannot go on.",
  hours: 1,
  ...over,
});

const another = async (roles: Parameters<typeof arrangeMember>[2], organisationId: number) =>
  contextFor(
    db,
    await steppedUp(db, await arrangeMember(db, organisationId, roles, { name: "Somebody Else" })),
  );

beforeAll(async () => {
  shared = await arrangeShared(db, "Glass");
  // It shows "known to" and no more; the emergency opens the fullest level.
  await agree(db, shared, [aCell({ rests: "consent" })], { purposes: ["safeguarding"] });
  worker = contextFor(db, await steppedUp(db, shared.asker.ctx.actor));
  officers = {
    asker: await another(["officer"], shared.asker.organisationId),
    giver: await another(["officer"], shared.giver.organisationId),
  };
});

beforeEach(async () => {
  await db.administrator`delete from casework.throttle`;
});

/** As the web's own login, without a procedure in front. */
const asLogin = <T>(
  { actor }: ActorCtx,
  work: (tx: Parameters<Parameters<typeof db.app.begin>[1]>[0]) => Promise<T>,
) =>
  db.app.begin(async (tx) => {
    await tx`select set_config('app.organisation_id', ${String(actor.organisationId)}, true),
                    set_config('app.member_id', ${actor.memberId}, true)`;
    return work(tx);
  });

describe("emergency access", () => {
  test("names the organisations that an agreement for safeguarding allows, and no other", async () => {
    expect(await listGlassParties(worker)).toMatchObject([{ organisationId: shared.giver.organisationId }]);
    const alone = await arrangeShared(db, "Alone");
    expect(await listGlassParties(alone.asker.ctx)).toEqual([]);
    const ctx = contextFor(db, await steppedUp(db, alone.asker.ctx.actor));
    const asked = glass({ clientId: alone.own, givingOrganisationId: alone.giver.organisationId });
    expect(await failure(() => openGlass(ctx, asked))).toBeInstanceOf(Conflict);
  });

  test("opens the fullest level of what the agreement covers, for whoever opened it alone", async () => {
    const asked = glass();
    await openGlass(worker, asked);
    const shown = await lookThroughGlass(worker, asked);
    expect(shown).toEqual([
      {
        ...{ givenName: "Amina", familyName: expect.any(String), phone: expect.any(String) },
        ...{ services: [expect.objectContaining({ next: "consult" })], colour: "amber" },
        needs: [expect.objectContaining({ need: "HOU-04", status: "new" })],
      },
    ]);
    const colleague = await another(["caseworker"], shared.asker.organisationId);
    expect(await failure(() => lookThroughGlass(colleague, asked))).toBeInstanceOf(NotFound);
    expect(await failure(() => endGlass(colleague, asked))).toBeInstanceOf(NotFound);
    const rows = await db.app.begin(async (tx) => {
      await tx`select set_config('app.organisation_id', ${String(shared.asker.organisationId)}, true),
                      set_config('app.member_id', ${colleague.actor.memberId}, true)`;
      return tx`select * from governance.look_through_glass(${asked.id}, 'x')`;
    });
    expect([...rows]).toEqual([]);
    expect(await failure(() => openGlass(worker, glass()))).toBeInstanceOf(Conflict);
    await endGlass(worker, asked);
  });

  test("asks for the second step just now, a client of one's own, and hours that there are", async () => {
    const stale = { ...worker, actor: { ...worker.actor, sessionId: null } };
    expect(await failure(() => openGlass(stale, glass()))).toMatchObject({ needs: "step-up" });
    expect(await failure(() => openGlass(worker, glass({ clientId: uuidv7() })))).toBeInstanceOf(NotFound);
    const long = { ...glass(), hours: 8 };
    const [row] = await db.app.begin(async (tx) => {
      await tx`select set_config('app.organisation_id', ${String(shared.asker.organisationId)}, true),
                      set_config('app.member_id', ${worker.actor.memberId}, true)`;
      return tx`select governance.open_glass(
        ${long.id}, ${long.clientId}, ${long.givingOrganisationId}, ${long.reason}, ${Buffer.of(1)}, 8::smallint, 'x') as at`;
    });
    expect(row).toEqual({ at: null });
  });

  test("is opened five times an hour by one member and looked through twenty times, and no more", async () => {
    const busy = await another(["caseworker"], shared.asker.organisationId);
    let last = glass();
    for (let n = 0; n < GLASS_OPENINGS_AN_HOUR; n++) {
      last = glass({ clientId: (await addPerson(shared.asker, { givenName: `Person ${n}` })).clientId });
      await openGlass(busy, last);
    }
    expect(await failure(() => openGlass(busy, glass()))).toBeInstanceOf(NotAllowed);
    for (let n = 0; n < GLASS_LOOKS_AN_HOUR; n++) await lookThroughGlass(busy, last);
    expect(await failure(() => lookThroughGlass(busy, last))).toBeInstanceOf(NotAllowed);
    // A colleague has turns of their own.
    const colleague = await another(["caseworker"], shared.asker.organisationId);
    const theirs = glass();
    await openGlass(colleague, theirs);
    await endGlass(colleague, theirs);
  });

  test("tells an organisation that does not know the person nothing of them, and gives it nothing to review", async () => {
    const { clientId } = await addPerson(shared.asker, { givenName: "Stranger" });
    const asked = glass({ clientId });
    await openGlass(worker, asked);
    expect(await lookThroughGlass(worker, asked)).toEqual([]);
    const ids = async (ctx: ActorCtx) => (await listGlassCases(ctx)).map(({ id }) => id);
    expect(await ids(officers.giver)).not.toContain(asked.id);
    expect(await ids(officers.asker)).toContain(asked.id);
    const rows = await asLogin(
      officers.giver,
      (tx) => tx`select client_id, words from governance.break_glass where id = ${asked.id}`,
    );
    expect([...rows]).toEqual([]);
    const word = { id: asked.id, verdict: "wrong", words: "We do not know them." } as const;
    expect(await failure(() => reviewGlass(officers.giver, word))).toBeInstanceOf(NotFound);
    await endGlass(worker, asked);
  });

  test("is refused by the database as well to a member who has not just shown that it is they", async () => {
    const plain = contextFor(db, await arrangeMember(db, shared.asker.organisationId, ["caseworker"]));
    const asked = glass();
    const open = (ctx: ActorCtx) =>
      asLogin(
        ctx,
        (tx) => tx`
          select governance.open_glass(${asked.id}, ${asked.clientId}, ${asked.givingOrganisationId}, ${asked.reason},
                                       ${Buffer.of(1)}, 1::smallint, 'x') is not null as opened`,
      );
    expect(await open(plain)).toEqual([{ opened: false }]);
    const stale = await steppedUp(db, plain.actor);
    await db.administrator`
      update casework.session set stepped_up_at = now() - interval '6 minutes' where id = ${stale.sessionId}`;
    expect(await open(plain)).toEqual([{ opened: false }]);
    const fresh = contextFor(db, await steppedUp(db, plain.actor));
    await openGlass(fresh, asked);
    await endGlass(fresh, asked);
  });

  test("stays as a case when the record of who looked, or of who gave, is erased, without a word about the person", async () => {
    const erased = await arrangeShared(db, "Erased");
    await agree(db, erased, [aCell()], { purposes: ["safeguarding"] });
    const looker = contextFor(db, await steppedUp(db, erased.asker.ctx.actor));
    const sides = {
      asker: await another(["officer"], erased.asker.organisationId),
      giver: await another(["officer"], erased.giver.organisationId),
    };
    const asked = glass({ clientId: erased.own, givingOrganisationId: erased.giver.organisationId });
    await openGlass(looker, asked);
    await lookThroughGlass(looker, asked);
    const word = { id: asked.id, verdict: "wrong", words: "Amina was in no danger." } as const;
    await reviewGlass(sides.giver, word);
    await reviewGlass(sides.asker, { ...word, verdict: "right" });
    const erase = (ctx: ActorCtx, clientId: string) =>
      asLogin(
        ctx,
        (tx) => tx`select casework.erase_clients(${ctx.actor.organisationId}, ${[clientId]}::uuid[])`,
      );

    await erase(sides.giver, erased.given);
    expect(await listGlassCases(sides.giver)).toMatchObject([
      { clientIds: [], words: asked.words, review: { verdict: "wrong", words: null } },
    ]);
    expect(await listGlassCases(sides.asker)).toMatchObject([
      { clientIds: [erased.own], isOpen: true, review: { verdict: "right", words: word.words } },
    ]);

    await erase(sides.asker, erased.own);
    for (const [ctx, verdict] of [
      [sides.giver, "wrong"],
      [sides.asker, "right"],
    ] as const) {
      expect(await listGlassCases(ctx)).toMatchObject([
        {
          ...{ clientIds: [], words: null, isOpen: false, memberName: looker.actor.name, looks: 1 },
          review: { verdict, words: null },
        },
      ]);
    }
    expect(await failure(() => lookThroughGlass(looker, asked))).toBeInstanceOf(NotFound);
  });

  test("ends with its hours, with a word, and with the agreement: no job has to run", async () => {
    const asked = glass();
    await openGlass(worker, asked);
    expect(await listOwnGlass(worker)).toMatchObject([{ id: asked.id, clientId: shared.own }]);
    await db.administrator`update governance.break_glass set ends_at = now() where id = ${asked.id}`;
    expect(await listOwnGlass(worker)).toEqual([]);
    expect(await failure(() => lookThroughGlass(worker, asked))).toBeInstanceOf(NotFound);

    const ended = glass();
    await openGlass(worker, ended);
    await endGlass(worker, ended);
    expect(await failure(() => lookThroughGlass(worker, ended))).toBeInstanceOf(NotFound);

    const agreed = glass();
    await openGlass(worker, agreed);
    await db.administrator`
      update governance.agreement set state = 'withdrawn', last_day = governance.today() - 1
      where id in (select agreement_id from governance.break_glass where id = ${agreed.id})`;
    expect(await failure(() => lookThroughGlass(worker, agreed))).toBeInstanceOf(NotFound);
    await db.administrator`update governance.agreement set state = 'signed', last_day = null`;
    await endGlass(worker, agreed);
  });

  test("is written down on both sides, and an officer of the giving one sees who, when and why", async () => {
    const asked = glass({ reason: "adult-at-risk" });
    await openGlass({ ...worker, requestId: uuidv7() }, asked);
    await lookThroughGlass({ ...worker, requestId: uuidv7() }, asked);
    await endGlass(worker, asked);
    const today = dayOf(new Date());
    const window = { from: today, to: today };
    const { groups } = await whoLooked(officers.giver, {
      about: { kind: "client", id: shared.given },
      ...window,
    });
    expect(groups).toContainEqual(
      expect.objectContaining({
        isOwn: false,
        organisationName: shared.asker.ctx.actor.organisationName,
        why: expect.objectContaining({ kind: "given" }),
      }),
    );
    const own = await whoLooked(officers.asker, { about: { kind: "client", id: shared.own }, ...window });
    expect(own.groups.flatMap(({ did }) => did.map(({ action }) => action))).toContain("break-glass.look");
    const cases = await listGlassCases(officers.giver);
    expect(cases.find(({ id }) => id === asked.id)).toMatchObject({
      ...{ isGiver: true, memberName: worker.actor.name, reason: "adult-at-risk", clientIds: [shared.given] },
      ...{ words: asked.words, looks: 1, isOpen: false, isOverdue: false, review: null },
    });
  });

  test("is reviewed once by an officer of each side, and is overdue after two working days", async () => {
    const asked = glass();
    await openGlass(worker, asked);
    await endGlass(worker, asked);
    await db.administrator`
      update governance.break_glass set opened_at = now() - interval '14 days' where id = ${asked.id}`;
    const caseOf = async (ctx: ActorCtx) => (await listGlassCases(ctx)).find(({ id }) => id === asked.id);
    expect(await caseOf(officers.giver)).toMatchObject({ isOverdue: true });
    const word = { id: asked.id, verdict: "right", words: "A life was at risk." } as const;
    await reviewGlass(officers.giver, word);
    expect(await caseOf(officers.giver)).toMatchObject({
      isOverdue: false,
      review: { verdict: "right", words: word.words, byName: "Somebody Else" },
    });
    expect(await caseOf(officers.asker)).toMatchObject({ isOverdue: true, review: null });
    expect(await failure(() => reviewGlass(officers.giver, word))).toBeInstanceOf(Conflict);
    const both = contextFor(db, { ...worker.actor, roles: ["caseworker", "officer"] });
    expect(await failure(() => reviewGlass(both, word))).toBeInstanceOf(Invalid);
    const outside = await arrangeShared(db, "Outside");
    const stranger = await another(["officer"], outside.giver.organisationId);
    expect(await failure(() => reviewGlass(stranger, word))).toBeInstanceOf(NotFound);
    expect(await listGlassCases(stranger)).toEqual([]);
  });
});

test("A review is due two working days after the day, over a weekend and a holiday", () => {
  expect(reviewDueOn("2026-11-18", new Set())).toBe("2026-11-20");
  expect(reviewDueOn("2026-11-20", new Set())).toBe("2026-11-24");
  expect(reviewDueOn("2026-12-24", new Set(["2026-12-25", "2026-12-28"]))).toBe("2026-12-30");
});
