import { beforeEach, describe, expect, test, vi } from "vitest";
import { listLooks } from "./client-looks";
import { inTransaction } from "./context";
import type { Cell, Purpose } from "./domain/agreements/agreement";
import { knownToSchema, LOOKS_AN_HOUR } from "./domain/agreements/known-to";
import type { NewClientInput } from "./domain/client";
import { addDays, addMonths, dayOf } from "./domain/period";
import { wordingFor } from "./domain/plain-wording";
import { uuidv7 } from "./ids";
import { knownTo, lookStands, passOnYes, waitAfter } from "./known-to";
import { listNotices } from "./rights-notices";
import { sharedPerson } from "./shared-views";
import { testDatabase } from "./testing";
import { signedWithDays } from "./testing-agreements";
import { anEntry, arrangeService, arrangeTeam } from "./testing-casework";
import { addPerson, areOne, runLinker } from "./testing-linking";
import { holdBack } from "./testing-lists";
import { arrangeMember, contextFor } from "./testing-people";
import { aCell, agree, aLook, arrangeShared, logMore, makeOne, type Shared, say } from "./testing-sharing";

vi.mock("node:timers/promises", () => ({ setTimeout: async () => {} }));

const db = await testDatabase();
const today = dayOf(new Date());

beforeEach(async () => {
  await db.administrator`delete from casework.throttle`;
});

let worlds = 0;
/** Two organisations, a person and a signed agreement of these cells. */
async function sharing(cells: readonly Cell[], over: Parameters<typeof agree>[3] = {}): Promise<Shared> {
  worlds += 1;
  const shared = await arrangeShared(db, `World ${worlds}`);
  await agree(db, shared, cells, over);
  return shared;
}

const look = ({ asker, own }: Shared, purpose?: Purpose) => knownTo(asker.ctx, aLook(own, purpose));

