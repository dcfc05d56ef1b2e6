/**
 * What is wrong with a contact, put where it can be mended: the schema and the server name fields by path
 * ("entries.0.label"), the screen shows them beside the issue or the setting and links to them from the summary.
 */
import type { FieldError } from "../../_ui/error-summary";
import type { Draft } from "./draft";

export interface Problems {
  summary: readonly FieldError[];
  /** By setting: occurredOn, lateReason, serviceId, place, corrects, entries. */
  fields: Readonly<Record<string, string>>;
  /** By id of the issue. */
  issues: ReadonlyMap<string, string>;
}

export const NO_PROBLEMS: Problems = { summary: [], fields: {}, issues: new Map() };

/** Where each setting can be reached. */
const FIELD_IDS: Readonly<Record<string, string>> = {
  occurredOn: "setting-day",
  lateReason: "late-reason",
  serviceId: "setting-service",
  place: "setting-place",
  corrects: "correction-reason",
  entries: "need-search",
  note: "note",
};

/** `reason` is what the server said of the whole contact; it stands in the summary when no field carries it. */
export function problemsOf(
  faults: Readonly<Record<string, string>>,
  draft: Draft,
  reason?: string,
): Problems {
  const summary: FieldError[] = [];
  const fields: Record<string, string> = {};
  const issues = new Map<string, string>();
  for (const [path, message] of Object.entries(faults)) {
    const [first = "", index = ""] = path.split(".");
    const issue = first === "entries" && index !== "" ? draft.issues[Number(index)] : undefined;
    if (issue) {
      issues.set(issue.issueId, message);
      summary.push({ message, fieldId: `issue-${issue.issueId}` });
    } else {
      fields[first] = message;
      const fieldId = FIELD_IDS[first];
      summary.push(fieldId ? { message, fieldId } : { message });
    }
  }
  if (summary.length === 0)
    summary.push({ message: reason ?? "This contact was not accepted. Check it and try again." });
  return { summary, fields, issues };
}
