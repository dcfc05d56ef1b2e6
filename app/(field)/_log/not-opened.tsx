/** In place of the log screen while it opens, or when it cannot: what is the matter, and the way on. */
import button from "../../_ui/button.module.css";
import { Page, PageTitle } from "../../_ui/page-title";
import { PEOPLE } from "../_app/address";
import { FieldLink } from "../_app/field-link";
import { useOpenDevice } from "../_app/open-device";
import type { NotReady } from "./opening";

export function Opening() {
  return (
    <main id="main" tabIndex={-1} aria-busy="true">
      <h1 className="visually-hidden">Opening</h1>
    </main>
  );
}

const WORDS = {
  "not-found": {
    title: "This person was not found",
    lead: "They may have been removed, or they may belong to somebody else. Find them again.",
  },
  "no-signal": {
    title: "This person is not on this device",
    lead: "There is no signal to fetch them. The people you saw last and those you look after are here; for anybody else you can log a contact without a name, or add them again: it is put together later.",
  },
  "no-service": { title: "There is no service to log for yet", lead: "" },
  voided: {
    title: "This contact was voided already",
    lead: "It no longer counts, so there is nothing to correct. Log what happened as a new contact.",
  },
  imported: {
    title: "This contact was imported",
    lead: "Correct it in the system that it came from, and import it again.",
  },
  "on-its-way": {
    title: "This contact is on its way",
    lead: "It was sent, or is being sent. Once it has arrived you can correct it from the record.",
  },
} as const;

export function NotOpened({ because }: { because: NotReady }) {
  const { open } = useOpenDevice();
  const { title, lead } = WORDS[because.outcome === "fixed" ? because.why : because.outcome];
  return (
    <Page narrow>
      <PageTitle title={title}>
        {because.outcome !== "no-service" ? (
          lead
        ) : open.viewer.roles.includes("manager") ? (
          <>
            Contacts are logged for a service. <FieldLink href="/services">Add the first one</FieldLink>.
          </>
        ) : (
          "Contacts are logged for a service. Ask your manager to add the first one."
        )}
      </PageTitle>
      <FieldLink href={PEOPLE} className={button["button"] ?? ""}>
        Back to people
      </FieldLink>
    </Page>
  );
}
