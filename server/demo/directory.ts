/**
 * The made county's directory of services, as its councils would publish it: a page of Open Referral UK (HSDS-UK 3.0).
 * Names are invented, phone numbers are those that Ofcom keeps for drama, and addresses end in .example. Some entries
 * are out of date, closed, or say little, as in every real directory.
 */

import type { ListService } from "../domain/directory";
import { addDays, type Day } from "../domain/period";
import { AUTHORITIES, type County, REGION } from "./county";
import { Chance, madeId } from "./random";

export const DIRECTORY_FILE = "wythershire_services_hsds-uk-3.0.json";
export const DIRECTORY_NAME = "Wythershire services";

interface Made {
  name: string;
  organisation: string;
  about: string;
  terms: readonly string[];
  /** Name of the place where people go; null for a service by phone or at home. */
  at: string | null;
  sector: string;
  area: "city" | "vale" | "coast" | "county" | "none";
  hours: string;
  /** Days since somebody checked; null when nobody says so. */
  checked: number | null;
  ages?: readonly [number | null, number | null];
  who?: string;
  status?: string;
  cost?: string;
  languages?: readonly string[];
  alert?: string;
}

// Terms are "id|name" of Open Eligibility, or a name alone from the county's own list.
// biome-ignore format: one service a line
const SERVICES: readonly Made[] = [
  { name: "Quayside food pantry", organisation: "Harbour Table", about: "<p>Choose a week of food for a small fee. <strong>No voucher needed.</strong></p>", terms: ["1130|Food Pantry"], at: "Quayside Mission Hall", sector: "WY1 1", area: "city", hours: "TU,FR 10:00-14:00", checked: 40, cost: "£4 a visit" },
  { name: "Saltersea food bank", organisation: "Saltersea Churches Together", about: "Three days of emergency food. Bring a voucher from an adviser, or ring first.", terms: ["1120|Emergency Food"], at: "St Brannoc's Church", sector: "WY3 1", area: "coast", hours: "MO,WE,FR 11:00-13:00", checked: 65 },
  { name: "Thornbeck community kitchen", organisation: "Works Canteen Trust", about: "A hot meal and company for anybody. Takeaway boxes at the end of the day.", terms: ["1131|Free Meals", "Lunch clubs"], at: "The Old Works Canteen", sector: "WY4 1", area: "vale", hours: "MO,TU,WE,TH,FR 12:00-14:00", checked: 120 },
  { name: "Debt advice at the Exchange", organisation: "Ropewalk Money Advice", about: "Free, confidential debt advice: budgets, bailiffs, breathing space and debt relief orders.", terms: ["1263|Credit Counseling", "Debt advice"], at: "The Corn Exchange", sector: "WY1 4", area: "city", hours: "MO 09:00-17:00;TH 13:00-19:00", checked: 30 },
  { name: "Vale money mentors", organisation: "Thornbeck Vale Credit Union", about: "One-to-one help with budgeting, bills and saving. Affordable loans for members.", terms: ["1262|Financial Education"], at: "Credit Union Office", sector: "WY4 3", area: "vale", hours: "TU,TH 10:00-15:00", checked: 210 },
  { name: "Coast energy advice", organisation: "Warm Coast Partnership", about: "Help with energy bills, prepayment meters, cold homes and grants for heating.", terms: ["Energy advice", "1119|Help Pay for Utilities"], at: null, sector: "WY3 2", area: "coast", hours: "MO,TU,WE,TH,FR 09:00-16:30", checked: 75 },
  { name: "Welfare rights line", organisation: "Wythershire Rights Network", about: "Benefit checks, forms, mandatory reconsiderations and tribunals, by phone across the county.", terms: ["Welfare rights"], at: null, sector: "WY1 2", area: "county", hours: "MO,TU,WE,TH,FR 09:30-12:30", checked: 20, languages: ["English", "Polish"] },
  { name: "Universal Credit form filling", organisation: "Northmoor Library", about: "Somebody to sit beside you while you make or manage a claim online.", terms: ["1293|Help Fill out Forms", "Digital inclusion"], at: "Northmoor Library", sector: "WY2 3", area: "city", hours: "WE 14:00-17:00", checked: 300 },
  { name: "Harbour night shelter", organisation: "Wytherhaven Open Door", about: "Beds for people who sleep rough, every night from November to March. Ring before 6pm.", terms: ["1121|Emergency Shelter"], at: "Open Door House", sector: "WY1 5", area: "city", hours: "MO,TU,WE,TH,FR,SA,SU 19:00-08:00", checked: 15, ages: [18, null], alert: "Full most nights in December. Ring first." },
  { name: "Street outreach", organisation: "Wytherhaven Open Door", about: "Finds people who sleep rough, early in the morning, and helps them indoors.", terms: ["Homelessness"], at: null, sector: "WY1 5", area: "city", hours: "MO,WE,FR 05:30-08:30", checked: 15, ages: [18, null] },
  { name: "Private renters' advice", organisation: "Haven Tenants", about: "For disputes with a landlord: repairs, deposits, notices and eviction.", terms: ["1142|Housing Advice"], at: "Haven Tenants Shop", sector: "WY1 2", area: "city", hours: "TU,TH 10:00-16:00", checked: 55 },
  { name: "Rent deposit scheme", organisation: "Elmer Homes", about: "A bond in place of a deposit for people with a local connection.", terms: ["1136|Help Find Housing"], at: "Elmer Homes Office", sector: "WY8 2", area: "coast", hours: "MO,TU,WE,TH,FR 09:00-17:00", checked: 400 },
  { name: "Second Sit furniture", organisation: "Second Sit", about: "Sofas, beds and white goods, tested and delivered. Low prices; free with a referral.", terms: ["1166|Furniture"], at: "Unit 4, Bridge End", sector: "WY4 4", area: "county", hours: "MO,TU,WE,TH,FR,SA 09:30-16:00", checked: 90, cost: "From £10; free with a referral" },
  { name: "Little Ark baby bank", organisation: "Little Ark", about: "Clothes, nappies, prams and cots for children up to five.", terms: ["1155|Baby Supplies"], at: "Larkfield Children's Centre", sector: "WY2 2", area: "city", hours: "TH 10:00-12:00", checked: 100 },
  { name: "School uniform exchange", organisation: "Thornbeck Schools Together", about: "Good used school uniform, free, no questions asked.", terms: ["1160|Clothes for School"], at: "Eastfield Hall", sector: "WY4 6", area: "vale", hours: "1SA 10:00-12:00", checked: null },
  { name: "Wyther Talking Therapies", organisation: "Wythershire Mental Health Trust", about: "NHS talking therapies for low mood, worry and panic. Refer yourself.", terms: ["Talking therapies", "1304|Counseling"], at: null, sector: "WY2 1", area: "county", hours: "MO,TU,WE,TH,FR 08:00-20:00", checked: 10, ages: [16, null] },
  { name: "Night Line", organisation: "Wythershire Mental Health Trust", about: "Somebody to talk to in a crisis, all night, for thoughts of suicide or self-harm.", terms: ["1126|Psychiatric Emergency Services", "Thoughts of suicide"], at: null, sector: "WY2 1", area: "county", hours: "MO,TU,WE,TH,FR,SA,SU 20:00-08:00", checked: 10 },
  { name: "Safe Harbour cafe", organisation: "Minds by the Sea", about: "A calm place in the evening instead of A&amp;E. Tea, quiet, and trained people.", terms: ["Mental health support"], at: "Promenade Pavilion", sector: "WY3 1", area: "coast", hours: "TH,FR,SA,SU 18:00-23:00", checked: 45, ages: [18, null] },
  { name: "Kite: young minds", organisation: "Kite Youth", about: "Counselling and groups for young people who feel anxious, low or alone.", terms: ["Young people", "Child or young person emotional wellbeing"], at: "The Kite Loft", sector: "WY1 3", area: "city", hours: "MO,TU,WE,TH,FR 15:00-20:00", checked: 60, ages: [11, 25] },
  { name: "Lighthouse bereavement group", organisation: "Lighthouse Hospice", about: "Meet others who have lost somebody. No need to book.", terms: ["1186|Bereavement"], at: "Lighthouse Hospice", sector: "WY8 1", area: "coast", hours: "2WE 14:00-16:00", checked: 150 },
  { name: "Wyther Recovery", organisation: "Wyther Recovery Partnership", about: "Help with alcohol and drugs: keyworkers, detox, needle exchange, naloxone.", terms: ["1178|Addiction & Recovery", "Drugs and alcohol"], at: "Staithe House", sector: "WY2 4", area: "county", hours: "MO,TU,WE,FR 09:00-17:00;TH 11:00-19:00", checked: 25, ages: [18, null] },
  { name: "Families Beside", organisation: "Families Beside", about: "For anybody affected by a relative's drinking or drug use. Weekly group and one to one.", terms: ["Affected by another's use"], at: "Copperhill Community Centre", sector: "WY2 5", area: "city", hours: "MO 18:30-20:00", checked: 240 },
  { name: "Stop smoking Wythershire", organisation: "Wythershire Public Health", about: "Twelve weeks of support and free patches or vapes.", terms: ["Stop smoking"], at: null, sector: "WY1 1", area: "county", hours: "MO,TU,WE,TH,FR 09:00-17:00", checked: 80, ages: [12, null] },
  { name: "Anchor domestic abuse service", organisation: "Anchor Women's Aid", about: "Refuge, outreach and advocates for anybody who lives with abuse. The address is confidential.", terms: ["1124|Help Escape Violence", "Domestic abuse"], at: null, sector: "WY1 1", area: "county", hours: "MO,TU,WE,TH,FR,SA,SU 00:00-24:00", checked: 18, ages: [16, null], languages: ["English", "Urdu", "Romanian"] },
  { name: "Victims' support hub", organisation: "Wythershire Victims' Hub", about: "Practical and emotional help after any crime, reported or not.", terms: ["Victims of crime"], at: null, sector: "WY1 2", area: "county", hours: "MO,TU,WE,TH,FR 09:00-17:00", checked: 50 },
  { name: "Carers' Compass", organisation: "Carers' Compass", about: "Advice, breaks and groups for people who look after somebody.", terms: ["1286|Relief for Caregivers", "Carers"], at: "Kettlesham Market House", sector: "WY6 1", area: "county", hours: "MO,TU,WE,TH 09:30-15:30", checked: 35, ages: [18, null] },
  { name: "Young carers' club", organisation: "Carers' Compass", about: "Fun, friends and time off for children who care for somebody.", terms: ["Young carers"], at: "Minster Fields Youth Centre", sector: "WY6 3", area: "coast", hours: "WE 16:00-18:30", checked: 35, ages: [7, 17] },
  { name: "Memory cafe", organisation: "Kettlesham Memory Friends", about: "Singing, tea and advice for people with dementia and those who care for them.", terms: ["Dementia"], at: "Minster Rooms", sector: "WY6 1", area: "coast", hours: "1TH,3TH 14:00-16:00", checked: 190 },
  { name: "Neighbours at the door", organisation: "Age Friendly Wyther", about: "A volunteer visits or rings once a week. For people who feel alone.", terms: ["Befriending", "Loneliness"], at: null, sector: "WY5 1", area: "vale", hours: "MO,TU,WE,TH,FR 10:00-16:00", checked: 70, ages: [60, null] },
  { name: "Men's shed Millbrigg", organisation: "Millbrigg Shed", about: "Make, mend and talk. Tools and tea provided.", terms: ["Social activities"], at: "The Goods Shed", sector: "WY5 1", area: "vale", hours: "TU,TH 10:00-15:00", checked: 500, ages: [18, null] },
  { name: "Highfold community bus", organisation: "Fells Community Transport", about: "Door-to-door lifts to appointments and shops for people without a car.", terms: ["Community transport"], at: null, sector: "WY7 1", area: "vale", hours: "MO,TU,WE,TH,FR 08:00-18:00", checked: 95, cost: "45p a mile" },
  { name: "Get online", organisation: "Elmer Library", about: "Beginners' computer class, and data SIM cards for people who have none.", terms: ["1351|Computer Class", "Digital inclusion"], at: "Elmer Library", sector: "WY8 2", area: "coast", hours: "TU 10:00-12:00", checked: 130 },
  { name: "English for everyone", organisation: "Wytherhaven College", about: "Free English classes from beginner to level 2. Creche on Mondays.", terms: ["1326|English as a Second Language (ESL)"], at: "College Annexe", sector: "WY1 6", area: "city", hours: "MO,WE 09:30-11:30", checked: 110, ages: [19, null] },
  { name: "Refugee welcome", organisation: "Welcome to Wyther", about: "Help with move-on, housing, school places and family reunion after refugee status.", terms: ["Refugees", "1381|Citizenship & Immigration"], at: "Ferry Hill Chapel", sector: "WY1 6", area: "county", hours: "WE 10:00-16:00", checked: 28, languages: ["English", "Arabic", "Tigrinya", "Farsi"] },
  { name: "Immigration law clinic", organisation: "Wyther Law Centre", about: "Free advice from a solicitor on leave to remain and settled status.", terms: ["Immigration advice", "Legal advice"], at: "Wyther Law Centre", sector: "WY1 2", area: "none", hours: "1TU 17:00-19:00", checked: 260 },
  { name: "Back to work", organisation: "Thornbeck Enterprise", about: "CVs, interviews and introductions for people who were laid off.", terms: ["1297|Help Find Work"], at: "Enterprise House", sector: "WY4 2", area: "vale", hours: "MO,TU,WE,TH,FR 09:00-16:00", checked: 22, ages: [16, 66] },
  { name: "Through the gate", organisation: "New Bearings", about: "Meets people on the day they leave prison: somewhere to stay, money, work.", terms: ["Leaving prison"], at: null, sector: "WY2 6", area: "county", hours: "MO,TU,WE,TH,FR 08:00-17:00", checked: 85, ages: [18, null] },
  { name: "Parent talk", organisation: "Larkfield Children's Centre", about: "A course of eight mornings on sleep, boundaries and behaviour.", terms: ["1195|Parenting Education"], at: "Larkfield Children's Centre", sector: "WY2 2", area: "city", hours: "TU 09:30-11:30", checked: 140 },
  { name: "Elmer drop-in", organisation: "Elmer Mission", about: "Tea and a chat.", terms: [], at: "The Mission", sector: "WY8 1", area: "none", hours: "", checked: null },
  { name: "Northmoor advice shop", organisation: "Northmoor Neighbourhood Trust", about: "Closed when its grant ended.", terms: ["Debt advice"], at: "12 Moor Parade", sector: "WY2 3", area: "city", hours: "", checked: 900, status: "defunct" },
  { name: "Saltersea swimming for backs", organisation: "Saltersea Leisure", about: "Gentle exercise in water for long-term pain.", terms: ["Physical activity", "Chronic pain"], at: "Saltersea Baths", sector: "WY3 3", area: "coast", hours: "MO,TH 11:00-12:00", checked: 60, status: "temporarily closed", alert: "The pool is being mended until spring." },
];

