/**
 * Finding somebody: among the people on the device at once, then with the server's answer when there is one. Nobody
 * ever waits for the network to see who is here. Fetched with the screen that asks, which logging a contact is not.
 */
import {
  MOST_LETTERS,
  piecesOfQuery,
  rankCandidates,
  readClientQuery,
} from "../../server/domain/client-search";
import type { FieldPerson, Found, FoundPerson } from "./device-state";
import type { OpenWork } from "./open-work";

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
    const answer = await work.session.ask(({ clients }) => clients.find.query({ text: typed }));
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

const MOST_FOUND = 20;

/** People on the device who fit what was typed, the best first. */
export function findHere(people: readonly FieldPerson[], text: string, currentYear: number): FoundPerson[] {
  const query = readClientQuery(text, currentYear);
  if (piecesOfQuery(query).length === 0) return [];
  const candidates = people.map((person) => ({ ...person, hasIdentifier: false }));
  return rankCandidates(query, candidates, MOST_FOUND).map(
    ({ client: { hasIdentifier: _, ...person }, matched }) => ({
      ...person,
      matched,
    }),
  );
}
