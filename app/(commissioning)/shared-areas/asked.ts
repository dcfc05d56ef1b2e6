/** What the page of figures by agreement is asked for, as its address says it. */

import type { Purpose } from "../../../server/domain/agreements/agreement";
import { type AreaPlace, isAreaPlace } from "../../../server/domain/agreements/grid";
import { PLACE_WORDS, PURPOSE_WORDS } from "../../../server/domain/agreements/in-words";
import type { UsableAgreement } from "../../../server/domain/agreements/paperwork";

export interface Choice {
  place: AreaPlace;
  purpose: Purpose;
  label: string;
}

export interface Asked {
  place: AreaPlace;
  purpose: Purpose;
  authority: string | null;
  need: string | null;
}

/** The levels and purposes that agreements in force open, each once. */
export function choicesFrom(agreements: readonly UsableAgreement[]): Choice[] {
  const found = agreements.flatMap(({ cells, purposes }) =>
    cells.flatMap(({ place }) =>
      isAreaPlace(place)
        ? purposes.map((purpose) => ({
            place,
            purpose,
            label: `${PLACE_WORDS[place]}, for ${PURPOSE_WORDS[purpose].toLowerCase()}`,
          }))
        : [],
    ),
  );
  return [...new Map(found.map((choice) => [keyOf(choice), choice])).values()];
}

/** Which versions open anything now, as one text: another one means that the page may show something else. */
export const openedBy = (agreements: readonly UsableAgreement[]): string =>
  agreements
    .map(({ id, version }) => `${id}/${version}`)
    .sort()
    .join(" ");

export const keyOf = ({ place, purpose }: Pick<Choice, "place" | "purpose">): string => `${place}.${purpose}`;

/** What is asked for, or the first choice that there is; null: none. */
export function readAsked(
  params: Readonly<Record<string, string | string[] | undefined>>,
  choices: readonly Choice[],
): Asked | null {
  const text = (name: string) => (typeof params[name] === "string" ? params[name] : null);
  const chosen = choices.find((choice) => keyOf(choice) === text("show")) ?? choices[0];
  if (!chosen) return null;
  return { place: chosen.place, purpose: chosen.purpose, authority: text("authority"), need: text("need") };
}

export function addressOf(asked: Asked): string {
  const parts = new URLSearchParams({ show: keyOf(asked) });
  if (asked.authority) parts.set("authority", asked.authority);
  if (asked.need) parts.set("need", asked.need);
  return `/shared-areas?${parts}`;
}
