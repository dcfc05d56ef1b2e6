"use client";
/**
 * Finding a service: words, where the person lives, their age, and needs as chips. Nothing typed goes into the
 * address of the page: a postcode may be somebody's home.
 */
import { Button, TextInput } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useState } from "react";
import { searchNeeds } from "../../../server/domain/need-search";
import { findNeed } from "../../../server/domain/needs";
import { useTRPC } from "../../_trpc/client";
import { Chip } from "../../_ui/chip";
import { faultsOf } from "../../_ui/faults";
import { Icon } from "../../_ui/icon";
import { EmptyState } from "../../_ui/page-title";
import styles from "./directory.module.css";
import { ServiceCard } from "./service-card";

const STEP = 20;
const MOST = 100;
const OFFERED = 3;

interface Asked {
  text: string;
  postcode: string;
  age: string;
  needs: readonly string[];
}

/** What was asked last, for whoever comes back from a service: kept in memory, gone with the page. */
let last: Asked = { text: "", postcode: "", age: "", needs: [] };

export function FindServices({ chosen }: { chosen: readonly string[] }) {
  const trpc = useTRPC();
  const [begin] = useState(() => (chosen.length > 0 ? { ...last, text: "", needs: chosen } : last));
  const [text, setText] = useState(begin.text);
  const [postcode, setPostcode] = useState(begin.postcode);
  const [age, setAge] = useState(begin.age);
  const [needs, setNeeds] = useState(begin.needs);
  const [limit, setLimit] = useState(STEP);

  useEffect(() => {
    last = { text, postcode, age, needs };
  }, [text, postcode, age, needs]);

  const years = /^\d{1,3}$/.test(age.trim()) && Number(age) <= 130 ? Number(age) : undefined;
  const asked = useDeferredValue(
    JSON.stringify({ text: text.trim(), postcode: postcode.trim(), age: years, needs, limit }),
  );
  const input: { text: string; postcode: string; age?: number; needs: string[]; limit: number } =
    JSON.parse(asked);
  const answer = useQuery({
    ...trpc.directory.search.queryOptions(input),
    placeholderData: keepPreviousData,
  });
  const isAsked = input.text !== "" || input.postcode !== "" || input.needs.length > 0;
  const offers = searchNeeds(text, { limit: OFFERED }).filter(({ need }) => !needs.includes(need.code));
  const change =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setLimit(STEP);
    };

  return (
    <>
      <search className={styles["find"]}>
        <TextInput
          id="directory-words"
          label="What is needed, or the name of a service"
          placeholder="For example, debt near WY1 3"
          autoComplete="off"
          type="search"
          maxLength={200}
          leftSection={<Icon name="search" size={18} />}
          value={text}
          onChange={(event) => change(setText)(event.currentTarget.value)}
        />
        <TextInput
          id="directory-postcode"
          label="Near postcode"
          autoComplete="off"
          maxLength={20}
          error={postcode.trim() === "" ? undefined : (answer.data?.postcodeNote ?? undefined)}
          value={postcode}
          onChange={(event) => change(setPostcode)(event.currentTarget.value)}
        />
        <TextInput
          id="directory-age"
          label="Age"
          inputMode="numeric"
          autoComplete="off"
          maxLength={3}
          error={age.trim() !== "" && years === undefined ? "Enter years, such as 34." : undefined}
          value={age}
          onChange={(event) => change(setAge)(event.currentTarget.value)}
        />
      </search>
      {(needs.length > 0 || offers.length > 0) && (
        <fieldset className={styles["chips"]}>
          <legend className="visually-hidden">Needs</legend>
          {needs.map((code) => (
            <Chip
              key={code}
              kind="chosen"
              icon="close"
              aria-label={`Take away ${labelOf(code)}`}
              onClick={() => change(setNeeds)(needs.filter((other) => other !== code))}
            >
              {labelOf(code)}
            </Chip>
          ))}
          {offers.map(({ need }) => (
            <Chip
              key={need.code}
              kind="offer"
              aria-label={`Look for ${need.label}`}
              onClick={() => {
                setText("");
                change(setNeeds)([...needs, need.code]);
              }}
            >
              {need.label}
            </Chip>
          ))}
        </fieldset>
      )}
      <p className={styles["count"]} role="status">
        {answer.isPending && "Looking…"}
        {answer.data && !answer.isError && countInWords(answer.data, isAsked)}
      </p>
      {answer.isError && (
        <p role="alert" className={styles["failure"]}>
          {faultsOf(answer.error)[0]?.message}{" "}
          <Button variant="default" size="sm" onClick={() => void answer.refetch()}>
            Try again
          </Button>
        </p>
      )}
      {answer.data && (
        <>
          {answer.data.size === 0 && (
            <EmptyState>
              The directory is empty. A manager can add services by hand, and the operator can load a
              published directory.
            </EmptyState>
          )}
          {answer.data.size > 0 && answer.data.total === 0 && (
            <EmptyState>
              Nothing fits all of this. Take a word or a need away, or try the name of a service.
            </EmptyState>
          )}
          <ul className={styles["cards"]} aria-busy={answer.isPlaceholderData}>
            {answer.data.services.map((service) => (
              <li key={service.id}>
                <ServiceCard service={service} />
              </li>
            ))}
          </ul>
          {answer.data.services.length < answer.data.total && limit < MOST && (
            <Button variant="default" onClick={() => setLimit(Math.min(MOST, limit + STEP))}>
              Show more
            </Button>
          )}
        </>
      )}
    </>
  );
}

const labelOf = (code: string) => findNeed(code)?.label ?? code;

function countInWords({ total, size }: { total: number; size: number }, isAsked: boolean): string {
  if (size === 0 || (isAsked && total === 0)) return "";
  if (!isAsked) {
    return `${size} ${size === 1 ? "service" : "services"}. Say what is needed, or where, to see the best first.`;
  }
  return total === 1 ? "One service fits" : `${total} services fit, the best first`;
}