describe("known to", () => {
  test("says which service knows them, how recent, and to consult whoever has something open", async () => {
    const shared = await sharing([aCell()]);
    await db.administrator`
      update casework.service set team_name = 'Advice line', team_phone = '01632 960001'
      where id = ${shared.giver.serviceId}`;
    expect(await look(shared)).toEqual({
      services: [
        {
          organisation: shared.giver.ctx.actor.organisationName,
          service: `${shared.giver.ctx.actor.organisationName} service`,
          team: { name: "Advice line", phone: "01632 960001", email: null },
          recency: "0-3",
          next: "consult",
        },
      ],
    });
  });

  test("has no other field, and another one would be refused", async () => {
    const answer = await look(await sharing([aCell()]));
    const [service] = answer.services;
    expect(Object.keys(service ?? {}).sort()).toEqual(["next", "organisation", "recency", "service", "team"]);
    for (const extra of [{ name: "Amina" }, { needs: [] }, { clientId: uuidv7() }]) {
      expect(knownToSchema.safeParse({ ...answer, ...extra }).success).toBe(false);
      expect(knownToSchema.safeParse({ services: [{ ...service, ...extra }] }).success).toBe(false);
    }
  });

  test("is by service: one that has closed what it had is to be referred to, by its own last day", async () => {
    const shared = await sharing([aCell()]);
    const other = await arrangeService(db, shared.giver.organisationId, "Debt team");
    const issueId = uuidv7();
    const old = { serviceId: other, lateReason: "Written down on paper" };
    await logMore(shared.giver, shared.given, {
      ...old,
      occurredOn: addMonths(today, -14),
      entries: [anEntry({ issueId, need: "MON-01" })],
    });
    await logMore(shared.giver, shared.given, {
      ...old,
      occurredOn: addMonths(today, -5),
      entries: [anEntry({ issueId, need: "MON-01", status: "resolved" })],
    });
    const { services } = await look(shared);
    expect(services.map(({ service, recency, next }) => [service, recency, next])).toEqual([
      [expect.stringContaining("service"), "0-3", "consult"],
      ["Debt team", "3-12", "refer"],
    ]);
  });

  test("counts only contacts about needs that the agreement covers", async () => {
    expect(await look(await sharing([aCell()], { needs: ["MON"] }))).toEqual({ services: [] });
    expect((await look(await sharing([aCell()], { needs: ["HOU-04"] }))).services).toHaveLength(1);
  });

  test("says nothing of a sensitive need on a basis alone, and says it on a yes", async () => {
    for (const [rests, seen] of [
      ["basis", 0],
      ["consent", 1],
    ] as const) {
      const shared = await sharing([aCell({ rests })], { needs: ["MEN-01"] });
      await logMore(shared.giver, shared.given, { entries: [anEntry({ need: "MEN-01" })] });
      await say(shared.giver.ctx, shared.given, "given");
      expect((await look(shared)).services).toHaveLength(seen);
    }
  });

  test("finds nobody but the person that linking made of the own client", async () => {
    const shared = await sharing([aCell()]);
    const stranger = await logMore(shared.asker, uuidv7(), {
      newClient: { givenName: "Amina", familyName: "Okafor", dateOfBirth: "1984-05-31" },
    }).catch(() => null);
    expect(stranger).toBeNull();
    await expect(knownTo(shared.asker.ctx, aLook(shared.given))).rejects.toThrow("This person");
    await expect(knownTo(shared.asker.ctx, aLook(uuidv7()))).rejects.toThrow("This person");
  });

  test("an objection, a no to a basis, another purpose, another role and a day after the end: nothing", async () => {
    const objects = await sharing([aCell()]);
    await db.administrator`
      insert into governance.objection (organisation_id, id, client_id, against, made_through)
      values (${objects.giver.organisationId}, ${uuidv7()}, ${objects.given}, 'sharing', 'client')`;
    const declines = await sharing([aCell()]);
    await say(declines.giver.ctx, declines.given, "declined");
    const ended = await sharing([aCell()]);
    await signedWithDays(db, ended.giver.organisationId, {
      startsOn: addDays(today, -9),
      reviewOn: addDays(today, -9),
      endsOn: addDays(today, -1),
    });
    const forAnalysts = await sharing([aCell({ group: "analyst" })]);
    for (const shared of [objects, declines, ended, forAnalysts]) {
      expect(await look(shared)).toEqual({ services: [] });
    }
    expect(await look(await sharing([aCell()]), "safeguarding")).toEqual({ services: [] });
  });

  test("a duty to protect holds for safeguarding, whatever was said, and for nothing else", async () => {
    const shared = await sharing([aCell({ rests: "duty" })], {
      purposes: ["safeguarding", "direct-support"],
    });
    await say(shared.giver.ctx, shared.given, "declined");
    expect((await look(shared, "safeguarding")).services).toHaveLength(1);
    expect((await look(shared, "direct-support")).services).toHaveLength(0);
  });
});

describe("somebody who asked the organisation that looks to hold back use of their data, or objects there", () => {
  test("is looked up nowhere, the worker reads why, and what was shown is gone", async () => {
    const objects = await sharing([aCell({ detail: "full" })]);
    const held = await sharing([aCell({ detail: "full" })]);
    const looks = new Map([objects, held].map((shared) => [shared, aLook(shared.own)]));
    for (const [shared, asked] of looks)
      expect((await knownTo(shared.asker.ctx, asked)).services).toHaveLength(1);
    await db.administrator`
      insert into governance.objection (organisation_id, id, client_id, against, made_through)
      values (${objects.asker.organisationId}, ${uuidv7()}, ${objects.own}, 'sharing', 'client')`;
    await holdBack(db, held.asker, held.own);
    for (const [shared, asked] of looks) {
      expect(await lookStands(shared.asker.ctx, asked)).toEqual({ stands: false });
      for (const ask of [knownTo, sharedPerson]) {
        const asking = { ...shared.asker.ctx, requestId: uuidv7() };
        await expect(ask(asking, aLook(shared.own))).rejects.toThrow("does not say whether others");
      }
      const { looks } = await listLooks(shared.asker.ctx, { clientId: shared.own, before: null });
      expect(looks.filter(({ action }) => action === "sharing.refuse-held")).toHaveLength(2);
      // The database shows nothing by itself.
      const opened = await inTransaction(
        shared.asker.ctx,
        ({ db }) => db<object[]>`
        select * from governance.known_to(${uuidv7()}, ${shared.own}, 'direct-support', 'who-does-what', null, 'test')`,
      );
      expect([...opened]).toEqual([]);
    }
  });

  test("is looked up under a duty to protect, for safeguarding alone", async () => {
    const shared = await sharing([aCell({ rests: "duty" })], {
      purposes: ["safeguarding", "direct-support"],
    });
    await holdBack(db, shared.asker, shared.own);
    expect((await look(shared, "safeguarding")).services).toHaveLength(1);
    await expect(look(shared, "direct-support")).rejects.toThrow("choose “Safeguarding”");
  });
});

