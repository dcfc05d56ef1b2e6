/** The people whom an organisation helps: found, added and shown to its own members only. */

import type { ActorCtx } from "./context";
import type { AddClient } from "./domain/client";
import { NotFound } from "./domain/errors";
import type { ClientProfile, ClientSummary, FoundClient } from "./domain/profile";

export function findClients(_ctx: ActorCtx, _text: string): Promise<FoundClient[]> {
  return Promise.resolve([]);
}

export function recentClients(_ctx: ActorCtx): Promise<ClientSummary[]> {
  return Promise.resolve([]);
}

export function getClient(
  _ctx: ActorCtx,
  _request: { id: string; showIdentifiers: boolean },
): Promise<ClientProfile> {
  return Promise.reject(new NotFound("This person"));
}

export function addClient(
  _ctx: ActorCtx,
  client: AddClient,
): Promise<{ id: string; outcome: "stored" | "already-stored" }> {
  return Promise.resolve({ id: client.id, outcome: "stored" });
}
