"use client";
/**
 * Making a summary: settings over a live paper. The paper is drafted from exact numbers; words can be changed where they
 * stand; one button has the worker make the copy that is kept, rounded where it leaves the organisation.
 */
import { Button } from "@mantine/core";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { type ReactNode, useEffect, useEffectEvent, useId, useMemo, useState } from "react";
import type { Paper } from "../../../server/domain/impact/paper";
import { leavesOrganisation } from "../../../server/domain/impact/plan";
import { exactNumbersIn, partsWithExactNumbers } from "../../../server/domain/impact/written-numbers";
import {
  notYet,
  periodOfPlan,
  type SummaryOptions,
  type SummaryTemplate,
} from "../../../server/domain/summaries";
import { newId } from "../../_offline/new-id";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import { Icon } from "../../_ui/icon";
import { EmptyState, PageTitle } from "../../_ui/page-title";
import { type Choice, changed, choiceQuery, planOf, readChoice } from "./choice";
import styles from "./compose.module.css";
import { ContentsPanel } from "./contents-panel";
import { changeButtonOf, EditableWords } from "./editable-words";
import { useKeptWords } from "./kept-words";
import { PaperView, type PaperWords } from "./paper-view";
import { SettingsBar } from "./settings-bar";
import { SummaryTabs } from "./summary-tabs";
import { TemplateFields } from "./template-fields";
import { draftedWords, withWords } from "./words";

interface ComposeProps {
  options: SummaryOptions;
  /** Whose words are kept in this tab. */
  accountId: string;
  /** Whether the reader may make summaries, or only look. */
  mayMake: boolean;
  /** Invitations to be counted together that wait for the reader. */
  invitations: number;
}

