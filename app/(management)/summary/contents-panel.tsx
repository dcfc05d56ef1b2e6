"use client";
/** What is in the summary: sections on or off, what needs are grouped by, and the stories it tells. */
import { Select } from "@mantine/core";
import Link from "next/link";
import type { ReactNode } from "react";
import { MOST_STORIES, SECTIONS, type SectionKey } from "../../../server/domain/impact/plan";
import type { SummaryOptions } from "../../../server/domain/summaries";
import { Chip } from "../../_ui/chip";
import { type Choice, SECTION_LABELS } from "./choice";
import styles from "./contents-panel.module.css";

interface ContentsPanelProps {
  id: string;
  choice: Choice;
  choose: (part: Partial<Choice>) => void;
  frameworks: readonly { key: string; name: string }[];
  stories: SummaryOptions["stories"];
  /** Whether the reader sets up what stands behind a summary. */
  maySetUp: boolean;
  /** Templates, which hold all of this. */
  children: ReactNode;
}

const NEEDS_ALONE = "needs";

export function ContentsPanel(props: ContentsPanelProps) {
  const { id, choice, choose, frameworks, stories, maySetUp, children } = props;
  const tellable = stories.filter(({ audiences }) => audiences.includes(choice.audience));
  const isOn = (key: SectionKey) => choice.sections.includes(key);
  const flip = (key: SectionKey) =>
    choose({ sections: SECTIONS.filter((each) => (each === key ? !isOn(each) : isOn(each))) });
  const tell = (story: string) =>
    choose({
      storyIds: choice.storyIds.includes(story)
        ? choice.storyIds.filter((each) => each !== story)
        : [...choice.storyIds, story],
    });
  return (
    <div id={id} className={`${styles["panel"]} no-print`}>
      <fieldset>
        <legend className={styles["label"]}>Sections</legend>
        <div className={styles["chips"]}>
          {SECTIONS.map((key) => (
            <Chip
              key={key}
              kind={isOn(key) ? "chosen" : "offer"}
              {...(isOn(key) && { icon: "check" })}
              aria-pressed={isOn(key)}
              onClick={() => flip(key)}
            >
              {SECTION_LABELS[key]}
            </Chip>
          ))}
        </div>
      </fieldset>
      <div className={styles["beside"]}>
        <div className={styles["field"]}>
          <Select
            label="Group needs by"
            data={[
              { value: NEEDS_ALONE, label: "Kinds of need" },
              ...frameworks.map(({ key, name }) => ({ value: key, label: name })),
            ]}
            value={choice.framework ?? NEEDS_ALONE}
            onChange={(key) => choose({ framework: key === NEEDS_ALONE ? null : key })}
          />
        </div>
        {children}
      </div>
      {maySetUp && (
        <p className={styles["hint"]}>
          Set up what stands behind it: <Link href="/outcomes">a funder’s outcomes</Link>,{" "}
          <Link href="/unit-costs">unit costs</Link>, <Link href="/stories">stories</Link>.
        </p>
      )}
      {isOn("stories") && (
        <fieldset>
          <legend className={styles["label"]}>Stories, up to {MOST_STORIES}</legend>
          {tellable.length === 0 ? (
            <p className={styles["hint"]}>
              Nobody has agreed to a story for these readers yet. <Link href="/stories">Stories</Link> says
              what it takes.
            </p>
          ) : (
            <div className={styles["chips"]}>
              {tellable.map((story) => {
                const isTold = choice.storyIds.includes(story.id);
                return (
                  <Chip
                    key={story.id}
                    kind={isTold ? "chosen" : "offer"}
                    {...(isTold && { icon: "check" })}
                    aria-pressed={isTold}
                    disabled={!isTold && choice.storyIds.length >= MOST_STORIES}
                    onClick={() => tell(story.id)}
                  >
                    {story.title}
                  </Chip>
                );
              })}
            </div>
          )}
        </fieldset>
      )}
    </div>
  );
}
