/**
 * A map of one need as a single SVG picture drawn on the server: five classes, hatching for fewer than 10, dots where
 * there is no rate. Every area says its figure when pointed at and leads to its page; the table beside says the same.
 */
import { inDigits } from "../../server/domain/number-text";
import { periodTextInWords } from "../../server/domain/period";
import type { OpenMap, Paint } from "../../server/open-data/pages";
import styles from "./need-picture.module.css";
import { COVERAGE_CHANGED, LEVEL_WORDS, placeAddress, placeInWords } from "./open-words";

interface NeedPictureProps {
  map: OpenMap;
  /** Links leave the frame that the picture is in. */
  inFrame?: boolean;
}

export function NeedPicture({ map, inFrame = false }: NeedPictureProps) {
  const { drawing, areas } = map;
  const byNumber = new Map(areas.map((area) => [area.number, area]));
  const label = `Map of ${map.needName.toLowerCase()} by ${LEVEL_WORDS[map.level].toLowerCase()}, ${periodTextInWords(map.period)}`;
  return (
    <svg className={styles["map"]} viewBox={`-4 -4 ${drawing.width + 8} ${drawing.height + 8}`}>
      <title>{label}</title>
      <defs>
        <pattern id="few" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="7" height="7" fill="var(--surface)" />
          <path d="M0 0v7" stroke="var(--hatch)" strokeWidth="2" />
        </pattern>
        <pattern id="no-rate" width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" fill="var(--sunk)" />
          <circle cx="3" cy="3" r="1.2" fill="var(--ink-2)" />
        </pattern>
        <pattern id="coverage" width="10" height="10" patternUnits="userSpaceOnUse">
          <circle cx="5" cy="5" r="1.9" fill="var(--ink)" stroke="var(--surface)" strokeWidth="0.8" />
        </pattern>
      </defs>
      <g>
        {drawing.shapes.map(({ number, path }) => (
          <path key={number} d={path} className={styles["edge"]} />
        ))}
      </g>
      {drawing.shapes.map(({ number, path }) => {
        const found = byNumber.get(number);
        if (!found) return null;
        const words = `${placeInWords(found.area)}: ${figureWords(found)}${found.coverageChanged ? `; ${COVERAGE_CHANGED}` : ""}`;
        return (
          <a
            key={number}
            href={placeAddress(found.area, { need: map.need })}
            target={inFrame ? "_blank" : undefined}
            rel={inFrame ? "noopener" : undefined}
            tabIndex={-1}
            aria-label={words}
          >
            <path d={path} className={styles["area"]} fill={fillOf(found.paint)}>
              <title>{words}</title>
            </path>
            {found.coverageChanged && <path d={path} fill="url(#coverage)" pointerEvents="none" />}
          </a>
        );
      })}
    </svg>
  );
}

const fillOf = (paint: Paint) => (typeof paint === "number" ? `var(--q${paint})` : `url(#${paint})`);

function figureWords({ figure, rate }: { figure: number | null; rate: number | null }): string {
  if (figure === null) return "fewer than 10 people, may be none";
  const people = `${inDigits(figure)} people`;
  return rate === null
    ? `${people}, too few households for a rate`
    : `${people}, ${rate} per 1,000 households`;
}

/** The classes of the picture, low to high, and what has no colour. */
export function PictureLegend({ map }: { map: OpenMap }) {
  const bounds = [0, ...map.breaks];
  const paints = new Set(map.areas.map(({ paint }) => paint));
  // A scale of one class says nothing where no area has a figure.
  const hasScale = map.breaks.length > 0 || [...paints].some((paint) => typeof paint === "number");
  return (
    <div className={styles["legend"]}>
      {hasScale && (
        <ul>
          {bounds.map((from, at) => (
            <li key={from}>
              <span style={{ background: `var(--q${at + 1})` }} aria-hidden="true" />
              {at === bounds.length - 1 && at > 0 ? `${from}+` : from}
              <span className="visually-hidden">
                {bounds[at + 1] === undefined ? " or more" : ` to under ${bounds[at + 1]}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {paints.has("few") && (
        <p>
          <span className={styles["hatch"]} aria-hidden="true" /> fewer than 10, may be none
        </p>
      )}
      {map.areas.some(({ coverageChanged }) => coverageChanged) && (
        <p>
          <span className={styles["coverage"]} aria-hidden="true" /> {COVERAGE_CHANGED}
          {map.coverageSince !== null && ` since ${periodTextInWords(map.coverageSince)}`}
        </p>
      )}
      {paints.has("no-rate") && (
        <p>
          <span className={styles["dots"]} aria-hidden="true" /> too few households for a rate
        </p>
      )}
    </div>
  );
}
