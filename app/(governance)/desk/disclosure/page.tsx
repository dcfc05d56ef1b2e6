/** How numbers are kept from telling of anybody: the dials as they are, what attacks came to, and a trial of them. */
import type { Metadata } from "next";
import { createCaller } from "../../../../server/routers";
import { Page, PageTitle } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { AttackTables } from "../attack-tables";
import styles from "../desk.module.css";
import { DeskTabs } from "../desk-tabs";
import { DisclosureTrial } from "./trial";

export const metadata: Metadata = { title: "Disclosure settings" };

export default async function DisclosurePage() {
  await requireViewerWho("desk.use");
  const { version, dials, measured, attacks } = await createCaller(await pageContext()).desk.disclosure();
  return (
    <Page>
      <DeskTabs here="/desk/disclosure" />
      <PageTitle title="Nobody can be picked out of a figure">
        These are the settings of version {version}, read from the running software. They cannot be weakened
        from a screen, here or anywhere: a change is a change of the method, and is published with it.
      </PageTitle>
      <section className={styles["case"]} aria-labelledby="trial">
        <h2 id="trial">Try it</h2>
        <DisclosureTrial />
      </section>
      <section className={styles["case"]} aria-labelledby="dials">
        <h2 id="dials">Settings</h2>
        <dl className={styles["dials"]}>
          {dials.map(({ name, value, does }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <strong>{value}</strong>. {does}
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section className={styles["case"]} aria-labelledby="attacks">
        <h2 id="attacks">What attacks on it came to</h2>
        <p>{measured}. Whoever attacks knows everything but the key. Lower is safer.</p>
        <AttackTables attacks={attacks} />
      </section>
    </Page>
  );
}
