/**
 * The model that pairs are weighed with: the one that ships until there are clients enough to learn from, then what
 * was estimated from the clients here. Its numbers say nothing of anybody; how common each name is does, and is sealed.
 */

import { z } from "zod";
import type { Db } from "../db/client";
import { FIELDS, FREQUENCY_FIELDS } from "./domain/linking/comparison";
import { type LinkModel, SHIPPED_MODEL } from "./domain/linking/model";
import { type Day, dayOf } from "./domain/period";
import { open, seal } from "./identity-vault";

export interface ModelInUse {
  model: LinkModel;
  /** The day on which it was estimated; null for the one that ships. */
  madeOn: Day | null;
}

const parametersSchema = z.object({
  version: z.string(),
  prior: z.number(),
  fields: z.record(z.string(), z.record(z.string(), z.object({ m: z.number(), u: z.number() }))),
  thresholds: z.object({ link: z.number(), review: z.number() }),
});
const frequenciesSchema = z.partialRecord(
  z.enum(FREQUENCY_FIELDS),
  z.array(z.tuple([z.string(), z.number()])),
);

interface ModelRow {
  id: number;
  madeAt: Date;
  parameters: unknown;
  frequencies: Buffer;
}

/** Where the frequencies of a model are bound to: models belong to no organisation. */
const rowOf = (id: number) => ({ organisationId: 0, id: String(id) });

/** The newest model, or the one that ships. Throws when the key that sealed it is not held. */
export async function modelInUse(db: Db): Promise<ModelInUse> {
  const [row] = await db<
    ModelRow[]
  >`select id, made_at, parameters, frequencies from identity.current_link_model()`;
  if (!row) return { model: SHIPPED_MODEL, madeOn: null };
  const { fields: kept, ...parameters } = parametersSchema.parse(row.parameters);
  // A field that is newer than the model is weighed as the one that ships weighs it.
  const fields = { ...SHIPPED_MODEL.fields };
  for (const field of FIELDS) fields[field] = kept[field] ?? fields[field];
  const sealed = open("link_model.frequencies", rowOf(row.id), row.frequencies);
  const frequencies = Object.fromEntries(
    Object.entries(frequenciesSchema.parse(JSON.parse(sealed))).map(([field, values]) => [
      field,
      new Map(values),
    ]),
  );
  return { model: { ...parameters, fields, frequencies }, madeOn: dayOf(row.madeAt) };
}

/** Keeps a model as the one in use from now on. Its version is its number. */
export async function keepModel(db: Db, model: LinkModel, clients: number): Promise<LinkModel> {
  const [reserved] = await db<{ id: number }[]>`select identity.reserve_link_model() as id`;
  if (!reserved) throw new Error("The model got no number");
  const { frequencies, ...parameters } = { ...model, version: String(reserved.id) };
  const listed = Object.fromEntries(
    Object.entries(frequencies).map(([field, values]) => [field, [...values]]),
  );
  const sealed = seal("link_model.frequencies", rowOf(reserved.id), JSON.stringify(listed));
  await db`
    select identity.keep_link_model(
      ${reserved.id}, ${clients}, ${JSON.stringify(parameters)}::text::jsonb, ${sealed}::bytea)`;
  return { ...parameters, frequencies };
}
