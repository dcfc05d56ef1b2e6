/** The two records, masked, a detail a row, and under each how the two agree. */
import type { Likeness, MaskedRow } from "../../../server/domain/link-review";
import type { ShownReview } from "../../../server/reviewing";
import type { IconName } from "../../_ui/icon";
import { Tag, type Tone } from "../../_ui/tag";
import styles from "./pair.module.css";

const LOOKS: Readonly<Record<Likeness, { tone: Tone; icon: IconName }>> = {
  same: { tone: "brand", icon: "check" },
  near: { tone: "info", icon: "right" },
  different: { tone: "wait", icon: "close" },
  cannot: { tone: "plain", icon: "dash" },
};

export function Comparison({ review }: { review: ShownReview }) {
  const { organisationA, organisationB, comparison } = review;
  const isOne = organisationA === organisationB;
  return (
    <table className={styles["comparison"]}>
      <caption className="visually-hidden">What the two records hold, masked, and how it agrees</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{isOne ? `${organisationA}, one record` : organisationA}</th>
          <th scope="col">{isOne ? `${organisationB}, another` : organisationB}</th>
        </tr>
      </thead>
      {comparison.rows.map((row) => (
        <tbody key={row.label}>
          <tr>
            <th scope="row" rowSpan={2}>
              {row.label}
            </th>
            <Value shown={row.a} />
            <Value shown={row.b} />
          </tr>
          <tr>
            <td colSpan={2}>
              <Tag tone={LOOKS[row.likeness].tone} icon={LOOKS[row.likeness].icon}>
                {row.words}
              </Tag>
            </td>
          </tr>
        </tbody>
      ))}
    </table>
  );
}

/** Dots for the eye, words for the ear. */
function Value({ shown: { text, spoken } }: { shown: MaskedRow["a"] }) {
  if (text === spoken) return <td data-faint={text === "not given" || undefined}>{text}</td>;
  return (
    <td>
      <span aria-hidden="true">
        {text.split(/(•+)/).map((piece, at) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never move
          piece.startsWith("•") ? <i key={at}>{piece}</i> : piece,
        )}
      </span>
      <span className="visually-hidden">{spoken}</span>
    </td>
  );
}
