import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { editClient, settleConflict } from "./client-edits";
import { addClient, findClients, getClient } from "./clients";
import { logContacts } from "./contacts";
import { addClientSchema } from "./domain/client";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import { type EditClientInput, editClientSchema, type ProfileChangeInput } from "./domain/profile-edit";
import { valueText } from "./domain/profile-terms";
import { uuidv7 } from "./ids";
import { linkPeople } from "./people";
import { listConflicts } from "./profile-conflicts";
import { testDatabase } from "./testing";
import { aClient, aContact, allowTestIdentifiers, arrangeTeam } from "./testing-casework";
import { arrangeMember, contextFor } from "./testing-people";

const db = await testDatabase();
const team = await arrangeTeam(db, "Advice First");
const colleague = contextFor(
  db,
  await arrangeMember(db, team.organisationId, ["caseworker"], { name: "Josh Bell" }),
);

beforeAll(() => allowTestIdentifiers(db));

async function arrangeClient(with_: Parameters<typeof aClient>[0] = {}): Promise<string> {
  const id = uuidv7();
  await addClient(team.ctx, addClientSchema.parse({ id, ...aClient(with_) }));
  return id;
}

const editOf = (id: string, ...changes: ProfileChangeInput[]): EditClientInput => ({
  id,
  editId: uuidv7(),
  changes,
});
const edit = (input: EditClientInput, ctx = team.ctx) => editClient(ctx, editClientSchema.parse(input));
const outcomes = async (input: EditClientInput, ctx = team.ctx) =>
  Object.fromEntries((await edit(input, ctx)).fields.map(({ field, outcome }) => [field, outcome]));
const profile = (id: string) => getClient(team.ctx, { id, showIdentifiers: true });
const conflictsOf = (clientId: string) => listConflicts(team.ctx, { clientId });
const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

