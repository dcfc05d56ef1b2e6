/** Figures of small areas as an agreement opens them to the viewer today, a line for each area, for one need. */
import type { Metadata } from "next";
import type { AreaColour } from "../../../server/domain/agreements/areas";
import { DETAIL_WORDS, PLACE_WORDS, PURPOSE_WORDS } from "../../../server/domain/agreements/in-words";
import type { SharedArea, SharedAreas } from "../../../server/domain/agreements/paperwork";
import { findNode } from "../../../server/domain/needs";
import { inDigits } from "../../../server/domain/number-text";
import { periodTextInWords } from "../../../server/domain/period";
import { createCaller } from "../../../server/routers";
import { FewerThanTen } from "../../_ui/few";
import { EmptyState, Page, PageTitle } from "../../_ui/page-title";
import { Tag, type Tone } from "../../_ui/tag";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { AreaChoices } from "./area-choices";
import { type Asked, choicesFrom, openedBy, readAsked } from "./asked";
import styles from "./shared-areas.module.css";

export const metadata: Metadata = { title: "Figures by agreement" };

interface SharedAreasPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SharedAreasPage({ searchParams }: SharedAreasPageProps) {
  await requireViewerWho("agreement.use");
  const caller = createCaller(await pageContext());
  const usable = await caller.agreements.usable();
  const choices = choicesFrom(usable);
  const asked = readAsked(await searchParams, choices);
  if (!asked) {
    return (
      <Page>
        <PageTitle title="Figures by agreement">Figures of small areas that are not public.</PageTitle>
        <EmptyState>
          No agreement in force lets you see figures of areas. An information governance officer of your
          organisation can draft one.
        </EmptyState>
      </Page>
    );
  }
  const { place, purpose, authority } = asked;
  const shared = await caller.agreements.areaFigures({ place, purpose, ...(authority && { authority }) });
  const node = findNode(asked.need ?? "") ?? findNode(shared.covered[0] ?? "*");
  const need = node && shared.covered.includes(node.path) ? node.path : (shared.covered[0] ?? "*");
  const title = `${PLACE_WORDS[place]} figures${shared.within ? ` in ${shared.within.name}` : ""}`;
  return (
    <Page>
      <PageTitle title={title}>
        By the agreement “{shared.agreement.title}”: {DETAIL_WORDS[shared.detail].area}. For{" "}
        {PURPOSE_WORDS[purpose].toLowerCase()} and nothing else. Each look is counted.
      </PageTitle>
      <AreaChoices
        choices={choices}
        opened={openedBy(usable)}
        asked={{ ...asked, need }}
        authorities={shared.within ? shared.authorities : []}
        within={shared.within?.code ?? null}
        needs={
          shared.areas.some(({ figures }) => figures !== undefined)
            ? shared.covered.map((path) => ({ path, label: findNode(path)?.label ?? path }))
            : []
        }
      />
      <AreaTable shared={shared} need={need} />
    </Page>
  );
}

const COLOURS: Readonly<Record<AreaColour, { tone: Tone; words: string }>> = {
  red: { tone: "stop", words: "Red: highest third" },
  amber: { tone: "wait", words: "Amber: middle third" },
  green: { tone: "brand", words: "Green: lowest third" },
};

function AreaTable({ shared, need }: { shared: SharedAreas; need: Asked["need"] }) {
  if (shared.period === null) {
    return <EmptyState>No financial year has settled yet. The first one shows here once it has.</EmptyState>;
  }
  const years = yearsOf(shared);
  const label = findNode(need ?? "*")?.label ?? "";
  const isShown = (area: SharedArea) =>
    years.length === 0 ? area.presence === true : years.some((year) => figureOf(area, year, need) !== null);
  const isEmpty = shared.areas.length > 0 && !shared.areas.some(isShown);
  return (
    <>
      <p className={styles["of"]}>
        {label}, {periodTextInWords(shared.period)}
      </p>
      {isEmpty && (
        <p className={styles["of"]}>
          Fewer than 10 people, or none, in each of these areas: there is nothing to compare.
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={styles["wide"]} aria-label={`${PLACE_WORDS[shared.level]}: ${label}`} tabIndex={0}>
        <table className={styles["table"]}>
          <caption className="visually-hidden">
            {PLACE_WORDS[shared.level]}: {label}
          </caption>
          <thead>
            <tr>
              <th scope="col">Area</th>
              {shared.detail === "known-to" && <th scope="col">Is there a figure?</th>}
              {shared.detail !== "known-to" && <th scope="col">Colour</th>}
              {years.map((year) => (
                <th key={year} scope="col" className={styles["number"]}>
                  {periodTextInWords(year)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shared.areas.map((area) => (
              <tr key={area.place.code}>
                <th scope="row">{area.place.name}</th>
                <td>{area.colour === undefined ? presenceOf(area) : colourOf(area)}</td>
                {years.map((year) => (
                  <td key={year} className={styles["number"]}>
                    {figureOf(area, year, need) ?? <FewerThanTen />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className={styles["note"]}>
        {years.length > 0 && `People who brought: ${label}. `}
        Figures are rounded to the nearest 5 with a small planned error; “fewer than 10” includes none.
        {shared.detail !== "known-to" &&
          " The colour compares rates per 1,000 households between the areas of this table; an area without a figure, or with fewer than 200 households, has none."}
        {shared.level === "ward" &&
          " Wards have figures of settled financial years only, made once. Do not take a ward from a sector or the other way round: what is left over is mostly error."}
      </p>
    </>
  );
}

/** The years that have a column: none below "needs", the last one there, all of them at the top. */
function yearsOf({ areas, detail, period }: SharedAreas): string[] {
  if (detail === "known-to" || detail === "rag" || period === null) return [];
  const settled = areas.flatMap(({ series }) => (series ?? []).map((line) => line.period));
  return [...new Set([...settled.filter((text) => text.startsWith("y:")), period])].sort();
}

function figureOf(area: SharedArea, year: string, need: Asked["need"]): string | null {
  const lines = area.series?.filter(({ period }) => period === year) ?? area.figures ?? [];
  const line = lines.find((each) => each.need === need);
  return line ? inDigits(line.figure) : null;
}

function presenceOf({ presence }: SharedArea) {
  return presence ? "Yes" : "No: fewer than 10";
}

function colourOf({ colour, presence }: SharedArea) {
  if (!colour) return presence ? "No rate" : <FewerThanTen />;
  const { tone, words } = COLOURS[colour];
  return <Tag tone={tone}>{words}</Tag>;
}
