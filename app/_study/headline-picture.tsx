/** The headline as a picture: the two groups beside each other, then how far apart they are and how sure that is. */
import type { ReportEffect } from "../../server/domain/lab/report-numbers";
import { dotsPicture } from "../../server/domain/lab/report-pictures";
import { endsOf, neededSentence, rangeSentence, told } from "../../server/domain/lab/report-words";
import { inDigits } from "../../server/domain/number-text";
import { IntervalLine } from "../_ui/charts/lab-interval";
import styles from "./headline-picture.module.css";
import { LabFigure } from "./lab-figure";

interface HeadlinePictureProps {
  effect: ReportEffect;
  intervention: string;
}

export function HeadlinePicture({ effect, intervention }: HeadlinePictureProps) {
  const dots = dotsPicture(effect, { intervention });
  return (
    <div className={styles["headline"]}>
      <div className={styles["groups"]}>
        {dots ? <LabFigure picture={dots} wide={512} /> : <Two effect={effect} intervention={intervention} />}
      </div>
      <div className={styles["difference"]}>
        <p className={styles["number"]} data-words={effect.verdict === "not-clear" || undefined}>
          {numberOf(effect)}
        </p>
        <p className={styles["words"]}>{wordsOf(effect)}</p>
        <IntervalLine
          width={264}
          of={effect}
          ends={endsOf(effect)}
          clear={effect.verdict !== "not-clear"}
          label={rangeSentence(effect)}
        />
        <p className={styles["range"]}>
          {rangeSentence(effect)} {neededSentence(effect)}
        </p>
      </div>
    </div>
  );
}

/** The size of the difference; where it is not clear which way it points, that, and no number. */
function numberOf({ verdict, difference }: ReportEffect): string {
  return verdict === "not-clear" ? "Not clear" : inDigits(Math.abs(difference));
}

function wordsOf(effect: ReportEffect): string {
  if (effect.verdict === "not-clear") return "which is not the same as no effect";
  const { less, more } = endsOf(effect);
  const way = effect.verdict === "fewer" ? less : more;
  return effect.unit === "per-100" ? `${way} in every 100` : way;
}

/** Two numbers, where the headline is no share of a hundred. */
function Two({ effect, intervention }: HeadlinePictureProps) {
  return (
    <dl className={styles["two"]}>
      <div>
        <dt>people who {intervention}</dt>
        <dd>{told(effect.treated)}</dd>
      </div>
      <div data-second>
        <dt>similar people</dt>
        <dd>{told(effect.comparison)}</dd>
      </div>
    </dl>
  );
}
