/**
 * The blocks of outcome data sets in the database: each part of a block is packed, sealed for its data set, block and
 * part, and opened by itself. Work of the worker and of operators' commands, whose key is "outcomes"; for whoever holds
 * another, a block is noise.
 */

import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { z } from "zod";
import type { Sql, Tx } from "../db/client";
import {
  type Covariates,
  covariatesPart,
  type Events,
  eventsPart,
  type Identities,
  identitiesPart,
  type Part,
  PEOPLE_A_BLOCK,
} from "./domain/lab/data-set";
import { openBytes, type SealedColumn, sealBytes } from "./identity-vault";

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** A data set by whose it is and its own id. */
export interface DataSetKey {
  organisationId: number;
  id: string;
}

/** People to be kept as one block, in order. */
export interface BlockOfPeople {
  identities: Identities;
  covariates: Covariates;
  events: Events;
}

const columnOf = (part: Part): SealedColumn => `data_set_block.${part}`;

const rowOf = ({ organisationId, id }: DataSetKey, block: number) => ({
  organisationId,
  id: `${id}/${block}`,
});

async function closed(part: Part, set: DataSetKey, block: number, people: unknown): Promise<Buffer> {
  return sealBytes(columnOf(part), rowOf(set, block), await pack(JSON.stringify(people)));
}

/** Keeps one block of a data set. */
export async function putBlock(tx: Tx, set: DataSetKey, block: number, people: BlockOfPeople): Promise<void> {
  const [identities, covariates, events] = await Promise.all([
    closed("identities", set, block, people.identities),
    closed("covariates", set, block, people.covariates),
    closed("events", set, block, people.events),
  ]);
  await tx`
    insert into lab.data_set_block (organisation_id, data_set_id, block, identities, covariates, events)
    values (${set.organisationId}, ${set.id}, ${block}, ${identities}, ${covariates}, ${events})`;
}

/** One part of a block, with the number of its first person. */
interface OpenedBlock<T> {
  first: number;
  people: T;
}

async function* partsOf<T>(
  stats: Sql | Tx,
  set: DataSetKey,
  part: Part,
  schema: z.ZodType<T>,
): AsyncGenerator<OpenedBlock<T>> {
  for (let block = 0; ; block += 1) {
    const [row] = await stats<{ sealed: Buffer }[]>`
      select ${stats(part)} as sealed from lab.data_set_block
      where organisation_id = ${set.organisationId} and data_set_id = ${set.id} and block = ${block}`;
    if (!row) return;
    const text = await unpack(openBytes(columnOf(part), rowOf(set, block), row.sealed));
    yield { first: block * PEOPLE_A_BLOCK, people: schema.parse(JSON.parse(text.toString("utf8"))) };
  }
}

/** Who the people of a data set are, block by block. */
export const identitiesOf = (stats: Sql | Tx, set: DataSetKey) =>
  partsOf<Identities>(stats, set, "identities", identitiesPart);

/** Their index dates and what they were on them. */
export const covariatesOf = (stats: Sql | Tx, set: DataSetKey) =>
  partsOf<Covariates>(stats, set, "covariates", covariatesPart);

/** What happened to them. */
export const eventsOf = (stats: Sql | Tx, set: DataSetKey) =>
  partsOf<Events>(stats, set, "events", eventsPart);
