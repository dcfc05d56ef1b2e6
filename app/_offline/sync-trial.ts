/**
 * One random life of two devices, three people's worth of trouble, and a ledger kept outside the product of what the
 * user was told. A tape of numbers decides everything: who acts, what breaks and when, and which of the pending steps
 * goes on next. When the tape ends all is mended, the devices come in step, and the server must hold exactly what the
 * user was told. For tests and `npm run prove -- offline`.
 */
import { unsentOf } from "./sync";
import { Tape } from "./trial-turns";
import {
  type Account,
  type Breakage,
  type Disk,
  newDevice,
  type Stored,
  type Tab,
  World,
} from "./trial-world";
import { resend } from "./verbs";

export interface Trial {
  /** What the user was told and is not so; empty when all is well. */
  faults: string[];
  /** How often each thing happened. */
  happened: Readonly<Record<string, number>>;
}

/** Plays a tape to its end, mends everything, and compares. */
export async function runTrial(numbers: readonly number[], breakage: Breakage | null = null): Promise<Trial> {
  const tape = new Tape(numbers);
  const world = new World(tape, breakage);
  for (const device of world.devices) world.openTab(device, "amina");
  while (!tape.isOver) await play(world);
  await mendAndFinish(world);
  return { faults: faultsOf(world), happened: world.happened };
}

async function play(world: World): Promise<void> {
  const { tape } = world;
  const tab = world.tabs[tape.draw(Math.max(1, world.tabs.length))];
  const kind = tape.draw(60);
  if (kind < 26) {
    for (let steps = tape.draw(8); steps >= 0 && world.turns.count > 0; steps -= 1) {
      await world.turns.next(tape.draw(world.turns.count));
    }
  } else if (kind < 48) {
    if (tab) act(world, tab, kind);
  } else await trouble(world, tab, kind);
}

/** Somebody uses a tab. */
function act(world: World, tab: Tab, kind: number): void {
  const { tape } = world;
  if (kind < 33) void world.save(tab);
  else if (kind < 40) void tab.sync.round({ skipHold: tape.draw(3) > 0, skipWait: tape.draw(3) > 0 });
  else if (kind < 43) {
    const id = idOf(world, tab, "waiting");
    if (id) void world.takeBack(tab, id);
  } else if (kind < 46) {
    const id = idOf(world, tab, "parked");
    if (id) void world.settleParked(tab, id, tape.draw(3));
  } else if (kind === 46 || tape.draw(2) === 0) void world.edit(tab);
  else changeEdit(world, tab);
}

/** Somebody thinks again about a change of details, or puts right one that was refused. */
function changeEdit(world: World, tab: Tab): void {
  const edits = [...tab.sync.ledger.items.values()].filter(({ work }) => work.kind === "profile");
  const item = edits[world.tape.draw(Math.max(1, edits.length))];
  if (item?.state === "waiting") void world.undoEdit(tab, item.work.id);
  if (item?.state === "parked") void world.mendEdit(tab, item.work);
}

/** Something changes round the devices, for the worse or the better. */
async function trouble(world: World, tab: Tab | undefined, kind: number): Promise<void> {
  const { tape } = world;
  const device = world.devices[tape.draw(2)] ?? newDevice();
  const one = <T>(...choices: readonly [T, ...T[]]): T => choices[tape.draw(choices.length)] ?? choices[0];
  if (kind < 51) world.advance(one(1_000, 11_000, 400_000));
  else if (kind === 51) {
    world.note("clock jumped by years");
    world.clockMs += one(1, -1) * 3 * 365 * 86_400_000;
  } else if (kind === 52) {
    world.serverMode = one<World["serverMode"]>("well", "well", "well", "500", "400");
    if (world.serverMode !== "well") world.note(`server answers ${world.serverMode} for a while`);
  } else if (kind === 53) {
    device.signedIn = one<Account | null>("amina", "amina", "amina", "ben", null);
    if (device.signedIn !== "amina") world.note(device.signedIn ? "user switched" : "session expired");
  } else if (kind === 54) device.hasSignal = one(true, true, false);
  else if (kind === 55) device.disks.amina.isFull = one(false, false, true);
  else if (kind === 56 && tab) {
    world.note(world.turns.isWaiting(tab) ? "tab closed in the middle of something" : "tab closed");
    world.closeTab(tab);
  } else if (kind < 59 && world.tabs.length < 4) world.openTab(device, one<Account>("amina", "amina", "ben"));
  else if (tab) void tab.sync.clear(tab.sync.ledger.position);
}

