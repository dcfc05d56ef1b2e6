"use client";
/** What the server says of a postcode that is well formed but not in its list: a hint, which never stands in the way. */
import { useEffect, useState } from "react";
import { parsePostcode } from "../../../server/domain/geography";
import { makeClient } from "../../_trpc/wire";
import styles from "./postcode-note.module.css";

/** Long enough that a postcode typed at ease is one question. */
const PAUSE_MS = 500;

export function PostcodeNote({ postcode }: { postcode: string }) {
  const [said, setSaid] = useState<{ of: string; note: string | null } | null>(null);
  const reading = parsePostcode(postcode);
  const asked = reading.ok && reading.kind === "postcode" ? reading.postcode : null;
  useEffect(() => {
    if (!asked) return;
    const leaving = new AbortController();
    const timer = setTimeout(() => {
      makeClient()
        .places.note.query({ postcode: asked }, { signal: leaving.signal })
        .then((note) => setSaid({ of: asked, note }))
        // Without an answer there is nothing to say.
        .catch(() => {});
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [asked]);
  return (
    <p role="status" className={styles["note"]}>
      {said && said.of === asked ? said.note : null}
    </p>
  );
}
