import { describe, expect, test } from "vitest";
import type { ProfileChangeInput } from "../../server/domain/profile-edit";
import type { CarriedPerson } from "../../server/domain/take-along";
import { findHere } from "./find-people";
import { EMPTY, fold, type LedgerEvent, type Work } from "./ledger";
import { peopleOf } from "./people";

const amina: CarriedPerson = {
  id: "amina",
  givenName: "Amina",
  familyName: "Okafor",
  dateOfBirth: "1984-05-31",
  sex: "female",
  reference: "AF/0042",
  place: { kind: "unknown" },
  address: null,
  homeIsSecret: false,
  phone: null,
  email: null,
  assignedToMe: true,
  lastContactOn: "2026-11-01",
  openIssues: [
    {
      id: "debt",
      need: "MON-01",
      label: null,
      status: "ongoing",
      open: true,
      severity: "high",
      ours: true,
      course: [{ contactId: "c0", occurredOn: "2026-11-01", status: "new", severity: "high" }],
    },
  ],
  sharing: "not-asked",
  conflicts: [],
};

const contact = (
  id: string,
  clientId: string,
  status: "new" | "resolved",
  issueId: string,
  newClient?: { givenName: string },
): Work => ({
  kind: "contact",
  id,
  clientId,
  contact: {
    id,
    clientId,
    serviceId: "s",
    occurredOn: "2026-11-20",
    channel: "phone",
    ...(newClient && { newClient }),
    entries: [{ issueId, need: "MON-01", status, severity: "low", ours: true }],
  },
});

const edit = (id: string, ...changes: ProfileChangeInput[]): Work => ({
  kind: "profile",
  id,
  clientId: "amina",
  edit: { id: "amina", editId: id, changes },
});

const added = (work: Work): LedgerEvent => ({
  kind: "added",
  work,
  words: { personName: null, summary: "" },
  savedAt: "",
});
const ledgerOf = (...events: LedgerEvent[]) =>
  fold(
    EMPTY,
    events.map((event, at) => ({ position: at + 1, event })),
  );