/** A contact of the tab's own ledger that the user can point at. */
function idOf(world: World, tab: Tab | undefined, state: "waiting" | "parked"): string | undefined {
  const ids = [...(tab?.sync.ledger.items.values() ?? [])]
    .filter((item) => item.work.kind === "contact" && item.state === state)
    .map(({ work }) => work.id);
  return ids[world.tape.draw(Math.max(1, ids.length))];
}

const LONG_MS = 600_000;
const MOST_ROUNDS = 60;

/** Everything works again, people look at what is parked, and one tab for each brings its device in step. */
async function mendAndFinish(world: World): Promise<void> {
  world.serverMode = "well";
  for (const device of world.devices) {
    device.hasSignal = true;
    for (const disk of Object.values(device.disks)) disk.isFull = false;
  }
  // Half of the tabs are closed in the middle of what they do, the others end it.
  for (const tab of [...world.tabs].filter((_, at) => at % 2 === 1)) world.closeTab(tab);
  await drain(world);
  for (const tab of [...world.tabs]) world.closeTab(tab);
  world.advance(LONG_MS);
  for (const device of world.devices) {
    for (const account of ["amina", "ben"] as const) {
      device.signedIn = account;
      const tab = world.openTab(device, account);
      await finish(world, tab.sync.refresh());
      for (let round = 0; round < MOST_ROUNDS && unsentOf(tab.sync.ledger).length > 0; round += 1) {
        await finish(world, tab.sync.round({ skipHold: true, skipWait: true }));
        for (const item of unsentOf(tab.sync.ledger)) {
          if (item.state !== "parked") continue;
          const { work } = item;
          if (work.kind === "contact") await finish(world, world.settleParked(tab, work.id, 2));
          else if (work.kind === "profile") await finish(world, world.mendEdit(tab, work));
          else
            await finish(
              world,
              tab.sync.change((ledger) => resend(ledger, work.id)),
            );
        }
      }
      world.closeTab(tab);
    }
  }
}

async function finish(world: World, work: Promise<unknown>): Promise<void> {
  let isDone = false;
  void work.then(() => {
    isDone = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  while (!isDone && world.turns.count > 0) await world.turns.next(0);
}

async function drain(world: World): Promise<void> {
  while (world.turns.count > 0) await world.turns.next(0);
}

/** Compares what the server holds with what the user was told. */
function faultsOf(world: World): string[] {
  const faults: string[] = [];
  const held = new Map<string, Stored[]>();
  for (const stored of world.stored) held.set(stored.origin, [...(held.get(stored.origin) ?? []), stored]);
  for (const [id, told] of world.told) {
    const there = held.get(id) ?? [];
    const standing = there.filter(({ voided }) => !voided);
    if (there.length > 1) faults.push(`doubled: ${id}`);
    if (told.saved && !told.goneAsked && standing.length === 0) faults.push(`lost: ${id}`);
    if (told.gone && standing.length > 0) faults.push(`phantom: ${id}`);
    for (const { by, text } of there) {
      if (by !== told.by) faults.push(`somebody else's: ${id}`);
      if (!told.texts.includes(text)) faults.push(`altered: ${id}`);
    }
  }
  for (const id of held.keys()) if (!world.told.has(id)) faults.push(`phantom: ${id}`);
  for (const id of world.toldEdits) {
    if (!world.edits.has(id) && !world.changedEdits.get(id)) faults.push(`lost edit: ${id}`);
  }
  for (const id of world.undoneEdits) if (world.edits.has(id)) faults.push(`phantom edit: ${id}`);
  return [...faults, ...outOfOrder(world)];
}

/** Contacts of one client that nobody had to look at arrive in the order in which one device saved them. */
function outOfOrder(world: World): string[] {
  const orders = world.devices.flatMap(({ disks }) => Object.values(disks));
  return orders.flatMap((disk) => {
    const saved = disk.entries.flatMap(({ event }) =>
      event.kind === "added" && event.work.kind === "contact" ? [event.work] : [],
    );
    const faults: string[] = [];
    const arrivedAt = (id: string) => world.stored.findIndex(({ origin }) => origin === id);
    const latest = new Map<string, number>();
    for (const { id, clientId } of saved) {
      const at = arrivedAt(id);
      if (at < 0 || isLookedAt(disk, id)) continue;
      if (at < (latest.get(clientId) ?? -1)) faults.push(`out of order: ${id}`);
      latest.set(clientId, at);
    }
    return faults;
  });
}

const isLookedAt = (disk: Disk, id: string) =>
  disk.entries.some(({ event }) => event.kind === "parked" && event.id === id);
