"use client";
/** Choosing the needs of a service and their order: search or open a domain to add, arrows to move, cross to drop. */
import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { searchNeeds } from "../../../server/domain/need-search";
import { DOMAINS, findNeed, type Need, needsOf } from "../../../server/domain/needs";
import type { Service } from "../../../server/domain/service";
import { useTRPC } from "../../_trpc/client";
import { Chip } from "../../_ui/chip";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import { FormActions } from "../../_ui/form-actions";
import { Icon, type IconName } from "../../_ui/icon";
import { EmptyState } from "../../_ui/page-title";
import styles from "./services.module.css";

const MOST_FOUND = 8;

interface NeedListProps {
  service: Service;
  onDone: (words: string) => void;
  onCancel: () => void;
}

export function NeedList({ service, onDone, onCancel }: NeedListProps) {
  const trpc = useTRPC();
  const set = useMutation(trpc.services.setNeeds.mutationOptions());
  const [codes, setCodes] = useState<readonly string[]>(service.needs);
  const [text, setText] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [moved, setMoved] = useState("");

  const chosen = useMemo(() => new Set(codes), [codes]);
  const found = searchNeeds(text, { limit: MOST_FOUND }).filter(({ need }) => !chosen.has(need.code));
  const add = (need: Need) => setCodes([...codes, need.code]);
  const move = (index: number, step: -1 | 1) => {
    const code = codes[index];
    const other = codes[index + step];
    if (code === undefined || other === undefined) return;
    const next = [...codes];
    next[index] = other;
    next[index + step] = code;
    setCodes(next);
    setMoved(`${labelOf(code)} is now number ${index + step + 1}`);
  };

  const save = async () => {
    try {
      await set.mutateAsync({ id: service.id, needs: [...codes] });
      onDone(`The need list of ${service.name} is saved.`);
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };

  return (
    <section aria-label={`Need list of ${service.name}`}>
      <div className={styles["head"]}>
        <h2 className={styles["name"]}>{service.name}</h2>
        <span className={styles["closed"]}>{codes.length} needs, first ones offered first</span>
      </div>
      <ErrorSummary errors={errors} />
      <div className={styles["halves"]}>
        <div>
          <h3 className={styles["label"]}>On the list</h3>
          {codes.length === 0 && (
            <EmptyState>Nothing yet. Add needs from the search or the domains.</EmptyState>
          )}
          <ol className={styles["chosen"]}>
            {codes.map((code, index) => {
              const label = labelOf(code);
              return (
                <li key={code}>
                  <span>{label}</span>
                  <Small
                    icon="arrow-up"
                    label={`Move ${label} up`}
                    disabled={index === 0}
                    onClick={() => move(index, -1)}
                  />
                  <Small
                    icon="arrow-down"
                    label={`Move ${label} down`}
                    disabled={index === codes.length - 1}
                    onClick={() => move(index, 1)}
                  />
                  <Small
                    icon="close"
                    label={`Take ${label} off the list`}
                    onClick={() => setCodes(codes.filter((other) => other !== code))}
                  />
                </li>
              );
            })}
          </ol>
          <p className="visually-hidden" role="status">
            {moved}
          </p>
        </div>
        <div>
          <h3 className={styles["label"]}>
            <label htmlFor="need-words">Add needs</label>
          </h3>
          <div className={styles["search"]}>
            <Icon name="search" size={18} />
            <input
              id="need-words"
              placeholder="Any words, such as “skint”"
              autoComplete="off"
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          </div>
          {text.trim() !== "" ? (
            <div className={styles["chips"]}>
              {found.length === 0 && (
                <EmptyState>Nothing by that word, or it is on the list already.</EmptyState>
              )}
              {found.map(({ need }) => (
                <Chip key={need.code} kind="offer" onClick={() => add(need)}>
                  {need.label}
                </Chip>
              ))}
            </div>
          ) : (
            DOMAINS.map((domain) => (
              <details key={domain.code} className={styles["domain"]}>
                <summary>{domain.label}</summary>
                <div className={styles["chips"]}>
                  {needsOf(domain).map((need) =>
                    chosen.has(need.code) ? (
                      <Chip
                        key={need.code}
                        kind="chosen"
                        icon="check"
                        aria-pressed
                        onClick={() => setCodes(codes.filter((code) => code !== need.code))}
                      >
                        {need.label}
                      </Chip>
                    ) : (
                      <Chip key={need.code} kind="offer" aria-pressed={false} onClick={() => add(need)}>
                        {need.label}
                      </Chip>
                    ),
                  )}
                </div>
              </details>
            ))
          )}
        </div>
      </div>
      <FormActions
        act="Save the need list"
        onPress={() => void save()}
        busy={set.isPending}
        onLeave={onCancel}
      />
    </section>
  );
}

const labelOf = (code: string) => findNeed(code)?.label ?? code;

interface SmallProps {
  icon: IconName;
  label: string;
  disabled?: boolean;
  onClick: () => void;
}

function Small({ icon, label, disabled = false, onClick }: SmallProps) {
  return (
    <button
      type="button"
      className={styles["small"]}
      aria-label={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} size={17} />
    </button>
  );
}
