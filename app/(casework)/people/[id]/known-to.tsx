/** Who else knows this person: offered where an agreement lets the reader look, and nothing is asked before they do. */
import { PURPOSES } from "../../../../server/domain/agreements/agreement";
import type { Day } from "../../../../server/domain/period";
import { createCaller } from "../../../../server/routers";
import { Icon } from "../../../_ui/icon";
import { LinkButton } from "../../../_ui/link-button";
import { pageContext } from "../../../_ui/viewer";
import { KnownToSection } from "../../_known-to/section";

export async function KnownTo({ clientId, today }: { clientId: string; today: Day }) {
  const usable = await createCaller(await pageContext()).agreements.usable();
  const aboutPeople = usable.filter(({ cells }) => cells.some(({ place }) => place === "person"));
  const purposes = PURPOSES.filter((purpose) =>
    aboutPeople.some((agreement) => agreement.purposes.includes(purpose)),
  );
  if (purposes.length === 0) return null;
  return (
    <>
      <KnownToSection clientId={clientId} purposes={purposes} today={today} />
      {purposes.includes("safeguarding") && (
        <div>
          <LinkButton
            href={`/people/${clientId}/emergency`}
            variant="subtle"
            size="sm"
            leftSection={<Icon name="warn" size={17} />}
          >
            Emergency access
          </LinkButton>
        </div>
      )}
    </>
  );
}
