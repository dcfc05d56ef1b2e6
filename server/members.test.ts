import { beforeEach, describe, expect, test, vi } from "vitest";
import { listTrail } from "./audit-trail";
import { signIn } from "./auth";
import { type Actor, makeContext } from "./context";
import { type NewMember, newMember } from "./domain/account";
import { uuidv7 } from "./ids";
import * as mail from "./mail";
import { endMember, inviteMember, listMembers } from "./members";
import { addMemberAsOperator, addOrganisation, listOrganisations } from "./organisations";
import { setPasswordByLink } from "./password-links";
import { readSession } from "./sessions";
import { testDatabase } from "./testing";
import { arrangeMember, arrangeOrganisation, contextFor, passSecondFactor } from "./testing-people";

const db = await testDatabase();
const at = { app: db.app, reader: db.reader };
const sent = vi.spyOn(mail, "sendMail").mockResolvedValue(true);
const advice = await arrangeOrganisation(db, "Advice");
const housing = await arrangeOrganisation(db, "Housing");
const by = (actor: Actor) => contextFor(db, actor);
const manager = await arrangeMember(db, advice, ["manager"]);
const administrator = await arrangeMember(db, advice, ["administrator"]);
const elsewhere = await arrangeMember(db, housing, ["manager"], {
  email: "dual@both.test",
  password: "quiet stone bridge",
});

const somebody = (over: Partial<NewMember> = {}) =>
  newMember.parse({ name: "Sam New", email: `${uuidv7()}@new.test`, roles: ["caseworker"], ...over });

beforeEach(() => {
  sent.mockClear();
});

/** The state of a member as their manager sees it. */
const stateOf = async (id: string) =>
  (await listMembers(by(manager))).find((member) => member.id === id)?.state;

describe("a manager", () => {
  test("invites a colleague, who sets a password by the link and signs in", async () => {
    const given = somebody({ name: "Jo Caseworker" });
    const { memberId } = await inviteMember(by(manager), given);
    expect(await stateOf(memberId)).toBe("invited");
    const [message] = sent.mock.lastCall ?? [];
    expect(message).toMatchObject({ to: given.email, kind: "invitation" });

    const token = new URL(message?.link ?? "").searchParams.get("token") ?? "";
    await setPasswordByLink(makeContext(at, null), { token, password: "three quiet rivers", first: null });
    expect(await stateOf(memberId)).toBe("active");
    const from = { address: "192.0.2.1", device: "", replaces: null };
    const signedIn = await signIn(at, { email: given.email, password: "three quiet rivers" }, from);
    if (signedIn.ok) await passSecondFactor(db, signedIn.sessionId);
    expect(await readSession(db.app, signedIn.ok ? signedIn.sessionId : "")).toMatchObject({
      actor: { memberId, organisationId: advice, roles: ["caseworker"] },
    });
  });

  test("sends a new link to somebody who has not answered, and none to a member who has", async () => {
    const given = somebody();
    const first = await inviteMember(by(manager), given);
    const again = await inviteMember(by(manager), given);
    expect(again.memberId).toBe(first.memberId);
    expect(sent.mock.calls[0]?.[0].link).not.toBe(sent.mock.calls[1]?.[0].link);
    await db.administrator`update casework.account set password_hash = 'set' where email = ${given.email}`;
    await expect(inviteMember(by(manager), given)).rejects.toMatchObject({ name: "Conflict" });
  });

  test("adds somebody who works elsewhere too, with the same answer, and sends them no password link", async () => {
    const known = await inviteMember(by(manager), somebody({ email: "dual@both.test" }));
    const unknown = await inviteMember(by(manager), somebody());
    expect(Object.keys(known)).toEqual(Object.keys(unknown));
    expect(sent.mock.calls.map(([{ kind }]) => kind)).toEqual(["notice of membership", "invitation"]);
    expect(sent.mock.calls[0]?.[0].link).not.toContain("token");
  });

  test.each(["commissioner", "officer", "steward", "administrator"] as const)(
    "cannot make anybody a %s",
    async (role) => {
      await expect(
        inviteMember(by(manager), somebody({ roles: ["caseworker", role] })),
      ).rejects.toMatchObject({
        name: "NotAllowed",
      });
      expect(sent).not.toHaveBeenCalled();
    },
  );

  test("cannot end their own membership, an administrator's, or one of another organisation", async () => {
    await expect(endMember(by(manager), manager.memberId)).rejects.toMatchObject({ name: "Invalid" });
    await expect(endMember(by(manager), administrator.memberId)).rejects.toMatchObject({
      name: "NotAllowed",
    });
    await expect(endMember(by(manager), elsewhere.memberId)).rejects.toMatchObject({ name: "NotFound" });
    const [row] = await db.administrator`
      select count(*)::int as ended from casework.member
      where ended_at is not null and id in (${manager.memberId}, ${administrator.memberId}, ${elsewhere.memberId})`;
    expect(row).toEqual({ ended: 0 });
  });

  test("ends a membership: its sessions stop, those elsewhere go on, and it can be taken up again", async () => {
    const given = somebody();
    const { memberId } = await inviteMember(by(manager), given);
    const [account] = await db.administrator<{ id: string }[]>`
      select id from casework.account where email = ${given.email}`;
    const accountId = account?.id ?? "";
    const other = uuidv7();
    await db.administrator`
      insert into casework.member (organisation_id, id, account_id, roles)
      values (${housing}, ${other}, ${accountId}, '{caseworker}')`;
    const [here, there] = [uuidv7(), uuidv7()];
    await db.administrator`
      insert into casework.session (id, account_id, organisation_id, member_id, second_factor_at) values
        (${here}, ${accountId}, ${advice}, ${memberId}, now()),
        (${there}, ${accountId}, ${housing}, ${other}, now())`;

    await endMember(by(manager), memberId);
    expect(await readSession(db.app, here)).toEqual({ signedOut: "ended" });
    expect(await readSession(db.app, there)).toMatchObject({ actor: { organisationId: housing } });
    expect(await stateOf(memberId)).toBe("ended");
    await inviteMember(by(manager), given);
    expect(await stateOf(memberId)).toBe("invited");
    expect(await readSession(db.app, here)).toEqual({ signedOut: "ended" });
  });

  test("cannot give a service of another organisation", async () => {
    const serviceId = uuidv7();
    await db.administrator`
      insert into casework.service (organisation_id, id, name) values (${housing}, ${serviceId}, 'Theirs')`;
    await expect(inviteMember(by(manager), somebody({ serviceId }))).rejects.toMatchObject({
      name: "Invalid",
      fields: { serviceId: expect.any(String) },
    });
  });
});

