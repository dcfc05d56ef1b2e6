"use client";
/**
 * The card of one area: its figure, how it moved in a year, and what must be known to read it. A hidden figure
 * says why, and offers the larger area where the need may show.
 */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ANONYMOUS_BAND_WORDS, ORGANISATIONS_BAND_WORDS } from "../../../server/domain/disclosure";
import type { AreaCard as Card, DeprivationMix } from "../../../server/domain/figures";
import type { Level } from "../../../server/domain/geography";
import { inDigits } from "../../../server/domain/number-text";
import { dayInWords, findPeriod } from "../../../server/domain/period";
import { useTRPC } from "../../_trpc/client";
import { LineSeries } from "../../_ui/charts/line-series";
import { MixBar, shareInMostDeprivedFifth } from "../../_ui/charts/mix-bar";
import { FewerThanTen } from "../../_ui/few";
import { Icon } from "../../_ui/icon";
import { Tag } from "../../_ui/tag";
import styles from "./area-card.module.css";
import { AreaProfile } from "./area-profile";
import { CoveragePart } from "./coverage-part";
import {
  absenceInWords,
  areaFitInWords,
  areaInWords,
  changeInWords,
  figureInWords,
  placeInWords,
  placeOf,
  type RankedArea,
  rateInWords,
  startInWords,
} from "./finding";
import { NotPublished } from "./legend";
import { BEHIND_WORDS, clockInWords } from "./so-far";
import type { View } from "./view";

interface AreaCardProps {
  view: View & { area: number; period: string };
  ranked: readonly RankedArea[];
  onClose: () => void;
  onWider: (level: Level, area: number) => void;
}

export function AreaCard({ view, ranked, onClose, onWider }: AreaCardProps) {
  const trpc = useTRPC();
  const { area, node, period } = view;
  const { data: card, isError } = useQuery({
    ...trpc.map.card.queryOptions({ area, node, period }),
    // While time plays, the card keeps its place until the next one is there.
    placeholderData: (before) => (before?.area === area ? before : undefined),
  });
  const type = findPeriod(period)?.type === "year" ? "year" : "quarter";
  const series = useQuery(trpc.map.series.queryOptions({ area, node, type }));
  const points = series.data?.find((each) => each.area === area)?.points ?? [];
  const place = placeOf(ranked, area);
  const isLeftOut = ranked.some((each) => each.area === area && each.absence === "coverage");
  if (isError)
    return <p className={styles["loading"]}>This card could not be read. Try again in a minute.</p>;
  if (!card) return <p className={styles["loading"]}>Reading the card…</p>;
  const name = areaInWords(card, card.level);
  return (
    <section className={styles["card"]} aria-labelledby="card-heading">
      <div className={styles["head"]}>
        <h2 id="card-heading" className={styles["heading"]}>
          {name}
          {card.name !== name && <span className={styles["name"]}> {card.name}</span>}
        </h2>
        {place && <Tag>{placeInWords(place)}</Tag>}
        {isLeftOut && <Tag tone="wait">coverage changed: not ranked</Tag>}
        <button type="button" className={styles["close"]} onClick={onClose} aria-label={`Close ${name}`}>
          <Icon name="close" size={18} />
        </button>
      </div>
      <Headline card={card} measure={view.measure} />
      {card.figure === null ? (
        <Hidden card={card} onWider={onWider} />
      ) : (
        <Change card={card} points={points} period={period} />
      )}
      <AreaProfile area={area} node={node} period={period} />
      <CoveragePart area={area} period={period} />
      <Facts card={card} />
      <p className={styles["part"]}>
        <a href={`/change?need=${node}&level=${card.level}&areas=${area}`}>See change over time</a>
      </p>
    </section>
  );
}

function Headline({ card, measure }: { card: Card; measure: View["measure"] }) {
  if (card.figure === null) {
    return (
      <p className={styles["hidden"]}>
        {card.whyHidden === "fewer-than-10" ? <FewerThanTen /> : <NotPublished />}
      </p>
    );
  }
  if (measure === "people" || card.rate === null) {
    return (
      <p className={styles["headline"]}>
        <span className={styles["figure"]}>{inDigits(card.figure)}</span>
        <span className={styles["unit"]}>
          people
          <br />
          {card.rate === null
            ? "no rate: under 200 households"
            : `${rateInWords(card.rate)} per 1,000 households`}
        </span>
      </p>
    );
  }
  return (
    <p className={styles["headline"]}>
      <span className={styles["figure"]}>{rateInWords(card.rate)}</span>
      <span className={styles["unit"]}>
        per 1,000 households
        <br />
        about {inDigits(card.figure)} people
      </span>
    </p>
  );
}

