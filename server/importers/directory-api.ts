/**
 * Reads a whole directory from its API (Open Referral UK: `/services`, page by page; where a page holds summaries,
 * each service in full). One request at a time with a pause between; what was fetched is kept for a day, so that a
 * reading that broke off goes on where it stopped.
 */

import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Invalid } from "../domain/errors";
import { type DirectoryDocument, listOf } from "./directory-documents";
import { parseJson } from "./directory-files";
import { isObject, numberAt, textAt } from "./json-fields";
import { type FetchLimits, fetchText, LIMITS, NoAnswer, publicUrl } from "./public-fetch";

export interface ApiOptions {
  /** Directory in which pages are kept until the load is done. */
  keepIn: string;
  limits?: FetchLimits;
  /** Least time between two requests. */
  pauseMs?: number;
  /** Longest wait before a page is tried again; a server may ask for it. */
  longestWaitMs?: number;
  /** Told now and then how far it is. */
  say?: (words: string) => void;
}

const PER_PAGE = 50;
const MOST_PAGES = 2_000;
const TRIES = 4;
const KEPT_MS = 24 * 3600 * 1000;
/** Fields that a service in full has and its line in a list has not. */
const DETAILS = [
  "service_at_locations",
  "service_areas",
  "schedules",
  "attributes",
  "contacts",
  "phones",
  "cost_options",
  "languages",
  "service_taxonomys",
];

/** One reading of a directory's API. */
export class DirectoryApi {
  readonly #base: URL;
  readonly #kept: string;
  readonly #options: Required<ApiOptions>;
  #lastAsked = 0;

  /** Throws Invalid for an address that may not be read. */
  constructor(address: string, options: ApiOptions) {
    this.#options = { limits: LIMITS, pauseMs: 200, longestWaitMs: 60_000, say: () => {}, ...options };
    this.#base = servicesUrl(publicUrl(address, this.#options.limits.allowLoopback));
    this.#kept = join(options.keepIn, digest(this.#base.href).slice(0, 16));
  }

  /** What the source is called unless the operator names it: its host and path. */
  get name(): string {
    return `${this.#base.host}${this.#base.pathname.replace(/\/services$/, "")}`;
  }

  /** Every service, in documents of a page each. Throws Invalid where the reading cannot go on. */
  async *documents(): AsyncGenerator<DirectoryDocument> {
    const seen = new Set<string>();
    let total: number | null = null;
    for (let page = 1; ; page += 1) {
      if (page > MOST_PAGES) throw new Invalid(`${this.#base.host} has more than ${MOST_PAGES} pages.`);
      const where = `page ${page}${total === null ? "" : ` of ${total}`}`;
      const body = await this.#get(this.#pageUrl(page), where);
      const list = listOf(body);
      if (!list) {
        if (page > 1) throw this.#stopped(where, "the server sent something else than a list");
        yield { name: where, body };
        return;
      }
      total = isObject(body) ? (numberAt(body, "total_pages") ?? numberAt(body, "totalPages")) : total;
      const ids = list.items.flatMap((item) => (isObject(item) ? [textAt(item, "id")] : []));
      if (ids.length > 0 && ids.every((id) => seen.has(id))) {
        throw this.#stopped(where, "the server gives the same services again and again");
      }
      for (const id of ids) seen.add(id);
      yield { name: where, body: await this.#inFull(list.items, where) };
      if (isLast(body, page, list.items.length, total)) return;
      if (page % 10 === 0) this.#options.say(`  ${where} read`);
    }
  }

  /** Forgets the kept pages: call it when the load is done. */
  async forget(): Promise<void> {
    await rm(this.#kept, { recursive: true, force: true });
  }

  #pageUrl(page: number): URL {
    const url = new URL(this.#base);
    url.searchParams.set("page", String(page));
    if (!url.searchParams.has("per_page")) url.searchParams.set("per_page", String(PER_PAGE));
    return url;
  }

  /** The services of a page, each in full where the page has only its line. One that is gone meanwhile keeps its line. */
  async #inFull(items: readonly unknown[], where: string): Promise<unknown[]> {
    const full: unknown[] = [];
    for (const item of items) {
      const id = isObject(item) ? textAt(item, "id") : "";
      if (!isObject(item) || id === "" || DETAILS.some((key) => key in item)) {
        full.push(item);
        continue;
      }
      const url = new URL(this.#base);
      url.search = "";
      url.pathname = `${url.pathname}/${encodeURIComponent(id)}`;
      const body = await this.#get(url, `${where}, service ${id.slice(0, 60)}`, true);
      full.push(isObject(body) && textAt(body, "id") === id ? body : item);
    }
    return full;
  }

  /** One document, from what is kept or from the server, which is asked again when that may help. */
  async #get(url: URL, where: string, mayBeGone = false): Promise<unknown> {
    const kept = await this.#findKept(url);
    if (kept !== null) return parseJson(kept, where);
    let because = "";
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      if (attempt > 1) this.#options.say(`  ${where}: ${because}; trying again`);
      await this.#pause();
      try {
        const answer = await fetchText(url, this.#options.limits);
        if (answer.ok) {
          const body = parseJson(answer.text, where);
          await this.#keep(url, answer.text);
          return body;
        }
        if (mayBeGone && (answer.status === 404 || answer.status === 410)) return null;
        because = `the server answered ${answer.status}`;
        if (![408, 425, 429].includes(answer.status) && answer.status < 500) break;
        if (attempt < TRIES) await this.#wait(attempt, answer.retryAfter);
      } catch (error) {
        // A body that broke off may still be whole JSON up to a point; either way it is asked for again.
        if (!(error instanceof NoAnswer)) throw this.#stopped(where, messageOf(error));
        because = error.message;
        if (attempt < TRIES) await this.#wait(attempt, null);
      }
    }
    throw this.#stopped(where, because);
  }

  async #pause(): Promise<void> {
    const left = this.#lastAsked + this.#options.pauseMs - Date.now();
    if (left > 0) await sleep(left);
    this.#lastAsked = Date.now();
  }

