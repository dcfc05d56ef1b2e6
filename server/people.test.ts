import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { getClient } from "./clients";
import { logContacts } from "./contacts";
import { type ActorCtx, inTransaction } from "./context";
import type { NewClientInput } from "./domain/client";
import { mayBeOne, SHIPPED_MODEL, scorePair } from "./domain/linking/model";
import { type LinkRecord, linkRecord } from "./domain/linking/record";
import { blindIndex } from "./identity-vault";
import { type ClientKey, decideLink, linkPeople } from "./people";
import { testDatabase } from "./testing";
import { aClient, aContact, allowTestIdentifiers, arrangeTeam, type Team } from "./testing-casework";
import { addPerson, areOne as areOnePerson, personOf as ofPerson, runLinker } from "./testing-linking";

const db = await testDatabase();
const [advice, council, health] = [
  await arrangeTeam(db, "Advice"),
  await arrangeTeam(db, "Council"),
  await arrangeTeam(db, "Health"),
] as const;
const teams = [advice, council, health];

beforeAll(() => allowTestIdentifiers(db));

type Identifiers = NewClientInput["identifiers"];

/** A valid test NHS number: 999, then the given six digits, then its check digit. Null when none exists. */
function nhsNumber(stem: number): string | null {
  const nine = `999${String(stem).padStart(6, "0")}`;
  const sum = [...nine].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? null : nine + check;
}

const NHS = Array.from({ length: 400 }, (_, stem) => nhsNumber(stem)).filter((number) => number !== null);
const nino = (number: number) => `AB${String(number).padStart(6, "0")}C`;
let used = 0;
const freshNhs = () => NHS[used++] ?? "";
const freshNino = () => nino(200_000 + used++);

/** Adds somebody of a common name and no date of birth, by which alone nobody is linked, unless told otherwise. */
const add = (team: Team, details: Partial<NewClientInput> = {}): Promise<ClientKey> =>
  addPerson(team, { dateOfBirth: null, ...details });

const personOf = (client: ClientKey) => ofPerson(db, client);
const areOne = (...clients: ClientKey[]) => areOnePerson(db, ...clients);
const runQueue = () => runLinker(db);

const nhs = (value: string): Identifiers => [{ kind: "nhs-number", value }];

const link = ({ organisationId, clientId }: ClientKey) =>
  linkPeople(db.stats, { organisationId, clientIds: [clientId] });

describe("Clients of two organisations are one person", () => {
  test("when they share a valid identifier and no date of birth contradicts it", async () => {
    const number = freshNhs();
    const [a, b] = [
      await add(advice, { identifiers: nhs(number), dateOfBirth: "1984-05-31" }),
      await add(council, {
        identifiers: nhs(`${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`),
      }),
    ];
    expect(await areOne(a, b)).toBe(false);
    await runQueue();
    expect(await areOne(a, b)).toBe(true);
  });

  test("and both people were marked for counting, in the transaction that joined them", async () => {
    const number = freshNhs();
    const [a, b] = [
      await add(advice, { identifiers: nhs(number) }),
      await add(council, { identifiers: nhs(number) }),
    ];
    const before = await Promise.all([personOf(a), personOf(b)]);
    await db.administrator`truncate statistics.changed_person`;
    await link(b);
    const marked = await db.administrator<{ personId: string; transactions: number }[]>`
      select person_id, count(*) over ()::int as transactions from statistics.changed_person`;
    expect(marked.map(({ personId }) => personId).sort()).toEqual([...before].sort());
  });

  test("under the eldest of their people, and running again changes and writes nothing", async () => {
    const number = freshNhs();
    const [a, b] = [
      await add(advice, { identifiers: nhs(number) }),
      await add(council, { identifiers: nhs(number) }),
    ];
    const eldest = await personOf(a);
    expect(await link(b)).toBe(2);
    expect(await personOf(b)).toBe(eldest);
    const rows = () => db.administrator`select 1 from identity.link_assertion`;
    const said = (await rows()).length;
    expect(await link(a)).toBe(0);
    expect(await link(b)).toBe(0);
    expect((await rows()).length).toBe(said);
  });

  test("through a third who shares one identifier with each", async () => {
    const [number, other] = [freshNhs(), freshNino()];
    const a = await add(advice, { identifiers: nhs(number) });
    const c = await add(health, { identifiers: [{ kind: "nino", value: other }] });
    const b = await add(council, {
      identifiers: [
        { kind: "nhs-number", value: number },
        { kind: "nino", value: other },
      ],
    });
    await runQueue();
    expect(await areOne(a, b, c)).toBe(true);
  });
});

