/**
 * The session of one account with the server, as its open device has it: whoever holds the key of the device may ask
 * on through a lock, by proof of it, and no other way.
 */
import { type Client, clientFor, type Fault, faultOf } from "./calls";
import type { Profile } from "./store";
import type { Vault } from "./vault";

interface SessionPorts {
  deviceId: string;
  profile: Profile;
  vault: Vault;
  /** The key was dropped: nothing is proved with it any more. */
  isClosed(): boolean;
}

export class ServerSession {
  readonly client: Client;
  readonly #ports: SessionPorts;

  constructor(ports: SessionPorts) {
    this.#ports = ports;
    this.client = clientFor(ports.profile);
  }

  /** Asks the server; a session that was locked meanwhile is unlocked by proof of the key, once. */
  async ask<T>(question: (client: Client) => Promise<T>): Promise<{ ok: T } | { fault: Fault }> {
    try {
      return { ok: await question(this.client) };
    } catch (error) {
      const fault = faultOf(error);
      const isLocked = fault.kind === "signed-out" && fault.reason === "locked";
      if (!isLocked || !(await this.unlock())) return { fault };
    }
    try {
      return { ok: await question(this.client) };
    } catch (error) {
      return { fault: faultOf(error) };
    }
  }

  /** Whether the session is open now, by proof of the key. */
  async unlock(): Promise<boolean> {
    const { deviceId, vault, isClosed } = this.#ports;
    if (isClosed()) return false;
    try {
      const { nonce } = await this.client.session.challenge.mutate();
      const proof = await vault.proofOf(nonce);
      return (await this.client.session.unlock.mutate({ deviceId, proof })).ok;
    } catch {
      return false;
    }
  }

  /** Says that somebody is at work, so that the session is not locked. */
  alive(): void {
    void this.client.session.alive.mutate().catch(() => {});
  }

  /** Locks the session; throws when the server could not be told. */
  async lock(): Promise<void> {
    await this.client.session.lock.mutate();
  }

  /** A session that is over cannot say that the device was struck off: the device asks for itself. */
  async isRevoked(): Promise<boolean> {
    const { deviceId, profile } = this.#ports;
    try {
      return (await this.client.device.isRevoked.query({ accountId: profile.accountId, deviceId })).revoked;
    } catch {
      // Asked again when the next try fails.
      return false;
    }
  }
}
