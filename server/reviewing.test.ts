import { beforeAll, describe, expect, test } from "vitest";
import { logContacts } from "./contacts";
import type { Actor, ActorCtx } from "./context";
import { decide, ROLES, type Role } from "./domain/access";
import type { Opinion } from "./domain/link-review";
import { getLinkQuality } from "./link-quality";
import { drawChecks, openReviews } from "./link-reviews";
import { linkPeople } from "./people";
import type { ClientKey } from "./people-records";
import {
  getReview,
  giveOpinion,
  listDepartedOpinions,
  listOwnOpinions,
  listQueue,
  takeBackOpinion,
} from "./reviewing";
import { createCaller } from "./routers";
import { testDatabase } from "./testing";
import { aClient, aContact, arrangeTeam, type Team } from "./testing-casework";
import { addPerson } from "./testing-linking";
import { arrangeMember, arrangeOrganisation, contextFor } from "./testing-people";
import { arrangeReview, asIfLinked, LIKELY, weighed } from "./testing-reviews";

const db = await testDatabase();
const [advice, council, police] = [
  await arrangeTeam(db, "Advice"),
  await arrangeTeam(db, "Council"),
  await arrangeOrganisation(db, "Police"),
] as const;
let stewards: [Actor, Actor, Actor];
beforeAll(async () => {
  const [one, two, three] = await Promise.all([1, 2, 3].map(() => arrangeMember(db, police, ["steward"])));
  if (!one || !two || !three) throw new Error("no stewards");
  stewards = [one, two, three];
});
const as = (who: 0 | 1 | 2) => contextFor(db, stewards[who]);

const pair = async (): Promise<[ClientKey, ClientKey]> => [await addPerson(advice), await addPerson(council)];
const likely = async (probability = 0.9) => arrangeReview(db, weighed(await pair(), LIKELY, probability));
/** Says something of a pair when the linker is done with whatever was said before. */
const say = async (who: 0 | 1 | 2, id: string, says: Opinion, evidenceNo = 1) => {
  await asIfLinked(db);
  return (await giveOpinion(as(who), { id, evidenceNo, says })).outcome;
};

const reviewOf = async (id: string) => {
  const [row] = await db.administrator<
    {
      outcome: string | null;
      closedAt: Date | null;
      reason: string;
      evidenceNo: number;
      clientIdA: string;
      clientIdB: string;
    }[]
  >`select * from identity.link_review where id = ${id}`;
  if (!row) throw new Error("no review");
  return row;
};
/** What the register says of the clients of a review, in order. */
const decisionsOn = async (id: string) => {
  const { clientIdA, clientIdB } = await reviewOf(id);
  const rows = await db.administrator<{ says: string; madeBy: string }[]>`
    select says, made_by from identity.link_assertion
    where client_id_a = ${clientIdA} and client_id_b = ${clientIdB} and model = 'decision' order by id`;
  return rows.map(({ says }) => says);
};
/** The clients whom the queue asks to be linked again. */
const askedFor = async () => {
  const rows = await db.administrator<{ payload: { clientIds?: string[] } }[]>`
    select j.payload from graphile_worker._private_jobs as j
    join graphile_worker._private_tasks as t on t.id = j.task_id where t.identifier = 'people.link'`;
  return rows.flatMap(({ payload }) => payload.clientIds ?? []);
};
const inQueueOf = async (who: 0 | 1 | 2, id: string) =>
  (await listQueue(as(who))).items.some((item) => item.id === id);