describe("an administrator", () => {
  test("adds an organisation and its first manager, once by that name", async () => {
    const given = { name: "Food Bank", manager: { name: "Fay First", email: "fay@food.test" } };
    const { id } = await addOrganisation(by(administrator), given);
    expect(sent.mock.lastCall?.[0]).toMatchObject({ to: "fay@food.test", kind: "invitation" });
    expect(await listOrganisations(by(administrator))).toContainEqual({
      id,
      name: "Food Bank",
      members: 1,
      holdsOutcomes: false,
    });
    await expect(addOrganisation(by(administrator), { ...given, name: "FOOD BANK" })).rejects.toMatchObject({
      name: "Conflict",
    });
  });

  test("may give any role in their own organisation", async () => {
    await inviteMember(
      by(administrator),
      somebody({ roles: ["officer", "commissioner"], patch: ["lad:E08000024"] }),
    );
  });
});

describe("an operator", () => {
  const operator = makeContext(at, null);

  test("makes somebody a member by the organisation's name or number", async () => {
    const { link } = await addMemberAsOperator(operator, "housing", somebody());
    expect(link).toContain("/set-password?token=");
    await addMemberAsOperator(operator, String(housing), somebody());
    await expect(addMemberAsOperator(operator, "Nowhere", somebody())).rejects.toMatchObject({
      name: "NotFound",
    });
  });
});

test("an officer reads who did what, newest first, in their own organisation alone", async () => {
  const officer = by(await arrangeMember(db, advice, ["officer"]));
  await listMembers(by(elsewhere));
  const { entries } = await listTrail(officer, { before: null, action: null, subject: null });
  expect(entries.length).toBeGreaterThan(3);
  expect(entries.map(({ id }) => Number(id))).toEqual(
    entries.map(({ id }) => Number(id)).sort((a, b) => b - a),
  );
  const ids = entries.map(({ id }) => id);
  const [foreign] = await db.administrator`
    select count(*)::int as n from governance.audit_entry
    where id::text = any (${ids}) and organisation_id is distinct from ${advice}`;
  expect(foreign).toEqual({ n: 0 });
  const { entries: invitations } = await listTrail(officer, {
    before: null,
    action: "member.invite",
    subject: null,
  });
  expect(new Set(invitations.map(({ action }) => action))).toEqual(new Set(["member.invite"]));
});
