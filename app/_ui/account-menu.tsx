"use client";
/** Name, organisation, account page and sign-out, behind the initials at the top right. */
import { useState } from "react";
import styles from "./account-menu.module.css";
import { Avatar } from "./avatar";
import { DropMenu } from "./drop-menu";
import { Icon } from "./icon";
import type { Anchor } from "./navigation";

interface AccountMenuProps {
  anchor: Anchor;
  name: string;
  organisationName: string;
  /** Ends the session, or says what speaks against it. */
  onSignOut: () => Promise<void>;
}

export function AccountMenu({ anchor: Link, name, organisationName, onSignOut }: AccountMenuProps) {
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
          void onSignOut().finally(() => setLeaving(false));
        }}
      >
        <Icon name="back" />
        {leaving ? "Signing out" : "Sign out"}
      </button>
    </DropMenu>
  );
}