describe("A steward", () => {
  test("sees what waits, masked, with neither a client's id nor a name in it", async () => {
    const [a, b] = await pair();
    const id = await arrangeReview(db, weighed([a, b]));
    const { items, waiting } = await listQueue(as(0));
    expect(items.find((item) => item.id === id)).toMatchObject({ initials: "D H", place: "SR4 6" });
    expect(waiting).toBeGreaterThan(0);
    const shown = await getReview(as(0), id);
    expect(shown).toMatchObject({
      organisationA: "Advice",
      organisationB: "Council",
      own: null,
      isOpen: true,
    });
    const text = JSON.stringify([items, shown]).toLowerCase();
    for (const secret of ["dora", "hetherington", "1984-03", "sr4 6ab", a.clientId, b.clientId]) {
      expect(text).not.toContain(secret);
    }
  });

  test("is shown, and the store keeps, no weight finer than half a bit", async () => {
    const id = await arrangeReview(db, weighed(await pair()));
    const { comparison, weight, probability } = await getReview(as(0), id);
    const together = comparison.parts.reduce((total, part) => total + part.weight, comparison.prior);
    expect(weight).toBe(together);
    expect(Number.isInteger(2 * weight)).toBe(true);
    expect(probability).toBeCloseTo(1 / (1 + 2 ** -weight), 12);
    const [line] = (await listQueue(as(0))).items.filter((item) => item.id === id);
    expect(line?.probability).toBe(probability);
    const finer = await db.administrator`
      select 1 from identity.link_review where weight * 2 <> round(weight * 2)
         or abs(probability - 1 / (1 + power(2, -weight))) > 1e-9`;
    expect(finer).toEqual([]);
  });

  test("decides that two records are one person, and the links follow in the same transaction", async () => {
    const id = await likely();
    await db.administrator`delete from graphile_worker._private_jobs`;
    expect(await say(0, id, "same")).toBe("same");
    expect(await reviewOf(id)).toMatchObject({ outcome: "same", closedAt: expect.any(Date) });
    expect(await decisionsOn(id)).toEqual(["same"]);
    const { clientIdA, clientIdB } = await reviewOf(id);
    expect(await askedFor()).toEqual(expect.arrayContaining([clientIdA, clientIdB]));
    expect(await inQueueOf(0, id)).toBe(false);
  });

  test("decides that they are two", async () => {
    const id = await likely();
    expect(await say(0, id, "different")).toBe("different");
    expect(await decisionsOn(id)).toEqual(["different"]);
  });

  test("who cannot tell leaves the pair to others, and blocks nothing", async () => {
    const id = await likely();
    expect(await say(0, id, "cannot-tell")).toBe("waiting");
    expect(await inQueueOf(0, id)).toBe(false);
    expect(await inQueueOf(1, id)).toBe(true);
    expect(await say(1, id, "same")).toBe("same");
  });

  test("closes a pair that two cannot tell apart, until the records change", async () => {
    const clients = await pair();
    const id = await arrangeReview(db, weighed(clients));
    await say(0, id, "cannot-tell");
    expect(await say(1, id, "cannot-tell")).toBe("cannot-tell");
    expect(await decisionsOn(id)).toEqual([]);
    const again = (raw = LIKELY) =>
      db.stats.begin((tx) => openReviews(tx, [{ ...weighed(clients, raw), reason: "likely" }]));
    expect(await again()).toMatchObject({ put: 0 });
    expect(await again([LIKELY[0], { ...LIKELY[1], phones: ["07700 900108"] }])).toMatchObject({ put: 1 });
  });

  test("is the only one of a pair's stewards to see their own word", async () => {
    const id = await likely(0.6);
    expect(await say(0, id, "same")).toBe("waiting");
    expect(await getReview(as(0), id)).toMatchObject({ own: { says: "same" }, outcome: null, isOpen: true });
    expect(await getReview(as(1), id)).toMatchObject({ own: null, outcome: null, isOpen: true });
    expect(JSON.stringify(await listOwnOpinions(as(1)))).not.toContain(id);
    expect((await listOwnOpinions(as(0)))[0]).toMatchObject({ id, says: "same", outcome: null });
  });

  test("finds nothing under the id of a pair that others decided, or that is not there", async () => {
    const id = await likely();
    await say(0, id, "same");
    await expect(getReview(as(1), id)).rejects.toThrow("was not found");
    await expect(getReview(as(1), "0198c0de-0000-7000-8000-000000000000")).rejects.toThrow("was not found");
  });
});

