/** What a long page holds, as links into it. */
import styles from "./desk.module.css";

interface PageContentsProps {
  /** Each section by the id of its heading; `note` says what stands there in a word or two. */
  sections: readonly { id: string; title: string; note?: string }[];
}

export function PageContents({ sections }: PageContentsProps) {
  return (
    <nav className={`${styles["contents"]} no-print`} aria-labelledby="on-this-page">
      <p id="on-this-page">On this page</p>
      <ul>
        {sections.map(({ id, title, note }) => (
          <li key={id} className={styles["line"]}>
            <a href={`#${id}`}>{title}</a>
            {note && <small>{note}</small>}
          </li>
        ))}
      </ul>
    </nav>
  );
}
