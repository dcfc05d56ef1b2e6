/** Reads fields of JSON whose shape nobody promises: what is not as expected reads as empty. */

export type Json = Readonly<Record<string, unknown>>;

/** Whether a value is an object with fields. */
export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text or number as text; empty for anything else. */
export function textAt(object: Json, key: string): string {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** A number, written as one or as text; null for anything else. */
export function numberAt(object: Json, key: string): number | null {
  const text = textAt(object, key).trim();
  const number = Number(text);
  return text === "" || !Number.isFinite(number) ? null : number;
}

/** The object at a key; one without fields when there is none. */
export function objectAt(object: Json, key: string): Json {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return isObject(value) ? value : {};
}

/** The objects of the list at a key. */
export function listAt(object: Json, key: string): Json[] {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return Array.isArray(value) ? value.filter(isObject) : [];
}
