/**
 * Not there, or not yours: both read the same, so that nobody learns that something exists. Part of every page, so
 * an ordinary link does.
 */
import type { Metadata } from "next";
import { Door } from "./_ui/door";
import form from "./_ui/form.module.css";

export const metadata: Metadata = { title: "Not found" };

export default function NotFoundPage() {
  return (
    <Door>
      <h1 className={form["title"]}>There is nothing here for you</h1>
      <p className={form["lead"]}>
        It may have been removed, or it may belong to somebody else. Check the address, or{" "}
        <a href="/">start again from your first page</a>.
      </p>
    </Door>
  );
}
