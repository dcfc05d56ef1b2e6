"use client";
/**
 * The details of one person as fields that can be typed over: nothing is asked for, and only what was changed is sent.
 * What is typed is kept until it is saved. Save is over as soon as the changes are on the device, sealed.
 */
import { useRef, useState } from "react";
import { DETAIL_LENGTHS, SEX_LABELS, SEXES } from "../../../server/domain/client-terms";
import { dayOf } from "../../../server/domain/period";
import {
  changesInWords,
  DETAIL_FIELDS,
  type DetailField,
  HOME_IS_SECRET,
  HOME_IS_SECRET_HINT,
} from "../../../server/domain/profile-terms";
import type { FieldPerson } from "../../_offline/device-state";
import { newId } from "../../_offline/new-id";
import button from "../../_ui/button.module.css";
import { Chip } from "../../_ui/chip";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { TextField } from "../../_ui/field";
import { Icon } from "../../_ui/icon";
import { Segmented } from "../../_ui/segmented";
import { fullName, profileLine } from "../../_words/person-words";
import { contactWith, PEOPLE } from "../_app/address";
import { FieldLink } from "../_app/field-link";
import { useKeptWhileTyping } from "../_app/kept-while-typing";
import { NOT_SAVED } from "../_app/not-saved";
import { deviceWord, useOpenDevice } from "../_app/open-device";
import { PostcodeNote } from "../_app/postcode-note";
import { StatusLine } from "../_app/status-line";
import screen from "../_log/log-screen.module.css";
import styles from "./details.module.css";
import {
  type DetailsDraft,
  draftOf,
  type Faults,
  leavesAddress,
  readDetails,
  type Typing,
  touchedFields,
  typingOver,
} from "./details-draft";
import type { Mended } from "./details-screen";
import { forgetTyping, keepTyping } from "./kept-details";
import type { Saved } from "./saved-details";
import { TwoValues } from "./two-values";

interface DetailsFormProps {
  /** As they are known now. */
  person: FieldPerson;
  start: Typing;
  mends: Mended | null;
  fromContact: boolean;
  onSaved: (saved: Saved) => void;
}

const IDS: Readonly<Record<DetailField, string>> = {
  givenName: "given-name",
  familyName: "family-name",
  dateOfBirth: "birth-date",
  sex: "sex",
  place: "postcode",
  address: "address",
  homeIsSecret: "home-is-secret",
  phone: "phone",
  email: "email",
  reference: "reference",
};
const SEX_CHOICES = SEXES.map((value) => ({ value, label: SEX_LABELS[value] }));