describe("Clients stay apart", () => {
  test("when both dates of birth are known and differ", async () => {
    const number = freshNhs();
    const a = await add(advice, { identifiers: nhs(number), dateOfBirth: "1984-05-31" });
    const b = await add(council, { identifiers: nhs(number), dateOfBirth: "1991-11-02" });
    await runQueue();
    expect(await areOne(a, b)).toBe(false);
  });

  test("when joining them would give one person two numbers of a kind", async () => {
    const shared = freshNino();
    const a = await add(advice, {
      identifiers: [...(nhs(freshNhs()) ?? []), { kind: "nino", value: shared }],
    });
    const b = await add(council, {
      identifiers: [...(nhs(freshNhs()) ?? []), { kind: "nino", value: shared }],
    });
    await runQueue();
    expect(await areOne(a, b)).toBe(false);
  });

  test("when one is anonymous, whoever says otherwise", async () => {
    const named = await add(advice);
    const anonymous = aContact(advice, { anonymous: true, newClient: undefined });
    await logContacts(advice.ctx, [anonymous]);
    const other = { organisationId: advice.organisationId, clientId: anonymous.clientId };
    expect(await decideLink(db.stats, { a: named, b: other, says: "same", madeBy: "test" })).toBe(0);
    expect(await areOne(named, other)).toBe(false);
  });
});

describe("A person's word", () => {
  test("takes apart what identifiers joined, restores both histories, and stands when linking runs again", async () => {
    const number = freshNhs();
    const [a, b] = [
      await add(advice, { identifiers: nhs(number) }),
      await add(council, { identifiers: nhs(number) }),
    ];
    const before = await Promise.all([personOf(a), personOf(b)]);
    await link(a);
    await decideLink(db.stats, { a: b, b: a, says: "different", madeBy: "test" });
    expect(await Promise.all([personOf(a), personOf(b)])).toEqual(before);
    await link(a);
    await link(b);
    expect(await areOne(a, b)).toBe(false);
    await decideLink(db.stats, { a, b, says: "same", madeBy: "test" });
    expect(await areOne(a, b)).toBe(true);
  });

  test("joins clients whose dates of birth differ by a slip", async () => {
    const a = await add(advice, { dateOfBirth: "1984-05-31" });
    const b = await add(council, { dateOfBirth: "1984-05-13" });
    await decideLink(db.stats, { a, b, says: "same", madeBy: "test" });
    expect(await areOne(a, b)).toBe(true);
  });
});

const erase = (ctx: ActorCtx, client: ClientKey) =>
  inTransaction(
    ctx,
    ({ db }) => db`select casework.erase_clients(${client.organisationId}, ${[client.clientId]}::uuid[])`,
  );

test("Erasing the client who held two others together parts them, and leaves no word on the erased one", async () => {
  const [number, other] = [freshNhs(), freshNino()];
  const a = await add(advice, { identifiers: nhs(number) });
  const b = await add(council, {
    identifiers: [
      { kind: "nhs-number", value: number },
      { kind: "nino", value: other },
    ],
  });
  const c = await add(health, { identifiers: [{ kind: "nino", value: other }] });
  await runQueue();
  expect(await areOne(a, b, c)).toBe(true);
  await erase(council.ctx, b);
  await runQueue();
  expect(await areOne(a, c)).toBe(false);
  const left = await db.administrator`
    select 1 from identity.link_assertion where ${b.clientId} in (client_id_a, client_id_b)`;
  expect(left).toHaveLength(0);
});

