/** A map of one need to stand in somebody else's page: no cookies, no script, whose data it is inside. */

import type { Metadata } from "next";
import { findNode } from "../../../../server/domain/needs";
import { openNodes } from "../../../../server/domain/open-data/menu";
import { periodTextInWords } from "../../../../server/domain/period";
import { NeedPicture, PictureLegend } from "../../need-picture";
import { openFoot, openReader, openRelease, readMap } from "../../open-reading";
import { LEVEL_WORDS, oneOf } from "../../open-words";
import styles from "./embed.module.css";

export const metadata: Metadata = { title: "Map of need" };

const LEVELS = ["sector", "district", "authority"] as const;

interface EmbedPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function EmbedPage({ searchParams }: EmbedPageProps) {
  const asked = await searchParams;
  const node = findNode(oneOf(asked["need"]) ?? "*");
  const level = LEVELS.find((each) => each === (oneOf(asked["level"]) ?? "sector")) ?? null;
  const isOpen = node !== null && level !== null && openNodes(level).some(({ path }) => path === node.path);
  const found = await openRelease();
  const map = found && isOpen ? await readMap(openReader(), found, { level, need: node.path }) : null;
  const { attribution } = await openFoot();
  return (
    <main id="main" tabIndex={-1} className={styles["embed"]}>
      {map ? (
        <>
          <h1>
            {map.needName}, by {LEVEL_WORDS[map.level].toLowerCase()}
          </h1>
          <NeedPicture map={map} inFrame />
          <PictureLegend map={map} />
          <p>
            People per 1,000 households, {periodTextInWords(map.period)}. Rounded, with a small planned error.
          </p>
        </>
      ) : (
        <p>
          There is no map of this. Single needs are there by district and authority; any need and domains by
          sector too.
        </p>
      )}
      <p>
        <a href="/open" target="_blank" rel="noopener">
          Common Need open figures
        </a>
        . {attribution}
      </p>
    </main>
  );
}
