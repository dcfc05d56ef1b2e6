"use client";
/**
 * The one app behind the field screens. It works on what the device holds, with or without signal; the page that
 * carries it says nothing of anybody. Which screen shows is decided by the lock first, then by the address.
 */
import { Suspense, useEffect, useRef } from "react";
import type { DeviceVerbs, Open } from "../../_offline/device-state";
import { useDevice } from "../../_offline/use-device";
import { contactWith, type FieldAddress, readAddress } from "./address";
import { FieldBar } from "./field-bar";
import { usePlace } from "./location";
import { OpenDeviceProvider } from "./open-device";
import {
  ContactScreen,
  DetailsScreen,
  Home,
  LockScreen,
  loadScreen,
  Outbox,
  SignedOutScreen,
} from "./screens";
import { Starting } from "./starting";

export function FieldApp({ isDemo }: { isDemo: boolean }) {
  const { device, verbs } = useDevice();
  useEffect(() => void loadScreen(readAddress(window.location.pathname + window.location.search)), []);
  switch (device.status) {
    case "starting":
      return <Starting />;
    case "signed-out":
      return (
        <Suspense fallback={<Starting />}>
          <SignedOutScreen state={device} verbs={verbs} />
        </Suspense>
      );
    case "locked":
      return (
        <Suspense fallback={<Starting />}>
          <LockScreen state={device} verbs={verbs} isDemo={isDemo} />
        </Suspense>
      );
    case "open":
      return <Screens open={device} verbs={verbs} isDemo={isDemo} />;
  }
}

const TITLES: Readonly<Record<FieldAddress["screen"], string>> = {
  people: "Who are you with?",
  contact: "Log a contact",
  details: "Details",
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

  // Whoever finds somebody goes on to log a contact.
  useEffect(() => {
    if (screen === "people") void loadScreen(readAddress(contactWith(null)));
  }, [screen]);

  return (
    <OpenDeviceProvider open={open} verbs={verbs}>
      <FieldBar isDemo={isDemo} pathname={place.split("?")[0] ?? ""}>
        <Suspense fallback={<main id="main" tabIndex={-1} aria-busy="true" />}>
          {address.screen === "people" && <Home />}
          {address.screen === "contact" && <ContactScreen key={place} {...address} />}
          {address.screen === "details" && <DetailsScreen key={place} {...address} />}
          {address.screen === "outbox" && <Outbox leaving={address.leaving} />}
        </Suspense>
      </FieldBar>
    </OpenDeviceProvider>
  );
}
