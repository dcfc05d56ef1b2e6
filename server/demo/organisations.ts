/**
 * Who works in the made county: four organisations, their services with need lists, their people, and what they
 * are asked for; and a fifth that records no casework here and comes for the data lab. Names are invented; the
 * addresses end in .example, which nobody can own.
 */

import type { Role } from "../domain/access";
import { REGION } from "./county";

export type OrganisationKey = "advice" | "housing" | "health" | "police";

export interface MadeService {
  name: string;
  /** Codes of the need list, most asked for first. */
  needs: readonly string[];
}

export interface MadeAccount {
  name: string;
  email: string;
  roles: readonly Role[];
  /** Index of the service they log for. */
  service?: number;
  patch?: readonly string[];
}

/** An organisation and its people. */
export interface MadeMembers {
  name: string;
  services: readonly MadeService[];
  accounts: readonly MadeAccount[];
}

/** One that records contacts: the first three of its accounts do. */
export interface MadeOrganisation extends MadeMembers {
  key: OrganisationKey;
  /** Share of people who come here first. */
  share: number;
  /** How often each need is brought here, by code. */
  asks: Readonly<Record<string, number>>;
  channels: Readonly<Record<string, number>>;
}

const at =
  (domain: string) =>
  (name: string, roles: readonly Role[], more: Partial<MadeAccount> = {}) => ({
    name,
    email: `${name.toLowerCase().replaceAll(" ", ".")}@${domain}.example`,
    roles,
    ...more,
  });
const advice = at("wythershire-advice");
const council = at("wytherhaven-council");
const health = at("wyther-valley-health");
const police = at("wythershire-police");
const charity = at("wytherwork");

const codes = (list: string) => list.split(" ");

