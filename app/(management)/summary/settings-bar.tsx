"use client";
/** The bar over the paper: what it is of, of when and for whom, each setting showing its value; then what can be done. */
import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import { AUDIENCE_WORDS, AUDIENCES, SECTIONS } from "../../../server/domain/impact/plan";
import type { SummaryOptions } from "../../../server/domain/summaries";
import { Chip } from "../../_ui/chip";
import { Icon } from "../../_ui/icon";
import { type Choice, periodsToChoose } from "./choice";
import styles from "./settings-bar.module.css";

const EVERY_SERVICE = "every";

interface SettingsBarProps {
  options: SummaryOptions;
  choice: Choice;
  choose: (part: Partial<Choice>) => void;
  /** Whether what is in it stands open under the bar, and what opens it. */
  isOpen: boolean;
  panelId: string;
  onToggle: () => void;
  children: ReactNode;
}

export function SettingsBar(props: SettingsBarProps) {
  const { options, choice, choose, isOpen, panelId, onToggle, children } = props;
  const on = choice.sections.length;
  return (
    <div className={`${styles["bar"]} no-print`}>
      <Select
        aria-label="Service"
        className={styles["service"]}
        classNames={{ input: styles["pill"] }}
        data={[
          { value: EVERY_SERVICE, label: "All services" },
          ...options.services.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={choice.serviceId ?? EVERY_SERVICE}
        onChange={(id) => choose({ serviceId: id === EVERY_SERVICE ? null : id })}
      />
      <Select
        aria-label="Period"
        className={styles["period"]}
        classNames={{ input: styles["pill"] }}
        data={periodsToChoose(options)}
        value={choice.period}
        onChange={(period) => period && choose({ period })}
      />
      <Select
        aria-label="Audience"
        className={styles["audience"]}
        classNames={{ input: styles["pill"] }}
        data={AUDIENCES.map((audience) => ({ value: audience, label: AUDIENCE_WORDS[audience] }))}
        value={choice.audience}
        onChange={(text) => {
          const audience = AUDIENCES.find((each) => each === text);
          if (audience) choose({ audience });
        }}
      />
      <Chip aria-expanded={isOpen} aria-controls={panelId} onClick={onToggle}>
        <span className={styles["more"]}>
          {`${on} of ${SECTIONS.length} sections`}
          <Icon name="down" size={15} />
        </span>
      </Chip>
      <div className={styles["ways"]}>{children}</div>
    </div>
  );
}
