/** A person as each other organisation's record gives them, with the level of detail, why it is open and until when. */
import { DETAIL_WORDS } from "../../../server/domain/agreements/in-words";
import type { Because, SharedPerson } from "../../../server/domain/agreements/known-to";
import { findNeed } from "../../../server/domain/needs";
import { dayInWords } from "../../../server/domain/period";
import { Icon } from "../../_ui/icon";
import { StatusTag } from "../../_ui/status";
import rail from "../people/[id]/rail.module.css";
import { ColourTag } from "./colour-tag";
import { ServiceLines } from "./known-services";
import styles from "./known-to.module.css";

export function SharedRecords({ records }: { records: readonly SharedPerson[] }) {
  if (records.length === 0) {
    return (
      <p className={rail["quiet"]}>
        Nobody who shares with you for this purpose knows them. Others may know them and not share it.
      </p>
    );
  }
  return (
    <ul className={styles["cards"]}>
      {records.map((record) => (
        // A record has no id that may be shown: what it says is all there is to tell it by.
        <li key={JSON.stringify(record)} className={styles["card"]}>
          <SharedRecord record={record} />
        </li>
      ))}
    </ul>
  );
}

function SharedRecord({ record }: { record: SharedPerson }) {
  const { organisation, detail, because, services, colour, needs, people } = record;
  return (
    <>
      <div className={styles["head"]}>
        <span className={styles["mark"]}>
          <Icon name="people" size={20} />
        </span>
        <div>
          <h3 className={styles["name"]}>Known to {organisation}</h3>
          <p className={styles["sub"]}>You see: {DETAIL_WORDS[detail].close}</p>
        </div>
      </div>
      {people?.map(({ givenName, familyName, phone }) => (
        <p key={`${givenName} ${familyName}`} className={styles["line"]}>
          <strong>
            {givenName} {familyName}
          </strong>
          {phone && (
            <>
              {" · "}
              <a href={`tel:${phone.replaceAll(/[^+\d]/g, "")}`}>{phone}</a>
            </>
          )}
        </p>
      ))}
      {colour && (
        <p>
          <ColourTag colour={colour} />
        </p>
      )}
      {needs && needs.length > 0 && (
        <ul className={styles["needs"]} aria-label={`Needs at ${organisation}`}>
          {needs.map(({ need, status, words }) => (
            <li key={need}>
              <span>{findNeed(need)?.label ?? need}</span> <StatusTag status={status} />
              {words.need !== findNeed(need)?.label && (
                <p className={styles["means"]}>
                  {words.need} {words.status}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      {services.map((service) => (
        <div key={service.service} className={styles["service"]}>
          <p className={styles["sub"]}>{service.service}</p>
          <ServiceLines service={service} />
        </div>
      ))}
      <p className={styles["why"]}>
        <Icon name="shield" size={15} />
        <span>{becauseInWords(because)}</span>
      </p>
    </>
  );
}

/** "They said yes on 3 March 2027, which holds until …; by agreement …" */
function becauseInWords({ agreement, rests, consent }: Because): string {
  const by = `By the agreement “${agreement.title}”, until ${dayInWords(agreement.lastDay)}.`;
  if (consent) {
    return `They said yes on ${dayInWords(consent.on)}; it holds until ${dayInWords(consent.until)}. ${by}`;
  }
  return rests === "duty" ? `To protect somebody. ${by}` : `They have not said no. ${by}`;
}
