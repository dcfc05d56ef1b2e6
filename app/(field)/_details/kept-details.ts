/**
 * Details that somebody began to change and has not saved, kept on the device beside the drafts of contacts: a lock,
 * a reload or another person in between loses nothing of them.
 */
import type { DeviceVerbs, FieldPerson } from "../../_offline/device-state";
import { fullName } from "../../_words/person-words";
import { detailsOf } from "../_app/address";
import { forgetUnfinished, keepUnfinished, keptUnfinished } from "../_log/kept";
import { draftOf, type Typing, typingOver } from "./details-draft";

type Keeper = Pick<DeviceVerbs, "keep" | "kept">;

const keeperOf = (clientId: string) => `details:${clientId}`;

/** What was left unsaved of somebody's details, over what is known of them now. */
export async function keptTyping(verbs: Keeper, person: FieldPerson): Promise<Typing> {
  const kept = await keptUnfinished(verbs, keeperOf(person.id));
  return isTyping(kept) ? typingOver(person, kept) : { from: person, draft: draftOf(person) };
}

/** Keeps what is typed, and lists the person as unfinished. */
export function keepTyping(verbs: Keeper, person: FieldPerson, { from, draft }: Typing): Promise<void> {
  const { givenName, familyName, dateOfBirth, sex, place, phone, email, reference } = from;
  return keepUnfinished(
    verbs,
    { keeper: keeperOf(person.id), href: detailsOf(person.id), personName: fullName(person) },
    {
      from: { givenName, familyName, dateOfBirth, sex, place, phone, email, reference },
      draft: { ...draft },
    },
  );
}

/** Forgets what was saved, or typed back to what it was. */
export const forgetTyping = (verbs: Keeper, clientId: string): Promise<void> =>
  forgetUnfinished(verbs, keeperOf(clientId));

/** Written by `keepTyping`, in the version that is asked for. */
function isTyping(value: unknown): value is Typing {
  return typeof value === "object" && value !== null && "from" in value && "draft" in value;
}
