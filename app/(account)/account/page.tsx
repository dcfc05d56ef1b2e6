/** One's own account: who one is here, where one is signed in, the second step, and the ways out. */
import type { Metadata } from "next";
import { ROLE_LABELS } from "../../../server/domain/access";
import { createCaller } from "../../../server/routers";
import { Page, PageTitle } from "../../_ui/page-title";
import { pageContext, requireViewer } from "../../_ui/viewer";
import styles from "./account.module.css";
import { Places } from "./places";
import { SecondStep } from "./second-step";
import { WaysOut } from "./ways-out";

export const metadata: Metadata = { title: "Your account" };

export default async function AccountPage() {
  const viewer = await requireViewer();
  const ctx = await pageContext();
  const caller = createCaller(ctx);
  const [memberships, places, secondStep] = await Promise.all([
    caller.session.memberships(),
    caller.device.list(),
    caller.secondFactor.state(),
  ]);
  return (
    <Page narrow>
      <PageTitle title={viewer.name}>{ctx.caller.session?.email}</PageTitle>
      <p>
        You work for <strong>{viewer.organisationName}</strong> as{" "}
        {viewer.roles.map((role) => ROLE_LABELS[role].toLowerCase()).join(" and ")}.
        {memberships.length > 1 && " To work for another of your organisations, sign out and in again."}
      </p>
      <section className={styles["part"]} aria-labelledby="places-title">
        <h2 id="places-title">Where you are signed in</h2>
        <p className={styles["lead"]}>
          A lost phone? Shut it out here: it is signed out at once, and forgets the people it carries as soon
          as it has signal.
        </p>
        <Places places={places} now={new Date()} />
      </section>
      <section className={styles["part"]} aria-labelledby="second-step-title">
        <h2 id="second-step-title">Second step</h2>
        <SecondStep state={secondStep} />
      </section>
      <section className={styles["part"]} aria-labelledby="ways-out-title">
        <h2 id="ways-out-title">Signing out</h2>
        <WaysOut />
      </section>
    </Page>
  );
}