describe("People on the device", () => {
  test("carry what was said of them here, sent or not, until the server's own word includes it", () => {
    const said = added(contact("c1", "amina", "resolved", "debt"));
    const sent: LedgerEvent = { kind: "answered", id: "c1", verdict: null };
    const openOf = (...events: LedgerEvent[]) =>
      peopleOf([amina], ledgerOf(...events), 0)[0]?.openIssues.length;
    expect(openOf()).toBe(1);
    expect(openOf(said)).toBe(0);
    expect(openOf(said, sent)).toBe(0);
    expect(peopleOf([amina], ledgerOf(said, sent), 2)[0]?.openIssues).toHaveLength(1);
    expect(openOf(said, { kind: "undone", id: "c1" })).toBe(1);
  });

  test("include who was added here, with the issues that their first contact opened", () => {
    const ledger = ledgerOf(added(contact("c1", "bo", "new", "rent", { givenName: "Bo" })));
    expect(peopleOf([amina], ledger, 0)[1]).toMatchObject({
      id: "bo",
      givenName: "Bo",
      unsent: true,
      lastContactOn: "2026-11-20",
      openIssues: [{ id: "rent", status: "new" }],
    });
  });

  test("do not include who was added by a contact that was voided since", () => {
    const voided: Work = {
      kind: "void",
      id: "v",
      clientId: "amina",
      contactId: "c1",
      reason: "No",
      onlyIfStored: false,
    };
    const ledger = ledgerOf(added(contact("c1", "amina", "resolved", "debt")), added(voided));
    expect(peopleOf([amina], ledger, 0)[0]?.openIssues).toHaveLength(1);
  });

  test("carry what was changed of them here, said to be changed until it has been sent", () => {
    const change = added(edit("e1", { field: "phone", from: null, to: "07700 900123" }));
    const sent: LedgerEvent = { kind: "answered", id: "e1", verdict: null };
    const shown = (since: number, ...events: LedgerEvent[]) => {
      const [person] = peopleOf([amina], ledgerOf(...events), since);
      return [person?.phone, person?.changed];
    };
    expect(shown(0, change)).toEqual(["07700 900123", ["phone"]]);
    expect(shown(0, change, sent)).toEqual(["07700 900123", []]);
    expect(shown(2, change, sent)).toEqual([null, []]);
    expect(shown(0, change, { kind: "undone", id: "e1" })).toEqual([null, []]);
  });

  test("lose house and street with the postcode that stood beside them", () => {
    const place = { kind: "postcode", postcode: "SR1 3DW" } as const;
    const home = { ...amina, place, address: "14 Whitby Street" };
    const livesAt = (...changes: ProfileChangeInput[]) =>
      peopleOf([home], ledgerOf(added(edit("e1", ...changes))), 0)[0]?.address;
    const moved = { kind: "postcode", postcode: "SR2 7AA" } as const;
    const nowhere = { kind: "no-fixed-address" } as const;
    expect(livesAt({ field: "place", from: place, to: moved })).toBe("14 Whitby Street");
    expect(livesAt({ field: "place", from: place, to: nowhere })).toBe(null);
    const other = { field: "address", from: "14 Whitby Street", to: "9 Dock Road" } as const;
    expect(livesAt({ field: "place", from: place, to: moved }, other)).toBe("9 Dock Road");
  });

  test("show at once that nobody outside may find their home, said here without signal", () => {
    const change = added(edit("e1", { field: "homeIsSecret", from: false, to: true }));
    const [person] = peopleOf([amina], ledgerOf(change), 0);
    expect(person).toMatchObject({ homeIsSecret: true, changed: ["homeIsSecret"] });
  });

  test("are found under a name that was changed here", () => {
    const change = added(
      edit(
        "e1",
        { field: "familyName", from: "Okafor", to: "Adeyemi" },
        { field: "sex", from: "female", to: "other" },
      ),
    );
    const people = peopleOf([amina], ledgerOf(change), 0);
    expect(findHere(people, "adeyemi", 2026)).toMatchObject([{ id: "amina", sex: "other" }]);
  });

  test("do not carry a change that was refused, or that fights with somebody else's", () => {
    const change = added(
      edit(
        "e1",
        { field: "phone", from: null, to: "1" },
        { field: "email", from: null, to: "a@example.org" },
      ),
    );
    const refused: LedgerEvent = {
      kind: "parked",
      id: "e1",
      because: "refused",
      verdict: { reason: "No", fields: {} },
    };
    const fought: LedgerEvent = {
      kind: "answered",
      id: "e1",
      verdict: { reason: "Two", fields: { phone: "Two" } },
    };
    expect(peopleOf([amina], ledgerOf(change, refused), 0)[0]).toMatchObject({ phone: null, email: null });
    expect(peopleOf([amina], ledgerOf(change, fought), 0)[0]).toMatchObject({
      phone: null,
      email: "a@example.org",
      changed: [],
    });
  });

  test("may come from a server that tells less of them", () => {
    const { sex: _, conflicts: __, address: ___, homeIsSecret: ____, ...less } = amina;
    const told: unknown = less;
    expect(peopleOf([told as CarriedPerson], EMPTY, 0)[0]).toMatchObject({
      sex: "not-known",
      address: null,
      homeIsSecret: false,
      conflicts: [],
    });
  });

  test.each(["okafor", "amnia", "31 5 1984", "af 0042", "Okafor Amina"])("are found by %s", (typed) => {
    const people = peopleOf([amina], EMPTY, 0);
    expect(findHere(people, typed, 2026).map(({ id }) => id)).toEqual(["amina"]);
    expect(findHere(people, "Quetzalcoatl", 2026)).toEqual([]);
  });
});
