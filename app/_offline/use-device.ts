"use client";
/** The device of this page, for screens: where it stands, and what may be asked of it. */
import { useEffect, useSyncExternalStore } from "react";
import { pageDevice } from "./device";
import type { DeviceState, DeviceVerbs } from "./device-state";

const STARTING: DeviceState = { status: "starting" };

/** Where this device stands, kept up to date, and its verbs, which stay the same. */
export function useDevice(): { device: DeviceState; verbs: DeviceVerbs } {
  const page = pageDevice();
  const device = useSyncExternalStore(page.subscribe, page.state, () => STARTING);
  useEffect(() => page.begin(), [page]);
  return { device, verbs: page.verbs };
}
