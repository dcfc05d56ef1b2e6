/**
 * An agreement in plain words, made from its terms by rules alone: who sees what, when, and what nobody sees. The words
 * stand beside the grid while it is drafted, on the page that is signed, and in the file that leaves.
 */

import { DOMAINS, findNode, isSensitiveNode, NEEDS } from "../needs";
import { type Day, dayInWords } from "../period";
import type { Basis, Cell, Condition, Purpose, Rests, Standing, Terms } from "./agreement";
import { DETAILS, type Detail, GROUPS, type Group, isAreaPlace, PLACES, type Place } from "./grid";

export const PLACE_WORDS: Readonly<Record<Place, string>> = {
  authority: "Local authority",
  ward: "Ward",
  sector: "Postcode sector",
  postcode: "Postcode",
  street: "Street",
  household: "Household",
  person: "One person",
};

/** Heads of the columns of the grid, and what each opens about people and about areas. */
export const DETAIL_WORDS: Readonly<Record<Detail, { name: string; close: string; area: string }>> = {
  "known-to": { name: "Known to", close: "which services know them", area: "whether there is a figure" },
  rag: { name: "Colour", close: "red, amber or green", area: "a colour for how common a need is" },
  coded: {
    name: "Needs",
    close: "which needs, how each is going",
    area: "people by need, last settled year",
  },
  full: { name: "In full", close: "names and telephone numbers", area: "every settled period" },
};

/** What the figures of areas are, for whoever signs a cell that opens them; null where no cell does. */
export const areaLimit = ({ cells }: Pick<Terms, "cells">): string | null =>
  cells.some(({ place }) => isAreaPlace(place))
    ? "Figures about areas count everybody who is counted on the platform, not only clients of these organisations. " +
      "They have passed the checks that keep small numbers hidden."
    : null;

export const GROUP_WORDS: Readonly<Record<Group, string>> = {
  caseworker: "Caseworkers",
  manager: "Managers",
  commissioner: "Commissioners",
  analyst: "Analysts",
};

export const RESTS_WORDS: Readonly<Record<Rests, { short: string; long: string }>> = {
  consent: { short: "if they said yes", long: "When the client said yes" },
  basis: { short: "unless they said no", long: "Unless the client said no" },
  duty: { short: "to protect somebody", long: "To protect somebody, whatever the client said" },
};

export const PURPOSE_WORDS: Readonly<Record<Purpose, string>> = {
  "direct-support": "Direct support",
  "early-help": "Early help",
  "homelessness-prevention": "Preventing homelessness",
  safeguarding: "Safeguarding",
  "service-planning": "Planning services",
};

export const BASIS_WORDS: Readonly<Record<Basis, string>> = {
  "public-task": "Public task, Article 6(1)(e)",
  "legal-obligation": "Legal obligation, Article 6(1)(c)",
  "recognised-legitimate-interests": "Recognised legitimate interests, Article 6(1)(ea)",
  consent: "Consent, Article 6(1)(a)",
};

export const CONDITION_WORDS: Readonly<Record<Condition, string>> = {
  "social-care": "Health or social care, Article 9(2)(h)",
  safeguarding: "Safeguarding, Article 9(2)(g)",
  "explicit-consent": "Explicit consent, Article 9(2)(a)",
};

export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  draft: "Draft",
  "waiting-for-signatures": "Waiting for signatures",
  "not-started": "Signed, not started",
  "in-force": "In force",
  "notice-given": "Notice given",
  ended: "Ended",
  withdrawn: "Withdrawn",
  superseded: "Replaced by a later version",
};

