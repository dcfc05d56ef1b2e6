/** One service of the directory: what it does, for whom, where and when; what was changed by hand, and by whom. */
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { entryIdSchema } from "../../../../server/domain/directory";
import { findNeed } from "../../../../server/domain/needs";
import { dayInWords } from "../../../../server/domain/period";
import { createCaller } from "../../../../server/routers";
import { Icon } from "../../../_ui/icon";
import { Page, PageTitle } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import styles from "../directory.module.css";
import { Reach } from "../reach";
import { ServiceTags } from "../service-tags";
import { Changes } from "./changes";
import { EntryActions } from "./entry-actions";

export const metadata: Metadata = { title: "Service" };

export default async function ServicePage({ params }: { params: Promise<{ id: string }> }) {
  await requireViewerWho("directory.read");
  const read = entryIdSchema.safeParse(await params);
  if (!read.success) notFound();
  const entry = await createCaller(await pageContext()).directory.page(read.data);
  const { service } = entry;
  const facts: readonly (readonly [string, string])[] = [
    ["Areas it serves", service.areas.join(", ")],
    ["Ages", service.agesWords],
    ["Who it is for", service.eligibility],
    ["Open", service.openingWords],
    ["Cost", service.costs],
    ["Languages", service.languages.join(", ")],
  ];
  return (
    <Page>
      <Link href="/directory" className={`${styles["back"]} no-print`}>
        <Icon name="back" size={16} /> Back to the directory
      </Link>
      <PageTitle title={service.name}>{service.organisationName}</PageTitle>
      <div className={styles["columns"]}>
        <div className={styles["said"]}>
          <ServiceTags service={service} />
          {service.alert !== "" && (
            <p className={styles["alert"]}>
              <Icon name="warn" size={16} /> {service.alert}
            </p>
          )}
          {service.staleWords !== null && service.offered && (
            <p className={styles["stale"]}>
              <Icon name="clock" size={16} /> {service.staleWords}
            </p>
          )}
          {service.description !== "" && <p className={styles["prose"]}>{service.description}</p>}
          <section className={styles["section"]} aria-labelledby="reach">
            <h2 id="reach">How to reach it</h2>
            <Reach service={service} />
          </section>
          <section className={styles["section"]} aria-labelledby="needs">
            <h2 id="needs">Needs it helps with</h2>
            {service.matchedNeeds.length === 0 && <p>None is known: it is found by its words only.</p>}
            <ul>
              {service.matchedNeeds.map(({ code, by, from }) => (
                <li key={code}>
                  {findNeed(code)?.label ?? code}
                  {by === "words" && <span className={styles["guess"]}> (matched by words: “{from}”)</span>}
                </li>
              ))}
            </ul>
          </section>
          <section className={styles["section"]} aria-label="Details">
            <dl className={styles["facts"]}>
              {facts
                .filter(([, words]) => words !== "")
                .map(([label, words]) => (
                  <div key={label}>
                    <dt>{label}</dt>
                    <dd>{words}</dd>
                  </div>
                ))}
              {service.premises.map(({ name, address, postcode, access }) => (
                <div key={`${name}${address}${postcode}`}>
                  <dt>Where</dt>
                  <dd>
                    {[...new Set([name, ...address.split(", "), postcode?.replace(" ", "\u00a0")])]
                      .filter(Boolean)
                      .join(", ")}
                    {access !== "" && `\n${access}`}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        </div>
        <aside className={styles["rail"]}>
          <section className={styles["box"]} aria-labelledby="kept">
            <h2 id="kept">Is this right?</h2>
            <p>
              {service.lastAssuredOn === null
                ? "Nobody says when this was checked."
                : `Last checked ${dayInWords(service.lastAssuredOn)}.`}{" "}
              {entry.sourceName === null
                ? `Entered here by ${service.onPlatform ? service.organisationName : "hand"}.`
                : `From the directory “${entry.sourceName}”.`}
              {entry.missingSince !== null &&
                ` That directory has not held it since ${dayInWords(entry.missingSince)}.`}
              {entry.withdrawnOn !== null && ` Taken out on ${dayInWords(entry.withdrawnOn)}.`}
            </p>
            <EntryActions entry={entry} />
          </section>
          <Changes changes={entry.changes} fromSource={entry.sourceName !== null} />
        </aside>
      </div>
    </Page>
  );
}
