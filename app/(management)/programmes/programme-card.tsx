"use client";
/**
 * One programme: what it is for, who is in it and agrees, the words that the reader's organisation says yes or no to,
 * and, for who leads it, inviting others and making its summaries.
 */
import { Button, Select } from "@mantine/core";
import Link from "next/link";
import { useId, useState } from "react";
import { dayInWords, dayOf, periodTextInWords } from "../../../server/domain/period";
import type { Programme, ProgrammeParty, ProgrammeSummaryLine } from "../../../server/domain/programmes";
import type { SummaryOptions } from "../../../server/domain/summaries";
import form from "../../_ui/form.module.css";
import { FormActions } from "../../_ui/form-actions";
import rows from "../../_ui/rows.module.css";
import { Tag } from "../../_ui/tag";
import { MakeSummary } from "./make-summary";
import styles from "./programmes.module.css";

interface ProgrammeCardProps {
  programme: Programme;
  options: SummaryOptions;
  others: readonly { organisationId: number; name: string }[];
  mayManage: boolean;
  onAgree: () => Promise<void>;
  onLeave: () => Promise<void>;
  onInvite: (organisationId: number, name: string) => Promise<void>;
  onWithdraw: (organisationId: number, name: string) => Promise<void>;
}

export function ProgrammeCard(props: ProgrammeCardProps) {
  const { programme, options, others, mayManage, onAgree, onLeave, onInvite, onWithdraw } = props;
  const { id, name, purpose, leadName, isOurs, parties, summaries } = programme;
  const title = useId();
  const agreed = parties.filter(({ agreedAt }) => agreedAt !== null).length;
  return (
    <section className={styles["card"]} aria-labelledby={title}>
      <h2 id={title} className={styles["h2"]}>
        {name}
      </h2>
      <p className={styles["purpose"]}>{purpose}</p>
      <p className={styles["lead"]}>{isOurs ? "You lead it." : `${leadName} leads it.`}</p>
      <Agreement
        programme={programme}
        us={options.organisationName}
        mayManage={mayManage}
        onAgree={onAgree}
        onLeave={onLeave}
      />
      <h3 className={styles["h3"]}>
        {agreed} of {parties.length} {parties.length === 1 ? "organisation agrees" : "organisations agree"}
      </h3>
      <ul className={rows["rows"]}>
        {parties.map((party) => (
          <Party
            key={party.organisationId}
            party={party}
            programme={name}
            {...(isOurs && mayManage && { onWithdraw })}
          />
        ))}
      </ul>
      {isOurs && mayManage && (
        <Invite
          programme={name}
          others={others.filter(
            (other) => !parties.some((party) => party.organisationId === other.organisationId),
          )}
          onInvite={onInvite}
        />
      )}
      {isOurs && <Summaries summaries={summaries} />}
      {isOurs && mayManage && (
        <MakeSummary programmeId={id} programme={name} parties={parties} options={options} />
      )}
    </section>
  );
}

/** What the reader's organisation agrees to, and the one thing to do about it. */
function Agreement({
  programme: { words, weAgreedAt, name },
  us,
  mayManage,
  onAgree,
  onLeave,
}: {
  programme: Programme;
  us: string;
  mayManage: boolean;
  onAgree: () => Promise<void>;
  onLeave: () => Promise<void>;
}) {
  const [busy, setBusy] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const run = async (does: () => Promise<void>) => {
    setBusy(true);
    await does();
    setBusy(false);
    setLeaving(false);
  };
  const read = words.map((paragraph) => <p key={paragraph}>{paragraph}</p>);
  if (weAgreedAt === null) {
    return (
      <div className={styles["words"]}>
        {read}
        {mayManage ? (
          <Button loading={busy} onClick={() => void run(onAgree)} aria-label={`We agree to ${name}`}>
            We agree
          </Button>
        ) : (
          <p>
            <strong>A manager of {us} can agree to this.</strong>
          </p>
        )}
      </div>
    );
  }
  return (
    <div>
      <details className={styles["agreed"]}>
        <summary>
          {us} agrees since {dayInWords(dayOf(weAgreedAt))}. Read what it agrees to
        </summary>
        <div className={styles["words"]}>{read}</div>
      </details>
      {mayManage &&
        (leaving ? (
          <div className={form["note"]}>
            <p>Later summaries of {name} leave your people out. Those made before stay as they are.</p>
            <FormActions
              act="Take our agreement back"
              danger
              busy={busy}
              leave="Go on agreeing"
              onPress={() => void run(onLeave)}
              onLeave={() => setLeaving(false)}
            />
          </div>
        ) : (
          <Button
            variant="subtle"
            size="sm"
            aria-label={`Take our agreement back: ${name}`}
            onClick={() => setLeaving(true)}
          >
            Take our agreement back
          </Button>
        ))}
    </div>
  );
}

