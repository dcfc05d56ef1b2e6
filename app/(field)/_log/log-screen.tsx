"use client";
/**
 * The log screen: who, how, what came up, Save. Nothing is asked that has a usual answer. Save is over as soon as
 * the contact is on the device, sealed; sending is the outbox's. What is being typed is kept, sealed too, so that a
 * lock, a reload or another person in between loses nothing.
 */
import { useMemo, useReducer, useRef, useState } from "react";
import { NOTE_LENGTH, REASON_LENGTH } from "../../../server/domain/contact-terms";
import { findNeed } from "../../../server/domain/needs";
import { newId } from "../../_offline/new-id";
import { afterPaint } from "../../_offline/paint";
import button from "../../_ui/button.module.css";
import { ErrorSummary } from "../../_ui/error-summary";
import { TextArea } from "../../_ui/field";
import { Icon } from "../../_ui/icon";
import { Tag } from "../../_ui/tag";
import { contactWith, detailsOf, PEOPLE } from "../_app/address";
import { FieldLink } from "../_app/field-link";
import { useKeptWhileTyping } from "../_app/kept-while-typing";
import { NOT_SAVED } from "../_app/not-saved";
import { deviceWord, useOpenDevice } from "../_app/open-device";
import { StatusLine } from "../_app/status-line";
import { faultsOfDraft } from "./checked";
import {
  type Change,
  changeDraft,
  contactOf,
  type Draft,
  hasContent,
  issuesSaid,
  type KnownIssue,
} from "./draft";
import { NewIssues, OpenIssues } from "./issue-rows";
import { forgetDraft, keepDraft, rememberChannel, rememberPostcode } from "./kept";
import type { LogPerson } from "./log-person";
import styles from "./log-screen.module.css";
import { needOffers } from "./need-offers";
import { NeedSearch } from "./need-search";
import { OftenHere, OftenTogether } from "./offers";
import { NO_PROBLEMS, type Problems, problemsOf } from "./problems";
import { summaryOf } from "./saved-words";
import { ServiceSetting } from "./service-setting";
import { Settings } from "./settings";

interface LogScreenProps {
  /** Names the draft while it is not saved. */
  keeper: string;
  /** Null for somebody who gives no name. */
  person: LogPerson | null;
  start: Draft;
  /** The postcode named last on this device. */
  lastPostcode: string | null;
  /** The parked item of the outbox that this mends. */
  mends: string | null;
  /** What the server said of the item that is mended. */
  firstProblems: Problems;
  onSaved: (draft: Draft, holdUntil: Date | null) => void;
}