describe("a person by level of detail", () => {
  const fields = {
    "known-to": ["because", "detail", "organisation", "services"],
    rag: ["because", "colour", "detail", "organisation", "services"],
    coded: ["because", "colour", "detail", "needs", "organisation", "services"],
    full: ["because", "colour", "detail", "needs", "organisation", "people", "services"],
  } as const;

  test.each(["known-to", "rag", "coded", "full"] as const)("%s has exactly its fields", async (detail) => {
    const shared = await sharing([aCell({ detail })]);
    const [person] = await sharedPerson(shared.asker.ctx, aLook(shared.own));
    expect(Object.keys(person ?? {}).sort()).toEqual(fields[detail]);
    expect(person).toMatchObject({
      detail,
      because: { rests: "basis", consent: null, agreement: { lastDay: addDays(today, 365) } },
      ...(detail !== "known-to" && { colour: "amber" }),
      ...(detail === "coded" && {
        needs: [
          {
            ...{ need: "HOU-04", status: "new" },
            words: { need: "Rent or mortgage arrears", status: "New: it came up for the first time." },
          },
        ],
      }),
      ...(detail === "full" && {
        people: [{ givenName: "Amina", familyName: "Okafor", phone: expect.stringContaining("960123") }],
      }),
    });
  });

  test("says a need in the words of the reader's own profession", async () => {
    const shared = await sharing([aCell({ detail: "coded" })]);
    await db.administrator`
      update casework.organisation set profession = 'police' where id = ${shared.asker.organisationId}`;
    const [person] = await sharedPerson(shared.asker.ctx, aLook(shared.own));
    expect(person?.needs?.[0]?.words).toEqual({
      need: wordingFor("police", { need: "HOU-04" }),
      status: "New: they first spoke of it now.",
    });
  });

  test("says until when the yes holds that it rests on", async () => {
    const shared = await sharing([aCell(), aCell({ detail: "coded", rests: "consent" })]);
    const see = () => sharedPerson(shared.asker.ctx, aLook(shared.own));
    expect(await see()).toMatchObject([{ detail: "known-to" }]);
    await say(shared.giver.ctx, shared.given, "given");
    expect(await see()).toMatchObject([
      { detail: "coded", because: { rests: "consent", consent: { on: today, until: addMonths(today, 6) } } },
    ]);
  });

  test("is judged by each need: what one agreement opens in full, another leaves at a colour", async () => {
    const shared = await sharing([aCell({ detail: "coded" })], { needs: ["HOU"] });
    await agree(db, shared, [aCell({ detail: "rag" })], { needs: ["MON"] });
    await logMore(shared.giver, shared.given, { entries: [anEntry({ need: "MON-01", severity: "crisis" })] });
    expect(await sharedPerson(shared.asker.ctx, aLook(shared.own))).toMatchObject([
      { detail: "coded", colour: "red", needs: [{ need: "HOU-04", status: "new" }] },
    ]);
  });
});

