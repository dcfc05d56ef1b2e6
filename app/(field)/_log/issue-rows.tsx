"use client";
/**
 * The issues of a contact on the log screen: open ones as offers that become a card with four answers, new ones
 * as a row that folds to one line with its defaults. Only two questions are asked of each: whose, how serious.
 */
import { useState } from "react";
import { LABEL_LENGTH, NOT_LISTED } from "../../../server/domain/contact-terms";
import { Chip } from "../../_ui/chip";
import { shortDay } from "../../_ui/dates";
import { TextField } from "../../_ui/field";
import { Icon } from "../../_ui/icon";
import { Segmented } from "../../_ui/segmented";
import { OPEN_CHOICES, StatusTag } from "../../_ui/status";
import { nameOf, SEVERITY_WORDS, whoseInWords } from "../../_words/issue-words";
import {
  type Change,
  type DraftIssue,
  FIRST_CHOICES,
  type KnownIssue,
  type NewIssue,
  type OpenIssue,
} from "./draft";
import rows from "./issue-rows.module.css";
import styles from "./log-screen.module.css";

const SEVERITY_CHOICES = [
  { value: "low", label: "Low" },
  { value: "medium", label: "Mid" },
  { value: "high", label: "High" },
  { value: "crisis", label: "Crisis" },
] as const;

const WHOSE_CHOICES = [
  { value: "ours", label: "Ours" },
  { value: "theirs", label: "Someone else’s" },
] as const;

interface RowsProps {
  issues: readonly DraftIssue[];
  change: (change: Change) => void;
}

export function OpenIssues({ open, issues, change }: RowsProps & { open: readonly KnownIssue[] }) {
  const said = new Map(
    issues.flatMap((issue) => (issue.kind === "open" ? [[issue.issueId, issue] as const] : [])),
  );
  const cards = open.flatMap((issue) => {
    const answer = said.get(issue.id);
    return answer ? [{ issue, answer }] : [];
  });
  const offers = open.filter((issue) => !said.has(issue.id));
  /** Two open issues of one need are told apart by when they began. */
  const offerName = (issue: KnownIssue) => {
    const name = nameOf(issue.need, issue.label);
    const { since } = issue;
    const isOnly = open.filter((other) => nameOf(other.need, other.label) === name).length === 1;
    return isOnly || !since ? name : `${name}, since ${shortDay(since)}`;
  };
  return (
    <section className={styles["section"]} aria-labelledby="open-title">
      <h2 id="open-title" className={styles["label"]}>
        Open issues <span>– tap what came up today</span>
      </h2>
      {cards.length > 0 && (
        <div className={rows["openCards"]}>
          {cards.map(({ issue, answer }) => (
            <OpenCard key={issue.id} issue={issue} answer={answer} change={change} />
          ))}
        </div>
      )}
      {offers.length > 0 && (
        <div className={`${styles["chips"]} ${rows["others"]}`}>
          {offers.map((issue) => (
            <Chip
              key={issue.id}
              kind="offer"
              onClick={() => change({ type: "carry-on", issue, status: "ongoing" })}
            >
              {offerName(issue)}
            </Chip>
          ))}
        </div>
      )}
    </section>
  );
}

interface OpenCardProps {
  issue: KnownIssue;
  answer: OpenIssue;
  change: (change: Change) => void;
}

function OpenCard({ issue, answer, change }: OpenCardProps) {
  const [more, setMore] = useState(false);
  const name = nameOf(issue.need, issue.label);
  const { since } = issue;
  const isOver = answer.status === "no-longer-relevant";
  return (
    <div className={rows["openCard"]}>
      <div className={rows["openHead"]}>
        <h3 className={rows["need"]}>{name}</h3>
        {since && <span className={rows["since"]}>since {shortDay(since)}</span>}
      </div>
      <Segmented
        label={`${name} today`}
        value={isOver ? null : answer.status}
        options={OPEN_CHOICES}
        onChange={(status) => change({ type: "carry-on", issue, status })}
      />
      <div className={rows["openFoot"]}>
        <span className={styles["fold"]}>
          {whoseInWords(answer.ours)}, {SEVERITY_WORDS[answer.severity]}.
        </span>
        <ChangeButton name={name} open={more} onToggle={() => setMore(!more)} />
        <button
          type="button"
          className={styles["change"]}
          aria-label={`${name} did not come up`}
          onClick={() => change({ type: "remove", issueId: issue.id })}
        >
          Not today
        </button>
        <button
          type="button"
          className={styles["change"]}
          aria-pressed={isOver}
          aria-label={`${name} is no longer relevant`}
          onClick={() =>
            change({ type: "carry-on", issue, status: isOver ? "ongoing" : "no-longer-relevant" })
          }
        >
          {isOver && <Icon name="check" size={13} />} No longer relevant
        </button>
        {more && <Questions name={name} issue={answer} change={change} />}
      </div>
    </div>
  );
}