export function LogScreen(props: LogScreenProps) {
  const { keeper, person, start, lastPostcode, mends, firstProblems, onSaved } = props;
  const { open, verbs } = useOpenDevice();
  const { services, today } = open;
  const [draft, change] = useReducer(changeDraft, start);
  const [problems, setProblems] = useState(firstProblems);
  const [noteOpen, setNoteOpen] = useState(start.note !== "");
  const [fault, setFault] = useState<string | null>(null);
  const [openedAt] = useState(() => new Date());
  const saving = useRef(false);
  // By the time that this screen goes away the address is another one.
  const here = useRef(window.location.pathname + window.location.search);
  const note = useRef<HTMLTextAreaElement>(null);

  const endKeeping = useKeptWhileTyping(
    draft,
    start,
    (said) => {
      const href = keeper === "no-name" ? contactWith(null) : here.current;
      void (hasContent(said)
        ? keepDraft(verbs, { keeper, href, personName: person?.name ?? null }, said)
        : forgetDraft(verbs, keeper));
    },
    saving,
  );

  const service = services.find(({ id }) => id === draft.serviceId);
  const firstNeeds = useMemo(() => service?.needs ?? [], [service]);
  const openIssues = useMemo(() => withSaid(person?.openIssues ?? [], start), [person, start]);
  const openNeeds = useMemo(() => new Set(openIssues.map(({ need }) => need)), [openIssues]);
  const taken = useMemo(() => new Set(draft.issues.map(({ need }) => need)), [draft.issues]);
  const offers = useMemo(
    () => needOffers({ named: [...taken], open: [...openNeeds], pairs: open.needPairs, usual: firstNeeds }),
    [taken, openNeeds, open.needPairs, firstNeeds],
  );

  const edit = (next: Change) => {
    if (problems !== NO_PROBLEMS) setProblems(NO_PROBLEMS);
    setFault(null);
    change(next);
  };

  const pick = (code: string) => {
    const need = findNeed(code);
    if (!need) return;
    const issue = openIssues.find((known) => known.need === code);
    if (issue) {
      edit({ type: "carry-on", issue, status: "ongoing" });
    } else {
      const ours = firstNeeds.length === 0 || firstNeeds.includes(code);
      edit({ type: "add-need", issueId: newId(), need, ours });
    }
  };

  const save = async () => {
    if (saving.current) return;
    const faults = faultsOfDraft(draft, today);
    if (Object.keys(faults).length > 0 || !draft.occurredOn) return setProblems(problemsOf(faults, draft));
    saving.current = true;
    const words = { personName: person?.name ?? null, summary: summaryOf(draft) };
    const contact = contactOf(draft, draft.occurredOn, new Date());
    const answer = mends ? await verbs.mend(mends, contact, words) : await verbs.saveContact(contact, words);
    saving.current = false;
    if (!answer.ok) return setFault(NOT_SAVED[answer.reason]);
    endKeeping();
    onSaved(draft, "holdUntil" in answer && answer.holdUntil instanceof Date ? answer.holdUntil : null);
    // Told first, tidied after: sealing takes its time on a slow phone.
    afterPaint(() => {
      void forgetDraft(verbs, keeper);
      void rememberChannel(verbs, draft.channel);
      void rememberPostcode(verbs, draft);
    });
  };

  const count = draft.issues.length;
  return (
    <main id="main" className={styles["screen"]} tabIndex={-1}>
      <div className={styles["said"]}>
        <header className={styles["head"]}>
          <FieldLink href={PEOPLE} className={styles["backLink"]}>
            <Icon name="back" />
            <span className="visually-hidden">Back to people</span>
          </FieldLink>
          <div className={styles["who"]}>
            <h1 className={styles["name"]}>{person?.name ?? "No name given"}</h1>
            <p className={styles["details"]}>
              {person?.details ?? "Counts once; cannot be found again"}
              {person && draft.newClient === null && (
                <>
                  {" · "}
                  <FieldLink
                    href={detailsOf(person.id, { fromContact: true })}
                    className={styles["toDetails"] ?? ""}
                  >
                    Details
                    <span className="visually-hidden"> of {person.name}</span>
                  </FieldLink>
                </>
              )}
            </p>
            {person && person.changed > 0 && (
              <p className={styles["changed"]}>
                <Tag tone="wait" icon="outbox">
                  {person.changed === 1 ? "1 change waiting" : `${person.changed} changes waiting`}
                </Tag>
              </p>
            )}
            {person && person.undecided > 0 && (
              <p className={styles["changed"]}>
                <Tag tone="wait" icon="warn">
                  Two values: see Details
                </Tag>
              </p>
            )}
          </div>
          <div className={styles["headStatus"]}>
            <StatusLine />
          </div>
        </header>
        {problems.summary.length > 0 && (
          <div className={styles["section"]}>
            <ErrorSummary
              title={
                mends ? "This contact was not accepted. Nothing is lost" : "Not saved yet. Nothing is lost"
              }
              errors={problems.summary}
            />
          </div>
        )}
        {draft.corrects && (
          <div className={styles["section"]}>
            <TextArea
              id="correction-reason"
              label="Why is this contact corrected?"
              hint="The old one is voided and stays to be seen with this reason. A few words will do."
              error={problems.fields["corrects"]}
              rows={1}
              maxLength={REASON_LENGTH}
              value={draft.corrects.reason}
              onChange={(event) => edit({ type: "correction-reason", text: event.currentTarget.value })}
            />
          </div>
        )}
        <Settings
          draft={draft}
          change={edit}
          today={today}
          openedAt={openedAt}
          isEarlier={draft.corrects !== null || mends !== null}
          home={person?.place ?? null}
          lastPostcode={lastPostcode}
          sharing={person?.sharing ?? null}
          dateOfBirth={person?.dateOfBirth ?? null}
          problems={problems.fields}
        />
        {openIssues.length > 0 && <OpenIssues open={openIssues} issues={draft.issues} change={edit} />}
        <NewIssues
          issues={draft.issues}
          change={edit}
          problems={problems.issues}
          asksStatus={!draft.anonymous}
        />
        <OftenTogether offers={offers.together} onPick={pick} />
        <OftenHere codes={offers.here} onPick={pick} />
        {services.length > 1 && (
          <ServiceSetting
            serviceId={draft.serviceId}
            services={services}
            problem={problems.fields["serviceId"]}
            change={edit}
          />
        )}
        <div className={styles["section"]}>
          {noteOpen ? (
            <TextArea
              ref={note}
              id="note"
              label="Note"
              hint="For your team only. Do not put other people’s names here."
              error={problems.fields["note"]}
              rows={2}
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
        <div className={styles["dock"]} data-dock>
          <div className={styles["searchBox"]}>
            <NeedSearch
              label="What came up? Any words"
              day={draft.occurredOn}
              taken={taken}
              open={openNeeds}
              onPick={(need) => pick(need.code)}
            />
          </div>
          <div className={styles["save"]}>
            {fault && (
              <p className={styles["notSaved"]} role="alert">
                <Icon name="warn" size={18} />
                <span>
                  <strong>Not saved yet. Everything is still here.</strong> {fault}
                </span>
              </p>
            )}
            <button
              type="button"
              className={`${button["button"]} ${styles["saveButton"]}`}
              onClick={() => void save()}
            >
              {count === 0 ? "Save" : `Save ${issuesSaid(draft)}`}
            </button>
            <p className={styles["safe"]}>
              <Icon name="check" size={14} />
              Saves on this {deviceWord()} first.
              {open.sync.unsent > 0 && ` ${open.sync.unsent} waiting to send`}
            </p>
          </div>
        </div>
      </div>
    </main>
  );
}

/** Open issues, and those of which a kept or corrected contact speaks though they are open no longer. */
function withSaid(open: readonly KnownIssue[], start: Draft): readonly KnownIssue[] {
  const said = start.issues.filter(
    ({ kind, issueId }) => kind === "open" && !open.some(({ id }) => id === issueId),
  );
  return [
    ...open,
    ...said.map(({ issueId, need, severity, ours }) => ({
      id: issueId,
      need,
      label: null,
      since: null,
      severity,
      ours,
    })),
  ];
}
