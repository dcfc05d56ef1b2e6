"use client";
import { useRouter } from "next/navigation";
import { StoryWriter } from "../story-writer";

/** Goes on to the story once it is kept, and back to the person when it is not to be. */
export function NewStory({ clientId }: { clientId: string }) {
  const router = useRouter();
  return (
    <StoryWriter
      clientId={clientId}
      held={null}
      onSaved={({ id }) => router.push(`/stories/${id}`)}
      onCancel={() => router.push(`/people/${clientId}`)}
    />
  );
}