describe("each look", () => {
  test("is written down on both sides, whether or not anybody answered", async () => {
    const shared = await sharing([aCell()]);
    const words = { ...aLook(shared.own), words: "She asked me to ring her adviser" };
    await knownTo(shared.asker.ctx, words);
    await look(shared, "safeguarding");
    const looks = await db.administrator<{ answers: number; purpose: string; words: Buffer | null }[]>`
      select answers, purpose, words from governance.look where client_id = ${shared.own} order by at`;
    expect(looks.map(({ answers, purpose }) => [answers, purpose])).toEqual([
      [1, "direct-support"],
      [0, "safeguarding"],
    ]);
    expect(looks[0]?.words?.toString("latin1")).not.toContain("adviser");
    expect(await actionsAt(shared.asker.organisationId, shared.own)).toEqual(
      expect.arrayContaining(["sharing.known-to", "sharing.known-to"]),
    );
    expect(await actionsAt(shared.giver.organisationId, shared.given)).toContain("sharing.looked");
    const [told] = await db.administrator<{ detail: Record<string, unknown>; memberId: string | null }[]>`
      select detail, member_id from governance.audit_entry
      where organisation_id = ${shared.giver.organisationId} and action = 'sharing.looked'`;
    expect(told).toMatchObject({
      memberId: null,
      detail: { byOrganisation: shared.asker.organisationId, group: "caseworker", purpose: "direct-support" },
    });
    expect(JSON.stringify(told)).not.toContain(shared.own);
    const [use] =
      await db.administrator`select looks from governance.agreement_use where organisation_id = ${shared.asker.organisationId}`;
    expect(use).toEqual({ looks: 1 });
  });

  test("stands in the person's history at both, with who looked and what for", async () => {
    const shared = await sharing([aCell()]);
    await knownTo({ ...shared.asker.ctx, requestId: uuidv7() }, aLook(shared.own));
    const at = async ({ ctx }: Shared["asker"], clientId: string) => {
      const { looks } = await listLooks({ ...ctx, requestId: uuidv7() }, { clientId, before: null });
      return looks.map(({ action, memberName, elsewhere, detail }) => {
        return { action, memberName, elsewhere, purpose: detail["purpose"] };
      });
    };
    expect(await at(shared.giver, shared.given)).toContainEqual({
      action: "sharing.looked",
      memberName: null,
      elsewhere: shared.asker.ctx.actor.organisationName,
      purpose: "direct-support",
    });
    expect(await at(shared.asker, shared.own)).toContainEqual({
      action: "sharing.known-to",
      memberName: "Robin Test",
      elsewhere: null,
      purpose: "direct-support",
    });
  });

  async function actionsAt(organisationId: number, clientId: string): Promise<string[]> {
    const rows = await db.administrator<{ action: string }[]>`
      select e.action from governance.audit_subject as x join governance.audit_entry as e on e.id = x.entry_id
      where x.organisation_id = ${organisationId} and x.subject_id = ${clientId} order by e.id`;
    return rows.map(({ action }) => action);
  }

  test("counts before anything is read: the twenty-first within an hour is refused, of whomever it asks", async () => {
    const shared = await sharing([aCell()]);
    for (let n = 0; n < LOOKS_AN_HOUR; n++) await look(shared);
    await expect(look(shared)).rejects.toThrow("20 times within an hour");
    await expect(knownTo(shared.asker.ctx, aLook(uuidv7()))).rejects.toThrow("20 times within an hour");
    await expect(sharedPerson(shared.asker.ctx, aLook(shared.own))).rejects.toThrow("20 times");
    const [kept] =
      await db.administrator`select count(*)::int as looks from governance.look where client_id = ${shared.own}`;
    expect(kept).toEqual({ looks: LOOKS_AN_HOUR });
    // Others are not held up, and an hour later it goes on.
    const colleague = contextFor(db, await arrangeMember(db, shared.asker.organisationId, ["caseworker"]));
    expect((await knownTo(colleague, aLook(shared.own))).services).toHaveLength(1);
    await db.administrator`update casework.throttle set window_start = window_start - interval '61 minutes'`;
    expect((await look(shared)).services).toHaveLength(1);
  });

  test("counts for the account in all its organisations together", async () => {
    const shared = await sharing([aCell()]);
    for (let n = 0; n < LOOKS_AN_HOUR; n++) await look(shared);
    const elsewhere = await arrangeMember(db, shared.giver.organisationId, ["caseworker"]);
    const same = { ...elsewhere, accountId: shared.asker.ctx.actor.accountId };
    await expect(knownTo(contextFor(db, same), aLook(uuidv7()))).rejects.toThrow("20 times within an hour");
  });

  test("is of an organisation's own client also when the first wall is away", async () => {
    const shared = await sharing([aCell({ detail: "full" })]);
    const actor = await arrangeMember(db, shared.asker.organisationId, ["administrator"]);
    const open = { ...contextFor(db, actor), decide: () => ({ allow: true }) as const };
    expect(await knownTo(open, aLook(shared.own))).toEqual({ services: [] });
    expect(await sharedPerson(open, aLook(shared.own))).toEqual([]);
  });

  test("takes the same statements for somebody who is known and somebody who is not", async () => {
    const shared = await sharing([aCell()]);
    const { clientId: unknown } = await logMoreOfStranger(shared);
    const asked: string[] = [];
    const watching = new Proxy(db.app, {
      get: (target, name, receiver) =>
        name === "begin"
          ? (options: string, work: (tx: unknown) => unknown) =>
              target.begin(options, (tx) =>
                work(
                  new Proxy(tx, {
                    apply: (fn, self, [text, ...values]) => {
                      if (Array.isArray(text)) asked.push(text.join("?").replace(/\s+/g, " ").trim());
                      return Reflect.apply(fn, self, [text, ...values]);
                    },
                  }),
                ),
              )
          : Reflect.get(target, name, receiver),
    });
    const during = async (clientId: string) => {
      asked.length = 0;
      const answer = await knownTo({ ...shared.asker.ctx, db: watching }, aLook(clientId));
      return { known: answer.services.length, asked: [...asked] };
    };
    const [hit, miss] = [await during(shared.own), await during(unknown)];
    expect([hit.known, miss.known]).toEqual([1, 0]);
    expect(hit.asked.length).toBeGreaterThan(4);
    expect(miss.asked).toEqual(hit.asked);
  });

  async function logMoreOfStranger({ asker }: Shared): Promise<{ clientId: string }> {
    return addPerson(asker, { givenName: "Zofia", familyName: "Unknown" });
  }

  test("is answered at whole steps of time, at least one", () => {
    expect([0, 1, 75, 149.5, 150, 151, 301].map((took) => took + waitAfter(took))).toEqual([
      150, 150, 150, 150, 150, 300, 450,
    ]);
  });
});