describe("Neither organisation can tell", () => {
  /** All that the casework login of an organisation can count: every table it may read, table by table. */
  const visible = async (team: Team) => {
    const tables = await db.administrator<{ name: string }[]>`
      select n.nspname || '.' || c.relname as name
      from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname in ('identity', 'casework', 'governance', 'reference')
        and has_any_column_privilege(${new URL(db.urls.app).username}, c.oid, 'select')
      order by 1`;
    expect(tables.length).toBeGreaterThan(30);
    return inTransaction(team.ctx, async ({ db }) => {
      const counts = await Promise.all(
        tables.map(({ name }) => db<{ count: number }[]>`select count(*)::int as count from ${db(name)}`),
      );
      return Object.fromEntries(tables.map(({ name }, at) => [name, counts[at]?.[0]?.count ?? -1]));
    });
  };

  test("by the answer, by what it reads afterwards, or by what the casework login can count", async () => {
    const number = freshNhs();
    const theirs = await add(council, { identifiers: nhs(number) });
    const contact = (value: string) =>
      aContact(advice, { newClient: aClient({ identifiers: nhs(value), dateOfBirth: null }) });
    const [known, unknown] = [contact(number), contact(freshNhs())];
    const answers = await logContacts(advice.ctx, [known, unknown]);
    const read = async ({ clientId }: { clientId: string }) => {
      const {
        id: _,
        issues,
        contacts,
        ...profile
      } = await getClient(advice.ctx, { id: clientId, showIdentifiers: false });
      return {
        ...profile,
        identifiers: profile.identifiers.length,
        issues: issues.length,
        contacts: contacts.length,
      };
    };
    const profile = await read(known);
    const before = [await visible(advice), await visible(council)];
    await runQueue();
    expect([await visible(advice), await visible(council)]).toEqual(before);
    expect(await areOne(theirs, { organisationId: advice.organisationId, clientId: known.clientId })).toBe(
      true,
    );
    expect(await read(known)).toEqual(profile);
    expect(answers.map(({ outcome }) => outcome)).toEqual(["stored", "stored"]);
    expect(await read(known)).toEqual(await read(unknown));
  });

  test("by any row that adding or linking somebody writes, known by a number, by a description or not at all", async () => {
    const described = { givenName: "Seraphina", familyName: "Holloway", phone: "01999 555801" };
    const born = (day: number) => `1975-08-${String(day).padStart(2, "0")}`;
    const stranger = (at: number) => ({
      ...described,
      ...{ dateOfBirth: `19${40 + 5 * at}-02-17`, phone: `01999 55591${at}` },
    });
    for (let day = 10; day < 14; day += 1) await add(council, { ...described, dateOfBirth: born(day) });
    const numbers = Array.from({ length: 4 }, freshNhs);
    for (const number of numbers) await add(council, { identifiers: nhs(number) });
    await runQueue();

    const adding = [0, 1, 2, 3].flatMap((at) => [
      { kind: "described", details: { ...described, dateOfBirth: born(10 + at) }, known: true },
      { kind: "described", details: { ...stranger(at) }, known: false },
      { kind: "numbered", details: { identifiers: nhs(numbers[at] ?? "") }, known: true },
      { kind: "numbered", details: { identifiers: nhs(freshNhs()) }, known: false },
    ]);
    const written: Record<string, Set<string>> = {};
    const asked: Record<string, Set<string>> = {};
    const grown = (before: Record<string, number>, after: Record<string, number>) =>
      JSON.stringify(Object.entries(after).filter(([table, count]) => count !== before[table]));
    const differences = (before: Record<string, number>, after: Record<string, number>) =>
      JSON.stringify(Object.entries(after).map(([table, count]) => [table, count - (before[table] ?? 0)]));
    for (const { kind, details, known } of adding) {
      const before = await visible(advice);
      const client = await add(advice, details);
      const after = await visible(advice);
      const jobs = await db.administrator<{ payload: object }[]>`
        select payload from graphile_worker._private_jobs`;
      written[kind] = (written[kind] ?? new Set()).add(differences(before, after));
      const shapes = jobs.map(({ payload }) =>
        JSON.stringify(payload).replaceAll(client.clientId, "its client"),
      );
      asked[kind] = (asked[kind] ?? new Set()).add(shapes.join());
      await runQueue();
      expect(grown(after, await visible(advice))).toBe("[]");
      const [linked] = await db.administrator<{ linked: boolean }[]>`
        select count(*) > 1 as linked from identity.client_person
        where person_id = ${await personOf(client)}`;
      expect({ kind, linked: linked?.linked }).toEqual({ kind, linked: known });
    }
    for (const kind of ["described", "numbered"]) {
      expect(written[kind]?.size).toBe(1);
      expect(asked[kind]?.size).toBe(1);
    }
  });

  test("because the casework login cannot read people, links or the queue", async () => {
    for (const table of [
      "identity.client_person",
      "identity.link_assertion",
      "graphile_worker._private_jobs",
    ]) {
      await expect(db.app`select 1 from ${db.app(table)}`).rejects.toThrow("permission denied");
    }
    await expect(db.app`select identity.clients_of(array[]::uuid[])`).rejects.toThrow("permission denied");
  });
});

