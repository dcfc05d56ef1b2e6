"use client";
/** The list of services, a form for a new one, and the editor of one need list at a time. */
import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { findNeed } from "../../../server/domain/needs";
import { dayInWords } from "../../../server/domain/period";
import { addServiceSchema, type Service, type TeamContact } from "../../../server/domain/service";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultOf, faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { FormActions } from "../../_ui/form-actions";
import { Icon } from "../../_ui/icon";
import { EmptyState, PageTitle } from "../../_ui/page-title";
import { NeedList } from "./need-list";
import styles from "./services.module.css";
import { TeamForm } from "./team-form";

export function Services({ services }: { services: readonly Service[] }) {
  const router = useRouter();
  const [adding, setAdding] = useState(false);
  const [editing, setEditing] = useState<string | null>(null);
  const [reaching, setReaching] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);

  const finish = (words: string, next: string | null = null) => {
    setAdding(false);
    setEditing(next);
    setReaching(null);
    setDone(words);
    router.refresh();
  };
  return (
    <>
      <PageTitle
        title="Services"
        action={
          !adding &&
          editing === null && (
            <Button
              leftSection={<Icon name="add" size={18} />}
              onClick={() => {
                setDone(null);
                setAdding(true);
              }}
            >
              Add a service
            </Button>
          )
        }
      >
        A service is a team. Its need list is offered first when somebody logs a contact, and says what counts
        as ours.
      </PageTitle>
      <div role="status">{done && <p className={form["good"]}>{done}</p>}</div>
      {adding && <AddService onDone={finish} onCancel={() => setAdding(false)} />}
      {services.length === 0 && !adding && (
        <EmptyState>No services yet. Add the first one: contacts are logged for a service.</EmptyState>
      )}
      <ul className={styles["services"]}>
        {services.map((service) => (
          <li key={service.id} className={form["card"]}>
            {editing === service.id ? (
              <NeedList service={service} onDone={finish} onCancel={() => setEditing(null)} />
            ) : reaching === service.id ? (
              <>
                <h2 className={styles["name"]}>{service.name}</h2>
                <TeamForm service={service} onDone={finish} onCancel={() => setReaching(null)} />
              </>
            ) : (
              <>
                <div className={styles["head"]}>
                  <h2 className={styles["name"]}>{service.name}</h2>
                  {service.closedOn ? (
                    <span className={styles["closed"]}>Closed on {dayInWords(service.closedOn)}</span>
                  ) : (
                    editing === null &&
                    !adding && (
                      <Button
                        variant="default"
                        size="sm"
                        aria-label={`Change the need list of ${service.name}`}
                        onClick={() => {
                          setDone(null);
                          setEditing(service.id);
                        }}
                      >
                        Change the need list
                      </Button>
                    )
                  )}
                </div>
                <p className={styles["needs"]}>
                  {service.needs.length === 0
                    ? "No need list yet: every need counts as ours, and none is offered first."
                    : service.needs.map((code) => findNeed(code)?.label ?? code).join(" · ")}
                </p>
                <p className={styles["needs"]}>
                  <TeamWords team={service.team} />{" "}
                  {!service.closedOn && editing === null && !adding && (
                    <button
                      type="button"
                      className={styles["press"]}
                      onClick={() => {
                        setDone(null);
                        setReaching(service.id);
                      }}
                    >
                      {hasTeam(service.team) ? "Change" : "Say how"}
                      <span className="visually-hidden"> others reach {service.name}</span>
                    </button>
                  )}
                </p>
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

const hasTeam = ({ name, phone, email }: TeamContact) => [name, phone, email].some(Boolean);

function TeamWords({ team }: { team: TeamContact }) {
  if (!hasTeam(team)) return "Other services do not know how to reach this team.";
  return `Others reach it by: ${[team.name, team.phone, team.email].filter(Boolean).join(", ")}.`;
}

interface AddServiceProps {
  onDone: (words: string, next: string) => void;
  onCancel: () => void;
}

function AddService({ onDone, onCancel }: AddServiceProps) {
  const trpc = useTRPC();
  const add = useMutation(trpc.services.add.mutationOptions());
  const [name, setName] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const read = addServiceSchema.safeParse({ name });
    if (!read.success) {
      setErrors(read.error.issues.map(({ message }) => ({ message, fieldId: "service-name" })));
      return;
    }
    try {
      const service = await add.mutateAsync(read.data);
      onDone(`${service.name} is added. Choose its needs next.`, service.id);
    } catch (error) {
      setErrors(faultsOf(error, { name: "service-name" }));
    }
  };

  return (
    <form
      className={form["card"]}
      onSubmit={(event) => void submit(event)}
      noValidate
      aria-label="Add a service"
    >
      <div className={`${form["form"]} ${form["inside"]}`}>
        <ErrorSummary errors={errors} />
        <TextInput
          id="service-name"
          label="Name of the service"
          autoComplete="off"
          error={faultOf(errors, "service-name")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <FormActions act="Add the service" busy={add.isPending} onLeave={onCancel} />
      </div>
    </form>
  );
}
