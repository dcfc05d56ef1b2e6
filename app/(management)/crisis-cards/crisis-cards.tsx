"use client";
/** Every card as workers see it, with when it was last checked; one at a time is changed. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type CrisisCard, wantsReview } from "../../../server/domain/crisis-cards";
import { findNeed } from "../../../server/domain/needs";
import { type Day, dayInWords } from "../../../server/domain/period";
import { useTRPC } from "../../_trpc/client";
import form from "../../_ui/form.module.css";
import { Tag } from "../../_ui/tag";
import { CardEditor } from "./card-editor";
import { CardFace } from "./card-face";
import styles from "./crisis-cards.module.css";

interface CrisisCardsProps {
  given: CrisisCard[];
  today: Day;
}

export function CrisisCards({ given, today }: CrisisCardsProps) {
  const trpc = useTRPC();
  const read = useQuery(trpc.crisisCards.list.queryOptions(undefined, { initialData: given }));
  const [editing, setEditing] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  return (
    <>
      <div role="status">{said && <p className={form["good"]}>{said}</p>}</div>
      <ul className={styles["cards"]}>
        {read.data.map((card) => (
          <li key={card.need} className={form["card"]}>
            <div className={styles["head"]}>
              <div>
                <h2 className={styles["need"]}>{findNeed(card.need)?.label ?? card.need}</h2>
                <p className={styles["checked"]}>
                  {card.reviewedOn
                    ? `Last checked on ${dayInWords(card.reviewedOn)}`
                    : "Nobody has checked it yet"}
                </p>
              </div>
              {wantsReview(card, today) && <Tag tone="wait">Check these</Tag>}
            </div>
            {editing === card.need ? (
              <CardEditor
                card={card}
                onCancel={() => setEditing(null)}
                onSaved={async (words) => {
                  await read.refetch();
                  setEditing(null);
                  setSaid(words);
                }}
              />
            ) : (
              <>
                <CardFace card={card} />
                <Button
                  variant="default"
                  size="sm"
                  mt={12}
                  aria-label={`Check or change the card for ${findNeed(card.need)?.label ?? card.need}`}
                  onClick={() => {
                    setSaid("");
                    setEditing(card.need);
                  }}
                >
                  Check or change
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
