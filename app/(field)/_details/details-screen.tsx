"use client";
/**
 * Somebody's details from opening to saved, with or without signal: what is known of them, two values of which
 * somebody must choose, and each detail to be changed in place. What is changed goes the way of a contact: kept on
 * this device, shown as changed at once, sent by itself.
 */
import { useEffect, useState } from "react";
import type { FieldPerson, OutboxItem } from "../../_offline/device-state";
import { useOpenDevice } from "../_app/open-device";
import { NotOpened, Opening } from "../_log/not-opened";
import { draftOfEdit, type Faults, type Typing } from "./details-draft";
import { DetailsForm } from "./details-form";
import { keptTyping } from "./kept-details";
import { type Saved, SavedDetails } from "./saved-details";

interface DetailsScreenProps {
  clientId: string | null;
  itemId: string | null;
  fromContact: boolean;
}

/** A parked item of the outbox that is put right, and what was said of it. */
export interface Mended {
  id: string;
  reason: string;
  faults: Faults;
}

interface Begun {
  person: FieldPerson;
  typing: Typing;
  mends: Mended | null;
}

export function DetailsScreen({ clientId, itemId, fromContact }: DetailsScreenProps) {
  const { open, verbs } = useOpenDevice();
  const [begun, setBegun] = useState<Begun | "not-found" | "no-signal" | null>(null);
  const [saved, setSaved] = useState<Saved | null>(null);

  // Opened once for each address: what the device learns meanwhile must not change what is being typed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  useEffect(() => {
    let isCurrent = true;
    const begin = async (): Promise<Begun | "not-found" | "no-signal"> => {
      if (clientId === null) return "not-found";
      const person = open.people.find(({ id }) => id === clientId) ?? (await verbs.getPerson(clientId));
      if (typeof person === "string") return person;
      const item = open.items.find(({ id, state }) => id === itemId && state === "refused");
      const mended = item && mending(person, item);
      return mended ?? { person, typing: await keptTyping(verbs, person), mends: null };
    };
    void begin().then((found) => {
      if (isCurrent) setBegun(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [clientId, itemId]);

  if (begun === null) return <Opening />;
  if (typeof begun === "string") return <NotOpened because={{ outcome: begun }} />;
  if (saved) {
    return (
      <SavedDetails
        {...saved}
        fromContact={fromContact}
        onUndone={() => {
          setBegun({ person: saved.person, typing: saved.typing, mends: null });
          setSaved(null);
        }}
      />
    );
  }
  return (
    <DetailsForm
      // On the device what is known changes by itself: sent meanwhile, or chosen between two values.
      person={open.people.find(({ id }) => id === begun.person.id) ?? begun.person}
      start={begun.typing}
      mends={begun.mends}
      fromContact={fromContact}
      onSaved={(what) => {
        setSaved(what);
        window.scrollTo(0, 0);
      }}
    />
  );
}

function mending(person: FieldPerson, { id, edit, reason, fields }: OutboxItem): Begun | null {
  if (edit?.id !== person.id) return null;
  return {
    person,
    typing: { from: person, draft: draftOfEdit(person, edit) },
    mends: { id, reason: reason ?? "Common Need gave no reason.", faults: fields },
  };
}
