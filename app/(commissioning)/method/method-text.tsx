/** The method behind every figure in plain words: the same for those who sign in and for everybody. */
import { THRESHOLD } from "../../../server/domain/disclosure";
import { SETTLE_WORKING_DAYS } from "../../../server/domain/period";
import { FEWEST_FOR_SLICES } from "../../../server/domain/slices";
import styles from "./method.module.css";

export function MethodText() {
  return (
    <div className={styles["text"]}>
      <h2>Who is counted</h2>
      <p>
        A figure is the number of different people who brought a need in an area in a period. It counts a need
        that was new, ongoing, improved or worsened at a contact. A contact that only says “resolved” or “no
        longer relevant” does not count. One person counts once, whatever number of organisations and contacts
        stand behind them. An anonymous contact counts as one person, because nobody can tell whether they
        came before; each card says what share of people that is.
      </p>
      <h2>Where people are counted</h2>
      <p>
        By the postcode they gave at the contact. Sectors with few residents are joined to a neighbour and
        counted together. A district, authority or region is made of whole sectors, by where most of a
        sector’s households are, so a few households count with a neighbour. People without a fixed address,
        with an unknown postcode or from outside are counted beside the map, never spread over it.
      </p>
      <h2>Why figures are rounded</h2>
      <p>
        So that nobody can be picked out, every figure is rounded to the nearest 5 and carries a small planned
        error, about 2 people on average. Under {THRESHOLD} it is shown as “fewer than {THRESHOLD}”, which may
        be none. Hidden is not zero and not low. Two areas 5 people apart may swap places; small differences
        mean nothing.
      </p>
      <h2>Rates, colours and changes</h2>
      <p>
        Rates per 1,000 households, places in the table, colours and changes are all made from the rounded
        figures. There is no rate where a sector has fewer than 200 households. Colours have one scale for a
        need over all periods of the same length, so a colour means the same in each of them.
      </p>
      <h2>Age, sex and deprivation</h2>
      <p>
        For local authorities, regions and nations, a settled figure of {FEWEST_FOR_SLICES} or more is also
        told by age on the first day of the period, by sex as organisations recorded it, or by the average
        deprivation of the sector: one at a time, never two together. Each part is rounded and hidden as every
        figure is, so parts need not add up. For this the counts know the month in which somebody was born and
        their sex, and no name or day.
      </p>
      <h2>When a figure moves</h2>
      <p>
        A month, quarter or financial year (April to March) settles {SETTLE_WORKING_DAYS} working days after
        it ends, and is published once. Entries that come later appear as a dated revision, and past releases
        stay as they were. Sectors have quarters and years only, because too few people come in one month.
      </p>
      <h2>Deprivation</h2>
      <p>
        A sector shows the mix of its households over the ten tenths of its nation, in one edition of that
        nation’s index. Nations and editions are never added together.
      </p>
      <h2 id="change">What rose or fell</h2>
      <p>
        Change is worked out from settled figures. What came after a day is held against what the figures
        before it, and the areas that the event is not about, would lead one to expect (a method called
        segmented regression). The interval holds chance and the planned error of the figures. The period that
        holds the day is left out, and so are hidden figures; where more than a tenth of them is hidden, or
        there are too few periods, there is no answer.
      </p>
      <p>
        Among many areas some change a good deal by chance alone. An area is named only when that is unlikely
        with all areas that were looked at taken into account; of the areas named, about one in twenty should
        be there by chance. “Not clear” is an answer, and not the same as no change. Nothing here says why:
        whatever else happened at the same time cannot be told apart.
      </p>
      <p>
        An event is written down by a commissioner or an officer, with what they expect of it. It says for
        ever whether any figure after its day could be seen by then, and it cannot be changed.
      </p>
      <h2>How safety was tried</h2>
      <p>
        On 22 November 2026 every attack we know of was played against these rules, by somebody who knows
        everything about them but the key: watching every figure around a visit, taking figures from each
        other, adding invented people, comparing months and releases, reading the answers for anything else.
        No visit could be proved, and no hidden number was certain: only somebody who knows beforehand that it
        is at least one and at most nine may be sure of it, about once in five thousand tries. Whoever watched
        every figure that a known visit counts in did about a fifth better than a coin at most. The same
        attacks succeed against plain counts and against rounding alone. It is not a proof against two
        insiders who work together for years.
      </p>
      <h2>What this does not show</h2>
      <p>
        Needs that nobody told anybody about, and people whom no contributing organisation met. A rise can
        mean more need, more people coming forward, or more organisations recording; each card says how many
        organisations recorded here, as a band. Figures show where need was brought, not what caused it.
      </p>
    </div>
  );
}
