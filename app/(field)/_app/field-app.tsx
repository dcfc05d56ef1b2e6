"use client";
/**
 * The one app behind the field screens. It works on what the device holds, with or without signal; the page that
 * carries it says nothing of anybody. Which screen shows is decided by the lock first, then by the address.
 */
import { useEffect, useRef } from "react";
import type { DeviceVerbs, Open } from "../../_offline/device-state";
import { useDevice } from "../../_offline/use-device";
import { Home } from "../_home/home";
import { ContactScreen } from "../_log/contact-screen";
import { Outbox } from "../_outbox/outbox";
import { type FieldAddress, readAddress } from "./address";
import { FieldBar } from "./field-bar";
import { usePlace } from "./location";
import { LockScreen } from "./lock-screen";
import { OpenDeviceProvider } from "./open-device";
import { SignedOutScreen } from "./signed-out-screen";
import { Starting } from "./starting";

export function FieldApp({ isDemo }: { isDemo: boolean }) {
  const { device, verbs } = useDevice();
  switch (device.status) {
    case "starting":
      return <Starting />;
    case "signed-out":
      return <SignedOutScreen state={device} verbs={verbs} />;
    case "locked":
      return <LockScreen state={device} verbs={verbs} isDemo={isDemo} />;
    case "open":
      return <Screens open={device} verbs={verbs} isDemo={isDemo} />;
  }
}

const TITLES: Readonly<Record<FieldAddress["screen"], string>> = {
  people: "Who are you with?",
  contact: "Log a contact",
  outbox: "On this device",
};

interface ScreensProps {
  open: Open;
  verbs: DeviceVerbs;
  isDemo: boolean;
}

function Screens({ open, verbs, isDemo }: ScreensProps) {
  const place = usePlace();
  const address = readAddress(place) ?? { screen: "people" };

  // A page that is loaded starts at its top and is announced; a screen that takes its place does the same.
  const came = useRef(place);
  const { screen } = address;
  useEffect(() => {
    document.title = `${TITLES[screen]} - Common Need`;
    if (came.current === place) return;
    came.current = place;
    window.scrollTo(0, 0);
    document.getElementById("main")?.focus({ preventScroll: true });
  }, [screen, place]);

  return (
    <OpenDeviceProvider open={open} verbs={verbs}>
      <FieldBar isDemo={isDemo} pathname={place.split("?")[0] ?? ""}>
        {address.screen === "people" && <Home />}
        {address.screen === "contact" && <ContactScreen key={place} {...address} />}
        {address.screen === "outbox" && <Outbox leaving={address.leaving} />}
      </FieldBar>
    </OpenDeviceProvider>
  );
}
