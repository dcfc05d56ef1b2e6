/** Five minutes went by without use: whoever sits here proves again who they are, and goes on where they were. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { IDLE_MINUTES } from "../../../server/domain/browser";
import { wayBack } from "../../../server/domain/way-back";
import { Door } from "../../_ui/door";
import styles from "../../_ui/door-form.module.css";
import form from "../../_ui/form.module.css";
import { Icon } from "../../_ui/icon";
import { pageContext, wayIn } from "../../_ui/viewer";
import { Unlock, UnlockAtOrganisation } from "./unlock";

export const metadata: Metadata = { title: "Locked" };

interface LockedPageProps {
  searchParams: Promise<{ from?: string | string[]; refused?: string | string[] }>;
}

export default async function LockedPage({ searchParams }: LockedPageProps) {
  const [{ caller }, { from, refused }] = await Promise.all([pageContext(), searchParams]);
  const back = wayBack(from);
  if (caller.session) redirect(back);
  const { waiting } = caller;
  if (waiting?.for !== "unlock") redirect(await wayIn(caller));
  return (
    <Door>
      <span className={styles["mark"]}>
        <Icon name="lock" size={26} />
      </span>
      <h1 className={form["title"]}>Locked</h1>
      <p className={form["lead"]}>
        {waiting.session.name}, this screen locks when nobody uses it for {IDLE_MINUTES} minutes, so that
        nobody else can read it. What you saved is safe.
      </p>
      {refused !== undefined && <p role="alert">That did not unlock it. Try again as yourself.</p>}
      {waiting.atOrganisation ? (
        <UnlockAtOrganisation back={back} />
      ) : (
        <Unlock back={back} isDemo={waiting.isDemo} />
      )}
    </Door>
  );
}
