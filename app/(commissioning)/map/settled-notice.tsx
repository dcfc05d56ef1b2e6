"use client";
/** The quiet line that says a period has settled or was revised, with a way to it. */
import styles from "./settled-notice.module.css";
import type { SettledNews } from "./use-settled-notice";

export function SettledNotice({
  className,
  news,
  period,
  onShow,
}: {
  className: string | undefined;
  news: SettledNews;
  /** The period that is on the map. */
  period: string;
  onShow: (period: string) => void;
}) {
  const { notice, dismiss } = news;
  return (
    <output className={`${styles["notice"]} ${className ?? ""}`} aria-live="polite">
      {notice && (
        <>
          <span className={styles["dot"]} aria-hidden="true" />
          {notice.words}
          {notice.period !== period && (
            <button type="button" className={styles["link"]} onClick={() => onShow(notice.period)}>
              Show it
            </button>
          )}
          <button type="button" className={styles["link"]} onClick={dismiss}>
            Dismiss
          </button>
        </>
      )}
    </output>
  );
}