function ChangeButton({ name, open, onToggle }: { name: string; open: boolean; onToggle: () => void }) {
  return (
    <button
      type="button"
      className={styles["change"]}
      aria-expanded={open}
      aria-label={open ? `Fold ${name}` : `Change ${name}`}
      onClick={onToggle}
    >
      {open ? "Fold" : "Change"}
    </button>
  );
}

function Questions({
  name,
  issue,
  change,
}: {
  name: string;
  issue: DraftIssue;
  change: (change: Change) => void;
}) {
  const { issueId } = issue;
  return (
    <div className={rows["questions"]}>
      <Segmented
        label={`Who resolves ${name}`}
        value={issue.ours ? "ours" : "theirs"}
        options={WHOSE_CHOICES}
        onChange={(value) => change({ type: "edit", issueId, ours: value === "ours" })}
      />
      <Segmented
        label={`How serious is ${name}`}
        value={issue.severity}
        options={SEVERITY_CHOICES}
        onChange={(severity) => change({ type: "edit", issueId, severity })}
      />
    </div>
  );
}

interface NewIssuesProps extends RowsProps {
  /** What is wrong, by issue. */
  problems: ReadonlyMap<string, string>;
  /** Whether an issue may be going on already: not for somebody who cannot be recognised again. */
  asksStatus: boolean;
}

export function NewIssues({ issues, change, problems, asksStatus }: NewIssuesProps) {
  const fresh = issues.filter((issue): issue is NewIssue => issue.kind === "new");
  if (fresh.length === 0) return null;
  return (
    <section className={styles["section"]} aria-labelledby="new-title">
      <h2 id="new-title" className={styles["label"]}>
        Named today
      </h2>
      <div className={rows["picks"]}>
        {fresh.map((issue) => (
          <Pick
            key={issue.issueId}
            issue={issue}
            change={change}
            problem={problems.get(issue.issueId)}
            asksStatus={asksStatus}
          />
        ))}
      </div>
    </section>
  );
}

interface PickProps {
  issue: NewIssue;
  change: (change: Change) => void;
  problem: string | undefined;
  asksStatus: boolean;
}

function Pick({ issue, change, problem, asksStatus }: PickProps) {
  const [open, setOpen] = useState(false);
  const { issueId } = issue;
  const name = nameOf(issue.need, null);
  const asksLabel = issue.need === NOT_LISTED;
  return (
    <div className={rows["pick"]} id={`issue-${issueId}`} tabIndex={-1}>
      <div className={rows["pickHead"]}>
        <div>
          <h3 className={`${rows["need"]} ${rows["pickName"]}`}>
            {name} <StatusTag status={issue.status} />
          </h3>
          <span className={styles["fold"]}>
            {whoseInWords(issue.ours)}, {SEVERITY_WORDS[issue.severity]}.
          </span>{" "}
          <ChangeButton name={name} open={open} onToggle={() => setOpen(!open)} />
        </div>
        <button
          type="button"
          className={rows["remove"]}
          aria-label={`Remove ${name}`}
          onClick={() => change({ type: "remove", issueId })}
        >
          <Icon name="close" size={17} />
        </button>
      </div>
      {asksLabel && (
        <TextField
          id={`label-${issueId}`}
          label="What is it, in a few words?"
          hint="No names and no addresses."
          error={problem}
          maxLength={LABEL_LENGTH}
          value={issue.label}
          onChange={(event) => change({ type: "edit", issueId, label: event.currentTarget.value })}
        />
      )}
      {open && (
        <>
          {asksStatus && (
            <div className={rows["questions"]}>
              <Segmented
                label={`Where ${name} stands today`}
                value={issue.status}
                options={FIRST_CHOICES}
                onChange={(status) => change({ type: "edit", issueId, status })}
              />
            </div>
          )}
          <Questions name={name} issue={issue} change={change} />
        </>
      )}
      {problem && !asksLabel && <p className={styles["fieldError"]}>{problem}</p>}
    </div>
  );
}
