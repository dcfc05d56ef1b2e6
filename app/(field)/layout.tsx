/**
 * The screens that work without signal: one app for all of them, over what the device holds. The page is the same
 * for everybody and may be kept on the device. Only who has no session at all, or no part in casework, is sent away
 * here: a locked session is unlocked on the screen itself, and a device that was struck off first wipes what it holds.
 */
import type { Viewport } from "next";
import type { ReactNode } from "react";
import { isDemo } from "../../server/clock";
import { pageContext, requireViewerWho } from "../_ui/viewer";
import { FieldApp } from "./_app/field-app";

/** With the keyboard of a phone open, what is typed and what is pressed stay in view. */
export const viewport: Viewport = { interactiveWidget: "resizes-content" };

export default async function FieldLayout({ children }: { children: ReactNode }) {
  const { caller, reader } = await pageContext();
  const isTheDevicesMatter = caller.signedOut === "locked" || caller.signedOut === "device-revoked";
  if (!isTheDevicesMatter) await requireViewerWho("contact.log");
  return (
    <>
      <FieldApp isDemo={await isDemo(reader)} />
      {children}
    </>
  );
}
