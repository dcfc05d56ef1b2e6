"use client";
/**
 * The send screen, top to bottom as one would ask it: what, to whom, what goes along, does the person agree. Someone
 * else's issues are chosen already, and name and phone; the words to read out change with every choice.
 */
import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { capital } from "../../../../server/domain/label-text";
import type { Severity } from "../../../../server/domain/needs";
import type { Day } from "../../../../server/domain/period";
import {
  CONSENT_WAY_WORDS,
  CONSENT_WAYS,
  type ConsentWay,
  consentWords,
  MESSAGE_LENGTH,
  SHAREABLE,
  SHAREABLE_WORDS,
  type Shareable,
  sendReferralSchema,
} from "../../../../server/domain/referral-input";
import { newId } from "../../../_offline/new-id";
import styles from "../../../_referral/referral.module.css";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { Segmented } from "../../../_ui/segmented";
import { nameOf, SEVERITY_WORDS, whoseInWords } from "../../../_words/issue-words";
import { type ChosenService, ServicePicker } from "./service-picker";

interface OpenIssue {
  id: string;
  need: string;
  label: string | null;
  severity: Severity | null;
  ours: boolean | null;
}

interface SendFormProps {
  clientId: string;
  /** What the person is called, for the questions. */
  name: string;
  today: Day;
  /** Which details are recorded, so that they can be shared. */
  has: Readonly<Record<Shareable, boolean>>;
  /** Nobody outside may find the home: the postcode stays here. */
  homeIsSecret: boolean;
  issues: readonly OpenIssue[];
}

/** With any of these, a service can get in touch. */
const WAYS_TO_REACH: readonly Shareable[] = ["phone", "email", "postcode"];

const ALREADY_TICKED: readonly Shareable[] = ["name", "phone"];

export function SendForm({ clientId, name, today, has, homeIsSecret, issues }: SendFormProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const sending = useMutation(trpc.referrals.send.mutationOptions());
  const [id] = useState(newId);
  const [chosen, setChosen] = useState<readonly string[]>(() => {
    const others = issues.filter(({ ours }) => ours === false);
    return (others.length > 0 ? others : issues.length === 1 ? issues : []).map((issue) => issue.id);
  });
  const [withLabel, setWithLabel] = useState<readonly string[]>([]);
  const [to, setTo] = useState<ChosenService | null>(null);
  const [share, setShare] = useState<readonly Shareable[]>(ALREADY_TICKED.filter((detail) => has[detail]));
  const [answer, setAnswer] = useState<"given" | "declined" | null>(null);
  const [how, setHow] = useState<ConsentWay>("face-to-face");
  const [message, setMessage] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [kept, setKept] = useState(false);

  const picked = issues.filter((issue) => chosen.includes(issue.id));
  const needs = picked.map(({ need }) => need);
  const missing = SHAREABLE.filter((detail) => !has[detail] && !(detail === "postcode" && homeIsSecret)).map(
    (detail) => SHAREABLE_WORDS[detail],
  );
  const words = consentWords({ service: to?.spokenName ?? "the service", share, needs });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const faults = faultsIn(picked.length, to, answer);
    setErrors(faults);
    if (faults.length > 0 || !to || !answer) return;
    const read = sendReferralSchema.safeParse({
      ...{ id, clientId, to: to.destination, share: [...share], message },
      issues: picked.map((issue) => ({ issueId: issue.id, withLabel: withLabel.includes(issue.id) })),
      consent: { answer, how, on: today },
    });
    if (!read.success) {
      setErrors(
        read.error.issues.map(({ path, message }) => ({ message, fieldId: `referral-${path.join("-")}` })),
      );
      return;
    }
    try {
      const { outcome } = await sending.mutateAsync(read.data);
      if (outcome === "declined") setKept(true);
      else router.push(`/referrals/${id}`);
    } catch (error) {
      setErrors(faultsOf(error, { to: "service-search", message: "referral-message" }));
    }
  };

  if (issues.length === 0) {
    return (
      <p className={form["note"]}>
        {name} has no open issue to hand over. Log a contact with what they need first.
      </p>
    );
  }
  if (kept && to) return <NotSent name={name} to={to} clientId={clientId} />;
  return (
    <form className={styles["send"]} onSubmit={(event) => void submit(event)} noValidate>
      <ErrorSummary errors={errors} />
      <section aria-labelledby="what">
        <h2 id="what">What to hand over</h2>
        <div className={styles["options"]}>
          {issues.map((issue) => (
            <div key={issue.id}>
              <label className={styles["option"]}>
                <input
                  type="checkbox"
                  id={`issue-${issue.id}`}
                  checked={chosen.includes(issue.id)}
                  onChange={() => setChosen(toggled(chosen, issue.id))}
                />
                <span className={styles["optionWords"]}>
                  <strong>{nameOf(issue.need, null)}</strong>
                  <span className={styles["minor"]}>
                    {[
                      issue.ours === null ? null : whoseInWords(issue.ours),
                      issue.severity && SEVERITY_WORDS[issue.severity],
                    ]
                      .filter(Boolean)
                      .join(" · ")}
                  </span>
                </span>
              </label>
              {issue.label && chosen.includes(issue.id) && (
                <label className={styles["option"]}>
                  <input
                    type="checkbox"
                    checked={withLabel.includes(issue.id)}
                    onChange={() => setWithLabel(toggled(withLabel, issue.id))}
                  />
                  <span className={styles["optionWords"]}>
                    Send your own words for it along: “{issue.label}”
                  </span>
                </label>
              )}
            </div>
          ))}
        </div>
      </section>
      <ServicePicker clientId={clientId} needs={needs} chosen={to} onChoose={setTo} />
      <fieldset>
        <legend>
          <h2>What goes along</h2>
        </legend>
        <div className={styles["ticks"]}>
          {SHAREABLE.filter((detail) => has[detail]).map((detail) => (
            <label key={detail} className={styles["option"]}>
              <input
                type="checkbox"
                checked={share.includes(detail)}
                onChange={() =>
                  setShare(SHAREABLE.filter((each) => (each === detail) !== share.includes(each)))
                }
              />
              <span className={styles["optionWords"]}>{capital(SHAREABLE_WORDS[detail])}</span>
            </label>
          ))}
        </div>
        {missing.length > 0 && (
          <p className={styles["minor"]}>Not recorded, so it cannot go along: {missing.join(", ")}.</p>
        )}
        {homeIsSecret && (
          <p className={styles["minor"]}>
            Nobody outside may find this home, so the postcode does not go along. If the service must know it,
            tell them yourself, once {name} has said yes to that.
          </p>
        )}
        {!share.includes("name") && (
          <p className={styles["minor"]}>Without a name, the service sees a reference to quote to you.</p>
        )}
        <details>
          <summary>Add a message</summary>
          <Textarea
            id="referral-message"
            label="For the service"
            description="What they should know before they call. No names of other people, please."
            maxLength={MESSAGE_LENGTH}
            autosize
            minRows={3}
            value={message}
            onChange={(event) => setMessage(event.currentTarget.value)}
          />
        </details>
      </fieldset>
      <section aria-labelledby="ask">
        <h2 id="ask">Ask {name}</h2>
        <p className={styles["read"]}>“{words}”</p>
        <Segmented
          label={`What ${name} answers`}
          value={answer}
          options={[
            { value: "given", label: "Yes, send it" },
            { value: "declined", label: "No" },
          ]}
          onChange={setAnswer}
        />
        {answer && (
          <label className={styles["railHead"]} style={{ marginTop: 12 }}>
            <span className={styles["minor"]}>How you asked, today</span>
            <select
              className={styles["select"]}
              value={how}
              onChange={(event) =>
                setHow(CONSENT_WAYS.find((way) => way === event.currentTarget.value) ?? "face-to-face")
              }
            >
              {CONSENT_WAYS.map((way) => (
                <option key={way} value={way}>
                  {CONSENT_WAY_WORDS[way]}
                </option>
              ))}
            </select>
          </label>
        )}
        {answer === "declined" && to && <NumberInstead to={to} name={name} />}
      </section>
      {answer !== "declined" && !WAYS_TO_REACH.some((way) => share.includes(way)) && (
        <NoWayToReach clientId={clientId} name={name} recorded={WAYS_TO_REACH.filter((way) => has[way])} />
      )}
      <Button type="submit" loading={sending.isPending}>
        {answer === "declined" ? "Keep their answer, send nothing" : "Send the referral"}
      </Button>
    </form>
  );
}

