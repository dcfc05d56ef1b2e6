/** Where a link from a mail leads: choose a password. The link works once; a used one and a false one read the same. */
import type { Metadata } from "next";
import Link from "next/link";
import { createCaller } from "../../../server/routers";
import { Door } from "../../_ui/door";
import form from "../../_ui/form.module.css";
import { pageContext } from "../../_ui/viewer";
import { SetPasswordForm } from "./set-password-form";

export const metadata: Metadata = { title: "Choose a password", referrer: "no-referrer" };

interface SetPasswordPageProps {
  searchParams: Promise<{ token?: string | string[] }>;
}

export default async function SetPasswordPage({ searchParams }: SetPasswordPageProps) {
  const { token } = await searchParams;
  const given = typeof token === "string" ? token.slice(0, 100) : "";
  const link = await createCaller(await pageContext()).password.check({ token: given });
  return (
    <Door>
      {link.ok ? (
        <SetPasswordForm token={given} purpose={link.purpose} name={link.name} email={link.email} />
      ) : (
        <>
          <h1 className={form["title"]}>This link no longer works</h1>
          <p className={form["lead"]}>
            A link works once, and for a limited time.{" "}
            <Link href="/forgotten-password">Ask for a new one</Link>, or ask whoever invited you to do it
            again.
          </p>
        </>
      )}
    </Door>
  );
}