describe("a yes that is said to whoever looks", () => {
  const waiting = () => sharing([aCell(), aCell({ detail: "coded", rests: "consent" })]);
  const see = async ({ asker, own }: Shared) => {
    const asked = aLook(own);
    const [person] = await sharedPerson(asker.ctx, asked);
    return { id: asked.id, detail: person?.detail };
  };

  /** The notices at whoever gives, of the kind that says yes. */
  const noticesAt = async ({ giver, given }: Shared) =>
    (await listNotices(giver.ctx, given)).filter(({ kind }) => kind === "said-yes");

  test("is told to whoever waits for it, opens nothing, and shows more once a worker there has noted it", async () => {
    const shared = await waiting();
    const { id, detail } = await see(shared);
    expect(detail).toBe("known-to");
    await say(shared.asker.ctx, shared.own, "given");
    await passOnYes(shared.asker.ctx, { lookId: id, how: "face-to-face" });
    await passOnYes(shared.asker.ctx, { lookId: id, how: "face-to-face" });
    expect((await see(shared)).detail).toBe("known-to");
    expect(await noticesAt(shared)).toMatchObject([
      { fromName: shared.asker.ctx.actor.organisationName, about: ["face-to-face"] },
    ]);
    expect(await db.administrator`select from casework.consent where client_id = ${shared.given}`).toEqual(
      [],
    );
    await say(shared.giver.ctx, shared.given, "given");
    const after = await see(shared);
    expect(after.detail).toBe("coded");
    expect(await lookStands(shared.asker.ctx, after)).toEqual({ stands: true });
  });

  test("is not told where it is not written down here today by who looked, or was taken back", async () => {
    const refused = "write their yes down here first";
    const shared = await waiting();
    const { id } = await see(shared);
    await expect(passOnYes(shared.asker.ctx, { lookId: id, how: "phone" })).rejects.toThrow(refused);
    const colleague = contextFor(db, await arrangeMember(db, shared.asker.organisationId, ["caseworker"]));
    await say(colleague, shared.own, "given");
    await expect(passOnYes(shared.asker.ctx, { lookId: id, how: "phone" })).rejects.toThrow(refused);
    await say(shared.asker.ctx, shared.own, "given");
    await say(shared.asker.ctx, shared.own, "withdrawn");
    await expect(passOnYes(shared.asker.ctx, { lookId: id, how: "phone" })).rejects.toThrow(refused);
    expect(await noticesAt(shared)).toEqual([]);
  });

  test("is not told against a no of any record there, nor once the two are no longer one person", async () => {
    const shared = await waiting();
    const { id } = await see(shared);
    await say(shared.asker.ctx, shared.own, "given");
    const second = await addPerson(shared.giver);
    await makeOne(db, { organisationId: shared.asker.organisationId, clientId: shared.own }, second);
    await say(shared.giver.ctx, second.clientId, "declined");
    await passOnYes(shared.asker.ctx, { lookId: id, how: "phone" });
    expect(await noticesAt(shared)).toEqual([]);

    const parted = await waiting();
    const before = await see(parted);
    await say(parted.asker.ctx, parted.own, "given");
    await db.administrator`
      update identity.client_person set person_id = origin_person_id where client_id in (${parted.own}, ${parted.given})`;
    await passOnYes(parted.asker.ctx, { lookId: before.id, how: "phone" });
    expect(await noticesAt(parted)).toEqual([]);
  });

  test("is of one's own look, and not for somebody under 16", async () => {
    const shared = await waiting();
    const { id } = await see(shared);
    const colleague = contextFor(db, await arrangeMember(db, shared.asker.organisationId, ["caseworker"]));
    await expect(passOnYes(colleague, { lookId: id, how: "phone" })).rejects.toThrow("This look");
    await db.administrator`
      update identity.client_identity set date_of_birth = null where client_id = ${shared.own}`;
    await expect(passOnYes(shared.asker.ctx, { lookId: id, how: "phone" })).rejects.toThrow("under 16");
  });
});

