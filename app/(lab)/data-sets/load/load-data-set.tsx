"use client";
/** Three files are made, chosen and looked over; then they are sealed and sent, and the page waits for what became of them. */
import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useCallback, useId, useState } from "react";
import { Invalid } from "../../../../server/domain/errors";
import { peopleInWords } from "../../../../server/domain/impact/words";
import type { Codebook } from "../../../../server/domain/lab/codebook";
import { EXAMPLE_CODEBOOK, tableTemplates } from "../../../../server/domain/lab/codebook-example";
import { readCodebook } from "../../../../server/domain/lab/codebook-reading";
import { checkDataSet, type DataSetCheck } from "../../../../server/domain/lab/data-set-check";
import { type DataSetFile, dataSetFileOf, joinFiles } from "../../../../server/domain/lab/data-set-files";
import type { DataSetLoad } from "../../../../server/domain/lab/data-sets";
import { MOST_UPLOAD_BYTES } from "../../../../server/domain/lab/sealed-file";
import { inDigits } from "../../../../server/domain/number-text";
import { newId } from "../../../_offline/new-id";
import { useTRPCClient } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { Icon } from "../../../_ui/icon";
import { LinkButton } from "../../../_ui/link-button";
import { saveFile } from "../../../_ui/save-file";
import { NumberedParts, PartButtons, SendProgress } from "../../_sending/sending-parts";
import { useSending } from "../../_sending/use-sending";
import styles from "../data-sets.module.css";
import { FilesWrong } from "./files-wrong";
import { type Chosen, ThreeFiles } from "./three-files";

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

  const choose = async (files: readonly File[]) => {
    setLoad(null);
    setCheck(null);
    const tooLarge = files.filter(({ size }) => size > MOST_UPLOAD_BYTES["data-set"]);
    setProblem(
      tooLarge.map(({ name }) => ({
        message: `${name} is larger than 200 MB. Load the data in parts, by year.`,
        fieldId: id,
      })),
    );
    const next: Chosen = { ...chosen };
    for (const file of files) {
      if (tooLarge.includes(file)) continue;
      const bytes = new Uint8Array(await file.arrayBuffer());
      next[dataSetFileOf(file.name, bytes)] = { name: file.name, bytes };
    }
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
      <NumberedParts>
        <li>
          <b>Make the three files.</b> The codebook says what your columns are; people and events are tables.
          <Templates codebook={codebookOf(chosen)} />
        </li>
        <li>
          <b>Choose them.</b> They are read here, on this computer. Nothing is sent yet.
          <ThreeFiles id={id} chosen={chosen} isBusy={busy} onChoose={(files) => void choose(files)} />
          {check && (check.ok ? <Holds check={check} /> : <FilesWrong wrong={check.wrong} />)}
          {load?.outcome === "refused" && (
            <FilesWrong
              message={load.message}
              wrong={load.files.map(({ file, faults, rejected }) => ({ file, faults, rows: rejected }))}
            />
          )}
          {load?.outcome === "lost" && <ErrorSummary errors={[{ message: load.message }]} />}
        </li>
        <li>
          <b>Load them.</b> They are sealed in this browser with a key that is made for them alone. They are
          loaded whole or not at all.
          <PartButtons>
            <Button
              leftSection={<Icon name="lock" size={17} />}
              disabled={!check?.ok}
              loading={busy}
              onClick={send}
            >
              Seal and load
            </Button>
          </PartButtons>
          <SendProgress {...sending} step={waits ? "reading" : sending.step} what="these files" />
        </li>
      </NumberedParts>
    </div>
  );
}

/** A codebook to start from, and the first lines of the tables: of the chosen codebook where it can be read. */
function Templates({ codebook }: { codebook: Codebook | null }) {
  const tables = tableTemplates(codebook ?? EXAMPLE_CODEBOOK);
  const of = codebook ? "for your codebook" : "for the example";
  const save = (name: DataSetFile, text: string, type: string) => saveFile(new Blob([text], { type }), name);
  const example = `${JSON.stringify(EXAMPLE_CODEBOOK, null, 2)}\n`;
  const each = { variant: "default", leftSection: <Icon name="arrow-down" size={17} /> } as const;
  return (
    <PartButtons>
      <Button {...each} onClick={() => save("codebook.json", example, "application/json")}>
        Example codebook (JSON)
      </Button>
      <Button {...each} onClick={() => save("people.csv", tables["people.csv"], "text/csv")}>
        People {of} (CSV)
      </Button>
      <Button {...each} onClick={() => save("events.csv", tables["events.csv"], "text/csv")}>
        Events {of} (CSV)
      </Button>
    </PartButtons>
  );
}

/** The chosen codebook; null while there is none that can be read. */
function codebookOf({ "codebook.json": file }: Chosen): Codebook | null {
  if (!file) return null;
  try {
    return readCodebook(new TextDecoder().decode(file.bytes));
  } catch (error) {
    if (error instanceof Invalid) return null;
    throw error;
  }
}

const eventsInWords = (events: number) => (events === 1 ? "1 event" : `${inDigits(events)} events`);

/** All three files, or null while one is missing. */
function whole({
  "codebook.json": codebook,
  "people.csv": people,
  "events.csv": events,
}: Chosen): Record<DataSetFile, Uint8Array> | null {
  return codebook && people && events
    ? { "codebook.json": codebook.bytes, "people.csv": people.bytes, "events.csv": events.bytes }
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
