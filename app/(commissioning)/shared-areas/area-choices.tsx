"use client";
/** What to show: the level and purpose, the authority, the need, each part of the page's address; and the file. */
import { Button, Select } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { useTRPC } from "../../_trpc/client";
import { Icon } from "../../_ui/icon";
import { saveFile } from "../../_ui/save-file";
import { useStepUp } from "../../_ui/step-up";
import { type Asked, addressOf, type Choice, keyOf, openedBy } from "./asked";
import styles from "./shared-areas.module.css";

/** How often an open page asks whether what it shows may still be shown: twice within five seconds. */
const ASK_EVERY_MS = 2_000;

interface AreaChoicesProps {
  choices: readonly Choice[];
  /** The versions by which the page was made (`openedBy`). */
  opened: string;
  asked: Asked;
  authorities: readonly { code: string; name: string }[];
  within: string | null;
  needs: readonly { path: string; label: string }[];
}

export function AreaChoices({ choices, opened, asked, authorities, within, needs }: AreaChoicesProps) {
  const router = useRouter();
  const [isPending, start] = useTransition();
  const change = (part: Partial<Asked>) =>
    start(() => router.replace(addressOf({ ...asked, ...part }), { scroll: false }));
  useStanding(opened);
  return (
    <div className={`${styles["choices"]} no-print`} aria-busy={isPending}>
      <Select
        label="Show"
        data={choices.map((choice) => ({ value: keyOf(choice), label: choice.label }))}
        value={keyOf(asked)}
        onChange={(key) => {
          const choice = choices.find((each) => keyOf(each) === key);
          if (choice) change({ place: choice.place, purpose: choice.purpose });
        }}
        allowDeselect={false}
      />
      {authorities.length > 1 && (
        <Select
          label="Local authority"
          data={authorities.map(({ code, name }) => ({ value: code, label: name }))}
          value={within}
          onChange={(authority) => authority && change({ authority })}
          allowDeselect={false}
          searchable
        />
      )}
      {needs.length > 0 && (
        <Select
          label="Need"
          data={needs.map(({ path, label }) => ({ value: path, label }))}
          value={asked.need}
          onChange={(need) => need && change({ need })}
          allowDeselect={false}
          searchable
        />
      )}
      <TakeFile asked={asked} />
    </div>
  );
}

/** Makes the page anew as soon as an agreement has ended, begun or been replaced. */
function useStanding(opened: string) {
  const router = useRouter();
  const trpc = useTRPC();
  const { data } = useQuery({
    ...trpc.agreements.usable.queryOptions(),
    refetchInterval: ASK_EVERY_MS,
    refetchIntervalInBackground: true,
  });
  const now = data ? openedBy(data) : opened;
  useEffect(() => {
    if (now !== opened) router.refresh();
  }, [now, opened, router]);
}

function TakeFile({ asked }: { asked: Asked }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [state, setState] = useState<"ready" | "taking" | "failed">("ready");
  const { ensure, dialog } = useStepUp();
  const take = async () => {
    setState("taking");
    try {
      if (!(await ensure())) {
        setState("ready");
        return;
      }
      const { place, purpose, authority } = asked;
      const file = await queries.fetchQuery(
        trpc.agreements.exportAreas.queryOptions(
          { place, purpose, ...(authority && { authority }) },
          { staleTime: 0 },
        ),
      );
      saveFile(new Blob([file.text], { type: "text/csv" }), file.name);
      setState("ready");
    } catch {
      setState("failed");
    }
  };
  return (
    <div className={styles["take"]}>
      {dialog}
      <Button
        variant="default"
        leftSection={<Icon name="arrow-down" size={18} />}
        onClick={take}
        loading={state === "taking"}
      >
        Take all of it as a CSV file
      </Button>
      <p role="status">
        {state === "failed" &&
          "The file could not be made. Load the page again: the agreement may have ended."}
      </p>
    </div>
  );
}
