"use client";
/**
 * While there is no signal, a link to a page that needs it is held back: following it would lose the key of the
 * device. A line says so calmly, to screen readers too, until the worker goes elsewhere or there is signal again.
 */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import type { Destination } from "../../_ui/destinations";
import { Icon } from "../../_ui/icon";
import styles from "./held-back.module.css";
import { usePlace } from "./location";
import { needsSignalInWords } from "./needs-signal";
import { useOpenDevice } from "./open-device";

/** Whether a page elsewhere is held back now; then it has been said. */
type HoldBack = (pathname: string) => boolean;

const HoldBackContext = createContext<HoldBack>(() => false);

export const useHoldBack = () => useContext(HoldBackContext);

/** Long enough to be read twice. */
const SHOWN_MS = 10_000;

export function HeldBack({
  destinations,
  children,
}: {
  destinations: readonly Destination[];
  children: ReactNode;
}) {
  const { sync } = useOpenDevice().open;
  const place = usePlace();
  const [said, setSaid] = useState<{ words: string; place: string } | null>(null);
  const isWithoutSignal = sync.state === "no-signal";

  const holdBack = useMemo<HoldBack>(
    () => (pathname) => {
      if (!isWithoutSignal && navigator.onLine) return false;
      setSaid({ words: needsSignalInWords(pathname, destinations), place });
      return true;
    },
    [isWithoutSignal, destinations, place],
  );

  useEffect(() => {
    if (!said) return;
    const clear = () => setSaid(null);
    const timer = setTimeout(clear, SHOWN_MS);
    window.addEventListener("online", clear);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("online", clear);
    };
  }, [said]);

  const words = said?.place === place ? said.words : null;
  return (
    <HoldBackContext value={holdBack}>
      {children}
      <div role="status" className={styles["line"]}>
        {words && (
          <p className={styles["words"]}>
            <Icon name="no-signal" size={18} />
            {words}
          </p>
        )}
      </div>
    </HoldBackContext>
  );
}
