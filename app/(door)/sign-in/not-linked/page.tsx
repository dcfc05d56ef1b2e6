/** For somebody whom their organisation let in and whom nobody here has linked yet: the code to tell the administrator. */
import type { Metadata } from "next";
import { cookies } from "next/headers";
import Link from "next/link";
import { redirect } from "next/navigation";
import { WAITING_COOKIES } from "../../../../server/domain/sso";
import { createCaller } from "../../../../server/routers";
import { Door } from "../../../_ui/door";
import form from "../../../_ui/form.module.css";
import { pageContext } from "../../../_ui/viewer";
import styles from "./not-linked.module.css";

export const metadata: Metadata = { title: "Ask your administrator" };

export default async function NotLinkedPage() {
  const [ctx, kept] = await Promise.all([pageContext(), cookies()]);
  const token = WAITING_COOKIES.map((name) => kept.get(name)?.value).find((value) => value !== undefined);
  const found = token === undefined ? null : await createCaller(ctx).session.waitingCode({ token });
  if (!found) redirect("/sign-in/organisation");
  return (
    <Door>
      <h1 className={form["title"]}>Ask your administrator</h1>
      <p className={form["lead"]}>
        {found.organisationName} knows you, but nobody has said yet who you are here. This happens once.
      </p>
      <p className={styles["label"]} id="code-label">
        Your code
      </p>
      <output className={styles["code"]} aria-labelledby="code-label">
        {found.code}
      </output>
      <p>
        Read it out to the person who looks after Common Need, in person or on a number that they know. Once
        they have linked you, sign in again. The code is good for three days.
      </p>
      <p>
        <Link href="/sign-in/organisation">Sign in again</Link>
      </p>
    </Door>
  );
}
