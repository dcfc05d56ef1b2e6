"use client";
/** Name, organisation, account page and sign-out, behind the initials at the top right. */
import { Menu } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import styles from "./account-menu.module.css";
import { Avatar } from "./avatar";
import { Icon } from "./icon";
import { signOutHere } from "./sign-out";

export function AccountMenu({ name, organisationName }: { name: string; organisationName: string }) {
  const [leaving, setLeaving] = useState(false);
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <button type="button" className={styles["trigger"]} aria-label={`Your account, ${name}`}>
          <Avatar name={name} size={32} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles["who"]}>
          <strong>{name}</strong>
          <span>{organisationName}</span>
        </div>
        <Menu.Item component={Link} href="/account" leftSection={<Icon name="person" />}>
          Your account
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name="back" />}
          disabled={leaving}
          closeMenuOnClick={false}
          onClick={() => {
            setLeaving(true);
            void signOutHere();
          }}
        >
          {leaving ? "Signing out" : "Sign out"}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
