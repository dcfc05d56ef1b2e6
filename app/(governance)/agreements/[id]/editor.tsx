"use client";
/**
 * The editor of a draft: what people will do with it, who may see what, and the same in plain words, side by side. What
 * is changed is saved as one goes, whenever it is whole; Save draft says what is missing, and sending for signature saves
 * first.
 */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { type Terms, termsSchema } from "../../../../server/domain/agreements/agreement";
import type { Detail, Place } from "../../../../server/domain/agreements/grid";
import {
  GROUP_WORDS,
  listInWords,
  type ReadyLine,
  readyToSign,
} from "../../../../server/domain/agreements/in-words";
import type { AgreementRead } from "../../../../server/domain/agreements/paperwork";
import { isSupported, type ValueAction } from "../../../../server/domain/agreements/value-map";
import { type Day, dayInWords, isDay } from "../../../../server/domain/period";
import { useTRPC } from "../../../_trpc/client";
import { isCallError } from "../../../_trpc/wire";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { Icon } from "../../../_ui/icon";
import { PageTitle } from "../../../_ui/page-title";
import { Tag } from "../../../_ui/tag";
import styles from "../agreements.module.css";
import { CellDialog } from "../cell-dialog";
import grid from "../grid.module.css";
import { GridTable } from "../grid-table";
import { PlainWords } from "../plain-words";
import { TERM_FIELDS, termFaultsOf } from "../term-faults";
import { Comments } from "./comments";
import { EndAgreement } from "./end-agreement";
import { ShareLess } from "./share-less";
import { TermsForm } from "./terms-form";
import { KEPT_WORDS, useKeeping, useWarningBeforeLeaving } from "./use-keeping";

export interface AgreementScreenProps {
  agreement: AgreementRead;
  /** Terms of the version before, to show what is new. */
  before: Terms | null;
  organisations: readonly { organisationId: number; name: string }[];
  /** What the drafters want to do with it; empty for everybody else. */
  actions: readonly ValueAction[];
  /** Data of the reader's register that it draws on. */
  assets: readonly string[];
  today: Day;
}

