"use client";
/**
 * An agreement as it is read and signed: where it stands, what it says in plain words, the grid, who signed, and what
 * was said of it. Signing takes one press and, where it was not shown lately, showing again that it is you.
 */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Terms } from "../../../../server/domain/agreements/agreement";
import {
  BASIS_WORDS,
  CONDITION_WORDS,
  changesInWords,
  endOfSharing,
  listInWords,
  PURPOSE_WORDS,
  STANDING_WORDS,
  shortHash,
} from "../../../../server/domain/agreements/in-words";
import type { AgreementRead, PartyRead } from "../../../../server/domain/agreements/paperwork";
import { dayInWords, dayOf } from "../../../../server/domain/period";
import { useTRPC, useTRPCClient } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { Icon } from "../../../_ui/icon";
import { PageTitle } from "../../../_ui/page-title";
import { fileName, saveFile } from "../../../_ui/save-file";
import { useStepUp } from "../../../_ui/step-up";
import { Tag } from "../../../_ui/tag";
import styles from "../agreements.module.css";
import grid from "../grid.module.css";
import { GridTable } from "../grid-table";
import { StandingTag } from "../list";
import { PlainWords } from "../plain-words";
import { Comments } from "./comments";
import type { AgreementScreenProps } from "./editor";
import { EndAgreement } from "./end-agreement";

export function Reading(props: AgreementScreenProps & { own: number }) {
  const { agreement, before, organisations, assets, today, own } = props;
  const { terms, version, standing, parties, lastDay } = agreement;
  const [done, setDone] = useState<string | null>(null);
  const nameOf = (organisationId: number) =>
    [...parties, ...organisations].find((each) => each.organisationId === organisationId)?.name ??
    "An organisation";
  return (
    <>
      <p className={styles["over"]}>
        <StandingTag standing={standing} />
        Version {version}. {listInWords(parties.map(({ name }) => name))}, from {dayInWords(terms.startsOn)}{" "}
        to {dayInWords(terms.endsOn)}
      </p>
      <PageTitle title={terms.title} action={<TakeAway agreement={agreement} />}>
        {terms.reason}
      </PageTitle>
      <div role="status">{done && <p className={form["good"]}>{done}</p>}</div>
      {agreement.state === "withdrawn" && lastDay !== null && lastDay >= today && (
        <p className={form["note"]}>
          {agreement.withdrawnBy ?? "A party"} gave notice.{" "}
          {endOfSharing({ startsOn: terms.startsOn, lastDay }, today)}
        </p>
      )}
      <div className={styles["columns"]}>
        <div className={styles["stack"]}>
          <Sign agreement={agreement} own={own} onSigned={setDone} />
          <Signatures parties={parties} />
          <Facts terms={terms} />
          {assets.length > 0 && <p className={styles["quiet"]}>Draws on {listInWords(assets)}.</p>}
          <Versions agreement={agreement} />
          <NextSteps agreement={agreement} />
        </div>
        <div className={`${styles["stack"]} ${styles["middle"]}`}>
          <section aria-labelledby="grid">
            <div className={styles["gridHead"]}>
              <h2 id="grid" className={styles["h3"]}>
                Who may see what
              </h2>
              {before && (
                <span className={grid["key"]}>
                  <i aria-hidden="true" />
                  new in this version
                </span>
              )}
            </div>
            <GridTable cells={terms.cells} before={before?.cells ?? null} />
            <p className={styles["below"]}>
              More detail to the right, smaller places downwards. Everything not listed is refused by the
              software.
            </p>
          </section>
          {before && <Changes before={before} after={terms} nameOf={nameOf} />}
        </div>
        <div className={styles["stack"]}>
          <PlainWords terms={terms} nameOf={nameOf} />
          <Comments agreement={agreement} />
          <EndAgreement agreement={agreement} today={today} />
        </div>
      </div>
    </>
  );
}

interface SignProps {
  agreement: AgreementRead;
  own: number;
  onSigned: (words: string) => void;
}

