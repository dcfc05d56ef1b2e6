/** Logging a contact with somebody who gives no name: counted as one person who cannot be recognised again. */
import type { Metadata } from "next";
import { LogScreen } from "../_log/log-screen";
import { NoService } from "../_log/no-service";
import { logSetting } from "../_log/person";

export const metadata: Metadata = { title: "Log a contact without a name" };

export default async function AnonymousContactPage() {
  const setting = await logSetting();
  return setting.services.length === 0 ? <NoService /> : <LogScreen {...setting} person={null} />;
}
