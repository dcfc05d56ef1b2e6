/** Organisations whose people sign in at their own page, one press each. */
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { createCaller } from "../../../../server/routers";
import { Door } from "../../../_ui/door";
import form from "../../../_ui/form.module.css";
import { Icon } from "../../../_ui/icon";
import { pageContext } from "../../../_ui/viewer";
import styles from "./organisation.module.css";

export const metadata: Metadata = { title: "Sign in with your organisation" };

export default async function OrganisationSignInPage() {
  const offered = await createCaller(await pageContext()).session.offeredSignIns();
  if (offered.length === 0) redirect("/sign-in");
  return (
    <Door>
      <h1 className={form["title"]}>Sign in with your organisation</h1>
      <p className={form["lead"]}>
        Choose where you work. Its own sign-in page opens, and you come back here.
      </p>
      <ul className={styles["list"]}>
        {offered.map(({ organisationId, name }) => (
          <li key={organisationId}>
            <form method="post" action="/api/sso/start">
              <button type="submit" className={styles["way"]} name="organisation" value={organisationId}>
                {name}
                <Icon name="right" size={18} />
              </button>
            </form>
          </li>
        ))}
      </ul>
      <Link href="/sign-in">Sign in with a password</Link>
    </Door>
  );
}