describe("a link", () => {
  /** One client each of two new teams, with an agreement; whether they are one person, and what a look finds. */
  async function pairOf(mine: Partial<NewClientInput>, theirs: Partial<NewClientInput>) {
    worlds += 1;
    const [giver, asker] = [
      await arrangeTeam(db, `Pair ${worlds} A`),
      await arrangeTeam(db, `Pair ${worlds} B`),
    ];
    await agree(db, { giver, asker }, [aCell()]);
    const [given, own] = [await addPerson(giver, theirs), await addPerson(asker, mine)];
    await runLinker(db);
    const { services } = await knownTo(asker.ctx, aLook(own.clientId));
    return { one: await areOne(db, given, own), found: services.length, given, own, asker };
  }
  const person = (n: number) => ({
    ...{ givenName: `Wilhelmina`, familyName: "Featherstonehaugh", dateOfBirth: `19${50 + n}-06-14` },
    ...{ phone: `01632 96070${n}`, email: `w${n}.featherstonehaugh@mail.test` },
  });

  test("opens a look where an identifier is the same", async () => {
    const identifiers = [{ kind: "nino" as const, value: "JG103761C" }];
    const bare = { ...person(1), phone: null, email: null, identifiers };
    expect(await pairOf(bare, { ...bare, givenName: "Mina" })).toMatchObject({ one: true, found: 1 });
  });

  test("opens a look where name, date of birth and phone are the same, and no longer once one of them changed", async () => {
    const { one, found, own, asker } = await pairOf(person(2), person(2));
    expect({ one, found }).toEqual({ one: true, found: 1 });
    await db.administrator`update identity.client_identity set version = version + 1 where client_id = ${own.clientId}`;
    expect(await knownTo(asker.ctx, aLook(own.clientId))).toEqual({ services: [] });
  });

  test("opens nothing on likeness, though it makes one person for counting, until a steward has said so", async () => {
    const like = await pairOf(person(3), { ...person(3), familyName: "Fetherstonhaugh" });
    expect(like).toMatchObject({ one: true, found: 0 });
    await makeOne(db, like.own, like.given);
    expect((await knownTo(like.asker.ctx, aLook(like.own.clientId))).services).toHaveLength(1);
  });
});