describe("A second steward", () => {
  test("is asked where the evidence is thin, and both agree before anything is linked", async () => {
    const id = await likely(0.6);
    expect(await say(0, id, "same")).toBe("waiting");
    expect(await decisionsOn(id)).toEqual([]);
    expect(await say(0, id, "same"), "one steward is one voice, however often").toBe("waiting");
    expect(await say(1, id, "same")).toBe("same");
    expect(await decisionsOn(id)).toEqual(["same"]);
  });

  test("who disagrees leaves it to a third", async () => {
    const id = await likely(0.6);
    await say(0, id, "same");
    expect(await say(1, id, "different")).toBe("waiting");
    expect(await decisionsOn(id)).toEqual([]);
    expect(await say(2, id, "different")).toBe("different");
    expect(await decisionsOn(id)).toEqual(["different"]);
  });

  test("is not the same person acting for another organisation", async () => {
    const id = await likely(0.6);
    await say(0, id, "same");
    const elsewhere = await arrangeMember(db, council.organisationId, ["steward"]);
    await db.administrator`update casework.member set account_id = ${stewards[0].accountId} where id = ${elsewhere.memberId}`;
    const ctx = contextFor(db, { ...elsewhere, accountId: stewards[0].accountId });
    expect(await giveOpinion(ctx, { id, evidenceNo: 1, says: "same" })).toEqual({ outcome: "waiting" });
  });

  test("is asked before a person of many clients is made, or two who have several each are joined", async () => {
    const [a, b] = await pair();
    const one = async (of: ClientKey, more: number) => {
      for (let made = 0; made < more; made += 1) {
        const client = await addPerson(advice);
        await db.administrator`
          update identity.client_person set person_id = (
            select person_id from identity.client_person where client_id = ${of.clientId})
          where client_id = ${client.clientId}`;
      }
    };
    await one(a, 5);
    const id = await arrangeReview(db, weighed([a, b], LIKELY, 0.95));
    expect(await say(0, id, "same"), "7 clients").toBe("waiting");
    expect(await say(1, id, "same")).toBe("same");

    const [c, d] = await pair();
    await one(c, 1);
    await one(d, 1);
    const other = await arrangeReview(db, weighed([c, d], LIKELY, 0.95));
    expect(await say(0, other, "same"), "two and two").toBe("waiting");
  });

  test("who decides at the same moment is told, and one decision is written", async () => {
    for (const [first, second] of [
      ["same", "different"],
      ["same", "same"],
    ] as const) {
      const id = await likely();
      const outcomes = await Promise.all([say(0, id, first), say(1, id, second)]);
      expect(outcomes.filter((outcome) => outcome === "settled")).toHaveLength(1);
      expect(await decisionsOn(id)).toHaveLength(1);
      const [{ words } = { words: 0 }] = await db.administrator<{ words: number }[]>`
        select count(*)::int as words from identity.link_opinion where review_id = ${id}`;
      expect(words).toBe(1);
    }
  });
});

