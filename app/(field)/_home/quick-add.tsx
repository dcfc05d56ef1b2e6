"use client";
/**
 * Adding somebody in one row. A name is enough; who might be the same person is asked first, among people of this
 * organisation only. Nothing is sent here: the person travels with their first contact, with signal or without.
 */
import { type FormEvent, useEffect, useRef, useState } from "react";
import { dayOf } from "../../../server/domain/period";
import type { Found } from "../../_offline/device-state";
import { newId } from "../../_offline/new-id";
import button from "../../_ui/button.module.css";
import { Chip } from "../../_ui/chip";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { TextField } from "../../_ui/field";
import { fullName } from "../../_words/person-words";
import { contactWith } from "../_app/address";
import { findYear } from "../_app/birth";
import { go } from "../_app/location";
import { useOpenDevice } from "../_app/open-device";
import { PostcodeNote } from "../_app/postcode-note";
import { beginDraft } from "../_log/draft";
import { keepDraft, lastChannel } from "../_log/kept";
import styles from "./home.module.css";
import { type NameParts, splitName } from "./name-split";
import { bornAboutInWords, type Faults, type NewPersonReading, readNewPerson } from "./new-person";
import { PeopleList, summaryOf } from "./people-lists";

const FIELD_IDS = { name: "new-name", birth: "birth-date", postcode: "postcode" } as const;
/** Longest that the server is waited for before adding goes on: asking helps, it never blocks. */
const ASK_MS = 2_500;

export function QuickAdd({ startingWith, onCancel }: { startingWith: string; onCancel: () => void }) {
  const { open, verbs } = useOpenDevice();
  const today = open.today ?? dayOf(new Date());
  const [name, setName] = useState(() => (/\d/.test(startingWith) ? "" : startingWith.trim()));
  const [parts, setParts] = useState<NameParts | null>(null);
  const [birth, setBirth] = useState("");
  const [postcode, setPostcode] = useState("");
  const [noFixedAddress, setNoFixedAddress] = useState(false);
  const [faults, setFaults] = useState<Faults>({});
  const [same, setSame] = useState<Found | null>(null);
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    first.current?.focus();
    first.current?.scrollIntoView({ block: "center" });
  }, []);

  const both = parts ?? splitName(name);
  const bornIn = findYear(birth);
  const errors = Object.entries(FIELD_IDS).flatMap(([field, fieldId]): FieldError[] => {
    const message = faults[field as keyof Faults];
    return message ? [{ message, fieldId }] : [];
  });

  const add = async (reading: Extract<NewPersonReading, { ok: true }>) => {
    const clientId = newId();
    const { viewer, services } = open;
    const service = services.find(({ id }) => id === viewer.serviceId) ?? services[0];
    const draft = {
      ...beginDraft({
        contactId: newId(),
        clientId,
        anonymous: false,
        serviceId: service?.id ?? "",
        channel: await lastChannel(verbs),
        today: open.today,
      }),
      newClient: reading.client,
      note: reading.bornAbout ? bornAboutInWords(reading.bornAbout) : "",
    };
    const href = contactWith(clientId);
    await keepDraft(verbs, { keeper: clientId, href, personName: fullName(both) }, draft);
    go(href);
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const reading = readNewPerson({ ...both, birth, postcode, noFixedAddress }, today);
    setFaults(reading.ok ? {} : reading.faults);
    if (!reading.ok) return;
    setBusy(true);
    const known = same ?? (await askWhoIsKnown(verbs.findPeople, fullName(both)));
    setBusy(false);
    if (same === null && known.onDevice.length + known.elsewhere.length > 0) return setSame(known);
    await add(reading);
  };

  return (
    <form
      className={styles["add"]}
      onSubmit={(event) => void submit(event)}
      noValidate
      aria-labelledby="add-title"
    >
      <h2 id="add-title" className={styles["addTitle"]}>
        Add somebody
      </h2>
      <ErrorSummary errors={errors} />
      <div className={styles["addRow"]}>
        {parts ? (
          <>
            <TextField
              id={FIELD_IDS.name}
              label="Given name"
              error={faults.name}
              value={parts.givenName}
              onChange={(event) => setParts({ ...parts, givenName: event.currentTarget.value })}
            />
            <TextField
              id="family-name"
              label="Family name"
              value={parts.familyName}
              onChange={(event) => setParts({ ...parts, familyName: event.currentTarget.value })}
            />
          </>
        ) : (
          <TextField
            ref={first}
            id={FIELD_IDS.name}
            label="Name"
            hint="As they say it"
            error={faults.name}
            autoCapitalize="words"
            spellCheck={false}
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value);
              setSame(null);
            }}
          />
        )}
        <TextField
          id={FIELD_IDS.birth}
          label="Birth date"
          hint="27 3 1984, or just the year"
          error={faults.birth}
          value={birth}
          onChange={(event) => setBirth(event.currentTarget.value)}
        />
        <TextField
          id={FIELD_IDS.postcode}
          label="Postcode"
          hint="Empty if not known"
          error={faults.postcode}
          autoCapitalize="characters"
          spellCheck={false}
          disabled={noFixedAddress}
          value={noFixedAddress ? "" : postcode}
          onChange={(event) => setPostcode(event.currentTarget.value)}
        />
      </div>
      {!parts && name.trim() !== "" && (
        <p className={styles["split"]}>
          {both.familyName === "" ? (
            <>
              <strong>{both.givenName}</strong>, no family name.
            </>
          ) : (
            <>
              Given name <strong>{both.givenName}</strong>, family name <strong>{both.familyName}</strong>.
            </>
          )}{" "}
          <button type="button" className={styles["link"]} onClick={() => setParts(both)}>
            Change
          </button>
        </p>
      )}
      {bornIn && (
        <p className={styles["split"]}>
          Only the year: the note of this contact will say “{bornAboutInWords(bornIn)}”
        </p>
      )}
      {!noFixedAddress && <PostcodeNote postcode={postcode} />}
      <div className={styles["addChips"]}>
        <Chip
          kind={noFixedAddress ? "chosen" : "setting"}
          icon={noFixedAddress ? "check" : "house"}
          aria-pressed={noFixedAddress}
          onClick={() => setNoFixedAddress(!noFixedAddress)}
        >
          No fixed address
        </Chip>
      </div>
      {same && (
        <div className={styles["same"]} role="alert">
          <h3 className={styles["sameTitle"]}>Is it one of these?</h3>
          <PeopleList people={[...same.onDevice.map(summaryOf), ...same.elsewhere]} />
        </div>
      )}
      <div className={styles["codeActions"]}>
        <button type="submit" className={button["button"]} disabled={busy}>
          {same ? "No, add them" : "Add and log a contact"}
        </button>
        <button type="button" className={button["button"]} data-kind="quiet" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}

/** Who is known by that name, as far as the device can tell in a moment. */
function askWhoIsKnown(
  findPeople: (text: string, tell: (found: Found) => void) => () => void,
  name: string,
): Promise<Found> {
  return new Promise((resolve) => {
    let latest: Found = { onDevice: [], elsewhere: [], scope: "device-only" };
    const end = () => {
      clearTimeout(timer);
      stop?.();
      resolve(latest);
    };
    const timer = setTimeout(end, ASK_MS);
    let stop: (() => void) | null = null;
    stop = findPeople(name, (found) => {
      latest = found;
      if (found.scope !== "looking") queueMicrotask(end);
    });
  });
}
