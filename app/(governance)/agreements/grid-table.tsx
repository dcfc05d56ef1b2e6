"use client";
/**
 * The grid of an agreement: places down, detail across. Each cell names the groups that see it and what they wait for;
 * with `onOpen` each is a button. On a phone the same table stands as one block for each place.
 */
import type { Cell, Rests } from "../../../server/domain/agreements/agreement";
import {
  DETAILS,
  type Detail,
  GROUPS,
  type Group,
  isAreaPlace,
  PLACES,
  type Place,
} from "../../../server/domain/agreements/grid";
import {
  DETAIL_WORDS,
  GROUP_WORDS,
  PLACE_WORDS,
  RESTS_WORDS,
} from "../../../server/domain/agreements/in-words";
import { Icon } from "../../_ui/icon";
import styles from "./grid.module.css";

interface GridTableProps {
  cells: readonly Cell[];
  /** Cells of the version before; those that are not among them are marked. Null: there is none, and no mark. */
  before: readonly Cell[] | null;
  onOpen?: (place: Place, detail: Detail) => void;
}

const same = (a: Cell, b: Cell) =>
  a.place === b.place && a.detail === b.detail && a.group === b.group && a.rests === b.rests;

export function GridTable({ cells, before, onOpen }: GridTableProps) {
  return (
    <div className={styles["frame"]}>
      <table className={styles["grid"]}>
        <caption className="visually-hidden">
          Who may see what: smaller places downwards, more detail to the right
        </caption>
        <thead>
          <tr>
            <th scope="col">Place</th>
            {DETAILS.map((detail) => (
              <th key={detail} scope="col">
                {DETAIL_WORDS[detail].name}
                <small>{DETAIL_WORDS[detail].close}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {PLACES.map((place) => (
            <tr key={place}>
              <th scope="row">{PLACE_WORDS[place]}</th>
              {DETAILS.map((detail) => {
                const here = cells.filter((cell) => cell.place === place && cell.detail === detail);
                const isNew =
                  before !== null && here.some((cell) => !before.some((earlier) => same(cell, earlier)));
                const shown = <CellWords place={place} detail={detail} here={here} isNew={isNew} />;
                return (
                  <td key={detail} data-shared={here.length > 0 || undefined} data-new={isNew || undefined}>
                    {onOpen ? (
                      <button type="button" className={styles["cell"]} onClick={() => onOpen(place, detail)}>
                        {shown}
                      </button>
                    ) : (
                      <div className={styles["cell"]}>{shown}</div>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellWordsProps {
  place: Place;
  detail: Detail;
  here: readonly Cell[];
  isNew: boolean;
}

function CellWords({ place, detail, here, isNew }: CellWordsProps) {
  const rests = new Map<Group, Rests[]>();
  for (const group of GROUPS) {
    const own = here.filter((cell) => cell.group === group).map((cell) => cell.rests);
    if (own.length > 0) rests.set(group, own);
  }
  return (
    <>
      <span className={styles["detail"]}>
        <span className="visually-hidden">{PLACE_WORDS[place]}, </span>
        {DETAIL_WORDS[detail].name}
        <span className="visually-hidden">: </span>
      </span>
      {isNew && <span className="visually-hidden">new, </span>}
      {rests.size === 0 ? (
        <span className={styles["none"]}>
          <Icon name={place === "authority" ? "people" : "lock"} size={14} />
          {place === "authority" ? "Open counts only" : "Not shared"}
        </span>
      ) : (
        [...rests].map(([group, own]) => (
          <span key={group} className={styles["who"]}>
            <strong>{GROUP_WORDS[group]}</strong>
            <small>
              {isAreaPlace(place) ? "figures" : own.map((each) => RESTS_WORDS[each].short).join(", or ")}
            </small>
          </span>
        ))
      )}
    </>
  );
}
