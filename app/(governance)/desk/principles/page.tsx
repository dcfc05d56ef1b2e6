/** The Caldicott principles of the organisation and the Five Safes of each agreement, each with what the system finds. */
import type { Metadata } from "next";
import type { ShownPrinciple } from "../../../../server/principles";
import { createCaller } from "../../../../server/routers";
import { Page, PageTitle } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import styles from "../desk.module.css";
import { DeskTabs } from "../desk-tabs";
import { PageContents } from "../page-contents";
import { PrincipleLine } from "./principle-line";

export const metadata: Metadata = { title: "Principles" };

export default async function PrinciplesPage() {
  await requireViewerWho("desk.use");
  const { caldicott, agreements } = await createCaller(await pageContext()).desk.principles();
  const all = [...caldicott, ...agreements.flatMap(({ safes }) => safes)];
  const open = all.filter(needsWork).length;
  return (
    <Page>
      <DeskTabs here="/desk/principles" />
      <PageTitle
        title={open === 0 ? "Every principle is kept or signed for" : `${open} of ${all.length} need work`}
      >
        What the running system can find out is checked each time you open this page. For the rest a person
        says how it is kept, with their name.
      </PageTitle>
      <PageContents
        sections={[
          { id: "caldicott", title: "Caldicott principles", note: keptInWords(caldicott) },
          ...agreements.map(({ id, title, safes }) => ({
            ...{ id: `safes-${id}`, title: `Five Safes: ${title}`, note: keptInWords(safes) },
          })),
        ]}
      />
      <section className={styles["case"]} aria-labelledby="caldicott">
        <h2 id="caldicott">Caldicott principles</h2>
        <ol className={styles["list"]}>
          {caldicott.map((given) => (
            <PrincipleLine key={given.id} given={given} about={{ frame: "caldicott" }} />
          ))}
        </ol>
      </section>
      {agreements.map(({ id, title, safes }) => (
        <section key={id} className={styles["case"]} aria-labelledby={`safes-${id}`}>
          <h2 id={`safes-${id}`}>Five Safes: {title}</h2>
          <details open={safes.some(needsWork)}>
            <summary>{keptInWords(safes)}</summary>
            <ol className={styles["list"]}>
              {safes.map((given) => (
                <PrincipleLine
                  key={given.id}
                  given={given}
                  about={{ frame: "five-safes", agreementId: id }}
                />
              ))}
            </ol>
          </details>
        </section>
      ))}
    </Page>
  );
}

/** The system finds that it is not kept, or nobody has said how it is. */
const needsWork = ({ check, statement }: ShownPrinciple) => (check ? !check.ok : statement === null);

function keptInWords(principles: readonly ShownPrinciple[]): string {
  const open = principles.filter(needsWork).length;
  return open === 0 ? `All ${principles.length} kept` : `${open} of ${principles.length} need work`;
}