describe("A word taken back", () => {
  test("opens the pair again, keeps the two apart, and can be followed by another", async () => {
    const clients = await pair();
    const id = await arrangeReview(db, weighed(clients, LIKELY, 0.9));
    await say(0, id, "same");
    await takeBackOpinion(as(0), id);
    expect(await reviewOf(id)).toMatchObject({ outcome: null, closedAt: null });
    expect(await decisionsOn(id)).toEqual(["same", "different"]);
    expect(await inQueueOf(0, id)).toBe(true);
    // The linker, who no longer finds the pair because a decision stands, does not close what a person asked for.
    await db.stats.begin((tx) => openReviews(tx, [], clients));
    expect(await reviewOf(id)).toMatchObject({ closedAt: null });
    expect(await say(0, id, "same")).toBe("same");
    expect(await decisionsOn(id)).toEqual(["same", "different", "same"]);
  });

  test("of one of two who agreed leaves the other's standing", async () => {
    const id = await likely(0.6);
    await say(0, id, "same");
    await say(1, id, "same");
    await takeBackOpinion(as(0), id);
    expect(await reviewOf(id)).toMatchObject({ outcome: null });
    expect(await say(2, id, "same")).toBe("same");
  });

  test("of a steward who has left is taken back by any other, and nobody else's is", async () => {
    const id = await likely(0.9);
    const leaving = await arrangeMember(db, police, ["steward"]);
    await asIfLinked(db);
    await giveOpinion(contextFor(db, leaving), { id, evidenceNo: 1, says: "same" });
    const isTold = async () => (await listDepartedOpinions(as(0))).some((each) => each.id === id);
    expect(await isTold()).toBe(false);
    await expect(takeBackOpinion(as(0), id)).rejects.toThrow("was not found");
    await db.administrator`update casework.member set ended_at = now() where id = ${leaving.memberId}`;
    expect(await isTold()).toBe(true);
    expect(await takeBackOpinion(as(0), id)).toEqual({ id, isOpen: true });
    expect(await decisionsOn(id)).toEqual(["same", "different"]);
    expect(await isTold()).toBe(false);
  });

  test("of a review that other evidence has answered opens nothing", async () => {
    const clients = await pair();
    const id = await arrangeReview(db, weighed(clients, LIKELY, 0.6));
    await say(0, id, "same");
    await db.stats.begin((tx) => openReviews(tx, [], clients));
    expect(await takeBackOpinion(as(0), id)).toEqual({ id, isOpen: false });
    expect(await reviewOf(id)).toMatchObject({ outcome: "settled", closedAt: expect.any(Date) });
  });

  test("of an older review leaves alone what others decided of the pair later", async () => {
    const clients = await pair();
    const id = await arrangeReview(db, weighed(clients, LIKELY, 0.9));
    await say(0, id, "same");
    // The records change so that they say the opposite, and two others are asked.
    const changed = [LIKELY[0], { ...LIKELY[1], phones: ["07700 900108"] }] as const;
    const later = await arrangeReview(db, weighed(clients, changed, 0.2));
    await say(1, later, "same");
    expect(await say(2, later, "same")).toBe("same");

    expect(await takeBackOpinion(as(0), id)).toEqual({ id, isOpen: false });
    expect(await decisionsOn(id), "what the others decided stands").toEqual(["same"]);
    expect(await reviewOf(id)).toMatchObject({ outcome: "same" });
    expect(await takeBackOpinion(as(1), later)).toEqual({ id: later, isOpen: true });
    expect(await decisionsOn(id)).toEqual(["same", "different"]);
  });

  test("is one's own only", async () => {
    const id = await likely();
    await say(0, id, "same");
    await expect(takeBackOpinion(as(1), id)).rejects.toThrow("was not found");
    expect(await reviewOf(id)).toMatchObject({ outcome: "same" });
  });
});

describe("From the linker to the steward and back", () => {
  const dora = { givenName: "Dora", familyName: "Hetherington", sex: "female" as const };
  const add = async (team: Team, day: string, postcode: string) => {
    const place = { kind: "postcode" as const, postcode };
    const contact = aContact(team, { newClient: aClient({ ...dora, dateOfBirth: day, place }) });
    const [answer] = await logContacts(team.ctx, [contact]);
    if (answer?.outcome !== "stored") throw new Error(answer?.reason);
    return { organisationId: team.organisationId, clientId: contact.clientId };
  };
  const runQueue = async () => {
    const jobs = await db.administrator<{ payload: unknown }[]>`
      select j.payload from graphile_worker._private_jobs as j
      join graphile_worker._private_tasks as t on t.id = j.task_id
      where t.identifier = 'people.link' order by j.id`;
    await db.administrator`delete from graphile_worker._private_jobs`;
    for (const { payload } of jobs) await linkPeople(db.stats, payload);
  };
  const peopleOf = async (clients: readonly ClientKey[]) => {
    const rows = await db.administrator<{ personId: string }[]>`
      select distinct person_id from identity.client_person
      where client_id = any (${clients.map(({ clientId }) => clientId)}::uuid[])`;
    return rows.length;
  };

  test("a pair that is unclear is asked about, joined by a word, parted by taking it back, and stays apart", async () => {
    // Only these two: the clients of other tests are all called the same.
    await db.administrator`delete from graphile_worker._private_jobs`;
    const clients = [await add(advice, "1984-03-12", "SR4 6AB"), await add(council, "1984-03-17", "SR4 6XY")];
    await runQueue();
    expect(await peopleOf(clients)).toBe(2);
    const [review] = await db.administrator<{ id: string }[]>`
      select id from identity.link_review
      where closed_at is null and client_id_a = any (${clients.map(({ clientId }) => clientId)}::uuid[])`;
    if (!review) throw new Error("The linker did not ask");
    expect(await say(0, review.id, "same")).toBe("same");
    await db.administrator`truncate statistics.changed_person`;
    await runQueue();
    expect(await peopleOf(clients)).toBe(1);
    const marked = await db.administrator`select distinct person_id from statistics.changed_person`;
    expect(marked, "both people are counted again").toHaveLength(2);

    await takeBackOpinion(as(0), review.id);
    await runQueue();
    expect(await peopleOf(clients)).toBe(2);
    for (let run = 0; run < 3; run += 1) {
      for (const { organisationId, clientId } of clients) {
        await linkPeople(db.stats, { organisationId, clientIds: [clientId] });
      }
      expect(await peopleOf(clients)).toBe(2);
    }
    expect(await reviewOf(review.id), "a person asked for it").toMatchObject({ closedAt: null });
    expect(await say(0, review.id, "different")).toBe("different");
    await runQueue();
    expect(await peopleOf(clients)).toBe(2);
  });
});

