/** One service found: what it is, why it is shown, and how to reach it. */
import Link from "next/link";
import type { FoundService } from "../../../server/domain/directory";
import { capital } from "../../../server/domain/label-text";
import { Icon } from "../../_ui/icon";
import styles from "./directory.module.css";
import { Reach } from "./reach";
import { ServiceTags } from "./service-tags";

export function ServiceCard({ service }: { service: FoundService }) {
  return (
    <article className={styles["card"]} data-closed={!service.offered || undefined}>
      <div className={styles["head"]}>
        <div>
          <h2 className={styles["name"]}>
            <Link href={`/directory/${service.id}`}>{service.name}</Link>
          </h2>
          <p className={styles["by"]}>
            {service.organisationName}
            {service.kilometres !== null && (
              <span className={styles["far"]}>
                <Icon name="pin" size={14} /> {service.kilometres} km
              </span>
            )}
          </p>
        </div>
        <ServiceTags service={service} />
      </div>
      {service.why.length > 0 && <p className={styles["why"]}>{capital(service.why.join(" · "))}</p>}
      {service.alert !== "" && (
        <p className={styles["alert"]}>
          <Icon name="warn" size={16} /> {service.alert}
        </p>
      )}
      {service.offered && <Reach service={service} />}
      {service.staleWords !== null && service.offered && (
        <p className={styles["stale"]}>
          <Icon name="clock" size={16} /> {service.staleWords}
        </p>
      )}
    </article>
  );
}
