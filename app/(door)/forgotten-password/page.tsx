/** Asks for a link to set a new password. */
import type { Metadata } from "next";
import { Door } from "../../_ui/door";
import { RequestLink } from "./request-link";

export const metadata: Metadata = { title: "Set a new password" };

export default function ForgottenPasswordPage() {
  return (
    <Door>
      <RequestLink />
    </Door>
  );
}
