"use client";
/**
 * One contact from opening to saved: with somebody known, somebody being added, somebody who gives no name, or as
 * the correction of a contact. Finds who and what it is about on the device first, then from the server.
 */
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { newId } from "../../_offline/new-id";
import { useOpenDevice } from "../_app/open-device";
import type { Draft } from "./draft";
import { LogScreen } from "./log-screen";
import { NotOpened, Opening } from "./not-opened";
import { type Opened, openContact } from "./opening";
import { NO_PROBLEMS } from "./problems";
import { Saved } from "./saved";

interface ContactScreenProps {
  clientId: string | null;
  correctsId: string | null;
  itemId: string | null;
  referralId: string | null;
}

export function ContactScreen({ clientId, correctsId, itemId, referralId }: ContactScreenProps) {
  const { open, verbs } = useOpenDevice();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [saved, setSaved] = useState<{ draft: Draft; holdUntil: Date | null } | null>(null);
  const [round, setRound] = useState(0);

  // Opened once for each address and round: what the device learns meanwhile must not change what is being said.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  useEffect(() => {
    let isCurrent = true;
    void openContact(open, verbs, { clientId, correctsId, itemId, referralId }).then((found) => {
      if (isCurrent) setOpened(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [clientId, correctsId, itemId, referralId]);

  if (opened === null) return <Opening />;
  if (opened.outcome !== "ready") return <NotOpened because={opened} />;

  const begin = (start: Draft) => {
    setOpened({ ...opened, start, problems: NO_PROBLEMS, mends: null });
    setSaved(null);
    setRound(round + 1);
    window.scrollTo(0, 0);
  };
  if (saved) {
    return (
      <Saved
        {...saved}
        person={opened.person}
        onUndone={() => begin({ ...saved.draft, contactId: newId() })}
      />
    );
  }
  return (
    <LogScreen
      key={round}
      keeper={opened.keeper}
      person={opened.person}
      start={opened.start}
      lastPostcode={opened.lastPostcode}
      mends={opened.mends}
      firstProblems={opened.problems}
      onSaved={(draft, holdUntil) => {
        // At once, in the very next frame: whoever pressed Save waits for this word alone.
        flushSync(() => setSaved({ draft, holdUntil }));
        window.scrollTo(0, 0);
      }}
    />
  );
}
