/**
 * A paper on screen: the sentence, the headline numbers with their bases, each section with its charts and how it is
 * counted beside it, and what the numbers do not show. Every chart has its table one key away. Printed it is the same
 * sheet without the buttons.
 */
import type { ReactNode } from "react";
import {
  chartFootOf,
  FOOT_HEADINGS,
  type Paper,
  type PaperBlock,
  type PaperHeadline,
  type PaperSection,
} from "../../../server/domain/impact/paper";
import type { TextKey } from "../../../server/domain/impact/plan";
import { ChartDownload } from "../../_ui/charts/chart-download";
import { ChartFigure } from "../../_ui/charts/chart-figure";
import { numbersOfPaper } from "../../_ui/charts/chart-table";
import { PaperChart } from "../../_ui/charts/paper-chart";
import { Mark } from "../../_ui/mark";
import { Tag } from "../../_ui/tag";
import { PaperTableView } from "./paper-table";
import styles from "./paper-view.module.css";

/** Words of a paper that somebody may put in place of the drafted ones. */
export interface PaperWords {
  key: TextKey;
  /** What the words are called, for people who listen: "the title". */
  called: string;
  text: string;
  edited: boolean;
}

interface PaperViewProps {
  paper: Paper;
  /** Whether charts are offered as files: not from a draft, whose exact numbers would leave with them. */
  takeAway?: boolean;
  /** Puts around words what changes them; without it the paper can only be read. */
  around?: (words: PaperWords, shown: ReactNode) => ReactNode;
}

const asTheyStand = (words: PaperWords, shown: ReactNode) => (
  <>
    {shown}
    {words.edited && <EditedMark />}
  </>
);

/** Says of words that a person wrote them. */
export function EditedMark() {
  return (
    <span className={styles["mark"]}>
      <Tag>edited</Tag>
    </span>
  );
}

/** Longer titles are set smaller, so that they stay a title. */
const LONG_TITLE = 110;

export function PaperView({ paper, takeAway = false, around = asTheyStand }: PaperViewProps) {
  const foot = takeAway ? chartFootOf(paper) : null;
  return (
    <article className={styles["paper"]} aria-label="Summary">
      <p className={styles["from"]}>
        <Mark width={24} />
        <span>{paper.from}</span>
        {paper.basis === "exact" && <Tag tone="wait">Exact numbers, inside only</Tag>}
      </p>
      {around(
        { key: "title", called: "the title", text: paper.title, edited: paper.titleEdited },
        <h1 className={styles["title"]} data-long={paper.title.length > LONG_TITLE || undefined}>
          {paper.title}
        </h1>,
      )}
      {around(
        { key: "lead", called: "the lead", text: paper.lead, edited: paper.leadEdited },
        <div className={styles["lead"]}>
          <Paragraphs text={paper.lead} />
        </div>,
      )}
      {paper.version && paper.version.changes.length > 0 && <Changes version={paper.version} />}
      {paper.headlines.length > 0 && (
        <dl className={styles["headlines"]}>
          {paper.headlines.map((headline) => (
            <Headline key={headline.what} headline={headline} />
          ))}
        </dl>
      )}
      {paper.sections.map((section) => (
        <Section key={section.key} section={section} around={around} foot={foot} />
      ))}
      <div className={styles["box"]}>
        <Sentences title={FOOT_HEADINGS.counted} sentences={paper.counted} />
        <Sentences title={FOOT_HEADINGS.limits} sentences={paper.limits} />
      </div>
      <p className={styles["foot"]}>{paper.foot}</p>
    </article>
  );
}

function Paragraphs({ text }: { text: string }) {
  return text
    .split(/\n+/)
    .filter((line) => line.trim() !== "")
    .map((line) => <p key={line}>{line}</p>);
}

/** A value that is words ("fewer than 10") is set as words. */
const isInWords = (value: string) => /[a-z]{3}/i.test(value);

function Headline({ headline: { value, what, note } }: { headline: PaperHeadline }) {
  return (
    <div className={styles["headline"]}>
      <dt className={styles["what"]}>{what}</dt>
      <dd className={styles["value"]} data-words={isInWords(value) || undefined}>
        {value}
      </dd>
      <dd className={styles["base"]}>{note}</dd>
    </div>
  );
}

function Changes({ version: { number, changes } }: { version: NonNullable<Paper["version"]> }) {
  return (
    <section className={styles["changes"]} aria-labelledby="paper-changes">
      <h2 id="paper-changes" className={styles["small"]}>
        Version {number}: what changed and why
      </h2>
      <ul>
        {changes.map((change) => (
          <li key={change}>{change}</li>
        ))}
      </ul>
    </section>
  );
}

interface SectionProps {
  section: PaperSection;
  around: NonNullable<PaperViewProps["around"]>;
  /** Stands under a chart that is taken away; null: none is offered. */
  foot: string | null;
}

function Section({ section, around, foot }: SectionProps) {
  const { key, title, text, edited, notes } = section;
  const id = `paper-${key}`;
  return (
    <section className={styles["part"]} aria-labelledby={id}>
      <div className={styles["content"]}>
        <h2 id={id} className={styles["heading"]}>
          {title}
        </h2>
        {around(
          { key, called: `“${title}”`, text, edited },
          <div className={styles["text"]}>
            <Paragraphs text={text} />
          </div>,
        )}
        {section.blocks.map((block) => (
          <div key={keyOf(block)} className={styles["block"]}>
            <Block block={block} foot={foot} />
          </div>
        ))}
      </div>
      {notes.length > 0 && (
        <dl className={styles["margin"]} aria-label={`How “${title}” is counted`}>
          {notes.map(({ term, means }) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{means}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function keyOf(block: PaperBlock): string {
  if (block.kind === "chart") return block.name;
  if (block.kind === "table") return block.table.name;
  return block.kind === "story" ? block.quote.join(" ") : block.words.join(" ");
}

/** Width of a chart before the page was measured. */
const FIRST_WIDTH = 640;

function Block({ block, foot }: { block: PaperBlock; foot: string | null }) {
  switch (block.kind) {
    case "chart":
      return (
        <>
          <h3 className={styles["finding"]}>{block.title}</h3>
          <ChartFigure
            firstWidth={FIRST_WIDTH}
            legend={<p className={styles["says"]}>{block.says}</p>}
            table={numbersOfPaper(block.table)}
          >
            {(width) => (
              <PaperChart
                chart={block.chart}
                width={width}
                label={`${block.title}. ${block.says} The table has the numbers.`}
              />
            )}
          </ChartFigure>
          {foot !== null && (
            <ChartDownload chart={block.chart} title={block.title} says={block.says} foot={foot} />
          )}
        </>
      );
    case "table":
      return (
        <>
          <h3 className={styles["finding"]}>{block.title}</h3>
          <PaperTableView table={block.table} />
        </>
      );
    case "words":
      return (
        <div className={styles["words"]}>
          {block.words.map((words) => (
            <p key={words}>{words}</p>
          ))}
        </div>
      );
    case "story":
      return (
        <figure className={styles["story"]}>
          <blockquote>
            {block.quote.map((paragraph, at) => (
              <p key={paragraph}>
                {at === 0 && "“"}
                {paragraph}
                {at === block.quote.length - 1 && "”"}
              </p>
            ))}
          </blockquote>
          <figcaption>
            {block.who} {block.consent}
          </figcaption>
        </figure>
      );
  }
}

function Sentences({ title, sentences }: { title: string; sentences: readonly string[] }) {
  return (
    <section>
      <h2 className={styles["small"]}>{title}</h2>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
