"use client";
/** The three files are chosen and looked over; then they are sealed and sent, and the page waits for what became of them. */
import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useCallback, useId, useState } from "react";
import { inDigits, peopleInWords } from "../../../../server/domain/impact/words";
import { EXAMPLE_CODEBOOK } from "../../../../server/domain/lab/codebook-example";
import { checkDataSet, type DataSetCheck } from "../../../../server/domain/lab/data-set-check";
import { DATA_SET_FILES, type DataSetFile, joinFiles } from "../../../../server/domain/lab/data-set-files";
import type { DataSetLoad } from "../../../../server/domain/lab/data-sets";
import { MOST_UPLOAD_BYTES } from "../../../../server/domain/lab/sealed-file";
import { newId } from "../../../_offline/new-id";
import { useTRPCClient } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { Icon } from "../../../_ui/icon";
import { LinkButton } from "../../../_ui/link-button";
import { saveFile } from "../../../_ui/save-file";
import { useSending } from "../../studies/_send/use-sending";
import styles from "../data-sets.module.css";
import { FilesWrong } from "./files-wrong";

const WHAT: Readonly<Record<DataSetFile, { label: string; hint: string; accept: string }>> = {
  "codebook.json": {
    label: "Codebook",
    hint: "What the columns are, what the events mean, what it is suited for and not. A JSON file.",
    accept: ".json,application/json",
  },
  "people.csv": {
    label: "People",
    hint: "A row for each person and index date: record_id, names, date_of_birth, index_date and the codebook’s columns.",
    accept: ".csv,text/csv",
  },
  "events.csv": {
    label: "Events",
    hint: "A row for each thing that happened: record_id, date, kind.",
    accept: ".csv,text/csv",
  },
};

type Chosen = Partial<Record<DataSetFile, Uint8Array<ArrayBuffer>>>;
const LOOK_EVERY_MS = 1_000;

export function LoadDataSet() {
  const client = useTRPCClient();
  const router = useRouter();
  const id = useId();
  const [chosen, setChosen] = useState<Chosen>({});
  const [problem, setProblem] = useState<FieldError[]>([]);
  const [check, setCheck] = useState<DataSetCheck | null>(null);
  const [load, setLoad] = useState<DataSetLoad | null>(null);
  const [waits, setWaits] = useState(false);

  const ask = useCallback(
    (uploadId: string) => client.dataSets.askUpload.mutate({ id: newId(), uploadId }),
    [client],
  );
  const waitForLoad = useCallback(
    async (uploadId: string) => {
      setWaits(true);
      try {
        for (;;) {
          const found = await client.dataSets.load.query({ uploadId });
          if (found) {
            setLoad(found);
            router.refresh();
            return;
          }
          await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
        }
      } finally {
        setWaits(false);
      }
    },
    [client, router],
  );
  const sending = useSending(ask, waitForLoad);
  const busy = sending.isSending || waits;

  const choose = async (name: DataSetFile, file: File | undefined) => {
    setLoad(null);
    setCheck(null);
    setProblem([]);
    const next: Chosen = { ...chosen };
    delete next[name];
    if (file && file.size > MOST_UPLOAD_BYTES["data-set"]) {
      setProblem([
        {
          message: "This file is larger than 200 MB. Load the data in parts, by year.",
          fieldId: `${id}-${name}`,
        },
      ]);
    } else if (file) next[name] = new Uint8Array(await file.arrayBuffer());
    setChosen(next);
    const all = whole(next);
    if (all) setCheck(checkDataSet(all));
  };

  const send = () => {
    const all = whole(chosen);
    if (all) void sending.send(joinFiles(all));
  };

  if (load?.outcome === "loaded" || load?.outcome === "unchanged") return <Loaded load={load} />;
  return (
    <div className={styles["form"]}>
      <ErrorSummary errors={[...problem, ...sending.errors]} />
      {DATA_SET_FILES.map((name) => (
        <div key={name} className={styles["file"]}>
          <label htmlFor={`${id}-${name}`}>{WHAT[name].label}</label>
          <p id={`${id}-${name}-hint`} className={styles["hint"]}>
            {WHAT[name].hint}
          </p>
          <input
            id={`${id}-${name}`}
            type="file"
            accept={WHAT[name].accept}
            aria-describedby={`${id}-${name}-hint`}
            disabled={busy}
            onChange={(event) => void choose(name, event.currentTarget.files?.[0])}
          />
          {name === "codebook.json" && (
            <div>
              <Button
                variant="default"
                leftSection={<Icon name="arrow-down" size={17} />}
                onClick={() => saveFile(exampleCodebook(), "example-codebook.json")}
              >
                Example to start from (JSON)
              </Button>
            </div>
          )}
        </div>
      ))}
      {check && (check.ok ? <Holds check={check} /> : <FilesWrong wrong={check.wrong} />)}
      {load?.outcome === "refused" && (
        <FilesWrong
          message={load.message}
          wrong={load.files.map(({ file, faults, rejected }) => ({ file, faults, count: rejected }))}
        />
      )}
      {load?.outcome === "lost" && <ErrorSummary errors={[{ message: load.message }]} />}
      <div>
        <Button
          leftSection={<Icon name="lock" size={17} />}
          disabled={!check?.ok}
          loading={busy}
          onClick={send}
        >
          Seal and load
        </Button>
      </div>
      <Progress sent={sending.sent} pieces={sending.pieces} step={waits ? "loading" : sending.step} />
    </div>
  );
}