function Party({
  party: { organisationId, name, isLead, agreedAt },
  programme,
  onWithdraw,
}: {
  party: ProgrammeParty;
  programme: string;
  onWithdraw?: ProgrammeCardProps["onWithdraw"];
}) {
  const [isAsked, setIsAsked] = useState(false);
  return (
    <li>
      <div className={rows["line"]}>
        <span className={rows["words"]}>
          <strong>{name}</strong>
          <span>
            {agreedAt === null
              ? "Has not agreed: not counted"
              : `Agrees since ${dayInWords(dayOf(agreedAt))}`}
          </span>
        </span>
        {isLead && <Tag>Leads</Tag>}
        {onWithdraw && !isLead && (
          <Button
            variant="subtle"
            size="sm"
            aria-label={`Leave out ${name}: ${programme}`}
            aria-expanded={isAsked}
            onClick={() => setIsAsked(!isAsked)}
          >
            Leave out
          </Button>
        )}
      </div>
      {isAsked && onWithdraw && (
        <div className={`${form["note"]} ${styles["asked"]}`}>
          <p>Later summaries leave its people out. To be counted again it must be invited and agree anew.</p>
          <FormActions
            act={`Leave ${name} out`}
            danger
            busy={false}
            leave="Keep it in"
            onPress={() => void onWithdraw(organisationId, name)}
            onLeave={() => setIsAsked(false)}
          />
        </div>
      )}
    </li>
  );
}

function Invite({
  programme,
  others,
  onInvite,
}: {
  programme: string;
  others: readonly { organisationId: number; name: string }[];
  onInvite: ProgrammeCardProps["onInvite"];
}) {
  const [chosen, setChosen] = useState<string | null>(null);
  if (others.length === 0) return null;
  const other = others.find(({ organisationId }) => String(organisationId) === chosen);
  return (
    <div className={styles["beside"]}>
      <Select
        label="Invite an organisation"
        aria-label={`Invite an organisation to ${programme}`}
        placeholder="Choose one"
        searchable
        data={others.map(({ organisationId, name }) => ({ value: String(organisationId), label: name }))}
        value={chosen}
        onChange={setChosen}
      />
      <Button
        variant="default"
        disabled={!other}
        onClick={() => {
          if (!other) return;
          setChosen(null);
          void onInvite(other.organisationId, other.name);
        }}
      >
        Invite
      </Button>
    </div>
  );
}

const STATE_WORDS: Readonly<Record<ProgrammeSummaryLine["state"], string>> = {
  making: "Being made",
  ready: "",
  failed: "Could not be made",
};

function Summaries({ summaries }: { summaries: readonly ProgrammeSummaryLine[] }) {
  if (summaries.length === 0) return null;
  return (
    <>
      <h3 className={styles["h3"]}>Summaries</h3>
      <ul className={rows["rows"]}>
        {summaries.map(({ id, period, state, countedOn }) => (
          <li key={id}>
            <Link href={`/summary/${id}`} className={rows["row"]}>
              <span className={rows["words"]}>
                <strong>{periodTextInWords(period)}</strong>
                <span>
                  {state === "ready" && countedOn
                    ? `Counted on ${dayInWords(countedOn)}`
                    : STATE_WORDS[state]}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
