/** The services that know a person: which, how recent, how to reach the team, and whether to speak with it or refer. */
import {
  type KnownService,
  type KnownTo,
  NEXT_STEP_AT_PLACE,
  NEXT_STEP_LABELS,
  RECENCY_LABELS,
} from "../../../server/domain/agreements/known-to";
import { Icon } from "../../_ui/icon";
import rail from "../people/[id]/rail.module.css";
import styles from "./known-to.module.css";

export function KnownServices({ known: { services } }: { known: KnownTo }) {
  if (services.length === 0) {
    return (
      <p className={rail["quiet"]}>
        Nobody who shares with you for this purpose knows them. Only records that match exactly are looked at,
        and others may know them and not share it.
      </p>
    );
  }
  return (
    <ul className={styles["cards"]}>
      {services.map((service) => (
        <li key={`${service.organisation}/${service.service}`} className={styles["card"]}>
          <div className={styles["head"]}>
            <span className={styles["mark"]}>
              <Icon name="people" size={20} />
            </span>
            <div>
              <h3 className={styles["name"]}>Known to {service.organisation}</h3>
              <p className={styles["sub"]}>{service.service}</p>
            </div>
          </div>
          <ServiceLines service={service} />
        </li>
      ))}
    </ul>
  );
}

/** How recent, what to do next, and how. */
interface ServiceLinesProps {
  service: Omit<KnownService, "organisation">;
  /** It knows somebody at a place, whoever that is, and not one person. */
  atPlace?: boolean;
}

export function ServiceLines({ service, atPlace = false }: ServiceLinesProps) {
  const { team, recency, next } = service;
  return (
    <>
      <p className={styles["line"]}>
        {RECENCY_LABELS[recency]}. {(atPlace ? NEXT_STEP_AT_PLACE : NEXT_STEP_LABELS)[next]}
      </p>
      {team.name && <p className={styles["sub"]}>Ask for: {team.name}</p>}
      {(team.phone || team.email) && (
        <p className={styles["reach"]}>
          {team.phone && (
            <a href={`tel:${team.phone.replaceAll(/[^+\d]/g, "")}`} className={rail["press"]}>
              Ring the team<span className="visually-hidden"> of {service.service}</span>: {team.phone}
            </a>
          )}
          {team.email && (
            <a href={`mailto:${team.email}`} className={rail["press"]}>
              {team.email}
            </a>
          )}
        </p>
      )}
      {!team.phone && !team.email && (
        <p className={styles["sub"]}>This service has not said how to reach its team.</p>
      )}
    </>
  );
}