/** What should be: every client, every word, and the rule told again in the plainest way, over everybody. */
class Naive {
  readonly clients: {
    key: ClientKey;
    team: number;
    born: string | null;
    ids: Map<string, string>;
    order: string;
    record: LinkRecord;
  }[] = [];
  readonly words = new Map<
    string,
    { says: "same" | "different"; at: number; pair: [ClientKey, ClientKey] }
  >();
  private said = 0;

  say(a: ClientKey, b: ClientKey, says: "same" | "different"): void {
    const pair = [text(a), text(b)].sort().join(" ");
    this.words.set(pair, { says, at: this.said++, pair: [a, b] });
  }

  /** Groups of clients, as sets of ids: of all, or of one team's as if there were no others. */
  groups(team?: number): Set<string>[] {
    const clients = this.clients.filter((client) => team === undefined || client.team === team);
    const groups = clients.map(({ key }) => new Set([text(key)]));
    const groupOf = (name: string) => groups.find((group) => group.has(name));
    const facts = new Map(clients.map((client) => [text(client.key), client]));
    const join = (a: string, b: string, by: "word" | "identifier" | "description"): void => {
      const [one, other] = [groupOf(a), groupOf(b)];
      if (!one || !other || one === other) return;
      for (const x of one) {
        for (const y of other) {
          if (this.words.get([x, y].sort().join(" "))?.says === "different") return;
          const [left, right] = [facts.get(x), facts.get(y)];
          if (by === "word" || !left || !right) continue;
          if (!mayBeOne(scorePair(SHIPPED_MODEL, left.record, right.record))) return;
          if (by === "description") continue;
          if (left.born && right.born && left.born !== right.born) return;
          for (const [kind, value] of left.ids) if ((right.ids.get(kind) ?? value) !== value) return;
        }
      }
      for (const name of other) one.add(name);
      groups.splice(groups.indexOf(other), 1);
    };
    const words = [...this.words.values()].filter(({ says }) => says === "same").sort((x, y) => y.at - x.at);
    for (const { pair } of words) join(text(pair[0]), text(pair[1]), "word");
    const pairs = clients.flatMap((a) =>
      clients.flatMap((b) => {
        if (a.order >= b.order) return [];
        const shared = [...a.ids].filter(([kind, value]) => b.ids.get(kind) === value).length;
        const born = a.born !== null && a.born === b.born;
        return shared > 0 ? [{ a, b, shared, born }] : [];
      }),
    );
    pairs.sort(
      (x, y) =>
        y.shared - x.shared ||
        Number(y.born) - Number(x.born) ||
        (x.a.order + x.b.order < y.a.order + y.b.order ? -1 : 1),
    );
    for (const { a, b } of pairs) join(text(a.key), text(b.key), "identifier");
    const described = clients.flatMap((a) =>
      clients.flatMap((b) => {
        if (a.order >= b.order) return [];
        const { band, weight } = scorePair(SHIPPED_MODEL, a.record, b.record);
        return band === "link" ? [{ a, b, weight }] : [];
      }),
    );
    described.sort((x, y) => y.weight - x.weight || (x.a.order + x.b.order < y.a.order + y.b.order ? -1 : 1));
    for (const { a, b } of described) join(text(a.key), text(b.key), "description");
    return groups;
  }
}

