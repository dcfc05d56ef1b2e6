"use client";
/**
 * How, when, where and what may be shared: chips that show their values, so that what is usual needs no tap. A chip
 * opens its choices right below; choosing closes them again and gives the focus back.
 */
import { useEffect, useRef, useState } from "react";
import type { Place } from "../../../server/domain/client";
import { CHANNEL_LABELS, CHANNELS, type Channel } from "../../../server/domain/contact-terms";
import { readDay } from "../../../server/domain/day-text";
import { addDays, type Day } from "../../../server/domain/period";
import { valueText } from "../../../server/domain/profile-terms";
import type { Sharing } from "../../../server/domain/take-along";
import { Chip } from "../../_ui/chip";
import { dayAgo } from "../../_ui/dates";
import { TextArea, TextField } from "../../_ui/field";
import type { IconName } from "../../_ui/icon";
import { placeInWords } from "../../_words/place-words";
import { PostcodeNote } from "../_app/postcode-note";
import { ConsentPanel, childAnswersAt, sharingSign } from "./consent-panel";
import { dayChip } from "./day-words";
import { type Change, type Draft, isLate } from "./draft";
import styles from "./log-screen.module.css";

const CHANNEL_ICONS: Readonly<Record<Channel, IconName>> = {
  "face-to-face": "people",
  phone: "phone",
  video: "video",
  message: "message",
  email: "mail",
  letter: "record",
  visit: "house",
  other: "more",
};

type Setting = "channel" | "day" | "place" | "consent";

interface SettingsProps {
  draft: Draft;
  change: (change: Change) => void;
  /** Null when the device's clock cannot be right. */
  today: Day | null;
  /** When the screen opened, for "Now, 10:42". */
  openedAt: Date;
  /** The contact was made earlier and is put right here. */
  isEarlier: boolean;
  /** Where the person's profile says that they live; null for somebody who gives no name. */
  home: Place | null;
  /** The postcode named last on this device. */
  lastPostcode: string | null;
  /** Where consent to share stands; null where nobody can be asked for it. */
  sharing: Sharing | null;
  /** Null where it is not known. */
  dateOfBirth: Day | null;
  problems: Readonly<Record<string, string>>;
}

export function Settings(props: SettingsProps) {
  const { draft, change, today, openedAt, isEarlier, home, lastPostcode, sharing, dateOfBirth, problems } =
    props;
  const [open, setOpen] = useState<Setting | null>(null);
  const chips = useRef<Partial<Record<Setting, HTMLButtonElement | null>>>({});
  const late = isLate(draft, today);

  const chip = (setting: Setting, icon: IconName, words: string, kind: "setting" | "chosen" = "setting") => (
    <Chip
      icon={icon}
      kind={kind}
      id={`setting-${setting}`}
      aria-expanded={open === setting}
      aria-controls={`panel-${setting}`}
      ref={(element) => {
        chips.current[setting] = element;
      }}
      onClick={() => setOpen(open === setting ? null : setting)}
    >
      {words}
    </Chip>
  );
  const done = (setting: Setting) => {
    setOpen(null);
    chips.current[setting]?.focus();
  };

  const place = draft.place ?? home ?? { kind: "unknown" };
  const asks = draft.consent === "given" ? childAnswersAt(dateOfBirth, draft.occurredOn ?? today) : null;
  const share =
    sharing === null
      ? null
      : sharingSign(draft.consent, sharing, asks !== null && draft.consentChild === null);
  return (
    <div className={styles["settings"]}>
      <div className={styles["chips"]}>
        {chip("channel", CHANNEL_ICONS[draft.channel], CHANNEL_LABELS[draft.channel])}
        {chip("day", "clock", dayChip({ day: draft.occurredOn, today, openedAt, isEarlier }))}
        {chip("place", "pin", place.kind === "unknown" ? "Place not known" : placeInWords(place))}
        {share && chip("consent", "shield", share.words, share.mayShare ? "chosen" : "setting")}
      </div>
      {open === "channel" && (
        <fieldset className={styles["panel"]} id="panel-channel">
          <legend className="visually-hidden">How were you in contact?</legend>
          <div className={styles["chips"]}>
            {CHANNELS.map((channel) => (
              <Chip
                key={channel}
                kind={channel === draft.channel ? "chosen" : "setting"}
                icon={CHANNEL_ICONS[channel]}
                aria-pressed={channel === draft.channel}
                onClick={() => {
                  change({ type: "channel", channel });
                  done("channel");
                }}
              >
                {CHANNEL_LABELS[channel]}
              </Chip>
            ))}
          </div>
        </fieldset>
      )}
      {open === "day" && <DayPanel draft={draft} change={change} today={today} onDone={() => done("day")} />}
      {open === "place" && (
        <PlacePanel
          draft={draft}
          change={change}
          home={home}
          lastPostcode={lastPostcode}
          onDone={() => done("place")}
        />
      )}
      {open === "consent" && sharing !== null && (
        <ConsentPanel
          draft={draft}
          change={change}
          sharing={sharing}
          asks={asks}
          isUnder16={childAnswersAt(dateOfBirth, draft.occurredOn ?? today) !== null}
          onDone={() => done("consent")}
        />
      )}
      {problems["occurredOn"] && <p className={styles["fieldError"]}>{problems["occurredOn"]}</p>}
      {problems["place"] && <p className={styles["fieldError"]}>{problems["place"]}</p>}
      {(late || problems["lateReason"]) && (
        <div className={styles["panel"]}>
          <TextArea
            id="late-reason"
            label="Why is this recorded now?"
            hint="It was more than 90 days ago. A few words will do, such as “paper notes found”."
            error={problems["lateReason"]}
            maxLength={300}
            value={draft.lateReason}
            onChange={(event) => change({ type: "late-reason", text: event.currentTarget.value })}
          />
        </div>
      )}
    </div>
  );
}

