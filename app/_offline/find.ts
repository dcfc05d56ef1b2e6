/**
 * Finding somebody: among the people on the device at once, then with the server's answer when there is one. Nobody
 * ever waits for the network to see who is here.
 */
import { MOST_LETTERS } from "../../server/domain/client-search";
import type { ClientProfile } from "../../server/domain/profile";
import type { ShownConflict } from "../../server/domain/profile-terms";
import { carriedConflict } from "../../server/domain/take-along";
import type { FieldPerson, Found } from "./device-state";
import type { OpenWork } from "./open-work";
import { fieldPerson, findHere } from "./people";

/** Long enough that a word typed at ease is one question to the server. */
const PAUSE_MS = 200;
const LEAST_LETTERS = 2;

/** Tells who is found, at once and again when the server has answered. Gives back how to stop. */
export function findPeople(work: OpenWork | null, text: string, tell: (found: Found) => void): () => void {
  const typed = text.trim().slice(0, MOST_LETTERS);
  const onDevice = work ? findHere(work.people, typed, new Date().getFullYear()) : [];
  if (!work || typed.length < LEAST_LETTERS || !navigator.onLine) {
    tell({ onDevice, elsewhere: [], scope: "device-only" });
    return () => {};
  }
  let isStopped = false;
  tell({ onDevice, elsewhere: [], scope: "looking" });
  const timer = setTimeout(async () => {
    const answer = await work.ask(() => work.client.clients.find.query({ text: typed }));
    if (isStopped) return;
    if ("fault" in answer) {
      tell({ onDevice, elsewhere: [], scope: "device-only" });
      return;
    }
    const here = new Set(onDevice.map(({ id }) => id));
    const carried = new Map(work.people.map((person) => [person.id, person]));
    // Somebody who is here, but was found by what the device does not know, such as an NHS number.
    const also = answer.ok.flatMap(({ id, matched }) => {
      const person = carried.get(id);
      return person && !here.has(id) ? [{ ...person, matched }] : [];
    });
    const elsewhere = answer.ok.filter(({ id }) => !carried.has(id));
    tell({ onDevice: [...onDevice, ...also], elsewhere, scope: "everybody" });
  }, PAUSE_MS);
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

/** Somebody by id: from the device, else from the server. */
export async function getPerson(
  work: OpenWork | null,
  id: string,
): Promise<FieldPerson | "not-found" | "no-signal"> {
  const here = work?.people.find((person) => person.id === id);
  if (here) return here;
  if (!work) return "no-signal";
  const { clients } = work.client;
  const since = work.position;
  const answer = await work.ask(() =>
    Promise.all([clients.get.query({ id }), clients.conflicts.query({ clientId: id })]),
  );
  if ("ok" in answer) return work.withEdits(personOf(...answer.ok), since);
  return answer.fault.kind === "refused" ? "not-found" : "no-signal";
}

function personOf(profile: ClientProfile, conflicts: readonly ShownConflict[]): FieldPerson {
  const { id, givenName, familyName, dateOfBirth, sex, reference, place, phone, email, issues, contacts } =
    profile;
  return fieldPerson({
    id,
    givenName,
    familyName,
    dateOfBirth,
    sex,
    reference,
    place,
    phone,
    email,
    assignedToMe: false,
    lastContactOn: contacts.find(({ voided }) => !voided)?.occurredOn ?? null,
    openIssues: issues.filter(({ open }) => open),
    sharing: profile.sharing.answer,
    conflicts: conflicts.map(carriedConflict),
  });
}
