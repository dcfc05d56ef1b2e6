/**
 * Made casework for proofs of linking: a few people, each known to several teams under a few spellings, added, changed,
 * decided about and erased by the rooms that the screens use. The same from the same seed, but for the ids.
 */

import { editClient } from "./client-edits";
import { inTransaction } from "./context";
import { Chance } from "./demo/random";
import { uuidv7 } from "./ids";
import { type ClientKey, decideLink } from "./people";
import type { TestDatabase } from "./testing";
import type { Team } from "./testing-casework";
import { addPerson } from "./testing-linking";

/** What a made world is like. */
export interface CaseworkWorld {
  seed: string;
  /** People at the beginning; one more comes with every fourth client, unless nobody does. */
  people: number;
  grows: boolean;
  /** How many postcodes they live in, up to 90: who shares one and a name is compared with all who do. */
  postcodes: number;
  /** Of 20 things that happen so many are a new client, a new spelling, a decision; the rest are erasures. */
  of20: { added: number; changed: number; decided: number };
  /** One in so many clients has a number of its person, and one in so many of those is somebody else's. */
  numbered: number;
  wrongNumber: number;
}

/** Like a county: hardly anybody has more than a few records. */
export const WIDE: Omit<CaseworkWorld, "seed"> = {
  people: 120,
  grows: true,
  postcodes: 60,
  of20: { added: 13, changed: 4, decided: 2 },
  numbered: 3,
  wrongNumber: 10,
};

/** A handful of people with many records, wrong numbers and contradicting decisions: where rules meet. */
export const NARROW: Omit<CaseworkWorld, "seed"> = {
  people: 5,
  grows: false,
  postcodes: 1,
  of20: { added: 8, changed: 5, decided: 4 },
  numbered: 2,
  wrongNumber: 3,
};

const GIVEN = ["Catherine", "Katherine", "Kate", "Owen", "Owain", "Amina", "Tobias", "Rosalind"];

interface Known extends ClientKey {
  team: Team;
  /** Which of the made people it is. */
  person: number;
  givenName: string;
}

export class LinkingCasework {
  readonly chance: Chance;
  readonly counts = { added: 0, changed: 0, decided: 0, erased: 0 };
  private readonly clients: Known[] = [];

  constructor(
    private readonly db: TestDatabase,
    private readonly teams: readonly Team[],
    private readonly world: CaseworkWorld,
  ) {
    this.chance = new Chance(world.seed);
  }

  /** Clients there are now. */
  get size(): number {
    return this.clients.length;
  }

  /** So many things happen, one after the other; the linker is asked as by the screens, and not waited for. */
  async happen(times: number): Promise<void> {
    const { added, changed, decided } = this.world.of20;
    for (let time = 0; time < times; time += 1) {
      const dice = this.chance.below(20);
      const client = this.clients[this.chance.below(Math.max(1, this.clients.length))];
      if (dice < added || !client) await this.add();
      else if (dice < added + changed) await this.change(client);
      else if (dice < added + changed + decided) await this.decide(client);
      else await this.erase(client);
    }
  }

  /** One of the people, under one of two spellings, by one number or by name, date and telephone. */
  private async add(): Promise<void> {
    const { people, grows, postcodes, numbered, wrongNumber } = this.world;
    const everybody = people + (grows ? Math.floor(this.counts.added / 4) : 0);
    const person = this.chance.below(everybody);
    const team = this.teams[this.chance.below(this.teams.length)];
    if (!team) return;
    const letters = [...String(person).padStart(4, "0")]
      .map((digit) => "bcdfghklmn"[Number(digit)])
      .join("a");
    const home = person % postcodes;
    const givenName = GIVEN[(person + this.chance.below(2)) % GIVEN.length] ?? "";
    const isNumbered = this.chance.below(numbered) === 0;
    const carrier = this.chance.below(wrongNumber) === 0 ? this.chance.below(everybody) : person;
    const client = await addPerson(team, {
      givenName,
      familyName: `Zo${letters}a`,
      dateOfBirth: `19${50 + (person % 50)}-0${1 + (person % 9)}-1${person % 10}`,
      phone: this.chance.below(4) === 0 ? null : `01999 ${String(500_000 + person)}`,
      place: { kind: "postcode", postcode: `ZQ1 ${home % 9}A${"ABDEFGHJLN"[Math.floor(home / 9)]}` },
      identifiers: isNumbered ? [{ kind: "nino", value: `AB${String(100_000 + carrier)}C` }] : [],
    });
    this.clients.push({ ...client, team, person, givenName });
    this.counts.added += 1;
  }

  private async change(client: Known): Promise<void> {
    const givenName = GIVEN[this.chance.below(GIVEN.length)] ?? "";
    await editClient(client.team.ctx, {
      id: client.clientId,
      editId: uuidv7(),
      changes: [{ field: "givenName", from: client.givenName, to: givenName }],
    });
    client.givenName = givenName;
    this.counts.changed += 1;
  }

  /** Of two records of one made person: anybody else would be tied to everybody before long. */
  private async decide(a: Known): Promise<void> {
    const others = this.clients.filter((b) => b.person === a.person && b.clientId !== a.clientId);
    const b = others[this.chance.below(Math.max(1, others.length))];
    if (!b) return;
    const says = this.chance.below(2) === 0 ? "same" : "different";
    await decideLink(this.db.stats, { a, b, says, madeBy: "proof" });
    this.counts.decided += 1;
  }

  private async erase(client: Known): Promise<void> {
    await inTransaction(
      client.team.ctx,
      ({ db }) => db`select casework.erase_clients(${client.organisationId}, ${[client.clientId]}::uuid[])`,
    );
    this.clients.splice(this.clients.indexOf(client), 1);
    this.counts.erased += 1;
  }
}
