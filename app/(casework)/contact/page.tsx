/** Logging a contact with somebody who gives no name: counted as one person who cannot be recognised again. */
import type { Metadata } from "next";
import { LogScreen } from "../_log/log-screen";
import { logSetting } from "../_log/person";

export const metadata: Metadata = { title: "Log a contact without a name" };

export default async function AnonymousContactPage() {
  return <LogScreen {...(await logSetting())} person={null} />;
}