export function Compose({ options, accountId, mayMake, invitations }: ComposeProps) {
  const trpc = useTRPC();
  const path = usePathname();
  const router = useRouter();
  const query = useSearchParams().toString();
  const choice = useMemo(() => readChoice(new URLSearchParams(query), options), [query, options]);
  const words = useKeptWords(accountId);
  const preview = useQuery(
    // Words are put in here: changing one does not count everybody again.
    trpc.summaries.preview.queryOptions(planOf(choice, {}), { placeholderData: keepPreviousData }),
  );
  const templates = useQuery(trpc.summaries.templates.list.queryOptions());
  const finishing = useMutation(trpc.summaries.finish.mutationOptions());
  const [id] = useState(() => newId());
  const [isOpen, setOpen] = useState(false);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const panelId = useId();
  const leaves = leavesOrganisation(choice.audience);
  const tooSoon = notYet({ audience: choice.audience, period: periodOfPlan(choice) }, options.today);
  const here = choiceQuery(choice);
  useEffect(() => {
    // What nobody can choose became the usual: the address says so too. A template says what it is itself.
    const isAsked = query !== "" && !new URLSearchParams(query).has("template");
    if (isAsked && here !== `?${query}`) window.history.replaceState(null, "", `${path}${here}`);
  }, [query, here, path]);

  const choose = (part: Partial<Choice>, how: "pushState" | "replaceState" = "pushState") => {
    setErrors([]);
    window.history[how](null, "", `${path}${choiceQuery(changed(choice, part))}`);
  };
  const begin = ({ plan: { texts, ...rest } }: SummaryTemplate, how?: "replaceState") => {
    choose(rest, how);
    // What was typed since stays: it is newer than the template.
    words.replace({ ...texts, ...words.texts });
  };
  const asked = templates.data?.find(
    (template) => template.id === new URLSearchParams(query).get("template"),
  );
  const beginAsAsked = useEffectEvent((template: SummaryTemplate) => begin(template, "replaceState"));
  useEffect(() => {
    if (asked) beginAsAsked(asked);
  }, [asked]);
  const finish = async () => {
    const exact = leaves && preview.data ? partsWithExactNumbers(words.texts, preview.data) : [];
    if (exact.length > 0) {
      setErrors(
        exact.map(({ key, called, numbers }) => ({
          message: `Round or leave out ${new Intl.ListFormat("en-GB").format(numbers)} in ${called}: words that you wrote leave as they are.`,
          fieldId: changeButtonOf(key),
        })),
      );
      return;
    }
    try {
      const made = await finishing.mutateAsync({ id, plan: planOf(choice, words.texts) });
      words.replace({});
      router.push(`/summary/${made.id}`);
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };

  return (
    <>
      <SettingsBar
        options={options}
        choice={choice}
        choose={choose}
        isOpen={isOpen}
        panelId={panelId}
        onToggle={() => setOpen(!isOpen)}
      >
        {mayMake && (
          <Button
            leftSection={<Icon name="check" size={18} />}
            loading={finishing.isPending || finishing.isSuccess}
            disabled={!preview.data || preview.isPlaceholderData || tooSoon !== null}
            onClick={() => void finish()}
          >
            {leaves ? "Finish" : "Keep this copy"}
          </Button>
        )}
      </SettingsBar>
      {isOpen && (
        <ContentsPanel
          id={panelId}
          choice={choice}
          choose={choose}
          frameworks={options.frameworks}
          stories={options.stories}
          maySetUp={mayMake}
        >
          <TemplateFields
            choice={choice}
            texts={words.texts}
            templates={templates.data ?? []}
            onBegin={begin}
            onKept={() => templates.refetch()}
            mayKeep={mayMake}
          />
        </ContentsPanel>
      )}
      <div className={styles["notes"]}>
        <div className="no-print">
          <SummaryTabs here="/summary" invitations={invitations} />
        </div>
        <p className={`${styles["basis"]} no-print`}>{basisInWords({ leaves, mayMake, tooSoon })}</p>
        <p role="status" className="visually-hidden">
          {preview.isPlaceholderData && "Counting…"}
        </p>
        <ErrorSummary errors={errors} />
      </div>
      {preview.data ? (
        <div
          data-waiting={preview.isPlaceholderData || undefined}
          aria-busy={preview.isPlaceholderData}
          className={styles["sheet"]}
        >
          {mayMake ? (
            <DraftedPaper drafted={preview.data} words={words} leaves={leaves} />
          ) : (
            <PaperView paper={preview.data} />
          )}
        </div>
      ) : (
        <Waiting>
          {preview.isError
            ? "The summary could not be counted. Try again in a minute; your words are kept."
            : "Counting…"}
        </Waiting>
      )}
    </>
  );
}

/** What the draft is made of, and what becomes of it. */
function basisInWords(of: { leaves: boolean; mayMake: boolean; tooSoon: string | null }): string {
  if (!of.leaves) {
    return "Exact numbers, for your own team: a small number can point to a person. Keep this inside.";
  }
  const draft = "Draft with exact numbers, inside only.";
  if (!of.mayMake) return `${draft} A manager can finish it: numbers are rounded then.`;
  return `${draft} ${of.tooSoon ?? "Numbers are rounded when you finish."}`;
}

function Waiting({ children }: { children: ReactNode }) {
  return (
    <div className={styles["plain"]}>
      <PageTitle title="Summary" />
      <EmptyState>{children}</EmptyState>
    </div>
  );
}

interface DraftedPaperProps {
  drafted: Paper;
  words: ReturnType<typeof useKeptWords>;
  leaves: boolean;
}

function DraftedPaper({ drafted, words: { texts, write }, leaves }: DraftedPaperProps) {
  const exactNumbers = (text: string) => (leaves ? exactNumbersIn(text, drafted) : []);
  const around = (part: PaperWords, shown: ReactNode) => (
    <EditableWords
      key={part.key}
      words={part}
      drafted={draftedWords(drafted, part.key)}
      exactNumbers={exactNumbers}
      onWrite={(text) => write(part.key, text)}
    >
      {shown}
    </EditableWords>
  );
  return <PaperView paper={withWords(drafted, texts)} around={around} />;
}
