/**
 * A contact that begins from a referral: the issues that were referred here as new, or what came of those that were
 * referred out. A start only; the worker looks at it, changes it and saves it. Without signal it begins empty.
 */
import type { ReferralEntry } from "../../../server/domain/referral-shown";
import { newId } from "../../_offline/new-id";
import { makeClient } from "../../_trpc/wire";
import type { Draft, DraftIssue, KnownIssue } from "./draft";

export async function withReferral(
  draft: Draft,
  referralId: string,
  known: readonly KnownIssue[],
): Promise<Draft> {
  try {
    const entries = await makeClient().referrals.entries.query({ id: referralId });
    return { ...draft, issues: issuesFrom(entries, known, newId) };
  } catch {
    return draft;
  }
}

/** Issues as the log screen holds them. One of the organisation's own that is open no longer is left out. */
export function issuesFrom(
  entries: readonly ReferralEntry[],
  known: readonly KnownIssue[],
  makeId: () => string,
): DraftIssue[] {
  return entries.flatMap(({ issueId, need, severity, label, status }): DraftIssue[] => {
    if (issueId === null) {
      return [
        { kind: "new", issueId: makeId(), need, status: "new", ours: true, severity, label: label ?? "" },
      ];
    }
    const held = known.find(({ id }) => id === issueId);
    if (!held || status === "new") return [];
    return [
      { kind: "open", issueId, need, status, ours: held.ours ?? false, severity: held.severity ?? severity },
    ];
  });
}