describe("The linker", () => {
  test("asks once about a pair, however often it finds it", async () => {
    const clients = await pair();
    const id = await arrangeReview(db, weighed(clients));
    const again = await db.stats.begin((tx) =>
      openReviews(
        tx,
        [{ ...weighed([clients[1], clients[0]], [LIKELY[1], LIKELY[0]]), reason: "likely" }],
        clients,
      ),
    );
    expect(again).toEqual({ put: 0, closed: 0 });
    expect(await reviewOf(id)).toMatchObject({ evidenceNo: 1, closedAt: null });
  });

  test("asks afresh when the records changed: what was said of others no longer counts", async () => {
    const clients = await pair();
    const id = await arrangeReview(db, weighed(clients, LIKELY, 0.6));
    await say(0, id, "same");
    await db.stats.begin((tx) =>
      openReviews(tx, [
        {
          ...weighed(clients, [LIKELY[0], { ...LIKELY[1], dateOfBirth: "1984-03-12" }], 0.6),
          reason: "likely",
        },
      ]),
    );
    expect(await say(1, id, "same"), "seen before the change").toBe("changed");
    expect(await inQueueOf(0, id)).toBe(true);
    expect(await say(1, id, "same", 2)).toBe("waiting");
    expect(await say(0, id, "same", 2)).toBe("same");
  });

  test("closes what other evidence has answered", async () => {
    const clients = await pair();
    const id = await arrangeReview(db, weighed(clients));
    expect(await db.stats.begin((tx) => openReviews(tx, [], [clients[0]]))).toEqual({ put: 0, closed: 1 });
    expect(await reviewOf(id)).toMatchObject({ outcome: "settled" });
    expect(await say(0, id, "same")).toBe("settled");
  });

  test("leaves alone what a person decided", async () => {
    const clients = await pair();
    const id = await arrangeReview(db, weighed(clients, LIKELY, 0.9));
    await say(0, id, "different");
    const again = await db.stats.begin((tx) =>
      openReviews(tx, [{ ...weighed(clients, LIKELY, 0.92), reason: "likely" }]),
    );
    expect(again.put).toBe(0);
  });

  test("and whoever erases a client erases its reviews with every word on them", async () => {
    const [a, b] = await pair();
    const id = await arrangeReview(db, weighed([a, b]));
    await say(0, id, "cannot-tell");
    await db.app.begin(async (tx) => {
      await tx`select set_config('app.organisation_id', ${String(a.organisationId)}, true)`;
      await tx`select casework.erase_clients(${a.organisationId}, ${[a.clientId]}::uuid[])`;
    });
    const left = await db.administrator`
      select 1 from identity.link_review where id = ${id}
      union all select 1 from identity.link_opinion where review_id = ${id}`;
    expect(left).toEqual([]);
  });
});