const AREAS: Readonly<Record<Made["area"], readonly { code: string; name: string }[]>> = {
  city: [AUTHORITIES.city],
  vale: [AUTHORITIES.vale],
  coast: [AUTHORITIES.coast],
  county: [REGION],
  none: [],
};

/** The directory as published, on a day. The same county and seed give the same services. */
export function directoryFile(county: County, seed: string, today: Day): string {
  const chance = new Chance(`${seed}/directory`);
  const id = () => madeId(chance, Date.parse("2024-01-01T00:00:00Z"));
  const organisations = new Map<string, Record<string, string>>();
  const contents = SERVICES.map((made, at) => {
    const host = `${made.organisation
      .toLowerCase()
      .replace(/[^a-z]+/g, "-")
      .replace(/^-|-$/g, "")}.example`;
    const organization = organisations.get(made.organisation) ?? {
      id: id(),
      name: made.organisation,
      description: "",
      website: `https://www.${host}/`,
    };
    organisations.set(made.organisation, organization);
    return {
      id: id(),
      name: made.name,
      description: made.about,
      url: `https://www.${host}/`,
      email: `hello@${host}`,
      status: made.status ?? "active",
      ...(made.ages?.[0] != null && { minimum_age: made.ages[0] }),
      ...(made.ages?.[1] != null && { maximum_age: made.ages[1] }),
      ...(made.checked !== null && { assured_date: addDays(today, -made.checked) }),
      ...(made.alert && { alert: made.alert }),
      ...(made.who && { eligibility_description: made.who }),
      organization,
      contacts: [
        {
          id: id(),
          // 01632 960000 to 960999 are kept for drama (Ofcom, telephone numbers for use in TV and radio).
          phones: [{ id: id(), number: `01632 960 ${String(200 + at).padStart(3, "0")}` }],
        },
      ],
      schedules: schedulesOf(made.hours).map((schedule) => ({ id: id(), ...schedule })),
      service_areas: AREAS[made.area].map(({ code, name }) => ({
        id: id(),
        name,
        extent: code,
        extent_type: "ons",
      })),
      service_at_locations:
        made.at === null
          ? []
          : [{ id: id(), location: locationOf(made.at, made.sector, county, chance, id) }],
      languages: (made.languages ?? []).map((name) => ({ id: id(), name })),
      cost_options: made.cost ? [{ id: id(), amount_description: made.cost }] : [],
      attributes: made.terms.map((term) => {
        const [code = "", name] = term.includes("|") ? term.split("|") : ["", term];
        const own = { id: id(), name: name ?? term, taxonomy: "Wythershire list" };
        return {
          id: id(),
          link_type: "service",
          taxonomy_term:
            code === "" ? own : { ...own, taxonomy: "openEligibility", term_uri: `openEligibility:${code}` },
        };
      }),
    };
  });
  const page = {
    total_items: contents.length,
    total_pages: 1,
    page_number: 1,
    size: contents.length,
    first_page: true,
    last_page: true,
    empty: false,
    contents,
  };
  return `${JSON.stringify(page, null, 2)}\n`;
}

