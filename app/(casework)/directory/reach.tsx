/** How to reach a service: links that dial, write and open. */
import type { DirectoryService } from "../../../server/domain/directory";
import { Icon } from "../../_ui/icon";
import styles from "./directory.module.css";

export function Reach({ service }: { service: Pick<DirectoryService, "name" | "phones" | "email" | "url"> }) {
  const { name, phones, email, url } = service;
  if (phones.length === 0 && email === null && url === null) {
    return <p className={styles["by"]}>No phone, e-mail or web address is known.</p>;
  }
  return (
    <ul className={styles["reach"]} aria-label={`How to reach ${name}`}>
      {phones.map(({ number, words }) => (
        <li key={number}>
          <a href={`tel:${number.replace(/\s*ext\s*/i, ";ext=").replace(/[^\d+;=a-z]/gi, "")}`}>
            <Icon name="phone" size={16} /> {number}
          </a>
          {words !== "" && <span className={styles["by"]}> {words}</span>}
        </li>
      ))}
      {email !== null && (
        <li>
          <a href={`mailto:${encodeURIComponent(email).replace("%40", "@")}`}>
            <Icon name="mail" size={16} /> {email}
          </a>
        </li>
      )}
      {url !== null && (
        <li>
          <a href={url} target="_blank" rel="noopener noreferrer">
            <Icon name="up" size={16} /> {new URL(url).hostname.replace(/^www\./, "")}
            <span className="visually-hidden"> (opens in a new tab)</span>
          </a>
        </li>
      )}
    </ul>
  );
}
