/**
 * Referrals in lists: what came in, what went out, those of one client, those that wait too long for an answer, and
 * where a referral can go. The numbers of days are the organisation's own, exact and for its own members.
 */

import { record } from "./audit";
import { type ClientRow, openClient } from "./client-rows";
import { type ActorCtx, inTransaction, now, type TxCtx } from "./context";
import { searchDirectory } from "./directory";
import { NotFound } from "./domain/errors";
import { getNeedByNumber } from "./domain/needs";
import { ageOn, dayOf, daysBetween } from "./domain/period";
import { isOver, medianOf, type ReferralCourse } from "./domain/referral";
import type { FindDestinations, ListReferrals } from "./domain/referral-input";
import type { ListedReferral, ReferralDestination, ReferralList } from "./domain/referral-shown";
import { listed, readReceived, readSent, viewing } from "./referral-rows";
import { subjectsOf } from "./referrals";

/** Lines of one page; the latest. */
const MOST_LISTED = 200;

/** What came in or went out, those that wait for an answer first. */
export function listReferrals(ctx: ActorCtx, { box, show }: ListReferrals): Promise<ReferralList> {
  return inTransaction(ctx, async (ctx) => {
    const all = await readBox(ctx, box);
    const fits: Readonly<Record<ListReferrals["show"], (line: ListedReferral) => boolean>> = {
      new: ({ course }) => course.state === "sent",
      open: ({ course }) => !isOver(course.state),
      mine: ({ mine }) => mine,
      all: () => true,
    };
    const found = all.filter(fits[show]);
    const waits = ({ course }: ListedReferral) => course.state === "sent";
    const referrals = [...found.filter(waits), ...found.filter((line) => !waits(line))].slice(0, MOST_LISTED);
    await record(ctx, "referral.list", { subjects: referrals.flatMap(subjectsOf), detail: { box, show } });
    return {
      referrals,
      total: found.length,
      waiting: all.filter(waits).length,
      toAccept: medianOf(daysTo(all, ({ acceptedAt }) => acceptedAt)),
      toComplete: medianOf(daysTo(all, ({ state, endedAt }) => (state === "completed" ? endedAt : null))),
    };
  });
}

async function readBox(ctx: TxCtx, box: ListReferrals["box"]): Promise<ListedReferral[]> {
  const [whole, by] = await Promise.all([box === "sent" ? readSent(ctx) : readReceived(ctx), viewing(ctx)]);
  return whole.map((each) => listed(each, by));
}

function daysTo(lines: readonly ListedReferral[], end: (course: ReferralCourse) => Date | null): number[] {
  return lines.flatMap(({ course }) => {
    const at = end(course);
    return at ? [Math.max(0, daysBetween(dayOf(course.sentAt), dayOf(at)))] : [];
  });
}

/** Referrals of one client, latest first: those that were sent for them, and those by which they came. */
export function referralsOfClient(ctx: ActorCtx, clientId: string): Promise<ListedReferral[]> {
  return inTransaction(ctx, async (ctx) => {
    const [found] = await ctx.db`
      select 1 from casework.client where organisation_id = ${ctx.actor.organisationId} and id = ${clientId}`;
    if (!found) throw new NotFound("This person");
    const [sent, received, by] = await Promise.all([
      readSent(ctx, { clientId }),
      readReceived(ctx, { clientId }),
      viewing(ctx),
    ]);
    const lines = [...sent, ...received]
      .map((each) => listed(each, by))
      .sort((a, b) => b.course.sentAt.getTime() - a.course.sentAt.getTime());
    await record(ctx, "referral.of-client", { subjects: [{ kind: "client", id: clientId }] });
    return lines;
  });
}

/** Referrals that wait too long for an answer: ours to answer, and ours that nobody answered. Longest first. */
export function referralsDue(ctx: ActorCtx): Promise<{ received: ListedReferral[]; sent: ListedReferral[] }> {
  return inTransaction(ctx, async (ctx) => {
    const [received, sent] = await Promise.all([readBox(ctx, "received"), readBox(ctx, "sent")]);
    const due = (lines: readonly ListedReferral[]) =>
      lines
        .filter(({ reminder }) => reminder !== null)
        .sort((a, b) => a.course.sentAt.getTime() - b.course.sentAt.getTime());
    const answer = { received: due(received), sent: due(sent) };
    await record(ctx, "referral.due", {
      subjects: [...answer.received, ...answer.sent].flatMap(subjectsOf),
    });
    return answer;
  });
}

