"use client";
/** The people of the demo world, each with what one can do as them. One press signs in. */
import { useState } from "react";
import type { DemoAccount } from "../../../server/auth";
import { isRole, ROLE_LABELS, ROLES, type Role } from "../../../server/domain/access";
import { Avatar } from "../../_ui/avatar";
import { Icon } from "../../_ui/icon";
import { signInBy } from "../../_ui/sign-in";
import styles from "./sign-in.module.css";

const WHAT_ONE_DOES: Readonly<Record<Role, string>> = {
  caseworker: "Log what people need",
  manager: "Show what your team has done",
  commissioner: "See on the map where need is",
  analyst: "Read figures, over time and by place",
  officer: "See who read and changed what",
  steward: "Look after links between records",
  administrator: "Add organisations and invite people",
};

export function DemoPeople({ people }: { people: readonly DemoAccount[] }) {
  const [entering, setEntering] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);

  const enter = async (email: string) => {
    setEntering(email);
    setFailed(false);
    try {
      if ((await signInBy("demo", { email })) === null) {
        window.location.assign("/");
        return;
      }
    } catch {
      // Said below.
    }
    setFailed(true);
    setEntering(null);
  };

  const card = (person: DemoAccount) => {
    const roles = person.roles.filter(isRole);
    return (
      <li key={`${person.email} ${person.organisationName}`}>
        <button
          type="button"
          className={styles["person"]}
          disabled={entering !== null}
          onClick={() => void enter(person.email)}
        >
          <Avatar name={person.name} size={44} />
          <span className={styles["words"]}>
            <strong>{roles.map((role) => ROLE_LABELS[role]).join(" and ")}</strong>
            <span>{roles[0] ? WHAT_ONE_DOES[roles[0]] : ""}</span>
            <small>
              {person.name}, {person.organisationName}
            </small>
          </span>
          {entering === person.email ? <small>Signing in</small> : <Icon name="forward" size={18} />}
        </button>
      </li>
    );
  };
  // One of each role first: what there is to see, not who there is.
  const firsts = ROLES.flatMap((role) => people.find(({ roles }) => roles[0] === role) ?? []);
  const others = people.filter((person) => !firsts.includes(person));
  return (
    <section aria-labelledby="demo-title">
      <h1 id="demo-title" className={styles["title"]}>
        Look round as somebody made up
      </h1>
      <p className={styles["lead"]}>
        This is a demo. The county, its organisations and everyone in it are invented; nothing here is about a
        real person.
      </p>
      {failed && (
        <p role="alert" className={styles["failed"]}>
          That did not work. Try again in a moment.
        </p>
      )}
      <ul className={styles["people"]}>{firsts.map(card)}</ul>
      {others.length > 0 && (
        <details className={styles["others"]}>
          <summary>{others.length} more people of the county</summary>
          <ul className={styles["people"]}>{others.map(card)}</ul>
        </details>
      )}
    </section>
  );
}
