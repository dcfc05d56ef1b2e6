"use client";
/**
 * The log screen: who, how, what came up, Save. Nothing is asked that has a usual answer. The contact and its
 * issues have their ids before anything is shown, so pressing Save again after a lost answer has one effect;
 * when sending fails everything stays on the screen, and leaving the screen keeps the draft for this visit.
 */
import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useMemo, useReducer, useRef, useState } from "react";
import type { Place } from "../../../server/domain/client";
import { type ContactAnswer, newContactSchema } from "../../../server/domain/contact";
import { type Channel, NOTE_LENGTH } from "../../../server/domain/contact-terms";
import { findNeed } from "../../../server/domain/needs";
import type { Day } from "../../../server/domain/period";
import type { ShownIssue } from "../../../server/domain/profile";
import { newId } from "../../_offline/new-id";
import { useTRPC } from "../../_trpc/client";
import { isCallError } from "../../_trpc/wire";
import { Chip } from "../../_ui/chip";
import { ErrorSummary } from "../../_ui/error-summary";
import { Icon } from "../../_ui/icon";
import { type Change, changeDraft, contactOf, contactWords, type Draft, hasContent } from "../../(field)/_log/draft";
import { NewIssues, OpenIssues } from "./issue-rows";
import { keepDraft, keptDraft } from "./kept-drafts";
import styles from "./log-screen.module.css";
import { NeedSearch } from "./need-search";
import { type Problems, problemsOf } from "./problems";
import { Saved } from "./saved";
import { type ServiceChoice, Settings } from "./settings";

/** Whom the contact is with. */
export interface LogPerson {
  id: string;
  name: string;
  /** One line under the name. */
  details: string;
  place: Place;
  openIssues: readonly ShownIssue[];
}

interface LogScreenProps {
  /** Null for somebody who gives no name. */
  person: LogPerson | null;
  services: readonly ServiceChoice[];
  serviceId: string;
  today: Day;
}

/** How many of the service's needs are offered as chips until all are asked for. */
const OFFERED = 6;
const NO_PROBLEMS: Problems = { summary: [], fields: {}, issues: new Map() };

export function LogScreen(props: LogScreenProps) {
  // A key for each contact: "Log another" begins a screen with new ids.
  const [round, setRound] = useState(0);
  return <OneContact key={round} {...props} onAnother={() => setRound(round + 1)} />;
}

