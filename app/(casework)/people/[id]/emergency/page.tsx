/** Emergency access to what another organisation holds about one person: asked for here, and shown here while it lasts. */
import type { Metadata } from "next";
import Link from "next/link";
import { z } from "zod";
import { createCaller } from "../../../../../server/routers";
import { Page, PageTitle } from "../../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../../_ui/viewer";
import { readRecord } from "../read-person";
import styles from "./emergency.module.css";
import { OpenGlassForm } from "./open-glass-form";
import { ThroughGlassView } from "./through-glass-view";

export const metadata: Metadata = { title: "Emergency access" };

const asked = z.object({ open: z.uuid().optional().catch(undefined) });

interface EmergencyPageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function EmergencyPage({ params, searchParams }: EmergencyPageProps) {
  await requireViewerWho("break-glass.open");
  const { id } = await params;
  const { open } = asked.parse(await searchParams);
  const { person } = await readRecord(id);
  const caller = createCaller(await pageContext());
  const [parties, own] = await Promise.all([caller.desk.glassParties(), caller.desk.ownGlass()]);
  const glass = own.find((one) => one.id === open && one.clientId === id) ?? null;
  const name = `${person.givenName} ${person.familyName}`.trim();
  return (
    <Page narrow>
      <PageTitle title={`Emergency access for ${name || "this person"}`}>
        For when waiting would put somebody at risk. You see what another organisation holds about this
        person: which needs, which services, their name and telephone number. Never notes.
      </PageTitle>
      {glass ? (
        <ThroughGlassView glass={glass} />
      ) : parties.length === 0 ? (
        <p>
          No agreement allows emergency access at the moment. Ring the other organisation, or 999 if somebody
          is in danger now.
        </p>
      ) : (
        <OpenGlassForm clientId={id} parties={parties} hasEnded={open !== undefined} />
      )}
      <p className={styles["back"]}>
        <Link href={`/people/${id}`}>Back to the record</Link>
      </p>
    </Page>
  );
}
