/** What somebody reads who follows an old or mistyped address of the public pages: nobody signs in here. */
import type { Metadata } from "next";
import Link from "next/link";
import styles from "./open/open.module.css";

export const metadata: Metadata = { title: "Not found" };

export default function OpenNotFound() {
  return (
    <main id="main" tabIndex={-1} className={styles["plain"]}>
      <h1>There is no public page here</h1>
      <p>
        The place or the address may have changed, or what you ask for is not published. Open figures have
        settled periods, and single needs from the postcode district up.
      </p>
      <p>
        <Link href="/open" prefetch={false}>
          Find a place or a need
        </Link>
      </p>
    </main>
  );
}
