/** Together: which domains come together more often than chance would bring them, and which areas are alike. */
import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { LEVELS } from "../../../server/domain/geography";
import { findPeriod } from "../../../server/domain/period";
import { type Alike, FEWEST_DOMAINS, type TogetherChoices as Offered } from "../../../server/domain/together";
import { createCaller } from "../../../server/routers";
import { EmptyState, Page, PageTitle } from "../../_ui/page-title";
import { Tag } from "../../_ui/tag";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { type Asked, addressOf, readAsked } from "./asked";
import { PairFigure } from "./pair-figure";
import styles from "./together.module.css";
import { PlaceChoice, TogetherChoices } from "./together-choices";
import { alikeInWords, leadingPair, nothingClear, pairInWords } from "./words";

export const metadata: Metadata = { title: "Needs that come together" };

interface TogetherPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function TogetherPage({ searchParams }: TogetherPageProps) {
  await requireViewerWho("figures.compare");
  const caller = createCaller(await pageContext());
  const choices = await caller.together.choices();
  const asked = readAsked(await searchParams, choices);
  if (!asked) {
    return (
      <Page>
        <PageTitle title="Needs that come together">
          Which needs people bring together, and which areas are alike.
        </PageTitle>
        <EmptyState>
          No quarter has settled yet. The first one shows here 20 working days after it ends.
        </EmptyState>
      </Page>
    );
  }
  const [together, alike] = await Promise.all([
    caller.together.pairs({ area: asked.area, period: asked.period }),
    caller.together.alike({ area: asked.place, period: asked.period }),
  ]);
  const lead = leadingPair(together);
  const said = lead && pairInWords(together, lead);
  return (
    <Page>
      <PageTitle title={said?.title ?? nothingClear(together)}>
        {said?.sentence} {together.name}, {together.words}.
      </PageTitle>
      <TogetherChoices choices={choices} asked={asked} />
      <section className={styles["part"]} aria-labelledby="pairs">
        <h2 id="pairs" className={styles["h2"]}>
          Domains that come together
        </h2>
        {together.pairs.length === 0 ? (
          <EmptyState>
            Fewer than 10 people brought any two domains together here, or none.{" "}
            <Wider choices={choices} asked={asked} area={asked.area} among={choices.areas} />
          </EmptyState>
        ) : (
          <>
            <PairFigure together={together} />
            <p className={styles["note"]}>
              Among people who brought any need at all. All other pairs were brought by fewer than 10 people,
              or by none. People who come often have more chances to bring two needs, so coming together does
              not mean that one need brings the other.
            </p>
          </>
        )}
      </section>
      <section className={styles["part"]} aria-labelledby="alike">
        <h2 id="alike" className={styles["h2"]}>
          Areas most like {alike.name}
        </h2>
        <PlaceChoice choices={choices} asked={asked} />
        <AlikeAreas
          alike={alike}
          wider={<Wider choices={choices} asked={asked} area={asked.place} among={choices.places} />}
        />
      </section>
    </Page>
  );
}

interface WiderProps {
  choices: Offered;
  asked: Asked;
  /** What shows too little, and the areas that could stand in its place. */
  area: number;
  among: Offered["areas"];
}

/** What to try where too little shows: the last year, a press away, else a larger area; nothing where neither is left. */
function Wider({ choices, asked, area, among }: WiderProps) {
  const year = isYear(asked.period) ? undefined : choices.periods.find(({ period }) => isYear(period));
  if (year) return <Link href={addressOf({ ...asked, period: year.period })}>See {year.words}</Link>;
  const level = among.find((each) => each.area === area)?.level;
  const isLargest = among.every((each) => LEVELS.indexOf(each.level) <= LEVELS.indexOf(level ?? "sector"));
  return isLargest ? null : "Choose a larger area.";
}

const isYear = (period: string) => findPeriod(period)?.type === "year";

function AlikeAreas({ alike, wider }: { alike: Alike; wider: ReactNode }) {
  if (alike.tooFew) {
    return (
      <EmptyState>
        Fewer than {FEWEST_DOMAINS} domains show in {alike.name} in {alike.words}, too few to say what it is
        like. {wider}
      </EmptyState>
    );
  }
  if (alike.areas.length === 0) {
    return (
      <EmptyState>
        No other area of its kind shows {FEWEST_DOMAINS} domains or more in {alike.words}.
      </EmptyState>
    );
  }
  return (
    <>
      <ol className={styles["alike"]}>
        {alike.areas.map((area) => {
          const { shared, differing } = alikeInWords(area, alike.name);
          return (
            <li key={area.area} className={styles["card"]}>
              <h3 className={styles["h3"]}>
                {area.name}
                {area.name !== area.code && !area.code.startsWith("E") && (
                  <span className={styles["code"]}> {area.code}</span>
                )}
                {area.isIndistinct && <Tag tone="brand">no clear difference</Tag>}
              </h3>
              <p>{shared}</p>
              <p>{differing}</p>
            </li>
          );
        })}
      </ol>
      <p className={styles["note"]}>
        By the share of each domain in what people brought, {alike.words}; how many people came plays no part.
        Of {alike.of} others, {alike.compared} show {FEWEST_DOMAINS} domains or more and were compared. A
        hidden domain counts as 5 people. Alike in recorded needs does not mean alike in anything else.
      </p>
    </>
  );
}
