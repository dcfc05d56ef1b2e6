/** What somebody reads who follows an address of a study that the register does not hold. */
import type { Metadata } from "next";
import Link from "next/link";
import styles from "../studies.module.css";

export const metadata: Metadata = { title: "Not found" };

export default function StudyNotFound() {
  return (
    <main id="main" tabIndex={-1} className={styles["page"]}>
      <h1>There is no study of this number</h1>
      <p className={styles["lead"]}>
        The register holds every study that was put on it and takes none away. The address may be mistyped, or
        the study is not there yet.
      </p>
      <p>
        <Link href="/open/studies" prefetch={false}>
          All studies on the register
        </Link>
      </p>
    </main>
  );
}