describe("Checks", () => {
  const link = async ([a, b]: readonly [ClientKey, ClientKey]) => {
    const [lower, higher] = a.organisationId < b.organisationId ? [a, b] : [b, a];
    await db.administrator`
      insert into identity.link_assertion
        (organisation_id_a, client_id_a, organisation_id_b, client_id_b, says, evidence, model, made_by)
      values (${lower.organisationId}, ${lower.clientId}, ${higher.organisationId}, ${higher.clientId},
              'same', '{}', 'description-1@m1', 'people.link')`;
    await db.administrator`
      update identity.client_person
      set person_id = (select person_id from identity.client_person where client_id = ${lower.clientId})
      where client_id = ${higher.clientId}`;
  };
  const draw = () =>
    drawChecks(db.stats, async (_tx, pairs) => pairs.map(({ a, b }) => weighed([a, b], LIKELY, 0.9999)));
  const samples = () =>
    db.administrator<
      { id: string }[]
    >`select id from identity.link_review where reason = 'sample' order by id`;

  test("are drawn from links that the software made and that stand, once a week, and say nothing of it", async () => {
    const [linked, decided] = [await pair(), await pair()];
    await link(linked);
    await link(decided);
    await db.administrator`
      insert into identity.link_assertion
        (organisation_id_a, client_id_a, organisation_id_b, client_id_b, says, evidence, model, made_by)
      select organisation_id_a, client_id_a, organisation_id_b, client_id_b, 'same', '{}', 'decision', 'x'
      from identity.link_assertion where ${decided[0].clientId} in (client_id_a, client_id_b)`;
    expect(await draw()).toMatchObject({ samples: 1 });
    expect(await draw()).toMatchObject({ samples: 0 });
    const [sample] = await samples();
    expect(JSON.stringify(await getReview(as(0), sample?.id ?? ""))).not.toMatch(/sample|check/);
  });

  test("that are right change nothing; found wrong by two, the link is undone", async () => {
    const [, right] = [await samples(), await pair()];
    await link(right);
    await draw();
    const [wrongOne, rightOne] = (await samples()).map(({ id }) => id);
    if (!wrongOne || !rightOne) throw new Error("no samples");
    expect(await say(0, rightOne, "same")).toBe("same");
    expect(await decisionsOn(rightOne)).toEqual([]);
    expect(await say(0, wrongOne, "different")).toBe("waiting");
    expect(await say(1, wrongOne, "different")).toBe("different");
    expect(await decisionsOn(wrongOne)).toEqual(["different"]);
  });

  test("give a decided pair again after a week, and tell a steward how often they agreed", async () => {
    const id = await likely();
    await say(2, id, "same");
    await db.administrator`update identity.link_review set closed_at = now() - interval '8 days' where id = ${id}`;
    const drawing = (phone: string) =>
      drawChecks(db.stats, async (_tx, pairs) =>
        pairs.map(({ a, b }) => weighed([a, b], [LIKELY[0], { ...LIKELY[1], phones: [phone] }], 0.9)),
      );
    // Other evidence would be another question.
    expect(await drawing("07700 900108")).toMatchObject({ repeats: 0 });
    expect(await drawing("")).toMatchObject({ repeats: 1 });
    const [repeat] = await db.administrator<{ id: string }[]>`
      select id from identity.link_review where repeat_of = ${id}`;
    if (!repeat) throw new Error("no repeat");
    const before = (await getLinkQuality(as(2))).own;
    expect(await say(2, repeat.id, "different"), "turning round takes two").toBe("waiting");
    const after = (await getLinkQuality(as(2))).own;
    expect(before?.withThemselves).toBeNull();
    expect(after?.withThemselves).toMatchObject({ part: 0, whole: 1 });
    expect(await decisionsOn(id)).toEqual(["same"]);
    expect(await say(0, repeat.id, "same"), "a third is needed").toBe("waiting");
    expect(await say(1, repeat.id, "same")).toBe("same");
    expect(await decisionsOn(id), "it stands already").toEqual(["same"]);
    expect((await getLinkQuality(as(0))).own?.withOthers).toMatchObject({ whole: expect.any(Number) });
  });
});