export const ORGANISATIONS: readonly MadeOrganisation[] = [
  {
    key: "advice",
    name: "Wythershire Advice",
    services: [
      {
        name: "Debt and benefits advice",
        needs: codes(
          "BEN-02 BEN-01 BEN-03 BEN-05 BEN-04 BEN-06 BEN-07 MON-01 MON-02 MON-03 MON-05 HOU-04 HOU-03 BAS-01 BAS-02",
        ),
      },
      {
        name: "Advice line",
        needs: codes("BEN-01 BEN-02 MON-03 MON-01 HOU-03 HOU-12 EMP-03 EMP-01 IMM-01 FAM-03 BAS-01 BAS-02"),
      },
    ],
    accounts: [
      advice("Amira Haddow", ["caseworker"], { service: 0 }),
      advice("Tom Ellwood", ["caseworker"], { service: 0 }),
      advice("Bethan Rosser", ["caseworker"], { service: 1 }),
      advice("Grace Okonjo", ["manager"], { service: 0 }),
      advice("Martin Pell", ["officer"]),
    ],
    share: 0.38,
    asks: {
      "BEN-01": 9,
      "BEN-02": 10,
      "BEN-03": 9,
      "BEN-04": 4,
      "BEN-05": 5,
      "BEN-06": 5,
      "BEN-07": 3,
      "MON-01": 9,
      "MON-02": 7,
      "MON-03": 8,
      "MON-05": 3,
      "MON-08": 1,
      "HOU-03": 4,
      "HOU-04": 5,
      "HOU-12": 2,
      "EMP-01": 3,
      "EMP-03": 4,
      "BAS-01": 7,
      "BAS-02": 7,
      "IMM-01": 2,
      "FAM-03": 2,
      "ACC-03": 2,
      "JUS-08": 1,
      "EDU-06": 1,
    },
    channels: { phone: 45, "face-to-face": 35, email: 12, video: 3, letter: 5 },
  },
  {
    key: "housing",
    name: "Wytherhaven City Council",
    services: [
      {
        name: "Homelessness prevention",
        needs: codes("HOU-03 HOU-02 HOU-01 HOU-08 HOU-12 HOU-06 BEN-06 SAF-01 BAS-04"),
      },
      {
        name: "Tenancy support",
        needs: codes("HOU-04 HOU-09 HOU-05 HOU-10 HOU-07 BEN-06 MON-03 BAS-01 BAS-02 BAS-04"),
      },
    ],
    accounts: [
      council("Priya Raman", ["caseworker"], { service: 0 }),
      council("Callum Straker", ["caseworker"], { service: 1 }),
      council("Josie Tennant", ["caseworker"], { service: 1 }),
      council("Daniel Whitlock", ["manager"], { service: 0 }),
      council("Helen Marchbank", ["commissioner"], { patch: [`region:${REGION.code}`] }),
      council("Ravi Solanki", ["administrator"]),
      council("Elspeth Quayle", ["officer"]),
    ],
    share: 0.25,
    asks: {
      "HOU-01": 3,
      "HOU-02": 7,
      "HOU-03": 9,
      "HOU-04": 10,
      "HOU-05": 8,
      "HOU-06": 4,
      "HOU-07": 3,
      "HOU-08": 8,
      "HOU-09": 6,
      "HOU-10": 1,
      "BEN-06": 6,
      "MON-03": 5,
      "BAS-01": 5,
      "BAS-02": 5,
      "BAS-04": 4,
      "MEN-01": 2,
      "SUB-01": 1,
      "SUB-02": 1,
      "SAF-01": 2,
      "JUS-03": 3,
      "EMP-01": 2,
    },
    channels: { phone: 35, "face-to-face": 25, visit: 25, email: 10, message: 5 },
  },
  {
    key: "health",
    name: "Wyther Valley Primary Care Network",
    services: [
      {
        name: "Social prescribing",
        needs: codes("SOC-01 SOC-02 SOC-03 MEN-01 MEN-02 MEN-07 PHY-06 BEN-02 MON-03 ACC-01 CAR-03"),
      },
      {
        name: "Living well with a condition",
        needs: codes("PHY-01 PHY-02 PHY-03 PHY-06 PHY-10 CAR-02 CAR-03 MEN-09 SUB-04 EMP-02"),
      },
    ],
    accounts: [
      health("Nia Prosser", ["caseworker"], { service: 0 }),
      health("Samuel Adeyemi", ["caseworker"], { service: 0 }),
      health("Kirsty Logan", ["caseworker"], { service: 1 }),
      health("Farah Siddiq", ["manager"], { service: 0 }),
      health("Wei Zhang", ["analyst"]),
      health("Dilys Prothero", ["steward"]),
      health("Gwen Madoc", ["officer"]),
    ],
    share: 0.21,
    asks: {
      "SOC-01": 9,
      "SOC-02": 6,
      "SOC-03": 5,
      "MEN-01": 9,
      "MEN-02": 9,
      "MEN-07": 3,
      "MEN-09": 2,
      "PHY-01": 6,
      "PHY-02": 5,
      "PHY-03": 4,
      "PHY-06": 6,
      "PHY-10": 3,
      "CAR-02": 3,
      "CAR-03": 5,
      "BEN-02": 4,
      "MON-03": 3,
      "BAS-01": 3,
      "BAS-02": 3,
      "HOU-05": 2,
      "ACC-01": 4,
      "ACC-03": 2,
      "EMP-02": 2,
      "SUB-01": 2,
      "SUB-04": 2,
    },
    channels: { "face-to-face": 50, phone: 35, video: 10, visit: 5 },
  },
  {
    key: "police",
    name: "Wythershire Police",
    services: [
      {
        name: "Neighbourhood team",
        needs: codes("JUS-03 JUS-01 JUS-02 JUS-04 SUB-01 SUB-02 HOU-01 FAM-02 MON-08 SOC-04"),
      },
      {
        name: "Vulnerability hub",
        needs: codes("SAF-01 SAF-03 SAF-08 MEN-05 MEN-01 SUB-02 SUB-01 FAM-02"),
      },
    ],
    accounts: [
      police("Owen Brackley", ["caseworker"], { service: 0 }),
      police("Shanice Dyer", ["caseworker"], { service: 1 }),
      police("Liam Corrigan", ["caseworker"], { service: 0 }),
      police("Ruth Fenwick", ["manager"], { service: 1 }),
      police("Isobel Crane", ["steward"]),
      police("Noor Castellan", ["analyst"]),
      police("Iain Borrow", ["officer"]),
    ],
    share: 0.16,
    asks: {
      "JUS-01": 6,
      "JUS-02": 4,
      "JUS-03": 9,
      "JUS-04": 4,
      "SAF-01": 8,
      "SAF-03": 3,
      "SAF-08": 2,
      "SUB-01": 5,
      "SUB-02": 5,
      "MEN-01": 3,
      "MEN-05": 2,
      "HOU-01": 2,
      "HOU-10": 1,
      "FAM-02": 3,
      "SOC-04": 1,
      "BAS-01": 1,
      "MON-08": 2,
    },
    channels: { "face-to-face": 45, visit: 35, phone: 20 },
  },
];

/**
 * An employment charity. Its mentors help people with a conviction into work, its records are its own, and it sends a
 * cohort to the data lab: a manager asks, an officer says yes.
 */
export const CHARITY: MadeMembers = {
  name: "Wytherwork",
  services: [],
  accounts: [charity("Hannah Vance", ["manager"]), charity("Theo Marsh", ["officer"])],
};
