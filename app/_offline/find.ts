/** Somebody by id, from the device or else from the server; and the search for somebody, fetched when it is asked for. */
import type { ClientProfile } from "../../server/domain/profile";
import type { ShownConflict } from "../../server/domain/profile-terms";
import { carriedConflict, carriedDetails } from "../../server/domain/take-along";
import type { FieldPerson, Found } from "./device-state";
import type { OpenWork } from "./open-work";
import { fieldPerson } from "./people";

/** `findPeople` of find-people.ts, as soon as it is there. Gives back how to stop. */
export function findPeople(work: OpenWork | null, text: string, tell: (found: Found) => void): () => void {
  let stop = () => {};
  let isStopped = false;
  void loadFinding().then((finding) => {
    if (!isStopped) stop = finding.findPeople(work, text, tell);
  });
  return () => {
    isStopped = true;
    stop();
  };
}

/** The screen that finds people is shown once this is there. */
export const loadFinding = () => import("./find-people");

/** Somebody by id: from the device, else from the server. */
export async function getPerson(
  work: OpenWork | null,
  id: string,
): Promise<FieldPerson | "not-found" | "no-signal"> {
  const here = work?.people.find((person) => person.id === id);
  if (here) return here;
  if (!work) return "no-signal";
  const since = work.position;
  const answer = await work.session.ask(({ clients }) =>
    Promise.all([clients.get.query({ id }), clients.conflicts.query({ clientId: id })]),
  );
  if ("ok" in answer) return work.withEdits(personOf(...answer.ok), since);
  return answer.fault.kind === "refused" ? "not-found" : "no-signal";
}

function personOf(profile: ClientProfile, conflicts: readonly ShownConflict[]): FieldPerson {
  return fieldPerson({
    ...carriedDetails(profile),
    assignedToMe: false,
    lastContactOn: profile.contacts.find(({ voided }) => !voided)?.occurredOn ?? null,
    openIssues: profile.issues.filter(({ open }) => open),
    sharing: profile.sharing.answer,
    conflicts: conflicts.map(carriedConflict),
  });
}