describe("a forged look", () => {
  test("of a made-up client under the id of an earlier look is refused by the database itself", async () => {
    const shared = await sharing([aCell({ detail: "full" })]);
    const asked = aLook(shared.own);
    await sharedPerson(shared.asker.ctx, asked);
    const { organisationId, memberId } = await arrangeMember(db, shared.asker.organisationId, [
      "administrator",
    ]);
    for (const name of ["known_to", "shared_person"]) {
      const forged = db.app.begin(async (tx) => {
        await tx`
          select set_config('app.organisation_id', ${String(organisationId)}, true),
                 set_config('app.member_id', ${memberId}, true)`;
        return tx`
          select * from ${tx.unsafe(`governance.${name}`)}(
            ${asked.id}, ${uuidv7()}, 'direct-support', 'who-does-what', null, 'r')`;
      });
      await expect(forged).rejects.toMatchObject({ code: "42501" });
    }
  });
});

describe("an open page", () => {
  test("hides what was shown as soon as a yes is taken back, and not before", async () => {
    const shared = await sharing([aCell({ detail: "coded", rests: "consent" })]);
    await say(shared.giver.ctx, shared.given, "given");
    const asked = aLook(shared.own);
    expect(await sharedPerson(shared.asker.ctx, asked)).toHaveLength(1);
    expect(await lookStands(shared.asker.ctx, asked)).toEqual({ stands: true });
    await say(shared.giver.ctx, shared.given, "withdrawn");
    expect(await lookStands(shared.asker.ctx, asked)).toEqual({ stands: false });
  });

  test("hides it when the agreement ends, and shows nobody else's look", async () => {
    const shared = await sharing([aCell()]);
    const asked = aLook(shared.own);
    await knownTo(shared.asker.ctx, asked);
    const colleague = contextFor(db, await arrangeMember(db, shared.asker.organisationId, ["caseworker"]));
    expect(await lookStands(colleague, asked)).toEqual({ stands: false });
    await db.administrator`
      update governance.agreement set state = 'withdrawn', last_day = ${addDays(today, -1)}
      where organisation_id = ${shared.giver.organisationId}`;
    expect(await lookStands(shared.asker.ctx, asked)).toEqual({ stands: false });
  });

  test("hides it when whoever gave has erased the record", async () => {
    const shared = await sharing([aCell({ detail: "full" })]);
    const asked = aLook(shared.own);
    expect(await sharedPerson(shared.asker.ctx, asked)).toHaveLength(1);
    await db.app.begin(async (tx) => {
      const { organisationId } = shared.giver;
      await tx`select set_config('app.organisation_id', ${String(organisationId)}, true)`;
      await tx`select casework.erase_clients(${organisationId}, ${[shared.given]}::uuid[])`;
    });
    expect(await lookStands(shared.asker.ctx, asked)).toEqual({ stands: false });
  });
});