function Hidden({ card, onWider }: { card: Card; onWider: AreaCardProps["onWider"] }) {
  const wider = card.widerAreas[0];
  return (
    <div className={styles["part"]}>
      <p>{absenceInWords(card)}</p>
      {wider && (
        <p className={styles["wider"]}>
          <button type="button" className={styles["link"]} onClick={() => onWider(wider.level, wider.area)}>
            See {wider.name}
            {wider.figure === null ? "" : `: about ${inDigits(wider.figure)} people`}
          </button>
        </p>
      )}
    </div>
  );
}

function Change({
  card,
  points,
  period,
}: {
  card: Card;
  points: readonly { period: string; words: string; figure: number | null }[];
  period: string;
}) {
  const { finding, rest } = card.open
    ? {
        finding: "So far.",
        rest: `It runs ${BEHIND_WORDS}, and is set against a year before once the period has settled.`,
      }
    : changeInWords(card.change);
  const first = points[0];
  return (
    <div className={styles["part"]}>
      <p>
        <b>{finding}</b> {rest}
      </p>
      {points.length > 1 && first && (
        <>
          <div className={styles["line"]}>
            <LineSeries
              width={256}
              height={44}
              label={`${card.label} in ${card.code}, people: ${points
                .map((point) => `${point.words} ${figureInWords(point.figure)}`)
                .join("; ")}`}
              points={points.map((point) => ({
                key: point.period,
                value: point.figure,
                words: `${point.words}: ${figureInWords(point.figure)}`,
                marked: point.period === period,
              }))}
            />
          </div>
          <p className={styles["ends"]}>
            <span>{startInWords(first.period)}</span>
            <span>{startInWords(points.at(-1)?.period ?? first.period)}</span>
          </p>
        </>
      )}
    </div>
  );
}

function Facts({ card }: { card: Card }) {
  const fit = areaFitInWords(card.level, card.bestFit);
  return (
    <dl className={styles["facts"]}>
      {card.deprivation && <Mix mix={card.deprivation} />}
      {card.households !== null && <Fact term="Households">{`about ${inDigits(card.households)}`}</Fact>}
      {fit !== null && <Fact term="Best fit">{fit}</Fact>}
      {card.organisations !== null && (
        <Fact term="Recorded by">{ORGANISATIONS_BAND_WORDS[card.organisations]}</Fact>
      )}
      {card.anonymous !== null && (
        <Fact term="Anonymous">{`${ANONYMOUS_BAND_WORDS[card.anonymous]} of these people`}</Fact>
      )}
      {card.sectors.length > 1 && (
        <Fact term="Sectors">{`${card.sectors.join(", ")}, counted together`}</Fact>
      )}
      <Standing card={card} />
    </dl>
  );
}

/** When the figure settled, or how it moves while its period is open. */
function Standing({ card }: { card: Card }) {
  if (card.open) {
    return (
      <>
        <Fact term="So far">
          {card.open.clock ? clockInWords(card.open.clock, new Date()) : "stands still until it settles"}
        </Fact>
        <Fact term="Settles">{dayInWords(card.open.settlesOn)}</Fact>
      </>
    );
  }
  if (card.settledOn === null) return null;
  const settled = dayInWords(card.settledOn);
  return (
    <Fact term="Settled">
      {card.revisedOn ? `${settled}, revised ${dayInWords(card.revisedOn)}` : settled}
    </Fact>
  );
}

function Mix({ mix }: { mix: DeprivationMix }) {
  const share = shareInMostDeprivedFifth(mix.households);
  const source = `${mix.nation}, ${mix.edition}`;
  return (
    <Fact term="Deprivation">
      {share === null ? (
        "not known"
      ) : (
        <>
          <MixBar
            width={168}
            height={12}
            tenths={mix.households}
            label={`Households by deprivation tenth, most deprived first, ${source}`}
          />
          {`${share}% of households in the 20% most deprived areas (${source})`}
        </>
      )}
    </Fact>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className={styles["fact"]}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
