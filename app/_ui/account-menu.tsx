"use client";
/** Name, organisation, account page and sign-out, behind the initials at the top right. */
import Link from "next/link";
import { useState } from "react";
import styles from "./account-menu.module.css";
import { Avatar } from "./avatar";
import { DropMenu } from "./drop-menu";
import { Icon } from "./icon";
import { signOutHere } from "./sign-out";

export function AccountMenu({ name, organisationName }: { name: string; organisationName: string }) {
  const [leaving, setLeaving] = useState(false);
  return (
    <DropMenu
      label={`Your account, ${name}`}
      buttonClass={styles["trigger"]}
      button={<Avatar name={name} size={32} />}
      side="below"
    >
      <div className={styles["who"]}>
        <strong>{name}</strong>
        <span>{organisationName}</span>
      </div>
      <Link href="/account">
        <Icon name="person" />
        Your account
      </Link>
      <button
        type="button"
        disabled={leaving}
        onClick={() => {
          setLeaving(true);
          void signOutHere();
        }}
      >
        <Icon name="back" />
        {leaving ? "Signing out" : "Sign out"}
      </button>
    </DropMenu>
  );
}
