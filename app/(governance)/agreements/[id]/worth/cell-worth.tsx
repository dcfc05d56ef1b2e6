"use client";
/** Value and cost of each cell of the grid alone, over the wanted actions; the cell of the knee is marked. */
import { DETAILS, PLACES } from "../../../../../server/domain/agreements/grid";
import { DETAIL_WORDS, PLACE_WORDS } from "../../../../../server/domain/agreements/in-words";
import { cellNumber, type Level, type ValueAction } from "../../../../../server/domain/agreements/value-map";
import styles from "./worth.module.css";

export function CellWorth({ actions, bend }: { actions: readonly ValueAction[]; bend: Level | null }) {
  const total = (of: "values" | "costs", at: number) =>
    actions.reduce((sum, action) => sum + (action[of][at] ?? 0), 0);
  return (
    <details className={styles["details"]}>
      <summary>Value and cost of every cell</summary>
      <section
        className={styles["scroll"]}
        aria-label="Value and cost of every cell"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <table className={styles["table"]}>
          <caption className="visually-hidden">
            Percentage of all value that remains if this cell alone is shared, and its cost
          </caption>
          <thead>
            <tr>
              <th scope="col">Place</th>
              {DETAILS.map((detail) => (
                <th key={detail} scope="col">
                  {DETAIL_WORDS[detail].name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {PLACES.map((place) => (
              <tr key={place}>
                <th scope="row">{PLACE_WORDS[place]}</th>
                {DETAILS.map((detail) => {
                  const at = cellNumber(place, detail);
                  const isKnee = bend?.place === place && bend.detail === detail;
                  return (
                    <td key={detail} data-knee={isKnee || undefined}>
                      <strong>{Math.round(total("values", at) / actions.length)}%</strong>
                      <small>
                        cost {total("costs", at)}
                        {isKnee && ", the knee"}
                      </small>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
