/** Requests of people about what is held of them, those with the least time first. */
import type { Metadata } from "next";
import Link from "next/link";
import { dayInWords } from "../../../server/domain/period";
import { KIND_WORDS } from "../../../server/domain/rights/request";
import { createCaller } from "../../../server/routers";
import { Icon } from "../../_ui/icon";
import { LinkButton } from "../../_ui/link-button";
import { EmptyState, Page, PageTitle } from "../../_ui/page-title";
import rows from "../../_ui/rows.module.css";
import { Tag } from "../../_ui/tag";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { clockInWords } from "./clock-words";
import { RightsTabs } from "./rights-tabs";

export const metadata: Metadata = { title: "Rights requests" };

export default async function RightsPage() {
  await requireViewerWho("rights.manage");
  const { requests } = await createCaller(await pageContext()).rights.list();
  return (
    <Page>
      <RightsTabs here="/rights" />
      <PageTitle title="Rights requests" action={<LinkButton href="/rights/new">Note a request</LinkButton>}>
        What people ask about what we hold of them. We answer within one month.
      </PageTitle>
      {requests.length === 0 ? (
        <EmptyState>
          Nobody has asked yet. When somebody asks for a copy, a correction or to be erased, or complains,
          note it here: the month begins on the day on which they asked.
        </EmptyState>
      ) : (
        <ul className={rows["card"]}>
          {requests.map((request) => {
            const clock = clockInWords(request);
            return (
              <li key={request.id}>
                <Link href={`/rights/${request.id}`} className={rows["row"]}>
                  <span className={rows["words"]}>
                    <strong>{KIND_WORDS[request.kind].label}</strong>
                    <span>{request.asker ?? "Erased with the record"}</span>
                    <small>
                      Came on {dayInWords(request.receivedOn)}
                      {request.state === "open" && `, due on ${dayInWords(request.clock.dueOn)}`}
                    </small>
                  </span>
                  <Tag tone={clock.tone}>{clock.words}</Tag>
                  <Icon name="forward" size={18} />
                </Link>
              </li>
            );
          })}
        </ul>
      )}
    </Page>
  );
}
