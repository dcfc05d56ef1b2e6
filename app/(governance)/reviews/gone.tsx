"use client";
/** A pair that is no longer there to be looked at. */
import Link from "next/link";
import { PageTitle } from "../../_ui/page-title";
import styles from "./pair.module.css";
import { Recorded } from "./recorded";

export function Gone() {
  return (
    <>
      <Recorded />
      <PageTitle title="This pair no longer waits">
        It was decided, or other evidence answered it. Nothing is left to do here.
      </PageTitle>
      <Link href="/reviews" className={styles["backLink"]}>
        Go to the pairs that wait
      </Link>
    </>
  );
}
