/**
 * The addresses of the field screens. They carry ids and nothing of a person, and moving between them loads no page:
 * the key of the device stays in memory.
 */

export type FieldAddress =
  | { screen: "people" }
  | {
      screen: "contact";
      /** Null: somebody who gives no name. */
      clientId: string | null;
      /** The contact that this one puts right. */
      correctsId: string | null;
      /** The item of the outbox that is being mended. */
      itemId: string | null;
      /** The referral that the contact begins from. */
      referralId: string | null;
    }
  | {
      screen: "details";
      clientId: string | null;
      /** The item of the outbox that is being mended. */
      itemId: string | null;
      /** A contact with them is being logged: the way back leads there. */
      fromContact: boolean;
    }
  | { screen: "outbox"; leaving: boolean };

export const PEOPLE = "/people";
export const OUTBOX = "/outbox";
/** The outbox with the question that is asked before signing out with something unsent. */
export const LEAVING = "/outbox?leaving=1";

export function contactWith(
  clientId: string | null,
  also: { correctsId?: string; itemId?: string } = {},
): string {
  const search = new URLSearchParams();
  if (clientId) search.set("with", clientId);
  if (also.correctsId) search.set("correct", also.correctsId);
  if (also.itemId) search.set("mend", also.itemId);
  return search.size > 0 ? `/contact?${search}` : "/contact";
}

/** Where somebody's details are seen and changed. */
export function detailsOf(
  clientId: string,
  also: { itemId?: string | undefined; fromContact?: boolean } = {},
): string {
  const search = new URLSearchParams({ of: clientId });
  if (also.itemId) search.set("mend", also.itemId);
  if (also.fromContact) search.set("from", "contact");
  return `/details?${search}`;
}

/** Where an address leads, "/contact?with=…"; null when it is no field screen. */
export function readAddress(place: string): FieldAddress | null {
  const [pathname, query = ""] = place.split("?");
  const search = new URLSearchParams(query);
  if (pathname === PEOPLE) return { screen: "people" };
  if (pathname === OUTBOX) return { screen: "outbox", leaving: search.has("leaving") };
  if (pathname === "/details") {
    return {
      screen: "details",
      clientId: idIn(search, "of"),
      itemId: idIn(search, "mend"),
      fromContact: search.get("from") === "contact",
    };
  }
  if (pathname !== "/contact") return null;
  return {
    screen: "contact",
    clientId: idIn(search, "with"),
    correctsId: idIn(search, "correct"),
    itemId: idIn(search, "mend"),
    referralId: idIn(search, "referral"),
  };
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

function idIn(search: URLSearchParams, name: string): string | null {
  const id = search.get(name)?.toLowerCase() ?? "";
  return UUID.test(id) ? id : null;
}
