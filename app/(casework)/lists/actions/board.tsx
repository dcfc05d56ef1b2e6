"use client";
/**
 * What was set out to be done, as long as what others share of it may be shown: asked again and again while the page is
 * open. At the first no everything is hidden, and the page loaded anew shows what is left.
 */
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import type { ShownListAction } from "../../../../server/domain/agreements/list-action";
import { useTRPC } from "../../../_trpc/client";
import { useStanding } from "../../_known-to/standing";
import styles from "../lists.module.css";

interface BoardProps {
  actions: readonly ShownListAction[];
  children: ReactNode;
}

export function Board({ actions, children }: BoardProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const [ended, setEnded] = useState<string | null>(null);
  const before = idsOf(actions.filter((action) => action.before !== null));
  const after = idsOf(actions.filter((action) => action.after !== null));
  const shown = JSON.stringify([before, after]);
  const isEnded = ended === shown;
  const { isUnchecked } = useStanding(trpc.lists.actionsStand.queryOptions({ before, after }), {
    isShown: before.length + after.length > 0 && !isEnded,
    onEnded: () => {
      setEnded(shown);
      router.refresh();
    },
  });
  return (
    <>
      <div role="status">
        {isEnded && <p className={styles["over"]}>Something here is not shared with you any longer.</p>}
        {isUnchecked && (
          <p className={styles["over"]}>
            This is hidden: it cannot be checked just now whether it may still be shown.
          </p>
        )}
      </div>
      {/* Gone whole, so that no card keeps what it showed. */}
      {!isEnded && <div hidden={isUnchecked}>{children}</div>}
    </>
  );
}

const idsOf = (actions: readonly ShownListAction[]) => actions.map(({ id }) => id);