/**
 * Services that could take a client's issues: those on the platform first, then the directory's, by need, by where the
 * client lives and by age. Place and age are read here, so that neither is typed or sent.
 */
export function listDestinations(
  ctx: ActorCtx,
  { clientId, needs, text }: FindDestinations,
): Promise<{ destinations: ReferralDestination[]; placeNote: string | null }> {
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    const [row] = await db<ClientRow[]>`
      select c.id, c.anonymous, c.reference as plain_reference, i.reference, c.closed_on,
             i.given_name, i.family_name, i.date_of_birth,
             coalesce(i.sex, 'not-known') as sex, i.postcode, i.address, i.home_is_secret, i.phone, i.email
      from casework.client as c
      left join identity.client_identity as i on i.organisation_id = c.organisation_id and i.client_id = c.id
      where c.organisation_id = ${actor.organisationId} and c.id = ${clientId}`;
    if (!row) throw new NotFound("This person");
    const { place, dateOfBirth } = openClient(actor.organisationId, row);
    const today = dayOf(await now(ctx));
    const found = await searchDirectory(ctx, {
      needs: [...needs],
      text,
      postcode: place.kind === "postcode" ? place.postcode : "",
      age: dateOfBirth && dateOfBirth <= today ? ageOn(today, dateOfBirth) : undefined,
    });
    const listedHere = new Set(found.services.map(({ onPlatform }) => onPlatform?.serviceId));
    const elsewhere = (await readElsewhere(ctx, needs, text)).filter(
      ({ platform }) => !listedHere.has(platform?.serviceId),
    );
    const directory = found.services
      .filter(({ offered, onPlatform }) => offered && onPlatform?.organisationId !== actor.organisationId)
      .map(
        (service): ReferralDestination => ({
          key: `directory-${service.id}`,
          name: service.name,
          organisationName: service.organisationName,
          platform: service.onPlatform,
          directoryId: service.id,
          email: service.email,
          emailBy: service.emailBy,
          phone: service.phone,
          url: service.url,
          why: service.why,
          staleWords: service.onPlatform ? null : service.staleWords,
          openingWords: service.openingWords,
        }),
      );
    await record(ctx, "referral.find-service", { subjects: [{ kind: "client", id: clientId }] });
    return {
      destinations: [
        ...directory.filter(({ platform }) => platform),
        ...elsewhere,
        ...directory.filter(({ platform }) => !platform),
      ],
      placeNote: found.postcodeNote,
    };
  });
}

/** Services of the other organisations here that show one of the needs, or whose name holds what was typed. */
async function readElsewhere(
  { db }: TxCtx,
  needs: readonly string[],
  text: string,
): Promise<ReferralDestination[]> {
  const rows = await db<
    {
      organisationId: number;
      organisationName: string;
      serviceId: string;
      serviceName: string;
      needs: number[];
    }[]
  >`select * from casework.services_elsewhere()`;
  const typed = text.trim().toLowerCase();
  return rows.flatMap((row): ReferralDestination[] => {
    const helps = row.needs
      .map((number) => getNeedByNumber(number))
      .filter(({ code }) => needs.includes(code));
    const named = `${row.serviceName} ${row.organisationName}`.toLowerCase();
    if (typed ? !named.includes(typed) : helps.length === 0) return [];
    return [
      {
        key: `platform-${row.organisationId}-${row.serviceId}`,
        name: row.serviceName,
        organisationName: row.organisationName,
        platform: { organisationId: row.organisationId, serviceId: row.serviceId },
        directoryId: null,
        email: null,
        emailBy: null,
        phone: null,
        url: null,
        why: helps.map(({ label }) => `Helps with ${label.toLowerCase()}`),
        staleWords: null,
        openingWords: "",
      },
    ];
  });
}
