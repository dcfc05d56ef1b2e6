"use client";
/** A request: who asked and until when on one side, the one step that is next on the other. */
import { useQuery } from "@tanstack/react-query";
import { dayInWords } from "../../../../server/domain/period";
import {
  ASKERS,
  EXTENSION_REASONS,
  IDENTITY_WAYS,
  KIND_WORDS,
  REFUSAL_REASONS,
  REQUEST_WAYS,
  type Step,
} from "../../../../server/domain/rights/request";
import type { ShownRequest } from "../../../../server/rights-requests";
import { useTRPC } from "../../../_trpc/client";
import { PageTitle } from "../../../_ui/page-title";
import { Tag } from "../../../_ui/tag";
import { clockInWords } from "../clock-words";
import { AcknowledgeStep } from "./acknowledge-step";
import { AnswerStep } from "./answer-step";
import { ClockActions } from "./clock-actions";
import { EraseStep } from "./erase-step";
import { FindStep } from "./find-step";
import { IdentityStep } from "./identity-step";
import { ObjectStep } from "./object-step";
import { PackStep } from "./pack-step";
import { Recipients } from "./recipients";
import { RectifyStep } from "./rectify-step";
import styles from "./request.module.css";
import { RestrictStep } from "./restrict-step";

export interface StepProps {
  request: ShownRequest;
  /** Reads the request again. */
  reread: () => Promise<unknown>;
}

export function Request({ given }: { given: ShownRequest }) {
  const trpc = useTRPC();
  const read = useQuery(
    trpc.rights.get.queryOptions(
      { id: given.id },
      { initialData: given, staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  const request = read.data;
  const props: StepProps = { request, reread: () => read.refetch() };
  const clock = clockInWords(request);
  return (
    <>
      <PageTitle title={KIND_WORDS[request.kind].label}>
        {KIND_WORDS[request.kind].law} · <Tag tone={clock.tone}>{clock.words}</Tag>
      </PageTitle>
      <Path request={request} />
      <div className={styles["halves"]}>
        <div>
          <CurrentStep {...props} />
          <Recipients {...props} />
        </div>
        <aside aria-label="About this request">
          <Facts request={request} />
          {request.state === "open" && <ClockActions {...props} />}
        </aside>
      </div>
    </>
  );
}

function CurrentStep(props: StepProps) {
  const { request } = props;
  if (request.next === "acknowledge") return <AcknowledgeStep {...props} />;
  if (request.next === "identity") return <IdentityStep {...props} />;
  if (request.next === "find") return <FindStep {...props} />;
  if (request.next === "none") return <Ended request={request} />;
  // The work stays to be seen while the answer is written: a copy is taken from there.
  return (
    <>
      <WorkOf {...props} />
      {request.next === "answer" && <AnswerStep {...props} />}
    </>
  );
}

function WorkOf(props: StepProps) {
  if (props.request.kind === "access") return <PackStep {...props} />;
  if (props.request.kind === "rectify") return <RectifyStep {...props} />;
  if (props.request.kind === "erase") return <EraseStep {...props} />;
  if (props.request.kind === "restrict") return <RestrictStep {...props} />;
  if (props.request.kind === "object") return <ObjectStep {...props} />;
  return null;
}

function Ended({ request: { state, refusedBecause, answer } }: { request: ShownRequest }) {
  const because = Object.entries(REFUSAL_REASONS).find(([code]) => code === refusedBecause)?.[1];
  return (
    <section className={styles["step"]}>
      <h2>
        {state === "refused" ? "Refused" : state === "withdrawn" ? "Taken back by whoever asked" : "Answered"}
      </h2>
      {because && <p>{because}</p>}
      {answer ? <p>{answer}</p> : <p>Nothing more is to be done.</p>}
    </section>
  );
}

const PATH: readonly { step: Step; label: string }[] = [
  { step: "identity", label: "1. Who asks" },
  { step: "find", label: "2. Their record" },
  { step: "work", label: "3. Do it" },
  { step: "answer", label: "4. Answer" },
];

const COMPLAINT_PATH: readonly { step: Step; label: string }[] = [
  { step: "acknowledge", label: "1. Acknowledge" },
  { step: "answer", label: "2. Answer" },
];

function Path({ request }: { request: ShownRequest }) {
  const path = request.kind === "complaint" ? COMPLAINT_PATH : PATH;
  const at = path.findIndex(({ step }) => step === request.next);
  return (
    <ol className={styles["path"]} aria-label="Steps">
      {path.map(({ step, label }, number) => (
        <li
          key={step}
          data-done={at === -1 || number < at || undefined}
          aria-current={number === at ? "step" : undefined}
        >
          {label}
          {(at === -1 || number < at) && (
            <>
              {" "}
              <span aria-hidden="true">✓</span>
              <span className="visually-hidden">done</span>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}

const wordsOf = (words: Readonly<Record<string, string>>, code: string) => words[code] ?? code;

function Facts({ request }: { request: ShownRequest }) {
  const facts: [string, string | null][] = [
    ["Who asked", request.asker],
    ["They are", wordsOf(ASKERS, request.askerKind)],
    ["What they said", request.words],
    ["Came", `${dayInWords(request.receivedOn)}, ${wordsOf(REQUEST_WAYS, request.way).toLowerCase()}`],
    ["To answer by", request.state === "open" ? dayInWords(request.clock.dueOn) : null],
    ["The clock stood", request.clock.pausedDays > 0 ? `${request.clock.pausedDays} days` : null],
    [
      "Two further months",
      request.extendedBecause && request.extendedOn
        ? `${wordsOf(EXTENSION_REASONS, request.extendedBecause)}, since ${dayInWords(request.extendedOn)}`
        : null,
    ],
    ["To acknowledge by", request.clock.acknowledgeBy ? dayInWords(request.clock.acknowledgeBy) : null],
    ["Acknowledged", request.acknowledgedOn ? dayInWords(request.acknowledgedOn) : null],
    [
      "Who they are was shown",
      request.identityWay && request.identityOn
        ? `${wordsOf(IDENTITY_WAYS, request.identityWay)}, ${dayInWords(request.identityOn)}`
        : null,
    ],
    ["Record of", request.people.map(({ name }) => name).join(", ") || null],
  ];
  return (
    <dl className={styles["facts"]}>
      {facts.map(([term, words]) =>
        words === null ? null : (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{words}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