const exampleCodebook = () =>
  new Blob([`${JSON.stringify(EXAMPLE_CODEBOOK, null, 2)}\n`], { type: "application/json" });

const eventsInWords = (events: number) => (events === 1 ? "1 event" : `${inDigits(events)} events`);

/** All three files, or null while one is missing. */
function whole(chosen: Chosen): Record<DataSetFile, Uint8Array<ArrayBuffer>> | null {
  const { "codebook.json": codebook, "people.csv": people, "events.csv": events } = chosen;
  return codebook && people && events
    ? { "codebook.json": codebook, "people.csv": people, "events.csv": events }
    : null;
}

function Holds({ check }: { check: Extract<DataSetCheck, { ok: true }> }) {
  return (
    <div className={styles["good"]} role="status">
      <p>
        <b>{check.name}</b>
        {"people" in check
          ? `: ${peopleInWords(check.people)}, ${eventsInWords(check.eventsKept)} after an index date.`
          : ". The tables are large, so they are looked over when they arrive."}
      </p>
      {"people" in check && check.columnsLeftOut.length > 0 && (
        <p>The codebook does not name {check.columnsLeftOut.join(", ")}: not kept. Best leave them out.</p>
      )}
    </div>
  );
}

function Loaded({ load }: { load: Extract<DataSetLoad, { outcome: "loaded" | "unchanged" }> }) {
  return (
    <div className={styles["form"]}>
      <div className={styles["good"]} role="status">
        <p>
          {load.outcome === "loaded"
            ? `Loaded: ${peopleInWords(load.people)}, ${eventsInWords(load.eventsKept)}. What you sent is destroyed; the data lies sealed.`
            : "This data is here already. Nothing was added."}
        </p>
      </div>
      <div>
        <LinkButton href={`/data-sets/${load.dataSetId}`}>Read its codebook as others see it</LinkButton>
      </div>
    </div>
  );
}

function Progress({
  step,
  sent,
  pieces,
}: {
  step: "key" | "sending" | "loading" | null;
  sent: number;
  pieces: number;
}) {
  if (step === null) return null;
  const share = pieces === 0 ? 0 : sent / pieces;
  const words = {
    key: "A key is being made for these files…",
    sending: `Sealed and sent: ${Math.round(share * 100)}%`,
    loading: "Everything is here. It is being read and sealed…",
  }[step];
  return (
    <div className={styles["progress"]} role="status">
      <p>{words}</p>
      {step !== "loading" && <progress max={1} value={share} aria-label="How much is sent" />}
    </div>
  );
}