describe("A change of a profile", () => {
  test("is made when what it began from stands, field by field", async () => {
    const id = await arrangeClient({ phone: "0191 111" });
    expect(
      await outcomes(
        editOf(
          id,
          { field: "phone", from: "0191 111", to: "0191 222" },
          { field: "email", from: null, to: "amina@example.org" },
          { field: "sex", from: "not-known", to: "not-known" },
        ),
      ),
    ).toEqual({ phone: "applied", email: "applied", sex: "already" });
    expect(await profile(id)).toMatchObject({ phone: "0191 222", email: "amina@example.org", version: 2 });
  });

  test.each([
    ["phone", "abc", "Enter a telephone number with all its digits"],
    ["email", "abc", "Enter an e-mail address like name@example.org"],
  ] as const)("to a %s that can be none is refused by its field", async (field, to, said) => {
    const id = await arrangeClient();
    const error = await failure(edit(editOf(id, { field, from: null, to })));
    expect(error).toMatchObject({ fields: { [field]: expect.stringContaining(said) } });
  });

  test("has one effect however often it is sent, and another under its id is refused", async () => {
    const id = await arrangeClient();
    const sent = editOf(id, { field: "phone", from: null, to: "0191 333" });
    const first = await edit(sent);
    await edit(editOf(id, { field: "phone", from: "0191 333", to: "0191 444" }));
    expect((await edit(sent)).fields).toEqual(first.fields);
    expect((await profile(id)).phone).toBe("0191 444");
    expect(await conflictsOf(id)).toEqual([]);
    const other = { ...sent, changes: [{ field: "phone" as const, from: null, to: "0191 555" }] };
    expect(await failure(edit(other))).toBeInstanceOf(Conflict);
  });

  test("that finds another value keeps both until a person chooses", async () => {
    const id = await arrangeClient({ phone: "0191 100" });
    await edit(editOf(id, { field: "phone", from: "0191 100", to: "0191 200" }));
    const late = editOf(id, { field: "phone", from: "0191 100", to: "0191 300" });
    expect(await outcomes(late, colleague)).toEqual({ phone: "conflict" });
    expect((await profile(id)).phone).toBe("0191 200");
    const [conflict] = await conflictsOf(id);
    expect(conflict).toMatchObject({
      field: "phone",
      kept: "0191 200",
      keptBy: "Robin Test",
      proposed: "0191 300",
      proposedBy: "Josh Bell",
    });
    const conflictId = conflict?.id ?? "";
    expect(await settleConflict(team.ctx, { conflictId, choose: "proposed" })).toEqual({
      outcome: "settled",
    });
    expect(await settleConflict(team.ctx, { conflictId, choose: "proposed" })).toEqual({
      outcome: "already-settled",
    });
    expect(await failure(settleConflict(team.ctx, { conflictId, choose: "kept" }))).toBeInstanceOf(Conflict);
    expect((await profile(id)).phone).toBe("0191 300");
    expect(await conflictsOf(id)).toEqual([]);
  });

  test("asks no question when two say the same, or when what waited is entered", async () => {
    const id = await arrangeClient({ phone: "0191 100" });
    const same = () => editOf(id, { field: "phone", from: "0191 100", to: "0191 200" });
    expect(await outcomes(same())).toEqual({ phone: "applied" });
    expect(await outcomes(same(), colleague)).toEqual({ phone: "already" });
    await edit(editOf(id, { field: "phone", from: "0191 100", to: "0191 300" }), colleague);
    await edit(editOf(id, { field: "phone", from: "0191 200", to: "0191 300" }));
    expect(await conflictsOf(id)).toEqual([]);
  });

  test("that goes on from one's own waiting value takes its place", async () => {
    const id = await arrangeClient({ phone: "0191 100" });
    await edit(editOf(id, { field: "phone", from: "0191 100", to: "0191 200" }));
    await edit(editOf(id, { field: "phone", from: "0191 100", to: "0191 300" }), colleague);
    await edit(editOf(id, { field: "phone", from: "0191 300", to: "0191 301" }), colleague);
    expect((await conflictsOf(id)).map(({ proposed }) => proposed)).toEqual(["0191 301"]);
  });

  test("is refused when it cannot be right, and then changes nothing", async () => {
    const id = await arrangeClient();
    const refused = async (...changes: ProfileChangeInput[]) => {
      const error = await failure(edit(editOf(id, ...changes)));
      return error instanceof Invalid ? Object.keys(error.fields) : error;
    };
    expect(await refused({ field: "dateOfBirth", from: "1984-05-31", to: "2984-05-31" })).toEqual([
      "dateOfBirth",
    ]);
    expect(await refused({ field: "nino", from: null, to: "GB123456A" })).toEqual(["nino"]);
    expect(
      await refused(
        { field: "givenName", from: "Amina", to: null },
        { field: "familyName", from: "Okafor", to: "" },
        { field: "phone", from: null, to: "0191 999" },
      ),
    ).toEqual(["familyName"]);
    expect(await profile(id)).toMatchObject({ phone: null, familyName: "Okafor", version: 1 });
  });

  test("of a client who gave no name, or of another organisation, is not found", async () => {
    const other = await arrangeTeam(db, "Elsewhere");
    const id = await arrangeClient();
    const change = editOf(id, { field: "phone", from: null, to: "1" });
    expect(await failure(edit(change, other.ctx))).toBeInstanceOf(NotFound);
    const contact = aContact(team, { newClient: undefined, anonymous: true });
    await logContacts(team.ctx, [contact]);
    expect(
      await failure(edit(editOf(contact.clientId, change.changes[0] as ProfileChangeInput))),
    ).toBeInstanceOf(NotFound);
  });

  test("is recorded by its fields, never by its values", async () => {
    const id = await arrangeClient();
    await edit(editOf(id, { field: "email", from: null, to: "wren@example.org" }));
    const [entry] = await db.administrator<{ subjects: unknown; detail: unknown }[]>`
      select subjects, detail from governance.audit_entry where action = 'client.edit' order by id desc limit 1`;
    expect(entry).toMatchObject({
      subjects: [{ kind: "client", id }],
      detail: { fields: ["email"], conflicts: 0 },
    });
    // No digits: a run of them can stand in an id or in the bytes of something encrypted by chance.
    const [stored] = await db.administrator`
      select (select string_agg(t::text, ' ') from identity.profile_edit as t) as edits,
             (select string_agg(t::text, ' ') from identity.profile_conflict as t) as conflicts`;
    expect(JSON.stringify(stored)).not.toContain("wren");
  });
});

