/** A story with what it should be asked about marked in it, in words as well as by a line; and the same as a list. */
import { FINDING_WORDS, type Finding } from "../../../server/domain/impact/story-finding";
import styles from "./stories.module.css";

interface Piece {
  /** Where it begins in the text. */
  from: number;
  text: string;
  finding: Finding | null;
}

/** Pieces of each paragraph. No finding goes over the end of one that is kept here: they are cut there. */
function paragraphsOf(text: string, findings: readonly Finding[]): Piece[][] {
  let start = 0;
  return text.split("\n").map((paragraph) => {
    const end = start + paragraph.length;
    const pieces: Piece[] = [];
    let at = start;
    for (const finding of findings) {
      const from = Math.max(finding.from, at);
      const to = Math.min(finding.to, end);
      if (from >= to) continue;
      if (from > at) pieces.push({ from: at, text: text.slice(at, from), finding: null });
      pieces.push({ from, text: text.slice(from, to), finding });
      at = to;
    }
    if (at < end) pieces.push({ from: at, text: text.slice(at, end), finding: null });
    start = end + 1;
    return pieces;
  });
}

export function MarkedText({ text, findings }: { text: string; findings: readonly Finding[] }) {
  return paragraphsOf(text, findings).map((pieces, at) => (
    <p key={pieces[0]?.from ?? `empty ${at}`}>
      {pieces.map(({ from, text, finding }) =>
        finding ? (
          <mark key={from} className={styles["mark"]} data-must={finding.must || undefined}>
            {text}
            <small>
              {" "}
              {finding.must ? "take out" : "look"}: {FINDING_WORDS[finding.kind]}
            </small>
          </mark>
        ) : (
          text
        ),
      )}
    </p>
  ));
}

interface FindingListProps {
  parts: readonly { text: string; findings: readonly Finding[] }[];
}

/** Each finding with what to do, what must come out first; and always that a person must read it. */
export function FindingList({ parts }: FindingListProps) {
  const found = parts.flatMap(({ text, findings }, part) =>
    findings.map((finding) => ({
      finding,
      key: `${part} ${finding.from}`,
      text: text.slice(finding.from, finding.to),
    })),
  );
  const sorted = [...found].sort((a, b) => Number(b.finding.must) - Number(a.finding.must));
  return (
    <>
      <p className={styles["quiet"]}>
        {found.length === 0 && "Nothing was found. "}
        This check is a help and no proof: somebody must read the story as a person would who knows them.
      </p>
      {/* A list without an entry would be read out as one. */}
      <ul className={styles["findings"]} hidden={sorted.length === 0}>
        {sorted.map(({ key, text, finding }) => (
          <li key={key} data-must={finding.must || undefined}>
            <strong>
              {finding.must ? "Take out" : "Look at"} “{text}”
            </strong>
            <span>
              {finding.what}. {finding.instead}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
