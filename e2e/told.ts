/**
 * The ledger that is kept outside the product: what a worker was shown as saved, and nothing else. In the end it is
 * compared with what the database holds: all of it once, and nothing that nobody was told of.
 */
import { connect, type Sql } from "../db/client";
import { startCluster } from "../db/cluster";
import type { NewContactInput } from "../server/domain/contact";
import { findNeed } from "../server/domain/needs";
import { uuidv7 } from "../server/ids";

/** The database of the installation under test, as its superuser. */
export async function openInstallationDatabase(): Promise<{ sql: Sql; close(): Promise<void> }> {
  const dataDir = process.env["E2E_DATA_DIR"];
  if (!dataDir) throw new Error("The installation did not say where its files are");
  const cluster = await startCluster({ dataDir, durable: false });
  const sql = connect(Object.assign(new URL(cluster.administrator), { pathname: "/common_need" }).href, {
    max: 2,
  });
  return {
    sql,
    close: async () => {
      await sql.end({ timeout: 5 });
      await cluster.stop();
    },
  };
}

/** Made people of the suite: nobody else in the county has this family name. */
export const FAMILY = "Quillfeather";
/** A word that stands in every note of the suite. */
export const NOTED = "heronmarsh";

export interface Compared {
  acknowledged: number;
  stored: number;
  /** Shown as saved and not there. */
  lost: string[];
  /** Issues that are there twice. */
  doubled: string[];
  /** There, though never said under this id, or said to be undone. */
  phantom: string[];
  /** There with something else in it. */
  altered: string[];
}

interface StoredEntry {
  contactId: string;
  clientId: string;
  occurredOn: string;
  voided: boolean;
  issueId: string;
  needNumber: number;
  severity: string;
}

export class Told {
  readonly #tried = new Map<string, NewContactInput>();
  readonly #acknowledged = new Set<string>();
  readonly #undone = new Set<string>();
  readonly #name: string;
  #made = 0;

  /** `name` begins the own words of every issue of this ledger. */
  constructor(name: string) {
    this.#name = name;
  }

  /** A contact with one issue, in words of its own. The clients of a ledger are nobody else's. */
  contact(
    with_: Pick<NewContactInput, "clientId" | "serviceId" | "occurredOn"> & Partial<NewContactInput>,
  ): NewContactInput {
    this.#made += 1;
    const label = `${this.#name} ${this.#made}`;
    const contact: NewContactInput = {
      id: uuidv7(),
      channel: "phone",
      note: `${NOTED} ${label}`,
      entries: [{ issueId: uuidv7(), need: "OTH-01", label, status: "new", severity: "low", ours: true }],
      ...with_,
    };
    this.#tried.set(contact.id, contact);
    return contact;
  }

  get acknowledged(): number {
    return this.#acknowledged.size;
  }

  /** The worker was shown that it is saved. */
  saved(id: string): void {
    this.#acknowledged.add(id);
  }

  /** The screen said "Saved" of a contact that it made itself. */
  savedOnScreen(contact: NewContactInput): void {
    this.#tried.set(contact.id, contact);
    this.#acknowledged.add(contact.id);
  }

  /** The worker was shown that it was taken back. */
  undone(id: string): void {
    this.#acknowledged.delete(id);
    this.#undone.add(id);
  }

  /** What the database holds of everybody whom this ledger speaks of. */
  async compare(sql: Sql): Promise<Compared> {
    const clients = [...new Set([...this.#tried.values()].map(({ clientId }) => clientId))];
    const entries = await sql<StoredEntry[]>`
      select c.id as contact_id, c.client_id, c.occurred_on, c.voided_at is not null as voided,
             e.issue_id, e.need_number, e.severity
      from casework.contact as c
      join casework.issue_entry as e on e.organisation_id = c.organisation_id and e.contact_id = c.id
      where c.client_id = any (${clients}::uuid[])`;
    const standing = entries.filter(({ voided }) => !voided);
    const ids = new Set(standing.map(({ contactId }) => contactId));
    const issues = standing.map(({ issueId }) => issueId);
    return {
      acknowledged: this.#acknowledged.size,
      stored: ids.size,
      lost: [...this.#acknowledged].filter((id) => !ids.has(id)),
      doubled: issues.filter((issue, at) => issues.indexOf(issue) !== at),
      phantom: [...ids].filter((id) => this.#undone.has(id) || !this.#tried.has(id)),
      altered: standing.filter((entry) => !this.#isAsSaid(entry)).map(({ contactId }) => contactId),
    };
  }

  #isAsSaid({ contactId, clientId, occurredOn, issueId, needNumber, severity }: StoredEntry): boolean {
    const said = this.#tried.get(contactId);
    const entry = said?.entries.find((each) => each.issueId === issueId);
    return (
      said?.clientId === clientId &&
      said.occurredOn === occurredOn &&
      entry?.severity === severity &&
      findNeed(entry.need)?.number === needNumber
    );
  }
}
