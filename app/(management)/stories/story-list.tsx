/** Stories in a list: who it is, as told, where it stands, and whether the person agreed. */
import Link from "next/link";
import type { StoryLine } from "../../../server/domain/impact/story";
import { dayInWords, dayOf } from "../../../server/domain/period";
import { LinkButton } from "../../_ui/link-button";
import { EmptyState } from "../../_ui/page-title";
import rows from "../../_ui/rows.module.css";
import { Tag } from "../../_ui/tag";
import { consentInWords } from "./story-words";

export function StoryList({ stories }: { stories: readonly StoryLine[] }) {
  return (
    <>
      <ul className={rows["rows"]}>
        {stories.map((story) => (
          <li key={story.id}>
            <Link href={`/stories/${story.id}`} className={rows["row"]}>
              <span className={rows["words"]}>
                <strong>{story.who}</strong>
                <span>
                  Written by {story.writtenBy} on {dayInWords(dayOf(story.writtenAt))}
                </span>
                <span>{consentInWords(story.consent)}</span>
              </span>
              <StateTag story={story} />
            </Link>
          </li>
        ))}
      </ul>
      <EmptyState>
        {stories.length === 0 && "No story yet. "}To write one, open the person’s record and choose “Write
        their story”.
      </EmptyState>
      <LinkButton href="/people" variant="default">
        Find the person
      </LinkButton>
    </>
  );
}

function StateTag({ story: { state, consent } }: { story: StoryLine }) {
  if (state === "retired") return <Tag>Retired</Tag>;
  if (state === "draft") return <Tag tone="wait">To be confirmed</Tag>;
  if (consent.state === "given")
    return (
      <Tag tone="brand" icon="check">
        Can be told
      </Tag>
    );
  return <Tag tone="wait">Waits for a yes</Tag>;
}
