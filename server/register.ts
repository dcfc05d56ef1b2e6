/**
 * The open register of studies as anybody reads it, over the connection that sees what is published and nothing else:
 * by the day on which a study was put there, never by what it came to.
 */

import type { Sql } from "../db/client";
import { NotFound } from "./domain/errors";
import {
  FINDINGS,
  type Finding,
  keptFigure,
  keptRecord,
  PAGE_OF_REGISTER,
  type RegisterFile,
  type RegisterLine,
  type RegisterPlace,
  type RegisterStudy,
  type RegisterSummary,
  summaryOf,
} from "./domain/lab/register";
import type { Day } from "./domain/period";
import { readFrozen } from "./open-data/release-files";

interface Row {
  number: number;
  organisation: string;
  intervention: string;
  dataSet: string;
  finding: string;
  sent: number | null;
  compared: number | null;
  publishedOn: Day;
  withdrawnOn: Day | null;
}

function lineOf({ sent, compared, finding, ...row }: Row): RegisterLine {
  const found = FINDINGS.find((each) => each === finding);
  if (!found) throw new Error("The register holds a finding that there is not");
  return { ...row, finding: found, sent: keptFigure(sent), compared: keptFigure(compared) };
}

const columns = (reader: Sql) => reader`
  number, organisation_name as organisation, intervention, data_set_name as data_set, finding, sent, compared,
  published_on, withdrawn_on`;

/** A page of the register, the newest first, and how many pages there are. */
export async function listRegister(
  reader: Sql,
  { page }: { page: number },
): Promise<{ lines: RegisterLine[]; page: number; pages: number }> {
  const [{ studies } = { studies: 0 }] = await reader<{ studies: number }[]>`
    select count(*)::int as studies from published.study`;
  const rows = await reader<Row[]>`
    select ${columns(reader)} from published.study
    order by published_on desc, number desc
    limit ${PAGE_OF_REGISTER} offset ${(page - 1) * PAGE_OF_REGISTER}`;
  return { lines: rows.map(lineOf), page, pages: Math.max(1, Math.ceil(studies / PAGE_OF_REGISTER)) };
}

/** What all studies of the register come to. */
export async function summariseRegister(reader: Sql): Promise<RegisterSummary> {
  const rows = await reader<Row[]>`select ${columns(reader)} from published.study`;
  return summaryOf(rows.map(lineOf));
}

/** One study with the files of its report. Throws NotFound when the register has none of this number. */
export async function getRegisterStudy(reader: Sql, number: number): Promise<RegisterStudy> {
  const [row] = await reader<(Row & { record: unknown })[]>`
    select ${columns(reader)}, record from published.study where number = ${number}`;
  if (!row) throw new NotFound("This study");
  const { record, ...line } = row;
  const told = lineOf(line);
  return {
    ...told,
    record: record === null || isWithdrawn(told.finding) ? null : keptRecord.parse(record),
    files: isWithdrawn(told.finding) ? [] : await listFiles(reader, number),
  };
}

/** The line of a study that its organisation knows by its own id; null while there is none. */
export async function findRegisterPlace(reader: Sql, studyId: string): Promise<RegisterPlace | null> {
  const [row] = await reader<RegisterPlace[]>`
    select s.number, (
      select f.name from published.study_file as f
      where f.number = s.number and f.name like '%.pdf' order by f.position limit 1) as report
    from published.study as s where s.study_id = ${studyId}`;
  return row ?? null;
}

const isWithdrawn = (finding: Finding) => finding === "withdrawn";

async function listFiles(reader: Sql, number: number): Promise<RegisterFile[]> {
  const rows = await reader<(Omit<RegisterFile, "size"> & { size: bigint })[]>`
    select name, media_type, sha256, size from published.study_file where number = ${number} order by position`;
  return rows.map((row) => ({ ...row, size: Number(row.size) }));
}

/** A file of a report with its bytes. Throws NotFound when there is none of that name, or the study was withdrawn. */
export async function readRegisterFile(
  reader: Sql,
  number: number,
  name: string,
): Promise<{ file: RegisterFile; bytes: Buffer }> {
  const { files } = await getRegisterStudy(reader, number);
  const file = files.find((each) => each.name === name);
  if (!file) throw new NotFound("This file");
  return { file, bytes: await readFrozen(reader, file.sha256) };
}
