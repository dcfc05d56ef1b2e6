/** Referring somebody: which issues, to whom, what of them goes along, and whether they agree. */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { holds } from "../../../../server/domain/objection";
import form from "../../../_ui/form.module.css";
import { Page, PageTitle } from "../../../_ui/page-title";
import { requireViewerWho } from "../../../_ui/viewer";
import { fullName, profileLine } from "../../../_words/person-words";
import { readRecord } from "../../people/[id]/read-person";
import { SendForm } from "./send-form";

export const metadata: Metadata = { title: "Refer to a service" };

interface NewReferralPageProps {
  searchParams: Promise<{ client?: string | string[] }>;
}

export default async function NewReferralPage({ searchParams }: NewReferralPageProps) {
  await requireViewerWho("referral.send");
  const { client } = await searchParams;
  if (typeof client !== "string") notFound();
  const { person, today } = await readRecord(client);
  if (person.anonymous) notFound();
  const objects = person.objections.some((each) => holds(each) && each.against !== "counting");
  const name = fullName(person);
  return (
    <Page narrow>
      <PageTitle title={`Refer ${name}`}>{profileLine(person)}</PageTitle>
      {objects && (
        <p className={form["note"]}>
          They object to sharing with other services. Send this only if they now say yes to it: that yes is
          for this referral alone.
        </p>
      )}
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