/** "A", "A and B", "A, B and C". */
export function listInWords(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** One sentence; `lead` is what the eye should catch first. */
export interface Sentence {
  lead: string;
  rest: string;
}

type WordedTerms = Pick<
  Terms,
  "cells" | "parties" | "needs" | "purposes" | "startsOn" | "endsOn" | "reviewOn" | "noticeDays"
>;

/**
 * Who sees what, in sentences: one for each group and each thing that it waits for, figures first, then what nobody sees.
 * `nameOf` names an organisation.
 */
export function whoSeesWhat(
  terms: Pick<WordedTerms, "cells" | "parties">,
  nameOf: (organisationId: number) => string,
): Sentence[] {
  const names = (side: "gives" | "receives") =>
    terms.parties.filter((party) => party[side]).map(({ organisationId }) => nameOf(organisationId));
  const [givers, receivers] = [names("gives"), names("receives")];
  const at = receivers.length > 0 ? ` at ${listInWords(receivers)}` : "";
  const sentences = GROUPS.flatMap((group) => {
    const own = terms.cells.filter((cell) => cell.group === group);
    const said: Sentence[] = [];
    const areas = deepest(own.filter(({ place }) => isAreaPlace(place)));
    if (areas.length > 0) {
      said.push({
        lead: `${GROUP_WORDS[group]}${at}`,
        rest: `see ${inTurn(areas, areaWords)}, never a person.`,
      });
    }
    let known = false;
    for (const rests of ["basis", "consent", "duty"] as const) {
      const close = deepest(own.filter((cell) => !isAreaPlace(cell.place) && cell.rests === rests));
      if (close.length === 0) continue;
      said.push(closeSentence(close, { group, at, rests, also: said.length > 0, known }));
      known = true;
    }
    return said;
  });
  const nobody = {
    lead: "Nobody",
    rest: "sees notes, dates of birth, identifiers or other people in the home.",
  };
  if (terms.cells.length === 0) return [{ lead: "Nobody", rest: "sees anything yet: the grid is empty." }];
  const only = givers.length > 0 ? [onlyGivers(givers, receivers)].filter((one) => one !== null) : [];
  return [...sentences, ...only, nobody];
}

/** `also`: a sentence about the group came before. `known`: one that says which services know somebody. */
function closeSentence(
  cells: readonly Cell[],
  {
    group,
    at,
    rests,
    also,
    known,
  }: { group: Group; at: string; rests: Rests; also: boolean; known: boolean },
): Sentence {
  const who = also ? "they also" : `${GROUP_WORDS[group].toLowerCase()}${at}`;
  const services =
    known || cells.some(({ detail }) => detail === "known-to") ? "" : ", and which services know them";
  return { lead: RESTS_WORDS[rests].long, rest: `, ${who} see ${inTurn(cells, closeWords)}${services}.` };
}

/** Whose records stay shut to the others, where somebody only looks. */
function onlyGivers(givers: readonly string[], receivers: readonly string[]): Sentence | null {
  const silent = receivers.filter((name) => !givers.includes(name));
  if (silent.length === 0) return null;
  return { lead: "Nobody", rest: `sees the records of ${listInWords(silent)}.` };
}

/** Of each place the cell that opens most. */
function deepest(cells: readonly Cell[]): Cell[] {
  return PLACES.flatMap((place) => {
    const here = cells.filter((cell) => cell.place === place);
    const most = here.toSorted((a, b) => DETAILS.indexOf(b.detail) - DETAILS.indexOf(a.detail))[0];
    return most ? [most] : [];
  });
}

/** Cells of one detail are said together. */
function inTurn(cells: readonly Cell[], say: (detail: Detail, places: readonly Place[]) => string): string {
  return DETAILS.flatMap((detail) => {
    const places = cells.filter((cell) => cell.detail === detail).map(({ place }) => place);
    return places.length > 0 ? [say(detail, places)] : [];
  }).join("; ");
}

const named = (places: readonly Place[]) => listInWords(places.map((place) => PLACE_IN_TEXT[place]));

const PLACE_IN_TEXT: Readonly<Record<Place, string>> = {
  authority: "each local authority",
  ward: "each ward",
  sector: "each postcode sector",
  postcode: "a postcode",
  street: "a street",
  household: "a household",
  person: "one person",
};

const areaWords = (detail: Detail, places: readonly Place[]): string =>
  ({
    "known-to": `whether there is a figure for ${named(places)}`,
    rag: `a colour for ${named(places)}, by how common a need is`,
    coded: `figures of people by need for ${named(places)}`,
    full: `figures of people by need for ${named(places)}, for every settled period`,
  })[detail];

const closeWords = (detail: Detail, places: readonly Place[]): string =>
  ({
    "known-to": `which services know ${whom(places)}, how to reach them and how recent it is`,
    rag: `a colour, red, amber or green, for ${named(places)}`,
    coded: `which needs are open for ${named(places)}, their colour and how each is going`,
    full: `names and telephone numbers for ${named(places)}, which needs are open and how each is going`,
  })[detail];

/** "the person, or somebody at a street and a household". */
function whom(places: readonly Place[]): string {
  const wider = places.filter((place) => place !== "person");
  const somebody = wider.length > 0 ? [`somebody at ${named(wider)}`] : [];
  return [...(places.includes("person") ? ["the person"] : []), ...somebody].join(", or ");
}

/** How long it holds, and how it ends. */
export function howItEnds({
  startsOn,
  endsOn,
  reviewOn,
  noticeDays,
}: Pick<WordedTerms, "startsOn" | "endsOn" | "reviewOn" | "noticeDays">): string {
  const notice =
    noticeDays === 0
      ? "at once"
      : noticeDays === 1
        ? "with a day’s notice"
        : `with ${noticeDays} days’ notice`;
  return (
    `Every look is recorded. It starts on ${dayInWords(startsOn)}, is reviewed by ${dayInWords(reviewOn)} ` +
    `and ends by itself on ${dayInWords(endsOn)}. Any party can leave ${notice}.`
  );
}

/** Which needs are covered, and which sensitive ones. */
export function needsInWords(paths: readonly string[]): string {
  const all = paths.includes("*");
  const sensitive = paths.filter((path) => isSensitive(path));
  const others = paths.filter((path) => path !== "*" && !sensitive.includes(path)).map(labelOf);
  const plain = all
    ? "Every need that is not sensitive"
    : others.length > 0
      ? listInWords(others)
      : "No need that is not sensitive";
  return sensitive.length === 0
    ? `${plain}. Sensitive needs are left out.`
    : `${plain}; and with the client’s yes, or to protect somebody, ${listInWords(sensitive.map(labelOf))}.`;
}

/** Paths that can be chosen by name beyond all that is not sensitive: domains and needs that are. */
export const SENSITIVE_PATHS: readonly string[] = [
  ...DOMAINS.map(({ code }) => code),
  ...NEEDS.map(({ code }) => code),
].filter((path) => isSensitive(path) && !isInSensitiveDomain(path));

function isSensitive(path: string): boolean {
  const node = findNode(path);
  return node !== null && path !== "*" && isSensitiveNode(node);
}

function isInSensitiveDomain(path: string): boolean {
  const [domain] = path.split("-");
  return domain !== undefined && domain !== path && isSensitive(domain);
}

/** A need or a domain by its name. */
export const labelOf = (path: string): string => findNode(path)?.label ?? path;

/** One line of "Ready to sign": what it is about, whether it is there, and what is missing. */
export interface ReadyLine {
  label: string;
  ready: boolean;
}

/** What an officer looks for before sending a draft for signature. */
export function readyToSign(
  terms: WordedTerms & Pick<Terms, "basis" | "condition" | "reason">,
  today: Day,
): ReadyLine[] {
  const aboutPeople = terms.cells.some(({ place }) => !isAreaPlace(place));
  const sensitive = terms.needs.some(isSensitive);
  const answers = terms.cells.some((cell) => !isAreaPlace(cell.place) && cell.rests !== "basis");
  return [
    { label: `Lawful basis: ${BASIS_WORDS[terms.basis].toLowerCase()}`, ready: true },
    {
      label:
        terms.startsOn >= today
          ? `Starts on ${dayInWords(terms.startsOn)}`
          : `The first day, ${dayInWords(terms.startsOn)}, has gone by`,
      ready: terms.startsOn >= today,
    },
    { label: `Review by ${dayInWords(terms.reviewOn)}`, ready: terms.reviewOn > today },
    {
      label: terms.reason.trim().length >= 10 ? "What it is for is said" : "Say what it is for",
      ready: terms.reason.trim().length >= 10,
    },
    ...(aboutPeople && sensitive
      ? [
          {
            label: answers
              ? "Sensitive needs wait for a yes or a duty"
              : "Sensitive needs are named, but no cell waits for a yes: nobody will see them",
            ready: answers,
          },
        ]
      : []),
  ];
}

/** What changed from one version to the next, in lines; empty when nothing did. */
export function changesInWords(
  before: Terms,
  after: Terms,
  nameOf: (organisationId: number) => string,
): string[] {
  const lines: string[] = [];
  const cells = (terms: Terms) => new Map(terms.cells.map((cell) => [cellInWords(cell), cell]));
  const [was, is] = [cells(before), cells(after)];
  for (const words of is.keys()) if (!was.has(words)) lines.push(`Now shared: ${words}.`);
  for (const words of was.keys()) if (!is.has(words)) lines.push(`No longer shared: ${words}.`);
  const partyLines = (terms: Terms) =>
    new Map(
      terms.parties.map(({ organisationId, gives, receives }) => [organisationId, `${gives}${receives}`]),
    );
  const [parties, later] = [partyLines(before), partyLines(after)];
  for (const [id, sides] of later) {
    if (!parties.has(id)) lines.push(`${nameOf(id)} joins.`);
    else if (parties.get(id) !== sides) lines.push(`${nameOf(id)} gives or looks otherwise than before.`);
  }
  for (const id of parties.keys()) if (!later.has(id)) lines.push(`${nameOf(id)} leaves.`);
  if (before.startsOn !== after.startsOn) lines.push(`It starts on ${dayInWords(after.startsOn)}.`);
  if (before.reviewOn !== after.reviewOn) lines.push(`It is reviewed by ${dayInWords(after.reviewOn)}.`);
  if (before.endsOn !== after.endsOn) lines.push(`It ends on ${dayInWords(after.endsOn)}.`);
  if (before.noticeDays !== after.noticeDays) lines.push(`Notice is ${after.noticeDays} days.`);
  if (before.title !== after.title) lines.push(`It is called “${after.title}”.`);
  if (before.reason !== after.reason) lines.push("What it is for is worded anew.");
  if (before.basis !== after.basis || before.condition !== after.condition)
    lines.push(`It rests on ${BASIS_WORDS[after.basis].toLowerCase()}.`);
  if (before.purposes.toSorted().join() !== after.purposes.toSorted().join())
    lines.push(`It is for ${listInWords(after.purposes.map((each) => PURPOSE_WORDS[each].toLowerCase()))}.`);
  if (before.needs.toSorted().join() !== after.needs.toSorted().join())
    lines.push(`It covers: ${needsInWords(after.needs)}`);
  return lines;
}

/** "Caseworkers, one person, known to, unless they said no". */
export function cellInWords({ group, place, detail, rests }: Cell): string {
  const waits = isAreaPlace(place) ? "" : `, ${RESTS_WORDS[rests].short}`;
  return `${GROUP_WORDS[group]}, ${PLACE_WORDS[place].toLowerCase()}, ${DETAIL_WORDS[detail].name.toLowerCase()}${waits}`;
}

/** The first characters of a hash, in groups that can be read out: "3fa2 90c1 77de". */
export const shortHash = (hash: string): string => (hash.slice(0, 12).match(/.{4}/g) ?? []).join(" ");

/** What becomes of sharing whose last day is known, for whoever gives notice and for all who read of it. */
export function endOfSharing({ startsOn, lastDay }: { startsOn: Day; lastDay: Day }, today: Day): string {
  const isBegun = startsOn <= today;
  if (!isBegun && lastDay < startsOn) return "It never starts: nothing is ever shared by it.";
  if (lastDay < today) return "Sharing by it stops at once, for everybody in it.";
  const end = `until the end of ${dayInWords(lastDay)} and then stops by itself, for everybody in it.`;
  return isBegun
    ? `Sharing by it goes on ${end}`
    : `Sharing by it starts on ${dayInWords(startsOn)}, goes on ${end}`;
}