export function DetailsForm({ person, start, mends, fromContact, onSaved }: DetailsFormProps) {
  const { open, verbs } = useOpenDevice();
  const [typing, setTyping] = useState(start);
  const [faults, setFaults] = useState<Faults>(mends?.faults ?? {});
  const [said, setSaid] = useState<string | null>(null);
  const saving = useRef(false);
  const endKeeping = useKeptWhileTyping(
    typing,
    start,
    (what) => {
      // What was not accepted lies in the outbox until it is put right.
      if (mends) return;
      void (touchedFields(what).length > 0
        ? keepTyping(verbs, person, what)
        : forgetTyping(verbs, person.id));
    },
    saving,
  );

  const known = typingOver(person, typing);
  const { draft } = known;
  const touched = touchedFields(known);
  const edit = (some: Partial<DetailsDraft>) => {
    setSaid(null);
    setFaults({});
    setTyping({ from: known.from, draft: { ...draft, ...some } });
  };

  const putBack = () => {
    setSaid(null);
    setFaults({});
    setTyping({ from: person, draft: draftOf(person) });
    // The button goes away under the finger: the next thing to do is the first field.
    document.getElementById(IDS.phone)?.focus();
  };

  const save = async () => {
    if (saving.current) return;
    const reading = readDetails(known, open.today ?? dayOf(new Date()));
    if (!reading.ok) return setFaults(reading.faults);
    if (reading.changes.length === 0)
      return setSaid("Nothing is changed yet. Type over what is no longer right.");
    saving.current = true;
    const change = { id: person.id, editId: newId(), changes: [...reading.changes] };
    const words = { personName: fullName(person), summary: changesInWords(reading.changes) };
    const answer = mends
      ? await verbs.mendProfile(mends.id, change, words)
      : await verbs.saveProfile(change, words);
    saving.current = false;
    if (!answer.ok) return setSaid(`Not saved yet. Everything is still here. ${NOT_SAVED[answer.reason]}`);
    endKeeping();
    onSaved({ person, typing: known, edit: change, holdUntil: answer.holdUntil });
    void forgetTyping(verbs, person.id);
  };

  const errors = DETAIL_FIELDS.flatMap((field): FieldError[] => {
    const message = faults[field];
    return message ? [{ message, fieldId: IDS[field] }] : [];
  });
  if (mends && errors.length === 0 && typing === start) errors.push({ message: mends.reason });
  const waiting = new Set<string>(person.changed);
  const hint = (field: DetailField, words?: string) =>
    waiting.has(field) ? "Changed here, not sent yet" : words;
  const field = (name: DetailField, words?: string) => ({
    id: IDS[name],
    error: faults[name],
    hint: hint(name, words),
  });
  const count = touched.length;
  return (
    <main id="main" className={`${screen["screen"]} ${styles["screen"]}`} tabIndex={-1}>
      <header className={screen["head"]}>
        <FieldLink href={fromContact ? contactWith(person.id) : PEOPLE} className={screen["backLink"] ?? ""}>
          <Icon name="back" />
          <span className="visually-hidden">{fromContact ? "Back to the contact" : "Back to people"}</span>
        </FieldLink>
        <div className={screen["who"]}>
          <h1 className={screen["name"]}>{fullName(person)}</h1>
          <p className={screen["details"]}>{profileLine(person)}</p>
        </div>
        <div className={screen["headStatus"]}>
          <StatusLine />
        </div>
      </header>
      <form
        className={styles["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <ErrorSummary
          title={mends ? "This change was not accepted. Nothing is lost" : "Not saved yet. Nothing is lost"}
          errors={errors}
        />
        <p className={styles["ways"]}>
          {person.phone && (
            <a href={`tel:${person.phone.replace(/[^\d+]/g, "")}`}>
              <Icon name="phone" size={17} />
              Call {person.phone}
            </a>
          )}
          {!person.unsent && (
            <FieldLink href={`/people/${person.id}`}>
              <Icon name="record" size={17} />
              Full record
            </FieldLink>
          )}
        </p>
        {person.conflicts.length > 0 && <TwoValues pairs={person.conflicts} />}
        <div className={styles["pair"]}>
          <TextField
            {...field("phone")}
            label="Phone"
            type="tel"
            maxLength={DETAIL_LENGTHS.phone}
            value={draft.phone}
            onChange={(event) => edit({ phone: event.currentTarget.value })}
          />
          <TextField
            {...field("email")}
            label="E-mail"
            type="email"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={DETAIL_LENGTHS.email}
            value={draft.email}
            onChange={(event) => edit({ email: event.currentTarget.value })}
          />
        </div>
        <div>
          <TextField
            {...field("place")}
            label="Postcode"
            autoCapitalize="characters"
            spellCheck={false}
            disabled={draft.noFixedAddress}
            value={draft.noFixedAddress ? "" : draft.postcode}
            onChange={(event) => edit({ postcode: event.currentTarget.value })}
          />
          {!draft.noFixedAddress && draft.postcode !== draftOf(person).postcode && (
            <PostcodeNote postcode={draft.postcode} />
          )}
          <div className={styles["chips"]}>
            <Chip
              kind={draft.noFixedAddress ? "chosen" : "setting"}
              icon={draft.noFixedAddress ? "check" : "house"}
              aria-pressed={draft.noFixedAddress}
              onClick={() => edit({ noFixedAddress: !draft.noFixedAddress })}
            >
              No fixed address
            </Chip>
          </div>
        </div>
        <TextField
          {...field("address", "For example, 14 Whitby Street")}
          label="House number and street"
          autoCapitalize="words"
          autoComplete="off"
          spellCheck={false}
          maxLength={DETAIL_LENGTHS.address}
          disabled={leavesAddress(known)}
          value={leavesAddress(known) ? "" : draft.address}
          onChange={(event) => edit({ address: event.currentTarget.value })}
        />
        <div id={IDS.homeIsSecret} tabIndex={-1}>
          <div className={styles["chips"]}>
            <Chip
              kind={draft.homeIsSecret ? "chosen" : "setting"}
              icon={draft.homeIsSecret ? "check" : "lock"}
              aria-pressed={draft.homeIsSecret}
              aria-describedby="home-is-secret-hint"
              onClick={() => edit({ homeIsSecret: !draft.homeIsSecret })}
            >
              {HOME_IS_SECRET}
            </Chip>
          </div>
          <p id="home-is-secret-hint" className={styles["under"]}>
            {hint("homeIsSecret", HOME_IS_SECRET_HINT)}
          </p>
        </div>
        <div className={styles["pair"]}>
          <TextField
            {...field("givenName")}
            label="Given name"
            autoCapitalize="words"
            spellCheck={false}
            maxLength={DETAIL_LENGTHS.givenName}
            value={draft.givenName}
            onChange={(event) => edit({ givenName: event.currentTarget.value })}
          />
          <TextField
            {...field("familyName")}
            label="Family name"
            autoCapitalize="words"
            spellCheck={false}
            maxLength={DETAIL_LENGTHS.familyName}
            value={draft.familyName}
            onChange={(event) => edit({ familyName: event.currentTarget.value })}
          />
        </div>
        <TextField
          {...field("dateOfBirth", "For example, 14 3 1984")}
          label="Date of birth"
          value={draft.birth}
          onChange={(event) => edit({ birth: event.currentTarget.value })}
        />
        <div id={IDS.sex} tabIndex={-1}>
          <p className={styles["label"]} aria-hidden="true">
            Sex
          </p>
          {waiting.has("sex") && <p className={styles["hint"]}>{hint("sex")}</p>}
          <Segmented label="Sex" value={draft.sex} options={SEX_CHOICES} onChange={(sex) => edit({ sex })} />
        </div>
        <TextField
          {...field("reference", "How your own files name them")}
          label="Your reference"
          spellCheck={false}
          maxLength={DETAIL_LENGTHS.reference}
          value={draft.reference}
          onChange={(event) => edit({ reference: event.currentTarget.value })}
        />
        {count > 0 && !mends && (
          <div className={styles["chips"]}>
            <Chip icon="undo" onClick={putBack}>
              Put back what was there
            </Chip>
          </div>
        )}
        {!person.unsent && (
          <p className={styles["more"]}>NHS number and others like it are changed in the full record.</p>
        )}
        <div className={`${screen["dock"]} ${styles["dock"]}`}>
          <div className={screen["save"]}>
            <div role="status">
              {said && (
                <p className={styles["said"]}>
                  <Icon name="warn" size={18} />
                  <span>{said}</span>
                </p>
              )}
            </div>
            <button type="submit" className={`${button["button"]} ${screen["saveButton"]}`}>
              {count === 0 ? "Save" : count === 1 ? "Save 1 change" : `Save ${count} changes`}
            </button>
            <p className={screen["safe"]}>
              <Icon name="check" size={14} />
              Saves on this {deviceWord()} first.
              {open.sync.unsent > 0 && ` ${open.sync.unsent} waiting to send`}
            </p>
          </div>
        </div>
      </form>
    </main>
  );
}
