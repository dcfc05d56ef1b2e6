/** Referring somebody: which issues, to whom, what of them goes along, and whether they agree. */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { now } from "../../../../server/context";
import { dayOf } from "../../../../server/domain/period";
import { Page, PageTitle } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { fullName, profileLine } from "../../../_words/person-words";
import { readPerson } from "../../people/[id]/read-person";
import { SendForm } from "./send-form";

export const metadata: Metadata = { title: "Refer to a service" };

interface NewReferralPageProps {
  searchParams: Promise<{ client?: string | string[] }>;
}

export default async function NewReferralPage({ searchParams }: NewReferralPageProps) {
  await requireViewerWho("referral.send");
  const { client } = await searchParams;
  if (typeof client !== "string") notFound();
  const person = await readPerson(client);
  if (person.anonymous) notFound();
  const today = dayOf(await now(await pageContext()));
  const name = fullName(person);
  return (
    <Page narrow>
      <PageTitle title={`Refer ${name}`}>{profileLine(person)}</PageTitle>
      <SendForm
        clientId={person.id}
        name={person.givenName || name}
        today={today}
        has={{
          name: person.givenName !== "" || person.familyName !== "",
          phone: person.phone !== null,
          email: person.email !== null,
          // Where somebody may not be found goes nowhere by a tick.
          postcode: person.place.kind === "postcode" && !person.homeIsSecret,
          "date-of-birth": person.dateOfBirth !== null,
        }}
        homeIsSecret={person.homeIsSecret}
        issues={person.issues
          .filter(({ open }) => open)
          .map(({ id, need, label, severity, ours }) => ({ id, need, label, severity, ours }))}
      />
    </Page>
  );
}
