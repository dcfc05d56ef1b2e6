/** Who it is: the name, one line to be sure of the person, and what is plain to see at once. */
import type { ReactNode } from "react";
import { dayInWords } from "../../../../server/domain/period";
import type { ClientProfile } from "../../../../server/domain/profile";
import { HOME_IS_SECRET } from "../../../../server/domain/profile-terms";
import { Avatar } from "../../../_ui/avatar";
import { Tag } from "../../../_ui/tag";
import { fullName } from "../../../_words/person-words";
import { sectorOf } from "../../../_words/place-words";
import styles from "./person.module.css";

interface PersonHeadProps {
  person: ClientProfile;
  /** The page's one primary button. */
  children?: ReactNode;
}

export const nameOfPerson = (person: ClientProfile): string =>
  person.anonymous ? "Somebody who gave no name" : fullName(person);

export function PersonHead({ person, children }: PersonHeadProps) {
  const name = nameOfPerson(person);
  const line = [
    person.dateOfBirth &&
      `Born ${dayInWords(person.dateOfBirth)}${person.age === null ? "" : ` (${person.age})`}`,
    sectorOf(person.place),
    person.reference,
    person.phone,
  ].filter(Boolean);
  return (
    <header className={styles["head"]}>
      <span className={styles["mark"]}>
        <Avatar name={name} size={56} />
      </span>
      <div className={styles["who"]}>
        <h1 className={styles["name"]}>{name}</h1>
        <p className={styles["line"]}>{line.join(" · ")}</p>
        <div className={styles["tags"]}>
          {person.inMostDeprivedFifth && <Tag icon="pin">Lives in one of the 20% most deprived areas</Tag>}
          {person.homeIsSecret && <Tag icon="lock">{HOME_IS_SECRET}</Tag>}
          {person.closedOn && <Tag>Closed on {dayInWords(person.closedOn)}</Tag>}
        </div>
      </div>
      {children && <div className={`${styles["act"]} no-print`}>{children}</div>}
    </header>
  );
}
