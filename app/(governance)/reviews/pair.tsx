"use client";
/** One pair: the masked records side by side, how the evidence adds up, and what the steward says. */
import Link from "next/link";
import { about, explanation, mainDoubt, weigher } from "../../../server/domain/link-review-words";
import type { ShownReview } from "../../../server/reviewing";
import { ChartFigure } from "../../_ui/charts/chart-figure";
import { Icon } from "../../_ui/icon";
import { PageTitle } from "../../_ui/page-title";
import { Comparison } from "./comparison";
import styles from "./pair.module.css";
import { Parting } from "./parting";
import { Recorded } from "./recorded";
import { Said } from "./said";
import { Verdict } from "./verdict";
import { Waterfall, waterfallTable } from "./waterfall";

export function Pair({ review }: { review: ShownReview }) {
  return (
    <>
      <Link href="/reviews" className={`${styles["backLink"]} ${styles["back"]} no-print`}>
        <Icon name="back" size={17} /> All pairs
      </Link>
      <Recorded />
      <PageTitle title="Are these the same person?">
        Names are masked. You see what you need to decide, and this look is recorded.
      </PageTitle>
      <div className={styles["cards"]}>
        <section className={styles["card"]} aria-label="The two records">
          <Comparison review={review} />
        </section>
        <Evidence review={review} />
      </div>
      <Parting review={review} />
      {review.own ? <Said review={review} own={review.own} /> : <Verdict review={review} />}
    </>
  );
}

function Evidence({ review: { comparison, weight, probability } }: { review: ShownReview }) {
  return (
    <section className={styles["card"]} aria-labelledby="evidence">
      <div className={styles["cardHead"]}>
        <h2 id="evidence" className={styles["cardTitle"]}>
          How the evidence adds up
        </h2>
        <p className={styles["unit"]}>each +1 doubles the odds</p>
      </div>
      <ChartFigure table={waterfallTable(comparison, weight, probability)} firstWidth={520}>
        {(width) => (
          <Waterfall comparison={comparison} weight={weight} probability={probability} width={width} />
        )}
      </ChartFigure>
      <p className={styles["reading"]}>
        Of pairs that look like this, <strong>{about(probability)} are one person</strong>.{" "}
        {mainDoubt(comparison)}
      </p>
      <Vetoes vetoes={comparison.vetoes} />
      <details className={styles["howSo"]}>
        <summary>How this number comes about</summary>
        {[...explanation(comparison, weight, probability), weigher(comparison.model)].map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </details>
    </section>
  );
}

function Vetoes({ vetoes }: { vetoes: readonly string[] }) {
  if (vetoes.length === 0) {
    return (
      <p className={styles["veto"]}>
        <span className={styles["sign"]}>
          <Icon name="shield" size={18} />
        </span>
        <span>
          <strong>Nothing here forbids a link.</strong> No two different numbers of one kind, no twins, no
          parent and child of one name.
        </span>
      </p>
    );
  }
  return (
    <div className={styles["veto"]}>
      <span className={styles["sign"]} data-forbids="">
        <Icon name="warn" size={18} />
      </span>
      <div>
        <strong>Look at this one with care.</strong>
        <ul>
          {vetoes.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
