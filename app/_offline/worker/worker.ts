/**
 * The service worker: opens the field screens from this device, with or without signal. It keeps four pages that are
 * the same for everybody and the files they need, answers for them at once and looks for newer ones behind. It never
 * touches a call to the server and never keeps any other page: without signal such a page leads back to the field
 * home. A new version takes over at once; tabs of the one
 * before find their files still there.
 */
import { FIELD_HOME, mayKeep, SHELLS, wayOf } from "./shells";

/** Put in by the build: every file that the shells need, and what stands for all of them. */
declare const FILES: readonly string[];
declare const VERSION: string;

interface LastingEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface AskedEvent extends LastingEvent {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Told extends LastingEvent {
  data: unknown;
}

/** What a service worker finds round itself: the types of a page do not know it. */
declare const self: {
  location: Location;
  registration: ServiceWorkerRegistration;
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", work: (event: LastingEvent) => void): void;
  addEventListener(type: "fetch", work: (event: AskedEvent) => void): void;
  addEventListener(type: "message", work: (event: Told) => void): void;
};

const PREFIX = "field-";
const CACHE = `${PREFIX}${VERSION}`;
/** Remembers, across versions, that this device begins its day in the field. */
const HOME_CACHE = "home";
const NAMED = new Set(FILES);

self.addEventListener("install", (event) => {
  event.waitUntil(install().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldVersions().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === "home-is-the-field") event.waitUntil(rememberHome(true));
  if (event.data === "home-is-elsewhere") event.waitUntil(rememberHome(false));
});

self.addEventListener("fetch", (event) => {
  const way = wayOf(event.request, self.location.origin);
  if (way.kind === "shell") event.respondWith(openShell(event, way.path));
  if (way.kind === "front-door") event.respondWith(openFrontDoor(event));
  if (way.kind === "page") event.respondWith(openPage(event));
  if (way.kind === "file") event.respondWith(openFile(event.request));
});

/** All files, from an earlier version where it has them; then the pages. */
async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  await Promise.all(
    FILES.map(async (file) => {
      const held = await caches.match(file);
      const answer = held ?? (await fetch(file));
      if (!answer.ok) throw new Error(`${file} is missing`);
      await cache.put(file, answer);
    }),
  );
  await Promise.all(SHELLS.map((path) => renew(path).catch(() => {})));
}

/** The version before stays for the tabs that still run it. */
async function forgetOldVersions(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
}

async function openShell(event: AskedEvent, path: string): Promise<Response> {
  const held = await (await caches.open(CACHE)).match(path);
  if (!held) return fetch(event.request);
  event.waitUntil(renew(path).catch(() => {}));
  return held;
}

/** Fetches a page and keeps it, when it is the shell that it should be. */
async function renew(path: string): Promise<void> {
  const answer = await fetch(path, { credentials: "same-origin", redirect: "manual", cache: "no-store" });
  const html = await answer.clone().text();
  const verdict = mayKeep(answer, html, NAMED);
  if (verdict === "yes") await (await caches.open(CACHE)).put(path, answer);
  if (verdict === "other-build") await self.registration.update();
}

async function openFrontDoor(event: AskedEvent): Promise<Response> {
  const isField = await (await caches.open(HOME_CACHE)).match(FIELD_HOME);
  return isField ? Response.redirect(FIELD_HOME, 302) : openPage(event);
}

/** A page from the network, as it is; out of reach, the field home if it is here, where work can go on. */
async function openPage(event: AskedEvent): Promise<Response> {
  try {
    return await fetch(event.request);
  } catch (error) {
    if (await (await caches.open(CACHE)).match(FIELD_HOME)) return Response.redirect(FIELD_HOME, 302);
    throw error;
  }
}

async function openFile(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function rememberHome(isField: boolean): Promise<void> {
  const cache = await caches.open(HOME_CACHE);
  if (isField) await cache.put(FIELD_HOME, new Response());
  else await cache.delete(FIELD_HOME);
}