/** "MO,WE 09:00-12:00;1SA 10:00-11:00" as schedules. */
function schedulesOf(hours: string): Record<string, string | number>[] {
  if (hours === "") return [];
  return hours.split(";").map((part) => {
    const [byday = "", times = ""] = part.split(" ");
    const [opens, closes] = times.split("-");
    return {
      freq: /\d/.test(byday) ? "MONTHLY" : "WEEKLY",
      interval: 1,
      byday,
      opens_at: `${opens}:00`,
      closes_at: `${closes}:00`,
    };
  });
}

function locationOf(name: string, sector: string, county: County, chance: Chance, id: () => string) {
  const postcodes = county.postcodes.filter((one) => one.sector === sector && one.terminated === null);
  const at = chance.pick(postcodes);
  return {
    id: id(),
    location_type: "physical",
    name,
    addresses: [
      {
        id: id(),
        address_1: name,
        city: at.smallArea.ward.name,
        state_province: REGION.name,
        postal_code: at.postcode,
        country: "GB",
        address_type: "physical",
      },
    ],
  };
}

/** What the directory says of the county's own organisations, by the name of the service. */
// biome-ignore format: one service a line
export const OWN_LISTINGS: Readonly<Record<string, Omit<ListService["fields"], "needs">>> = {
  "Debt and benefits advice": own("Advice on debt, benefits and housing costs, by appointment or at the desk.", "101", "advice", ["Wythershire"], "Monday to Friday 9am to 5pm", "Anybody in the county."),
  "Homelessness prevention": own("For people who may lose their home or have lost it.", "102", "housing", ["Wytherhaven"], "Monday to Friday 8.30am to 5pm", "People with a connection to Wytherhaven."),
  "Tenancy support": own("Help to keep a tenancy: arrears, repairs, neighbours, a first home.", "103", "housing", ["Wytherhaven"], "Monday to Friday 9am to 4pm", "Council and housing association tenants."),
  "Social prescribing": own("A link worker who listens and finds what would help.", "104", "health", ["Wythershire"], "Monday to Friday 9am to 5pm", "Patients of the network's surgeries.", 18),
  "Vulnerability hub": own("For people at risk of abuse, exploitation or serious harm.", "105", "police", ["Wythershire"], "every day 8am to 10pm", ""),
};

function own(
  description: string,
  number: string,
  host: string,
  areas: string[],
  opening: string,
  eligibility: string,
  minimumAge: number | null = null,
) {
  return {
    description,
    phone: `01632 960 ${number}`,
    email: `referrals@wythershire-${host}.example`,
    url: null,
    areas,
    eligibility,
    minimumAge,
    maximumAge: null,
    opening,
    postcode: "",
  };
}
