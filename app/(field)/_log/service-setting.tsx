"use client";
/** Which service the contact is for: the worker's own unless they say otherwise, so it stands at the end. */
import { useRef, useState } from "react";
import type { CarriedService } from "../../../server/domain/take-along";
import { Chip } from "../../_ui/chip";
import type { Change } from "./draft";
import styles from "./log-screen.module.css";

interface ServiceSettingProps {
  serviceId: string;
  services: readonly CarriedService[];
  problem: string | undefined;
  change: (change: Change) => void;
}

export function ServiceSetting({ serviceId, services, problem, change }: ServiceSettingProps) {
  const [isOpen, setIsOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const service = services.find(({ id }) => id === serviceId);
  return (
    <div className={styles["section"]}>
      <p className={styles["fold"]}>
        Logged for {service?.name ?? "no service yet"}.{" "}
        <button
          ref={trigger}
          type="button"
          id="setting-service"
          className={styles["change"]}
          aria-expanded={isOpen}
          aria-label="Change the service"
          onClick={() => setIsOpen(!isOpen)}
        >
          Change
        </button>
      </p>
      {isOpen && (
        <fieldset className={styles["panel"]}>
          <legend className={styles["label"]}>Which service is this for?</legend>
          <div className={styles["chips"]}>
            {services.map(({ id, name }) => (
              <Chip
                key={id}
                kind={id === serviceId ? "chosen" : "setting"}
                aria-pressed={id === serviceId}
                onClick={() => {
                  change({ type: "service", serviceId: id });
                  setIsOpen(false);
                  trigger.current?.focus();
                }}
              >
                {name}
              </Chip>
            ))}
          </div>
        </fieldset>
      )}
      {problem && <p className={styles["fieldError"]}>{problem}</p>}
    </div>
  );
}
