import { expect, test } from "vitest";
import { issuesFrom } from "./referred";

const known = { id: "own", need: "HOU-04", label: null, since: null, severity: "high", ours: false } as const;
const entry = { need: "HOU-04", severity: "medium", label: null } as const;

test("issues that were referred here begin as new and ours, under ids of their own", () => {
  expect(issuesFrom([{ ...entry, issueId: null, status: "new" }], [known], () => "fresh")).toEqual([
    {
      kind: "new",
      issueId: "fresh",
      need: "HOU-04",
      status: "new",
      ours: true,
      severity: "medium",
      label: "",
    },
  ]);
});

test("what came of an own issue goes on with it, and one that is open no longer is left out", () => {
  const entries = [
    { ...entry, issueId: "own", status: "resolved" },
    { ...entry, issueId: "closed", status: "improved" },
  ] as const;
  expect(issuesFrom(entries, [known], () => "")).toEqual([
    { kind: "open", issueId: "own", need: "HOU-04", status: "resolved", ours: false, severity: "high" },
  ]);
});
