/** What each level of detail shows of a row, and what a row is called. */
import type { Detail } from "../../../server/domain/agreements/grid";
import type { ListRow } from "../../../server/domain/agreements/shared-list";

export const SHOWN_WORDS: Readonly<Record<Detail, string>> = {
  "known-to": "You see which services know somebody there, and no more.",
  rag: "You see a colour, and which services know somebody there.",
  coded: "You see which needs are open, how each is going, a colour, and which services know somebody there.",
  full: "You see names and telephone numbers, needs, a colour, and which services know somebody there.",
};

/** What a row is called, for buttons that name it. */
export const nameOfRow = ({ place, own }: Pick<ListRow, "place" | "own">): string =>
  place ?? own[0]?.name ?? `Record ${own[0]?.id.slice(-6) ?? ""}`;
