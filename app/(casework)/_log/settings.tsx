"use client";
/**
 * How, when and where: three chips that show their values, so that what is usual needs no tap. A chip opens its
 * choices right below; choosing closes them again and gives the focus back.
 */
import { Textarea, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { Place } from "../../../server/domain/client";
import { CHANNEL_LABELS, CHANNELS, type Channel } from "../../../server/domain/contact-terms";
import { readDay } from "../../../server/domain/day-text";
import { addDays, type Day } from "../../../server/domain/period";
import { Chip } from "../../_ui/chip";
import { dayAgo, timeOf } from "../../_ui/dates";
import type { IconName } from "../../_ui/icon";
import { placeInWords } from "../../_words/place-words";
import { type Change, type Draft, isLate } from "../../(field)/_log/draft";
import styles from "./log-screen.module.css";

export interface ServiceChoice {
  id: string;
  name: string;
  /** Codes of its need list, in order. */
  needs: readonly string[];
}

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

type Setting = "channel" | "day" | "place" | "service";

interface SettingsProps {
  draft: Draft;
  change: (change: Change) => void;
  today: Day;
  /** When the screen opened, for "Now, 10:42". */
  openedAt: Date | null;
  services: readonly ServiceChoice[];
  /** Where the person's profile says that they live; null for somebody who gives no name. */
  home: Place | null;
  problems: Readonly<Record<string, string>>;
}

export function Settings({ draft, change, today, openedAt, services, home, problems }: SettingsProps) {
  const [open, setOpen] = useState<Setting | null>(null);
  const chips = useRef<Partial<Record<Setting, HTMLButtonElement | null>>>({});
  const late = isLate(draft, today);

  const chip = (setting: Setting, icon: IconName, words: string) => (
    <Chip
      icon={icon}
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
  const service = services.find(({ id }) => id === draft.serviceId);
  return (
    <div className={styles["settings"]}>
      <div className={styles["chips"]}>
        {chip("channel", CHANNEL_ICONS[draft.channel], CHANNEL_LABELS[draft.channel])}
        {chip("day", "clock", dayChip(draft.occurredOn, today, openedAt))}
        {chip("place", "pin", place.kind === "unknown" ? "Place not known" : placeInWords(place))}
        {services.length > 1 && chip("service", "list", service?.name ?? "Service")}
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
        <PlacePanel draft={draft} change={change} home={home} onDone={() => done("place")} />
      )}
      {open === "service" && (
        <fieldset className={styles["panel"]} id="panel-service">
          <legend className={styles["label"]}>Which service is this for?</legend>
          <div className={styles["chips"]}>
            {services.map(({ id, name }) => (
              <Chip
                key={id}
                kind={id === draft.serviceId ? "chosen" : "setting"}
                aria-pressed={id === draft.serviceId}
                onClick={() => {
                  change({ type: "service", serviceId: id });
                  done("service");
                }}
              >
                {name}
              </Chip>
            ))}
          </div>
        </fieldset>
      )}
      {problems["occurredOn"] && <p className={styles["fieldError"]}>{problems["occurredOn"]}</p>}
      {problems["serviceId"] && <p className={styles["fieldError"]}>{problems["serviceId"]}</p>}
      {problems["place"] && <p className={styles["fieldError"]}>{problems["place"]}</p>}
      {(late || problems["lateReason"]) && (
        <div className={styles["panel"]}>
          <Textarea
            id="late-reason"
            label="Why is this recorded now?"
            description="It was more than 90 days ago. A few words will do, such as “paper notes found”."
            error={problems["lateReason"]}
            autosize
            minRows={1}
            maxLength={300}
            value={draft.lateReason}
            onChange={(event) => change({ type: "late-reason", text: event.currentTarget.value })}
          />
        </div>
      )}
    </div>
  );
}

function dayChip(day: Day, today: Day, openedAt: Date | null): string {
  if (day === today) return openedAt ? `Now, ${timeOf(openedAt)}` : "Now";
  return dayAgo(day, today);
}

interface PanelProps {
  draft: Draft;
  change: (change: Change) => void;
  onDone: () => void;
}

function DayPanel({ draft, change, today, onDone }: PanelProps & { today: Day }) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  const near = [0, 1, 2].map((back) => addDays(today, -back));
  const take = () => {
    if (text.trim() === "") return;
    const read = readDay(text, { currentYear: Number(today.slice(0, 4)) });
    if (read.kind !== "day") {
      setProblem(read.kind === "none" ? read.problem : "Enter the day as well, like 31 5 2026.");
    } else if (read.day > addDays(today, 1)) {
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
        {near.map((day) => (
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
      <TextInput
        label="Another day"
        description="For example, 27 3 2026"
        inputMode="numeric"
        autoComplete="off"
        error={problem}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === "Enter") take();
        }}
      />
    </fieldset>
  );
}

function PlacePanel({ draft, change, home, onDone }: PanelProps & { home: Place | null }) {
  const field = useRef<HTMLInputElement>(null);
  const place = draft.place ?? home ?? { kind: "unknown" as const };
  const typing = draft.place?.kind === "postcode";
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
        if (next?.kind !== "postcode") onDone();
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
        {choice("Another postcode", typing, { kind: "postcode", postcode: "" })}
        {home?.kind !== "no-fixed-address" &&
          choice("No fixed address", place.kind === "no-fixed-address", { kind: "no-fixed-address" })}
        {home?.kind !== "unknown" && choice("Not known", place.kind === "unknown", { kind: "unknown" })}
      </div>
      {draft.place?.kind === "postcode" && (
        <TextInput
          ref={field}
          label="Postcode"
          autoComplete="off"
          autoCapitalize="characters"
          value={draft.place.postcode}
          onChange={(event) =>
            change({ type: "place", place: { kind: "postcode", postcode: event.currentTarget.value } })
          }
          onKeyDown={(event) => {
            if (event.key === "Enter") onDone();
          }}
        />
      )}
    </fieldset>
  );
}