  /** As long as the server asks for, else longer with every try. */
  async #wait(attempt: number, retryAfter: string | null): Promise<void> {
    const seconds = Number(retryAfter ?? "");
    const date = Date.parse(retryAfter ?? "");
    const asked =
      Number.isFinite(seconds) && retryAfter ? seconds * 1000 : Number.isNaN(date) ? 0 : date - Date.now();
    const longer = this.#options.pauseMs * 5 * 2 ** (attempt - 1);
    await sleep(Math.min(Math.max(asked, longer), this.#options.longestWaitMs));
  }

  #stopped(where: string, because: string): Invalid {
    return new Invalid(
      `${this.#base.host} was read to ${where}, then ${because}. Nothing was loaded. What was fetched is kept for ` +
        "a day: run the same command again and it goes on from there.",
    );
  }

  #fileOf(url: URL): string {
    return join(this.#kept, `${digest(url.href)}.json`);
  }

  async #findKept(url: URL): Promise<string | null> {
    const text = await readFile(this.#fileOf(url), "utf8").catch(() => null);
    if (text === null) return null;
    const [at = "", ...body] = text.split("\n");
    return Date.now() - Number(at) < KEPT_MS ? body.join("\n") : null;
  }

  async #keep(url: URL, text: string): Promise<void> {
    await mkdir(this.#kept, { recursive: true, mode: 0o700 });
    await writeFile(this.#fileOf(url), `${Date.now()}\n${text}`, { mode: 0o600 });
  }
}

const digest = (text: string) => createHash("sha256").update(text).digest("hex");
const messageOf = (error: unknown) =>
  error instanceof Error ? error.message.replace(/\.$/, "") : "it failed";

/** The address of the list, whether or not the operator wrote its last part. */
function servicesUrl(url: URL): URL {
  const list = new URL(url);
  list.hash = "";
  for (const key of ["page", "page_number"]) list.searchParams.delete(key);
  list.pathname = list.pathname.replace(/\/+$/, "");
  if (!/\/services$/i.test(list.pathname)) list.pathname += "/services";
  return list;
}

function isLast(body: unknown, page: number, items: number, total: number | null): boolean {
  if (items === 0 || !isObject(body)) return true;
  if (body["last_page"] === true || body["last"] === true) return true;
  if (total !== null) return page >= total;
  // Without a total a list goes on until a page is short or says that it is the last.
  return body["last_page"] === undefined && body["last"] === undefined && items < PER_PAGE;
}
