"use client";
/** Goes on to the first pair where the queue has a place beside it; says so when there is none. */
import { useMediaQuery } from "@mantine/hooks";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { PageTitle } from "../../_ui/page-title";
import { useQueue } from "./queue";
import { Recorded } from "./recorded";

/** Where the desk has two columns: as in reviews.module.css. */
const TWO_COLUMNS = "(min-width: 64em)";

export function Start() {
  const router = useRouter();
  const { items } = useQueue();
  const hasRoom = useMediaQuery(TWO_COLUMNS);
  const first = items[0]?.id;
  useEffect(() => {
    if (hasRoom && first) router.replace(`/reviews/${first}`);
  }, [hasRoom, first, router]);
  return (
    <>
      <Recorded />
      {first ? (
        <PageTitle title="Pairs to review">
          Two records that may be one person. You see them masked and say what you think.
        </PageTitle>
      ) : (
        <PageTitle title="Nothing waits for you">
          Every pair that was unclear has been looked at. When two records look alike but not alike enough,
          they show up here.
        </PageTitle>
      )}
    </>
  );
}