const text = ({ organisationId, clientId }: ClientKey) =>
  `${String(organisationId).padStart(10, "0")}:${clientId}`;

/** Alike, short for another, one twin and the other, and somebody else. */
const NAMES = [
  ["Catherine", "Whitfield"],
  ["Katherine", "Whitfeild"],
  ["Kate", "Whitfield"],
  ["Amina", "Whitfield"],
  ["Owen", "Adeyemi"],
] as const;
/** The second is a slip of the first. */
const BIRTHS = ["1984-05-21", "1984-05-12", "1962-11-03"] as const;

/** A number that more than fifty clients of each team carry: it says nothing, and the naive recount leaves it out. */
const OVERSIZED = { kind: "prison-number" as const, value: "A1234AA" };
const crowd = ({ organisationId }: Team) => db.administrator`
  insert into identity.client_identifier (organisation_id, client_id, kind, value, blind_index)
  select ${organisationId}, gen_random_uuid(), ${OVERSIZED.kind}, '', ${blindIndex(OVERSIZED.kind, OVERSIZED.value)}::bytea
  from generate_series(1, 51)`;

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("add" as const),
      team: fc.nat(2),
      nhs: fc.option(fc.nat(3)),
      nino: fc.option(fc.nat(3)),
      name: fc.nat(NAMES.length - 1),
      born: fc.option(fc.nat(BIRTHS.length - 1)),
      oversized: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("say" as const),
      a: fc.nat(20),
      b: fc.nat(20),
      says: fc.constantFrom("same" as const, "different" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("erase" as const), a: fc.nat(20) }) },
);

