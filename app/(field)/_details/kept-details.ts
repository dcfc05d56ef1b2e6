/**
 * Details that somebody began to change and has not saved, kept on the device beside the drafts of contacts: a lock,
 * a reload or another person in between loses nothing of them.
 */

import { isSex } from "../../../server/domain/profile-terms";
import type { DeviceVerbs, FieldPerson } from "../../_offline/device-state";
import { fullName } from "../../_words/person-words";
import { detailsOf } from "../_app/address";
import { forgetUnfinished, isRecord, keepUnfinished, keptUnfinished } from "../_log/kept";
import { type DetailsDraft, draftOf, type KnownDetails, type Typing, typingOver } from "./details-draft";

type Keeper = Pick<DeviceVerbs, "keep" | "kept">;

const keeperOf = (clientId: string) => `details:${clientId}`;

/** What was left unsaved of somebody's details, over what is known of them now. */
export async function keptTyping(verbs: Keeper, person: FieldPerson): Promise<Typing> {
  const kept = withHome(await keptUnfinished(verbs, keeperOf(person.id)), person);
  return isTyping(kept) ? typingOver(person, kept) : { from: person, draft: draftOf(person) };
}

/** What was kept before house and street, or a secret home, could be told: nobody has typed over them. */
function withHome(kept: unknown, { address, homeIsSecret }: FieldPerson): unknown {
  if (!isRecord(kept) || !isRecord(kept["from"]) || !isRecord(kept["draft"])) return kept;
  return {
    from: { address, homeIsSecret, ...kept["from"] },
    draft: { address: address ?? "", homeIsSecret, ...kept["draft"] },
  };
}

/** Keeps what is typed, and lists the person as unfinished. */
export function keepTyping(verbs: Keeper, person: FieldPerson, { from, draft }: Typing): Promise<void> {
  const { givenName, familyName, dateOfBirth, sex, place, address, homeIsSecret, phone, email, reference } =
    from;
  return keepUnfinished(
    verbs,
    { keeper: keeperOf(person.id), href: detailsOf(person.id), personName: fullName(person) },
    {
      from: {
        givenName,
        familyName,
        dateOfBirth,
        sex,
        place,
        address,
        homeIsSecret,
        phone,
        email,
        reference,
      },
      draft: { ...draft },
    },
  );
}

/** Forgets what was saved, or typed back to what it was. */
export const forgetTyping = (verbs: Keeper, clientId: string): Promise<void> =>
  forgetUnfinished(verbs, keeperOf(clientId));

type Check = (value: unknown) => boolean;
/** Of every name of a shape, whether what lies under it may stand there. */
type Checks<T> = Readonly<Record<keyof T, Check>>;

const isText: Check = (value) => typeof value === "string";
const isTextOrNone: Check = (value) => value === null || isText(value);
const isYesOrNo: Check = (value) => typeof value === "boolean";
const isOneOfSexes: Check = (value) => typeof value === "string" && isSex(value);
const isPlace: Check = (value) =>
  hasAll(value, { kind: (kind) => kind === "no-fixed-address" || kind === "unknown" }) ||
  hasAll(value, { kind: (kind) => kind === "postcode", postcode: isText });

const KNOWN: Checks<KnownDetails> = {
  givenName: isText,
  familyName: isText,
  dateOfBirth: isTextOrNone,
  sex: isOneOfSexes,
  place: isPlace,
  address: isTextOrNone,
  homeIsSecret: isYesOrNo,
  phone: isTextOrNone,
  email: isTextOrNone,
  reference: isTextOrNone,
};
const DRAFT: Checks<DetailsDraft> = {
  givenName: isText,
  familyName: isText,
  birth: isText,
  sex: isOneOfSexes,
  postcode: isText,
  noFixedAddress: isYesOrNo,
  address: isText,
  homeIsSecret: isYesOrNo,
  phone: isText,
  email: isText,
  reference: isText,
};

/** Whether it is what `keepTyping` writes: an older version of this app may have written something else. */
const isTyping = (value: unknown): value is Typing =>
  hasAll(value, { from: (from) => hasAll(from, KNOWN), draft: (draft) => hasAll(draft, DRAFT) });

function hasAll(value: unknown, checks: Readonly<Record<string, Check>>): boolean {
  return isRecord(value) && Object.entries(checks).every(([name, check]) => check(value[name]));
}