describe("The quality page", () => {
  const aWeekPasses = async () => {
    const week = "interval '7 days'";
    await db.administrator.unsafe(`
      update identity.link_review set opened_at = opened_at - ${week}, closed_at = closed_at - ${week};
      update identity.link_opinion set at = at - ${week}, taken_back_at = taken_back_at - ${week};
      update identity.link_assertion set made_at = made_at - ${week}`);
  };
  const nothingIsLinked = () =>
    db.administrator.unsafe(`
    delete from identity.link_review; truncate identity.link_assertion`);
  /** Links drawn for checking, as many as are asked for. */
  const drawn = async (count: number): Promise<string[]> => {
    const side = Math.ceil(Math.sqrt(count));
    const clientsOf = (team: Team) => Promise.all(Array.from({ length: side }, () => addPerson(team)));
    const [ones, others] = [await clientsOf(advice), await clientsOf(council)];
    const pairs = ones.flatMap((a) => others.map((b): [ClientKey, ClientKey] => [a, b])).slice(0, count);
    const ids: string[] = [];
    for (const clients of pairs) ids.push(await arrangeReview(db, weighed(clients, LIKELY, 0.99999)));
    await db.administrator`
      update identity.link_review set reason = 'sample', same_needs = 1, different_needs = 2
      where id = any (${ids}::uuid[])`;
    return ids;
  };

  test("does not tell an officer who adds a person whether that person is known elsewhere", async () => {
    await nothingIsLinked();
    const officer = contextFor(db, await arrangeMember(db, advice.organisationId, ["caseworker", "officer"]));
    const before = await getLinkQuality(officer);
    const known = async () => {
      const clients = await pair();
      await db.administrator`
        insert into identity.link_assertion
          (organisation_id_a, client_id_a, organisation_id_b, client_id_b, says, evidence, model, made_by)
        values (${clients[0].organisationId}, ${clients[0].clientId}, ${clients[1].organisationId},
                ${clients[1].clientId}, 'same', '{}', 'description-1@m1', 'people.link')`;
      await arrangeReview(db, weighed(clients, LIKELY, 0.9));
    };
    for (let added = 0; added < 9; added += 1) await known();
    expect(await getLinkQuality(officer), "at once").toEqual(before);
    await aWeekPasses();
    expect(await getLinkQuality(officer), "nor after a week, while they are few").toEqual(before);
    expect(before).toMatchObject({ automaticLinks: "few", waits: { waiting: "few", oldestDays: null } });

    for (let added = 0; added < 3; added += 1) await known();
    await aWeekPasses();
    const many = {
      automaticLinks: 10,
      waits: { waiting: 10, oldestDays: expect.any(Number) },
      outcomes: { open: 10 },
    };
    expect(await getLinkQuality(officer)).toMatchObject(many);
    // A steward is told no more.
    expect(await getLinkQuality(as(0))).toMatchObject(many);
    await known();
    expect(await getLinkQuality(officer)).toMatchObject(many);
  });

  test.each([1, 2])("finds the true share of wrong links with %d at work", async (atWork) => {
    await nothingIsLinked();
    const ids = await drawn(40);
    const isWrong = (at: number) => at % 4 === 0;
    for (const [at, id] of ids.entries()) await say(0, id, isWrong(at) ? "different" : "same");
    if (atWork === 2) {
      for (const [at, id] of ids.entries())
        if (isWrong(at)) expect(await say(1, id, "different")).toBe("different");
    }
    expect((await getLinkQuality(as(0))).checks.wrong, "of this week").toBeNull();
    await aWeekPasses();
    const { checks, calibration } = await getLinkQuality(as(0));
    expect(checks.wrong).toMatchObject({ whole: 40, share: 0.25 });
    expect(calibration).toMatchObject([{ were: { whole: 40, share: 0.75 } }]);
    expect(checks.open).toBe(atWork === 1 ? 10 : "few");
  });

  test("counts the first word that stands, also when the records change before the second", async () => {
    await nothingIsLinked();
    const ids = await drawn(20);
    for (const id of ids.slice(0, 10)) await say(0, id, "different");
    for (const id of ids.slice(10)) await say(0, id, "same");
    await db.administrator`update identity.link_review set evidence_no = 2 where closed_at is null`;
    await takeBackOpinion(as(0), ids[19] ?? "");
    await say(0, ids[19] ?? "", "same");
    await aWeekPasses();
    expect((await getLinkQuality(as(0))).checks.wrong).toMatchObject({ whole: 20, share: 0.5 });
  });
});

