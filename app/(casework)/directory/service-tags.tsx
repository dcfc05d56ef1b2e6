/** What must be known of a service at a glance: it is on Common Need, or it is closed. */
import type { DirectoryService } from "../../../server/domain/directory";
import { Tag } from "../../_ui/tag";
import styles from "./directory.module.css";

const CLOSED = {
  active: "No longer listed",
  inactive: "Not running",
  defunct: "Closed",
  "temporarily closed": "Closed for now",
} as const;

export function ServiceTags({ service }: { service: DirectoryService }) {
  return (
    <div className={styles["tags"]}>
      {service.onPlatform && (
        <Tag tone="brand" icon="check">
          On Common Need
        </Tag>
      )}
      {!service.offered && (
        <Tag tone="stop" icon="close">
          {CLOSED[service.status]}
        </Tag>
      )}
    </div>
  );
}