export function Editor({ agreement, before, organisations, actions, assets, today }: AgreementScreenProps) {
  const { id, version } = agreement;
  const trpc = useTRPC();
  const router = useRouter();
  const saving = useMutation(trpc.agreements.saveDraft.mutationOptions());
  const keeping = useMutation(trpc.agreements.saveDraft.mutationOptions());
  const proposing = useMutation(trpc.agreements.propose.mutationOptions());
  const [terms, setTerms] = useState(agreement.terms);
  const [saved, setSaved] = useState(agreement.terms);
  // As the server has them: what was read or sent last with an answer, and what was sent since without one.
  const held = useRef<readonly Terms[]>([agreement.terms]);
  const [open, setOpen] = useState<{ place: Place; detail: Detail } | null>(null);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [done, setDone] = useState<string | null>(null);
  const isChanged = JSON.stringify(terms) !== JSON.stringify(saved);
  const underWay = useRef<Promise<unknown>>(Promise.resolve());
  /** Sends the terms, over nothing but what this screen knows of, once what was sent before has its answer. */
  const put = (send: typeof saving.mutateAsync, whole: Terms): Promise<void> => {
    const sent = underWay.current.then(async () => {
      const over = [...held.current];
      held.current = [...over.slice(0, 1), whole];
      await send({ id, version, terms: whole, over });
      held.current = [whole];
      setSaved(terms);
    });
    underWay.current = sent.catch(() => undefined);
    return sent;
  };
  const kept = useKeeping(isChanged, terms, async (whole) => {
    try {
      await put(keeping.mutateAsync, whole);
      return "saved";
    } catch (error) {
      if (!isConflict(error)) return "failed";
      setErrors(faultsOf(error));
      return "refused";
    }
  });
  useWarningBeforeLeaving(isChanged);

  const nameOf = (organisationId: number) =>
    organisations.find((each) => each.organisationId === organisationId)?.name ?? "An organisation";
  const change = (more: Partial<Terms>) => {
    setTerms({ ...terms, ...more });
    setDone(null);
  };
  /** Whether it is kept now. */
  const save = async (): Promise<boolean> => {
    setErrors([]);
    const read = termsSchema.safeParse(terms);
    if (!read.success) {
      setErrors(termFaultsOf(read.error));
      return false;
    }
    try {
      await put(saving.mutateAsync, read.data);
      return true;
    } catch (error) {
      setErrors(faultsOf(error, TERM_FIELDS));
      return false;
    }
  };
  const saveDraft = async () => {
    if (await save()) setDone("The draft is saved. The other parties can read it and comment.");
  };
  const send = async () => {
    const missing = readyToSign(withWholeDays(terms, saved), today).filter(({ ready }) => !ready);
    if (missing.length > 0) return setErrors(missing.map(({ label }) => ({ message: label })));
    // Saved also when nothing was changed here: who sends it has read all that is sent.
    if (!(await save())) return;
    try {
      await proposing.mutateAsync({ id, version });
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };

  const wanted = actions.filter((action) => action.wanted);
  const shown = withWholeDays(terms, saved);
  return (
    <>
      <p className={styles["over"]}>
        <Tag tone="wait">Draft {version}</Tag>
        {listInWords(terms.parties.map(({ organisationId }) => nameOf(organisationId)))}, from{" "}
        {dayInWords(shown.startsOn)} to {dayInWords(shown.endsOn)}
      </p>
      <PageTitle
        title={terms.title.trim() || "An agreement"}
        action={
          <div className={styles["acts"]}>
            <Button variant="default" loading={saving.isPending} onClick={() => void saveDraft()}>
              Save draft
            </Button>
            <Button loading={proposing.isPending} onClick={() => void send()}>
              Send for signature
            </Button>
          </div>
        }
      />
      <ErrorSummary errors={errors} />
      <div role="status">
        {done && !isChanged && <p className={form["good"]}>{done}</p>}
        {!done && kept && (
          <p className={styles["quiet"]}>{KEPT_WORDS[isChanged && kept === "saved" ? "changed" : kept]}</p>
        )}
      </div>
      <TermsForm terms={terms} organisations={organisations} errors={errors} onChange={change} />
      <div className={styles["columns"]}>
        <div className={styles["stack"]}>
          <WhatFor id={id} terms={terms} actions={actions} />
          <Ready lines={readyToSign(shown, today)} assets={assets} />
        </div>
        <div className={`${styles["stack"]} ${styles["middle"]}`}>
          <section aria-labelledby={TERM_FIELDS.cells}>
            <div className={styles["gridHead"]}>
              <h2 id={TERM_FIELDS.cells} tabIndex={-1} className={styles["h3"]}>
                Who may see what
              </h2>
              {before && (
                <span className={grid["key"]}>
                  <i aria-hidden="true" />
                  new in this version
                </span>
              )}
            </div>
            <GridTable
              cells={terms.cells}
              before={before?.cells ?? null}
              onOpen={(place, detail) => setOpen({ place, detail })}
            />
            <p className={styles["below"]}>
              More detail to the right, smaller places downwards. Press a cell to change it. Everything not
              listed is refused by the software.
            </p>
          </section>
          <ShareLess cells={terms.cells} actions={wanted} onChoose={(cells) => change({ cells })} />
        </div>
        <div className={styles["stack"]}>
          <PlainWords terms={shown} nameOf={nameOf} />
          <Comments agreement={agreement} />
          <EndAgreement agreement={agreement} />
        </div>
      </div>
      <CellDialog
        at={open}
        cells={terms.cells}
        safeguarding={terms.purposes.includes("safeguarding")}
        onChange={(cells) => change({ cells })}
        onClose={() => setOpen(null)}
      />
    </>
  );
}

/** Terms to speak of while a day is being typed: a day that is not whole yet is said as it was saved. */
function withWholeDays(terms: Terms, saved: Terms): Terms {
  const whole = (field: "startsOn" | "reviewOn" | "endsOn") =>
    isDay(terms[field]) ? terms[field] : saved[field];
  return { ...terms, startsOn: whole("startsOn"), reviewOn: whole("reviewOn"), endsOn: whole("endsOn") };
}

const isConflict = (error: unknown) => isCallError(error) && error.data?.code === "CONFLICT";

function WhatFor({ id, terms, actions }: { id: string; terms: Terms; actions: readonly ValueAction[] }) {
  return (
    <section aria-labelledby="what-for">
      <h2 id="what-for" className={styles["h3"]}>
        What will people do with it?
      </h2>
      {actions.length === 0 ? (
        <p className={styles["quiet"]}>
          Name what people will do with it. The least data that it needs can then be worked out for you.
        </p>
      ) : (
        <ol className={styles["actions"]}>
          {actions.map((action, at) => {
            const { id: actionId, name, group, wanted } = action;
            return (
              <li key={actionId}>
                <span className={styles["number"]} data-out={!wanted || undefined} aria-hidden="true">
                  {wanted ? at + 1 : <Icon name="close" size={13} />}
                </span>
                <span>
                  <strong>{name}</strong>
                  <small>
                    {GROUP_WORDS[group]}.{" "}
                    {!wanted
                      ? "Left out."
                      : isSupported(action, terms.cells)
                        ? "Can be done with this draft."
                        : "Cannot be done with this draft."}
                  </small>
                </span>
              </li>
            );
          })}
        </ol>
      )}
      <p style={{ marginTop: 12 }}>
        <Link href={`/agreements/${id}/worth`}>
          {actions.length === 0 ? "Add an action" : "Weigh what it is worth"}
        </Link>
      </p>
    </section>
  );
}

function Ready({ lines, assets }: { lines: readonly ReadyLine[]; assets: readonly string[] }) {
  return (
    <section aria-labelledby="ready">
      <h2 id="ready" className={styles["h3"]}>
        Ready to sign
      </h2>
      <ul className={styles["ready"]}>
        {lines.map(({ label, ready }) => (
          <li key={label} data-open={!ready || undefined}>
            <Icon name={ready ? "check" : "warn"} size={16} />
            <span>
              <span className="visually-hidden">{ready ? "Done: " : "Missing: "}</span>
              {label}
            </span>
          </li>
        ))}
        <li>
          <Icon name="list" size={16} />
          <span>
            {assets.length > 0 ? `Draws on ${listInWords(assets)}` : "Draws on no data of your register yet"}.{" "}
            <Link href="/agreements/assets">Data register</Link>
          </span>
        </li>
      </ul>
    </section>
  );
}
