"use client";
/** Recorded need on one card, a published indicator on another: each with its date, place and definition. */
import { Select } from "@mantine/core";
import { useRouter } from "next/navigation";
import type { Beside, IndicatorShown } from "../../../server/domain/indicators";
import { inDigits } from "../../../server/domain/number-text";
import { FewerThanTen } from "../../_ui/few";
import { rateInWords } from "../map/finding";
import { type Asked, addressOf } from "./asked";
import styles from "./coverage.module.css";

export function BesideCards({ beside, asked }: { beside: Beside; asked: Asked<number> }) {
  const router = useRouter();
  const { indicator, choices } = beside;
  return (
    <>
      {choices.length > 1 && (
        <div className={`${styles["choices"]} no-print`}>
          <Select
            label="Published indicator"
            searchable
            data={choices.map(({ code, name }) => ({ value: code, label: name }))}
            value={indicator?.code ?? null}
            onChange={(code) => router.replace(addressOf({ ...asked, indicator: code }), { scroll: false })}
            comboboxProps={{ shadow: "md" }}
          />
        </div>
      )}
      <div className={styles["beside"]}>
        <article className={styles["card"]}>
          <h3 className={styles["h3"]}>Recorded here: {beside.label.toLowerCase()}</h3>
          <p className={styles["big"]}>
            {beside.figure === null ? <FewerThanTen /> : inDigits(beside.figure)}{" "}
            {beside.figure !== null && <span className={styles["unit"]}>people who came</span>}
          </p>
          <p className={styles["note"]}>
            {beside.areaName}, {beside.words}.
            {beside.rate !== null && ` ${rateInWords(beside.rate)} per 1,000 households.`} People who brought
            this need to an organisation that records here, each counted once.
          </p>
        </article>
        {indicator ? (
          <Published indicator={indicator} />
        ) : (
          <article className={styles["card"]}>
            <h3 className={styles["h3"]}>Published elsewhere</h3>
            <p className={styles["note"]}>
              No published indicator has been loaded for this area. Ask whoever runs this service to load a
              published indicator, with its definition, date and interval.
            </p>
          </article>
        )}
      </div>
    </>
  );
}

const oneDecimal = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });

function Published({ indicator }: { indicator: IndicatorShown }) {
  const [newest, ...older] = indicator.values;
  const words = ({ value, low, high }: IndicatorShown["values"][number]) =>
    `${oneDecimal.format(value)}${indicator.unit === "%" ? "%" : ` ${indicator.unit}`}${
      low === null || high === null ? "" : ` (95%: ${oneDecimal.format(low)} to ${oneDecimal.format(high)})`
    }`;
  return (
    <article className={styles["card"]}>
      <h3 className={styles["h3"]}>{indicator.name}</h3>
      {newest && (
        <p className={styles["big"]}>
          {oneDecimal.format(newest.value)}
          {indicator.unit === "%" ? "%" : ""}{" "}
          <span className={styles["unit"]}>
            {indicator.unit === "%" ? "" : `${indicator.unit}, `}
            {newest.timePeriod}
            {newest.low !== null && newest.high !== null
              ? `, 95%: ${oneDecimal.format(newest.low)} to ${oneDecimal.format(newest.high)}`
              : ", no interval published"}
          </span>
        </p>
      )}
      <p className={styles["note"]}>
        {indicator.areaName}
        {indicator.isWider ? ", a larger area: none is published for this one" : ""}. {indicator.definition}
      </p>
      {older.length > 0 && (
        <p className={styles["note"]}>
          Before: {older.map((each) => `${each.timePeriod} ${words(each)}`).join("; ")}.
        </p>
      )}
      <p className={styles["source"]}>
        {indicator.source}; {indicator.edition}, indicator {indicator.code}.
      </p>
    </article>
  );
}