/** A referral about somebody whom the service cannot reach comes to nothing: said before it is sent. */
function NoWayToReach({
  clientId,
  name,
  recorded,
}: {
  clientId: string;
  name: string;
  recorded: readonly Shareable[];
}) {
  const ways = recorded.map((way) => SHAREABLE_WORDS[way]).join(" or ");
  return (
    <div className={form["note"]} role="status">
      <p>
        <strong>They will get no way to reach {name}.</strong>{" "}
        {ways
          ? `Tick the ${ways} above, or send anyway.`
          : "Add a phone number to the record first, or send anyway."}
      </p>
      {!ways && (
        <p>
          <a href={`/people/${clientId}`}>Open the record of {name}</a>
        </p>
      )}
    </div>
  );
}

/** What can be given to the person instead. */
function NumberInstead({ to, name }: { to: ChosenService; name: string }) {
  return (
    <div className={form["note"]} style={{ marginTop: 12 }}>
      <p>
        Nothing is sent.{" "}
        {to.phone ? `Give ${name} the number of ${to.name}:` : `Tell ${name} how to find ${to.name}.`}
      </p>
      {to.phone && <p className={styles["number"]}>{to.phone}</p>}
      {to.openingWords && <p>{to.openingWords}</p>}
      {to.url && (
        <a href={to.url} rel="noreferrer" target="_blank">
          {to.url}
        </a>
      )}
    </div>
  );
}

function NotSent({ name, to, clientId }: { name: string; to: ChosenService; clientId: string }) {
  return (
    <div className={styles["send"]}>
      <p className={form["good"]} role="status">
        Nothing was sent. {name}’s answer is kept in their record.
      </p>
      <NumberInstead to={to} name={name} />
      <p>
        <a href={`/people/${clientId}`}>Back to the record</a>
      </p>
    </div>
  );
}

const toggled = (list: readonly string[], value: string) =>
  list.includes(value) ? list.filter((each) => each !== value) : [...list, value];

function faultsIn(picked: number, to: ChosenService | null, answer: string | null): FieldError[] {
  const faults: FieldError[] = [];
  if (picked === 0) faults.push({ message: "Choose at least one issue to hand over." });
  if (!to) faults.push({ message: "Choose a service.", fieldId: "service-search" });
  if (!answer) faults.push({ message: "Ask the person, and say what they answered." });
  return faults;
}
