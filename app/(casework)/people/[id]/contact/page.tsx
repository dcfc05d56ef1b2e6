/** Logging a contact with somebody who is known here. */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { fullName, profileLine } from "../../../../_words/person-words";
import { LogScreen } from "../../../_log/log-screen";
import { NoService } from "../../../_log/no-service";
import { logSetting, readPerson } from "../../../_log/person";

export const metadata: Metadata = { title: "Log a contact" };

export default async function LogContactPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const setting = await logSetting();
  const person = await readPerson(id);
  if (person.anonymous) notFound();
  if (setting.services.length === 0) return <NoService />;
  return (
    <LogScreen
      {...setting}
      person={{
        id: person.id,
        name: fullName(person),
        details: profileLine(person),
        place: person.place,
        openIssues: person.issues.filter(({ open }) => open),
      }}
    />
  );
}
