"use client";
/**
 * Who is behind a figure: by age, by sex or by the average deprivation of their sector, one at a time. A band that is
 * hidden says so; where nothing may be told, it is said once and why.
 */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { inDigits } from "../../../server/domain/number-text";
import {
  BAND_HIDDEN_WORDS,
  DIMENSION_LABELS,
  type SliceBand,
  type SliceProfile,
} from "../../../server/domain/slice-profile";
import { type Dimension, NOT_SLICED_WORDS } from "../../../server/domain/slices";
import { useTRPC } from "../../_trpc/client";
import { FewerThanTen } from "../../_ui/few";
import { Segmented } from "../../_ui/segmented";
import styles from "./area-profile.module.css";

interface AreaProfileProps {
  area: number;
  node: string;
  period: string;
}

export function AreaProfile({ area, node, period }: AreaProfileProps) {
  const trpc = useTRPC();
  const [chosen, choose] = useState<Dimension>("age");
  const { data: profile } = useQuery({
    ...trpc.map.slices.queryOptions({ area, node, period }),
    placeholderData: (before) => (before?.area === area ? before : undefined),
  });
  if (!profile) return null;
  return (
    <section className={styles["profile"]} aria-labelledby="profile-heading">
      <h3 id="profile-heading" className={styles["heading"]}>
        Who they are
      </h3>
      {profile.notSliced === null ? (
        <Bands profile={profile} chosen={chosen} onChoose={choose} />
      ) : (
        <p className={styles["note"]}>{NOT_SLICED_WORDS[profile.notSliced]}</p>
      )}
    </section>
  );
}

function Bands({
  profile,
  chosen,
  onChoose,
}: {
  profile: SliceProfile;
  chosen: Dimension;
  onChoose: (dimension: Dimension) => void;
}) {
  const bands = profile.dimensions.find(({ dimension }) => dimension === chosen)?.bands ?? [];
  return (
    <>
      <Segmented
        label="People by"
        value={chosen}
        options={profile.dimensions.map(({ dimension }) => ({
          value: dimension,
          label: DIMENSION_LABELS[dimension],
        }))}
        onChange={onChoose}
      />
      {bands.length === 0 ? (
        <p className={styles["note"]}>The deprivation of these sectors is not known.</p>
      ) : (
        <table className={styles["bands"]}>
          <caption className="visually-hidden">
            People by {DIMENSION_LABELS[chosen].toLowerCase()}, and their share of everybody
          </caption>
          <thead className="visually-hidden">
            <tr>
              <th scope="col">{DIMENSION_LABELS[chosen]}</th>
              <th scope="col">People</th>
              <th scope="col">Share</th>
            </tr>
          </thead>
          <tbody>
            {bands.map((band) => (
              <Band key={band.name} band={band} />
            ))}
          </tbody>
        </table>
      )}
      <p className={styles["note"]}>{noteOn(chosen, profile)}</p>
    </>
  );
}

function Band({ band: { label, figure, share, whyHidden } }: { band: SliceBand }) {
  return (
    <tr>
      <th scope="row">{label}</th>
      {figure === null || share === null ? (
        <td colSpan={2} className={styles["hidden"]}>
          {whyHidden === null || whyHidden === "fewer-than-10" ? (
            <FewerThanTen />
          ) : (
            BAND_HIDDEN_WORDS[whyHidden]
          )}
        </td>
      ) : (
        <>
          <td className={styles["figure"]}>{inDigits(figure)}</td>
          <td className={styles["share"]}>
            <svg className={styles["bar"]} aria-hidden="true">
              <rect width={`${share}%`} height="100%" fill="var(--brand)" />
            </svg>
            {share}%
          </td>
        </>
      )}
    </tr>
  );
}

/** What must be known to read a dimension. */
function noteOn(dimension: Dimension, { deprivation }: SliceProfile): string {
  if (dimension === "age")
    return "Age on the first day of the period. Bands need not add up: each has its own small error.";
  if (dimension === "sex")
    return "Sex as organisations recorded it. Parts need not add up: each has its own small error.";
  const of = deprivation ? ` (${deprivation.nation}, ${deprivation.edition})` : "";
  return `By tenth of the average deprivation of the sector${of}, not of the person. Somebody who moved may count twice.`;
}
