/** What is asked, as an address has it: an id and two days, so that Back and a reload ask the same. Never a name. */
import { z } from "zod";
import { isDay } from "../../../server/domain/period";
import type { LookQuestion } from "../../../server/domain/who-looked";

type About = LookQuestion["about"];
type Window = Pick<LookQuestion, "from" | "to">;

const PARAMETERS = { client: "person", member: "member", agreement: "agreement" } as const satisfies Record<
  About["kind"],
  string
>;

/** The address of a question, or of its days while there is nobody to ask about. */
export function addressOf(about: About | null, { from, to }: Window): string {
  return `/looks?${new URLSearchParams({ ...(about && { [PARAMETERS[about.kind]]: about.id }), from, to })}`;
}

/** About whom or what an address asks: nobody, where it names none. */
export function aboutIn(address: Pick<URLSearchParams, "get">): About | null {
  for (const kind of ["client", "member", "agreement"] as const) {
    const { data: id } = z.uuid().safeParse(address.get(PARAMETERS[kind]));
    if (id) return { kind, id };
  }
  return null;
}

/** The days that an address asks about, or the usual ones. */
export function windowIn(address: Pick<URLSearchParams, "get">, usual: Window): Window {
  const [from, to] = [address.get("from") ?? "", address.get("to") ?? ""];
  return isDay(from) && isDay(to) ? { from, to } : usual;
}