describe("A steward who also sees clients", () => {
  const holding = async (organisationId: number, roles: readonly Role[]) =>
    contextFor(db, await arrangeMember(db, organisationId, roles));
  const seesPair = async (ctx: ActorCtx, id: string) =>
    (await listQueue(ctx)).items.some((item) => item.id === id);

  test.each(ROLES)(
    "and is a %s is not shown pairs of the clients whom they see, nor told of them",
    async (role) => {
      const id = await likely();
      const roles: Role[] = ["steward", role];
      const [there, elsewhere] = [await holding(advice.organisationId, roles), await holding(police, roles)];
      const seesClients = decide({ ...there.actor, roles: [role] }, "client.read", there.actor).allow;
      expect(await seesPair(there, id)).toBe(!seesClients);
      if (seesClients) {
        await expect(getReview(there, id)).rejects.toThrow("was not found");
        await expect(giveOpinion(there, { id, evidenceNo: 1, says: "same" })).rejects.toThrow(
          "was not found",
        );
      } else expect(await getReview(there, id)).toMatchObject({ id });
      expect(await seesPair(elsewhere, id)).toBe(true);
    },
  );

  test("in another organisation is the same person", async () => {
    const id = await likely();
    const steward = await arrangeMember(db, police, ["steward"]);
    const work = await arrangeMember(db, council.organisationId, ["caseworker"]);
    await db.administrator`update casework.member set account_id = ${steward.accountId} where id = ${work.memberId}`;
    const ctx = contextFor(db, steward);
    expect(await seesPair(ctx, id)).toBe(false);
    await db.administrator`update casework.member set ended_at = now() where id = ${work.memberId}`;
    expect(await seesPair(ctx, id)).toBe(true);
    await giveOpinion(ctx, { id, evidenceNo: 1, says: "cannot-tell" });
    await db.administrator`update casework.member set ended_at = null where id = ${work.memberId}`;
    expect(await listOwnOpinions(ctx), "not what they said before either").toEqual([]);
  });
});

describe("Everybody else", () => {
  test.each(ROLES.filter((role) => role !== "steward"))(
    "is refused by the procedure and by the database: a %s",
    async (role) => {
      const id = await likely();
      const actor = await arrangeMember(db, police, [role]);
      const caller = createCaller(contextFor(db, actor));
      await expect(caller.reviews.queue()).rejects.toMatchObject({ code: "FORBIDDEN" });
      const open = { ...contextFor(db, actor), decide: () => ({ allow: true }) as const };
      const refused = { code: "42501" };
      await expect(listQueue(open)).rejects.toMatchObject(refused);
      await expect(getReview(open, id)).rejects.toMatchObject(refused);
      await expect(giveOpinion(open, { id, evidenceNo: 1, says: "same" })).rejects.toMatchObject(refused);
      await expect(takeBackOpinion(open, id)).rejects.toMatchObject(refused);
      await expect(listOwnOpinions(open)).rejects.toMatchObject(refused);
      if (role === "officer") expect(await getLinkQuality(open)).toMatchObject({ own: null });
      else await expect(getLinkQuality(open)).rejects.toMatchObject(refused);
      expect(await decisionsOn(id)).toEqual([]);
    },
  );

  test("is refused once they are no steward any more", async () => {
    const actor = await arrangeMember(db, police, ["steward"]);
    const ctx = contextFor(db, actor);
    expect(await listQueue(ctx)).toMatchObject({ items: expect.any(Array) });
    await db.administrator`update casework.member set ended_at = now() where id = ${actor.memberId}`;
    await expect(listQueue(ctx)).rejects.toMatchObject({ code: "42501" });
  });

  test("cannot read the tables, and no login of the web can", async () => {
    for (const table of ["identity.link_review", "identity.link_opinion", "identity.link_assertion"]) {
      await expect(db.app.unsafe(`select 1 from ${table}`)).rejects.toMatchObject({ code: "42501" });
      await expect(db.reader.unsafe(`select 1 from ${table}`)).rejects.toMatchObject({ code: "42501" });
    }
  });
});

test("each look and each word is recorded under the id of the pair, and a word that cannot be is not given", async () => {
  const id = await likely();
  const ctx = as(0);
  await listQueue(ctx);
  await getReview(ctx, id);
  await giveOpinion(ctx, { id, evidenceNo: 1, says: "same" });
  await takeBackOpinion(ctx, id);
  const entries = await db.administrator<{ action: string; subjects: { kind: string; id: string }[] }[]>`
    select action, subjects from governance.audit_entry where request_id = ${ctx.requestId} order by id`;
  expect(entries.map(({ action }) => action)).toEqual([
    "review.queue",
    "review.read",
    "review.decide",
    "review.take-back",
  ]);
  for (const { subjects } of entries) expect(subjects).toContainEqual({ kind: "link-review", id });

  const unheard = contextFor(db, { ...stewards[0], sessionId: "no session" });
  await expect(giveOpinion(unheard, { id, evidenceNo: 1, says: "same" })).rejects.toThrow();
  expect(await inQueueOf(0, id)).toBe(true);
});