function OneContact({
  person,
  services,
  serviceId,
  today,
  onAnother,
}: LogScreenProps & { onAnother: () => void }) {
  const trpc = useTRPC();
  const keeper = person?.id ?? "no-name";
  const [draft, change] = useReducer(changeDraft, undefined, (): Draft => {
    return keptDraft(keeper) ?? beginDraft(person, serviceId, lastChannel(), today);
  });
  const [openedAt, setOpenedAt] = useState<Date | null>(null);
  const [problems, setProblems] = useState<Problems>(NO_PROBLEMS);
  const [answer, setAnswer] = useState<ContactAnswer | null>(null);
  const [noteOpen, setNoteOpen] = useState(draft.note !== "");
  const note = useRef<HTMLTextAreaElement>(null);
  const claimedAt = useRef<Date | null>(null);
  const log = useMutation(trpc.contacts.log.mutationOptions());

  useEffect(() => setOpenedAt(new Date()), []);
  useEffect(() => keepDraft(keeper, answer ? null : draft), [keeper, draft, answer]);
  const unsaved = answer === null && hasContent(draft);
  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [unsaved]);

  const service = services.find(({ id }) => id === draft.serviceId);
  const firstNeeds = useMemo(() => service?.needs ?? [], [service]);
  const openIssues = person?.openIssues;
  const openNeeds = useMemo(() => new Set(openIssues?.map(({ need }) => need)), [openIssues]);
  const taken = useMemo(() => new Set(draft.issues.map(({ need }) => need)), [draft.issues]);
  const offered = firstNeeds.filter((code) => !taken.has(code) && !openNeeds.has(code));

  const edit = (next: Change) => {
    if (problems !== NO_PROBLEMS) setProblems(NO_PROBLEMS);
    change(next);
  };

  const pick = (code: string) => {
    const need = findNeed(code);
    if (!need) return;
    const issue = openIssues?.find((open) => open.need === code);
    if (issue) {
      edit({ type: "carry-on", issue, status: "ongoing" });
    } else {
      const ours = firstNeeds.length === 0 || firstNeeds.includes(code);
      edit({ type: "add-need", issueId: newId(), need, ours });
    }
  };

  const save = async () => {
    claimedAt.current ??= new Date();
    const contact = contactOf(draft, claimedAt.current);
    const read = newContactSchema.safeParse(contact);
    if (!read.success) {
      const fields = Object.fromEntries(
        read.error.issues.map((issue) => [issue.path.join("."), issue.message]),
      );
      setProblems(problemsOf(fields, draft));
      return;
    }
    setProblems(NO_PROBLEMS);
    try {
      const answers = await log.mutateAsync({ contacts: [contact] });
      const own = answers.find(({ id }) => id === draft.contactId);
      if (!own) return;
      if (own.outcome === "stored" || own.outcome === "already-stored") {
        rememberChannel(draft.channel);
        setAnswer(own);
      } else {
        setProblems(problemsOf(own.fields ?? {}, draft, own.reason));
      }
    } catch {
      // The mutation keeps the failure, and the screen says it beside Save.
    }
  };

  if (answer) {
    return (
      <Saved
        draft={draft}
        personName={person?.name ?? null}
        alreadyThere={answer.outcome === "already-stored"}
        onAnother={onAnother}
      />
    );
  }

  return (
    <main id="main" className={styles["screen"]} tabIndex={-1}>
      <div className={styles["said"]}>
        <header className={styles["head"]}>
          <Link href={person ? `/people/${person.id}` : "/people"} className={styles["backLink"]}>
            <Icon name="back" />
            <span className="visually-hidden">{person ? `Back to ${person.name}` : "Back to people"}</span>
          </Link>
          <div className={styles["who"]}>
            <h1 className={styles["name"]}>{person?.name ?? "Somebody who gives no name"}</h1>
            <p className={styles["details"]}>{person?.details ?? "Counts once; cannot be found again"}</p>
          </div>
        </header>
        {problems.summary.length > 0 && (
          <div className={styles["section"]}>
            <ErrorSummary title="Not saved yet. Nothing is lost" errors={problems.summary} />
          </div>
        )}
        <Settings
          draft={draft}
          change={edit}
          today={today}
          openedAt={openedAt}
          services={services}
          home={person?.place ?? null}
          problems={problems.fields}
        />
        {person && person.openIssues.length > 0 && (
          <OpenIssues open={person.openIssues} issues={draft.issues} change={edit} />
        )}
        <NewIssues issues={draft.issues} change={edit} problems={problems.issues} />
        {offered.length > 0 && <Offers codes={offered} onPick={pick} />}
        <div className={styles["section"]}>
          {noteOpen ? (
            <Textarea
              ref={note}
              label="Note"
              description="For your team only. Do not put other people’s names here."
              autosize
              minRows={2}
              maxLength={NOTE_LENGTH}
              value={draft.note}
              onChange={(event) => edit({ type: "note", text: event.currentTarget.value })}
            />
          ) : (
            <button
              type="button"
              className={styles["change"]}
              onClick={() => {
                setNoteOpen(true);
                requestAnimationFrame(() => note.current?.focus());
              }}
            >
              Add a note
            </button>
          )}
        </div>
      </div>
      <div className={styles["asked"]}>
        <div className={styles["dock"]}>
          <div className={styles["searchBox"]} id="need-search">
            <NeedSearch
              label="What came up? Any words"
              day={draft.occurredOn}
              taken={taken}
              open={openNeeds}
              onPick={(need) => pick(need.code)}
            />
          </div>
          <div className={styles["save"]}>
            {log.isError && <NotSent error={log.error} />}
            <Button
              className={styles["saveButton"] ?? ""}
              onClick={() => void save()}
              loading={log.isPending}
            >
              {log.isError ? "Try again" : draft.issues.length === 0 ? "Save" : `Save ${contactWords(draft)}`}
            </Button>
            {unsaved && !log.isError && (
              <p className={styles["safe"]}>Kept on this screen until you save it</p>
            )}
          </div>
        </div>
      </div>
    </main>
  );
}

/** The service's need list as offers: the first few, then all of it. */
function Offers({ codes, onPick }: { codes: readonly string[]; onPick: (code: string) => void }) {
  const [all, setAll] = useState(false);
  return (
    <section className={styles["section"]} aria-labelledby="offers-title">
      <h2 id="offers-title" className={styles["label"]}>
        Often here
      </h2>
      <div className={styles["chips"]}>
        {(all ? codes : codes.slice(0, OFFERED)).map((code) => (
          <Chip key={code} kind="offer" onClick={() => onPick(code)}>
            {findNeed(code)?.label ?? code}
          </Chip>
        ))}
        {!all && codes.length > OFFERED && (
          <button type="button" className={styles["change"]} onClick={() => setAll(true)}>
            {codes.length - OFFERED} more
          </button>
        )}
      </div>
    </section>
  );
}

function NotSent({ error }: { error: unknown }) {
  return (
    <div className={styles["notSent"]} role="alert">
      <Icon name="warn" size={18} />
      <div>
        <strong>Not saved yet. Everything is still here.</strong> {whyNotSent(error)}
      </div>
    </div>
  );
}

function whyNotSent(error: unknown) {
  const data = isCallError(error) ? error.data : null;
  if (data?.code === "UNAUTHORIZED") {
    return (
      <>
        You were signed out.{" "}
        <a href="/sign-in" target="_blank" rel="noreferrer">
          Sign in again in a new tab
        </a>
        , then come back and try again.
      </>
    );
  }
  if (data && isCallError(error)) return error.message;
  return "There is no answer from Common Need. Check the signal, then try again: it cannot be saved twice.";
}

function beginDraft(person: LogPerson | null, serviceId: string, channel: Channel, today: Day): Draft {
  return {
    contactId: newId(),
    clientId: person?.id ?? newId(),
    anonymous: person === null,
    serviceId,
    channel,
    occurredOn: today,
    lateReason: "",
    place: null,
    note: "",
    issues: [],
  };
}

// The channel used last is the likeliest one; it says nothing of anybody.
let channelUsedLast: Channel = "face-to-face";
const lastChannel = () => channelUsedLast;
const rememberChannel = (channel: Channel) => {
  channelUsedLast = channel;
};