/** The one thing to do for an officer whose organisation has still to sign. */
function Sign({ agreement, own, onSigned }: SignProps) {
  const { id, version, hash, may, waitsForUs, parties } = agreement;
  const trpc = useTRPC();
  const router = useRouter();
  const signing = useMutation(trpc.agreements.sign.mutationOptions());
  const { ensure, dialog } = useStepUp();
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  if (hash === null) return null;
  if (!may.sign) {
    return waitsForUs ? (
      <p className={form["note"]}>Waits for the signature of your information governance officer.</p>
    ) : null;
  }
  const ours = parties.find(({ organisationId }) => organisationId === own)?.name ?? "your organisation";

  const sign = async () => {
    setErrors([]);
    try {
      if (!(await ensure())) return;
      const { complete } = await signing.mutateAsync({ id, version, hash });
      onSigned(
        complete
          ? "Everybody has signed. The software lets people see what stands here, from the first day on."
          : "You signed. Nothing is shared before the others have signed, too.",
      );
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <section className={styles["panel"]} aria-labelledby="sign">
      <h2 id="sign" className={styles["h3"]}>
        Sign for {ours}
      </h2>
      <ErrorSummary errors={errors} />
      <p className={styles["quiet"]}>
        Read the plain words and the grid: what they say is what the software will do. You sign exactly this
        text, known by <span className={styles["hash"]}>{shortHash(hash)}</span>.
      </p>
      <Button mt={12} fullWidth loading={signing.isPending} onClick={() => void sign()}>
        Sign
      </Button>
      {dialog}
    </section>
  );
}

function Signatures({ parties }: { parties: readonly PartyRead[] }) {
  return (
    <section aria-labelledby="signatures">
      <h2 id="signatures" className={styles["h3"]}>
        Signatures
      </h2>
      <ul className={styles["signatures"]}>
        {parties.map(({ organisationId, name, gives, receives, signedAt, signerName }) => (
          <li key={organisationId}>
            <span>
              <strong>{name}</strong>
              <br />
              <span className={styles["quiet"]}>
                {gives && receives ? "Gives and looks" : gives ? "Gives" : "Looks"}
                {signedAt && `. ${signerName ?? "Its officer"} signed on ${dayInWords(dayOf(signedAt))}`}
              </span>
            </span>
            {signedAt ? (
              <Tag tone="brand" icon="check">
                Signed
              </Tag>
            ) : (
              <Tag tone="wait">Not signed</Tag>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Facts({ terms }: { terms: Terms }) {
  return (
    <dl className={styles["facts2"]}>
      <dt>What for</dt>
      <dd>{listInWords(terms.purposes.map((each) => PURPOSE_WORDS[each]))}</dd>
      <dt>Basis</dt>
      <dd>{BASIS_WORDS[terms.basis]}</dd>
      <dt>Condition</dt>
      <dd>{CONDITION_WORDS[terms.condition]}</dd>
      <dt>Review</dt>
      <dd>by {dayInWords(terms.reviewOn)}</dd>
    </dl>
  );
}

function Versions({ agreement: { id, version, versions } }: { agreement: AgreementRead }) {
  if (versions.length < 2) return null;
  return (
    <section aria-labelledby="versions" className="no-print">
      <h2 id="versions" className={styles["h3"]}>
        Versions
      </h2>
      <ul className={styles["signatures"]}>
        {versions.map((other) => (
          <li key={other.version}>
            {other.version === version ? (
              <strong>Version {other.version}, this one</strong>
            ) : (
              <Link href={`/agreements/${id}?version=${other.version}`}>Version {other.version}</Link>
            )}
            <span className={styles["quiet"]}>{STANDING_WORDS[other.standing]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Changes({ before, after, nameOf }: { before: Terms; after: Terms; nameOf: (id: number) => string }) {
  const lines = changesInWords(before, after, nameOf);
  return (
    <section aria-labelledby="changes">
      <h2 id="changes" className={styles["h3"]}>
        What is different from the version before
      </h2>
      {lines.length === 0 ? (
        <p className={styles["quiet"]}>Nothing.</p>
      ) : (
        <ul className={styles["changes"]}>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Drafting the next version, for whoever drafted this one. */
function NextSteps({ agreement: { id, may, state } }: { agreement: AgreementRead }) {
  const trpc = useTRPC();
  const router = useRouter();
  const starting = useMutation(trpc.agreements.newVersion.mutationOptions());
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  if (!may.renew) return null;
  const start = async () => {
    try {
      await starting.mutateAsync({ id });
      router.push(`/agreements/${id}`);
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <div className="no-print">
      <ErrorSummary errors={errors} />
      <Button variant="default" loading={starting.isPending} onClick={() => void start()}>
        Draft the next version
      </Button>
      <p className={styles["below"]}>
        {state === "signed"
          ? "This one holds until everybody has signed the next."
          : "It starts from these terms."}
      </p>
    </div>
  );
}

/** Paper, and a file that another program can read. */
function TakeAway({ agreement: { id, version, title } }: { agreement: AgreementRead }) {
  const client = useTRPCClient();
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const take = async () => {
    try {
      const terms = await client.agreements.exportTerms.query({ id, version });
      const file = new Blob([`${JSON.stringify(terms, null, 2)}\n`], { type: "application/json" });
      saveFile(file, fileName("json", title, `version ${version}`));
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <div className={`${styles["acts"]} no-print`}>
      <ErrorSummary errors={errors} />
      <Button variant="default" leftSection={<Icon name="print" size={17} />} onClick={() => window.print()}>
        Print
      </Button>
      <Button variant="default" onClick={() => void take()}>
        Download as JSON
      </Button>
    </div>
  );
}
