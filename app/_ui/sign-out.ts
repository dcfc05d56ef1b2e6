/** Ends this session and goes to sign-in. The whole page is loaded anew, so nothing of anybody stays in memory. */
import { signOut } from "next-auth/react";

export async function signOutHere(): Promise<void> {
  await signOut({ redirect: false });
  window.location.assign("/sign-in");
}
