/** The files of a kept summary, by what people look for. */
import type { SummaryFileLine } from "../../../../server/domain/summaries";

/** Where the kept bytes of a file are handed out. */
export const fileAddress = (id: string, { name }: SummaryFileLine): string =>
  `/api/summaries/${id}/${encodeURIComponent(name)}`;

export function sortedFiles(files: readonly SummaryFileLine[]) {
  const ending = (end: string) => files.filter(({ name }) => name.endsWith(end));
  const tables = ending(".csv");
  return {
    pdf: ending(".pdf")[0],
    html: ending(".html")[0],
    xlsx: ending(".xlsx")[0],
    ods: ending(".ods")[0],
    /** One a table, and what their columns mean. */
    tables: tables.length > 0 ? [...tables, ...ending(".json")] : [],
    charts: ending(".svg"),
  };
}