describe("What follows from a change is what adding would have made", () => {
  const rowsOf = async (id: string) => {
    const tokens = await db.administrator<{ token: bigint }[]>`
      select token::text from identity.client_token where client_id = ${id} order by 1`;
    const [identity] = await db.administrator`
      select encode(date_of_birth_index, 'hex') as born, sex from identity.client_identity where client_id = ${id}`;
    const identifiers = await db.administrator`
      select kind, encode(blind_index, 'hex') as index from identity.client_identifier
      where client_id = ${id} order by 1, 2`;
    return { tokens, identity, identifiers };
  };

  test("indexes, tokens and identifiers are the same as of somebody added so", async () => {
    const id = await arrangeClient({
      reference: "WA-1",
      identifiers: [{ kind: "nhs-number", value: "9998148626" }],
    });
    await edit(
      editOf(
        id,
        { field: "givenName", from: "Amina", to: "Halima" },
        { field: "familyName", from: "Okafor", to: "Osei" },
        { field: "dateOfBirth", from: "1984-05-31", to: "1990-01-02" },
        { field: "reference", from: "WA-1", to: "WA-2" },
        { field: "nhs-number", from: "999 814 8626", to: null },
        { field: "nino", from: null, to: "ab 12 34 56 c" },
      ),
    );
    const added = await arrangeClient({
      givenName: "Halima",
      familyName: "Osei",
      dateOfBirth: "1990-01-02",
      reference: "WA-2",
      identifiers: [{ kind: "nino", value: "AB123456C" }],
    });
    expect(await rowsOf(id)).toEqual(await rowsOf(added));
    const found = await findClients(team.ctx, "halima osei");
    expect(found.map((person) => person.id).sort()).toEqual([id, added].sort());
    expect((await findClients(team.ctx, "amina okafor")).map((person) => person.id)).not.toContain(id);
  });

  test("an identifier that is added joins, and one that is taken away parts again", async () => {
    const other = await arrangeTeam(db, "Other house");
    const theirs = uuidv7();
    await addClient(
      other.ctx,
      addClientSchema.parse({
        id: theirs,
        // Without a date of birth a name alone makes nobody one: only the number does.
        ...aClient({ dateOfBirth: null, identifiers: [{ kind: "nino", value: "CE987654A" }] }),
      }),
    );
    const id = await arrangeClient();
    const people = async () => {
      const [row] = await db.administrator<{ people: number }[]>`
        select count(distinct person_id)::int as people from identity.client_person
        where client_id in (${id}, ${theirs})`;
      return row?.people;
    };
    const runJobs = async () => {
      const jobs = await db.administrator<{ payload: unknown }[]>`
        select payload from graphile_worker._private_jobs as j
        join graphile_worker._private_tasks as t on t.id = j.task_id where t.identifier = 'people.link'`;
      for (const { payload } of jobs) await linkPeople(db.stats, payload);
      await db.administrator`delete from graphile_worker._private_jobs`;
    };
    await runJobs();
    expect(await people()).toBe(2);
    await edit(editOf(id, { field: "nino", from: null, to: "CE987654A" }));
    await runJobs();
    expect(await people()).toBe(1);
    await edit(editOf(id, { field: "nino", from: "CE987654A", to: null }));
    await runJobs();
    expect(await people()).toBe(2);
  });

  test("a contact that is stored keeps the place it was accepted with", async () => {
    const contact = aContact(team, { newClient: aClient({ place: { kind: "no-fixed-address" } }) });
    await logContacts(team.ctx, [contact]);
    await edit(
      editOf(contact.clientId, {
        field: "place",
        from: { kind: "no-fixed-address" },
        to: { kind: "postcode", postcode: "SR1 1AA" },
      }),
    );
    const { contacts, place, placeNote } = await profile(contact.clientId);
    expect(contacts[0]?.place.kind).toBe("no-fixed-address");
    expect(place).toEqual({ kind: "postcode", postcode: "SR1 1AA" });
    expect(placeNote).toContain("not in the postcode list");
  });
});

test("Two devices that edit one client in any order lose nothing: what does not stand waits", async () => {
  const values = ["01632 960 001", "01632 960 002", "01632 960 003"];
  const change = fc.record({
    device: fc.constantFrom("one" as const, "two" as const),
    field: fc.constantFrom("phone" as const, "reference" as const),
    to: fc.constantFrom(...values),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 7 }),
      fc.boolean(),
      async (work, reversed) => {
        const id = await arrangeClient();
        // What each device believes to stand, and what it has made without signal.
        const seen = { one: new Map<string, string | null>(), two: new Map<string, string | null>() };
        const sent: { input: EditClientInput; ctx: typeof team.ctx }[] = [];
        for (const { device, field, to } of work) {
          const from = seen[device].get(field) ?? null;
          if (from === to) continue;
          seen[device].set(field, to);
          sent.push({ input: editOf(id, { field, from, to }), ctx: device === "one" ? team.ctx : colleague });
        }
        const ones = sent.filter(({ ctx }) => ctx === team.ctx);
        const twos = sent.filter(({ ctx }) => ctx === colleague);
        const order = reversed ? [...twos, ...ones] : [...ones, ...twos];
        // Every edit is sent twice: the second time after everything else.
        for (const { input, ctx } of order) await edit(input, ctx);
        const before = await profile(id);
        for (const { input, ctx } of order) await edit(input, ctx);
        const [after, waiting] = [await profile(id), await conflictsOf(id)];
        expect({ phone: after.phone, reference: after.reference, version: after.version }).toEqual({
          phone: before.phone,
          reference: before.reference,
          version: before.version,
        });
        for (const device of ["one", "two"] as const) {
          for (const [field, last] of seen[device]) {
            const there = [
              field === "phone" ? after.phone : after.reference,
              ...waiting
                .filter((conflict) => conflict.field === field)
                .map(({ proposed }) => valueText(proposed)),
            ];
            // Or somebody who had it before them changed it, knowing it.
            const knowingly = sent.some(({ input: { changes } }) =>
              changes.some((change) => change.field === field && change.from === last),
            );
            if (!knowingly) expect(there).toContain(last);
          }
        }
      },
    ),
    { numRuns: 25 },
  );
});
