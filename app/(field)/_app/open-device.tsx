"use client";
/** The open device, for every screen behind the lock: what it holds, and what may be asked of it. */
import { createContext, type ReactNode, useContext } from "react";
import type { DeviceVerbs, Open } from "../../_offline/device-state";

interface OpenDevice {
  open: Open;
  verbs: DeviceVerbs;
}

const OpenContext = createContext<OpenDevice | null>(null);

export function OpenDeviceProvider({ children, ...device }: OpenDevice & { children: ReactNode }) {
  return <OpenContext value={device}>{children}</OpenContext>;
}

export function useOpenDevice(): OpenDevice {
  const device = useContext(OpenContext);
  if (!device) throw new Error("A screen behind the lock was drawn outside it");
  return device;
}

/** "phone" or "computer": what is in the worker's hands, for sentences about where something is kept. */
export const deviceWord = () => (window.matchMedia("(pointer: coarse)").matches ? "phone" : "computer");
