/** The second step of signing in: a code of one's own phone, or a recovery code. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Door } from "../../_ui/door";
import form from "../../_ui/form.module.css";
import { pageContext, wayIn } from "../../_ui/viewer";
import { CodeForm } from "./code-form";

export const metadata: Metadata = { title: "Enter your code" };

export default async function SecondFactorPage() {
  const { caller } = await pageContext();
  if (caller.session) redirect("/");
  if (caller.waiting?.for === "enrolment") redirect("/second-factor/set-up");
  if (caller.waiting?.for !== "second-factor") redirect(await wayIn(caller));
  return (
    <Door>
      <h1 className={form["title"]}>Enter your code</h1>
      <p className={form["lead"]}>Your password was right. Now show that it is you who typed it.</p>
      <CodeForm />
    </Door>
  );
}
