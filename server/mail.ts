/**
 * The mail port: SMTP when SMTP_URL is set. Without it the operator is the postman: the link of a mail is written
 * to the log, with neither name nor address, to be handed over another way.
 */

import { createTransport, type Transporter } from "nodemailer";
import { env } from "./env";
import { describeError, log } from "./log";

/** A mail that hands somebody a link. */
export interface Mail {
  to: string;
  subject: string;
  /** Plain text; the link is put below it. */
  text: string;
  link: string;
  /** What the log calls it when there is no mail server: "invitation", "password reset". */
  kind: string;
}

let transport: Transporter | undefined;

/** Whether mails leave this machine. */
export const hasMailServer = () => env().SMTP_URL !== undefined;

/** Sends a mail. False when the mail server did not take it; the log then says why, without the address. */
export async function sendMail({ to, subject, text, link, kind }: Mail): Promise<boolean> {
  const { SMTP_URL, MAIL_FROM } = env();
  if (!SMTP_URL) {
    log().info({ kind, link }, "No mail server is set (SMTP_URL): hand this link over yourself");
    return true;
  }
  transport ??= createTransport(SMTP_URL);
  try {
    await transport.sendMail({ from: MAIL_FROM, to, subject, text: `${text}\n\n${link}\n` });
    return true;
  } catch (error) {
    log().error({ kind, error: describeError(error) }, "mail was not sent");
    return false;
  }
}

/** What a job throws whose mail did not go out: the queue tries it again later. */
export class MailNotTaken extends Error {
  override readonly name = "MailNotTaken";
}

/** Address of a page of this installation, for links in mails. */
export function pageAddress(path: string): string {
  const { NEXTAUTH_URL, PORT } = env();
  return new URL(path, NEXTAUTH_URL ?? `http://127.0.0.1:${PORT}`).href;
}
