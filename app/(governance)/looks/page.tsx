/** Who has looked at a person, whom a member looked at, what an agreement was used for: for the officer. */
import type { Metadata } from "next";
import { z } from "zod";
import { dayOf } from "../../../server/domain/period";
import { usualWindow } from "../../../server/domain/who-looked";
import { createCaller } from "../../../server/routers";
import { Page } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { DeskTabs } from "../desk/desk-tabs";
import { Looks } from "./looks";

export const metadata: Metadata = { title: "Who has looked" };

const asked = z.object({
  person: z.uuid().optional().catch(undefined),
  member: z.uuid().optional().catch(undefined),
  agreement: z.uuid().optional().catch(undefined),
});

export default async function LooksPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  await requireViewerWho("audit.read");
  const { members, agreements } = await createCaller(await pageContext()).desk.askable();
  const { person, member, agreement } = asked.parse(await searchParams);
  // The audit keeps real time, also where the rest of the demo runs ahead.
  const today = dayOf(new Date());
  const begin = person
    ? ({ kind: "client", id: person } as const)
    : member
      ? ({ kind: "member", id: member } as const)
      : agreement
        ? ({ kind: "agreement", id: agreement } as const)
        : null;
  return (
    <Page>
      <DeskTabs here="/looks" />
      <Looks
        key={begin ? begin.id : "nobody"}
        begin={begin}
        members={members}
        agreements={agreements}
        window={usualWindow(today)}
        today={today}
      />
    </Page>
  );
}