interface PanelProps {
  draft: Draft;
  change: (change: Change) => void;
  onDone: () => void;
}

function DayPanel({ draft, change, today, onDone }: PanelProps & { today: Day | null }) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  const near = today ? [0, 1, 2].map((back) => ({ day: addDays(today, -back), today })) : [];
  const currentYear = today ? Number(today.slice(0, 4)) : new Date().getFullYear();
  const take = () => {
    if (text.trim() === "") return;
    const read = readDay(text, { currentYear });
    if (read.kind !== "day") {
      setProblem(read.kind === "none" ? read.problem : "Enter the day as well, like 31 5 2026.");
    } else if (today && read.day > addDays(today, 1)) {
      setProblem("That day has not come yet. Enter the day on which you were in contact.");
    } else {
      change({ type: "day", day: read.day });
      onDone();
    }
  };
  return (
    <fieldset className={styles["panel"]} id="panel-day">
      <legend className="visually-hidden">When were you in contact?</legend>
      <div className={styles["chips"]}>
        {near.map(({ day, today }) => (
          <Chip
            key={day}
            kind={day === draft.occurredOn ? "chosen" : "setting"}
            aria-pressed={day === draft.occurredOn}
            onClick={() => {
              change({ type: "day", day });
              onDone();
            }}
          >
            {dayAgo(day, today)}
          </Chip>
        ))}
      </div>
      <TextField
        id="another-day"
        label={today ? "Another day" : "Which day was it?"}
        hint="For example, 27 3 2026"
        error={problem}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          // The key that is still down must not press the chip that gets the focus.
          event.preventDefault();
          take();
        }}
      />
    </fieldset>
  );
}

function PlacePanel({
  draft,
  change,
  home,
  lastPostcode,
  onDone,
}: PanelProps & Pick<SettingsProps, "home" | "lastPostcode">) {
  const field = useRef<HTMLInputElement>(null);
  const place = draft.place ?? home ?? { kind: "unknown" as const };
  const isLast = draft.place?.kind === "postcode" && draft.place.postcode === lastPostcode;
  const offersLast = lastPostcode !== null && !(home && valueText(home) === lastPostcode);
  // The one that was there when the panel opened needs no typing.
  const [began] = useState(isLast);
  const typing = draft.place?.kind === "postcode" && !(isLast && began);
  useEffect(() => {
    if (typing) field.current?.focus();
  }, [typing]);

  const choice = (words: string, chosen: boolean, next: Place | null) => (
    <Chip
      key={words}
      kind={chosen ? "chosen" : "setting"}
      aria-pressed={chosen}
      onClick={() => {
        change({ type: "place", place: next });
        if (next?.kind !== "postcode" || next.postcode !== "") onDone();
      }}
    >
      {words}
    </Chip>
  );
  return (
    <fieldset className={styles["panel"]} id="panel-place">
      <legend className={styles["label"]}>Where were they living on that day?</legend>
      <div className={styles["chips"]}>
        {home && choice(`${placeInWords(home)}, as in their record`, draft.place === null, null)}
        {offersLast &&
          choice(`${lastPostcode}, as said last`, isLast, { kind: "postcode", postcode: lastPostcode })}
        {choice("Another postcode", typing, { kind: "postcode", postcode: "" })}
        {home?.kind !== "no-fixed-address" &&
          choice("No fixed address", place.kind === "no-fixed-address", { kind: "no-fixed-address" })}
        {home?.kind !== "unknown" && choice("Not known", place.kind === "unknown", { kind: "unknown" })}
      </div>
      {draft.place?.kind === "postcode" && typing && (
        <div>
          <TextField
            ref={field}
            id="another-postcode"
            label="Postcode"
            autoCapitalize="characters"
            value={draft.place.postcode}
            onChange={(event) =>
              change({ type: "place", place: { kind: "postcode", postcode: event.currentTarget.value } })
            }
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              onDone();
            }}
          />
          <PostcodeNote postcode={draft.place.postcode} />
        </div>
      )}
    </fieldset>
  );
}