test("Any run of adding, saying and erasing gives the same people as a naive recount over everybody", async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), fc.boolean(), async (steps, late) => {
      run += 1;
      const naive = new Naive();
      // Numbers of this run alone, so that runs do not meet.
      const numbers = Array.from({ length: 4 }, (_, i) => NHS[180 + ((run * 4 + i) % 180)] ?? "");
      const ninos = Array.from({ length: 4 }, (_, i) => nino(run * 4 + i));
      await db.administrator`truncate identity.client_identifier, identity.blocking_key`;
      await db.administrator`delete from graphile_worker._private_jobs`;
      for (const team of teams) await crowd(team);
      for (const it of steps) {
        if (it.kind === "add") {
          const team = teams[it.team] ?? advice;
          const ids = new Map<string, string>();
          if (it.nhs !== null) ids.set("nhs-number", numbers[it.nhs] ?? "");
          if (it.nino !== null) ids.set("nino", ninos[it.nino] ?? "");
          const born = it.born === null ? null : (BIRTHS[it.born] ?? null);
          const evident = [...ids].map(([kind, value]) => ({ kind: kind as "nino", value }));
          const identifiers = it.oversized ? [...evident, OVERSIZED] : evident;
          const [givenName, familyName] = NAMES[it.name] ?? NAMES[0];
          const place = { kind: "postcode" as const, postcode: "ZQ1 1AA" };
          const key = await add(team, { givenName, familyName, place, identifiers, dateOfBirth: born });
          const record = linkRecord(
            {
              ...{ firstName: givenName, lastName: familyName, dateOfBirth: born },
              ...{ postcode: place.postcode, identifiers: evident },
            },
            { ukFormats: true, testRanges: true, currentYear: 2026 },
          );
          naive.clients.push({ key, team: it.team, born, ids, order: text(key), record });
        } else {
          const a = naive.clients[it.a % Math.max(1, naive.clients.length)];
          if (!a) continue;
          if (it.kind === "erase") {
            await erase((teams[a.team] ?? advice).ctx, a.key);
            naive.clients.splice(naive.clients.indexOf(a), 1);
            for (const [pair] of naive.words) if (pair.includes(text(a.key))) naive.words.delete(pair);
          } else {
            const b = naive.clients[it.b % naive.clients.length];
            if (!b || a === b) continue;
            naive.say(a.key, b.key, it.says);
            await decideLink(db.stats, { a: a.key, b: b.key, says: it.says, madeBy: "test" });
          }
        }
        if (!late) await runQueue();
      }
      await runQueue();
      const people = new Map<string, Set<string>>();
      for (const { key } of naive.clients) {
        const person = await personOf(key);
        people.set(person, (people.get(person) ?? new Set()).add(text(key)));
      }
      const sorted = (groups: Iterable<Set<string>>) =>
        [...groups].map((group) => [...group].sort().join()).sort();
      expect(sorted(people.values())).toEqual(sorted(naive.groups()));
      for (const [number, { organisationId }] of teams.entries()) {
        const own = await db.administrator<{ clients: string[] }[]>`
          select array_agg(client_id::text) as clients from identity.client_person
          where organisation_id = ${organisationId}
            and client_id = any (${naive.clients.map(({ key }) => key.clientId)}::uuid[])
          group by coalesce(own_client_id, client_id)`;
        const groups = own.map(
          ({ clients }) => new Set(clients.map((clientId) => text({ organisationId, clientId }))),
        );
        expect(sorted(groups)).toEqual(sorted(naive.groups(number)));
      }
    }),
    { numRuns: 25 },
  );
}, 180_000);

test("Many links asked for at once end as if they had come one by one", async () => {
  const number = freshNhs();
  const clients = await Promise.all(
    Array.from({ length: 9 }, (_, i) => add(teams[i % 3] ?? advice, { identifiers: nhs(number) })),
  );
  const origins = (await Promise.all(clients.map(personOf))).sort();
  await Promise.all(clients.map(link));
  expect(new Set(await Promise.all(clients.map(personOf)))).toEqual(new Set([origins[0]]));
});

test("A contact logged while its client is being linked marks the person that the client ends with", async () => {
  const number = freshNhs();
  const [a, b] = [
    await add(advice, { identifiers: nhs(number) }),
    await add(council, { identifiers: nhs(number) }),
  ];
  await db.administrator`truncate statistics.changed_person`;
  let linked: Promise<number> | undefined;
  await inTransaction(council.ctx, async (ctx) => {
    await logContacts(ctx, [aContact(council, { clientId: b.clientId, newClient: undefined })]);
    linked = link(a);
    await new Promise((resolve) => setTimeout(resolve, 200));
    // The link waits for this transaction, so that it cannot recount before this contact can be seen.
    const [waiting] = await db.administrator<{ count: number }[]>`
      select count(*)::int as count from statistics.changed_person`;
    expect(waiting?.count).toBe(0);
  });
  await linked;
  const marked = await db.administrator<{ personId: string }[]>`
    select person_id from statistics.changed_person order by id`;
  // First the contact's mark, then those of the link that waited for it.
  expect(marked).toHaveLength(3);
  expect(marked.slice(1).map(({ personId }) => personId)).toContain(await personOf(b));
});
