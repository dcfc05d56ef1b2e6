/**
 * Terms of published vocabularies and the needs they stand for. Ids are given only where the vocabulary's own list
 * was at hand: Open Eligibility 2.0, and those terms of the Local Government Association's lists that its guidance
 * names. Everything else goes by its words. A change of a line is a new CROSSWALK_VERSION; loading a directory again
 * then brings its entries up to date.
 */

export const CROSSWALK_VERSION = 1;

const codes = (list: string) => list.split(" ");

/** By vocabulary and id: "open-eligibility:1120". Several ids may stand for the same needs. */
const BY_ID: readonly (readonly [vocabulary: string, ids: string, needs: string])[] = [
  ["esd-need", "69", "SOC-01 SOC-02"], // Social inclusion
  ["esd-need", "71", "SOC-03"], // Community facilities
  ["esd-service", "833", "PHY-09"], // Leaving hospital
  ["esd-circumstance", "addictsubstanceabuser_smoking", "SUB-04"],
  ["open-eligibility", "1113", "BEN-07"], // Emergency payments
  ["open-eligibility", "1114 1120 1128 1130 1131 1132 1234", "BAS-01"], // Emergency food, food pantry, free meals
  ["open-eligibility", "1116 1137 1243", "HOU-04 BEN-06"], // Help pay for housing
  ["open-eligibility", "1119 1138 1244", "BAS-02"], // Help pay for utilities
  ["open-eligibility", "1121 1135", "HOU-01 HOU-02"], // Emergency shelter
  ["open-eligibility", "1122", "SAF-08"], // Help find missing persons
  ["open-eligibility", "1124", "SAF-01"], // Help escape violence
  ["open-eligibility", "1136 1295", "HOU-08"], // Help find housing
  ["open-eligibility", "1141 1246", "HOU-05"], // Maintenance and repairs
  ["open-eligibility", "1142", "HOU-03 HOU-12"], // Housing advice
  ["open-eligibility", "1155 1156 1157 1158 1159 1160 1162 1167 1249", "BAS-03"], // Clothing, baby supplies
  ["open-eligibility", "1164 1166", "BAS-04"], // Furniture, blankets
  ["open-eligibility", "1172 1173 1175 1176 1252 1254", "ACC-01"], // Transport
  ["open-eligibility", "1178 1181 1182", "SUB-01 SUB-02"], // Addiction and recovery
  ["open-eligibility", "1180", "SUB-01 SUB-02"], // Detox
  ["open-eligibility", "1184", "PHY-04"], // Dental care
  ["open-eligibility", "1185 1188 1287 1290", "CAR-07"], // End of life care, hospice
  ["open-eligibility", "1186 1288 1314", "MEN-07"], // Bereavement
  ["open-eligibility", "1189 1222 1291", "PHY-02"], // Pain management
  ["open-eligibility", "1192 1223 1334", "PHY-01"], // Disease management
  ["open-eligibility", "1193 1196 1209 1335 1338", "PHY-08"], // Family planning, sex education
  ["open-eligibility", "1134 1194 1336", "PHY-06"], // Nutrition
  ["open-eligibility", "1195 1315 1337", "FAM-01"], // Parenting education
  ["open-eligibility", "1198 1214 1220 1304 1340", "MEN-01 MEN-02"], // Counselling, understanding mental health
  ["open-eligibility", "1200 1237 1257", "BEN-03"], // Disability benefits
  ["open-eligibility", "1204 1241", "PHY-05"], // Prescription assistance
  ["open-eligibility", "1206", "PHY-04"], // Medical care, primary care
  ["open-eligibility", "1215 1217", "PHY-07"], // Maternity care
  ["open-eligibility", "1228 1307", "CAR-01 CAR-02"], // In-home support
  ["open-eligibility", "1233 1280 1281 1282 1294", "EMP-06"], // Childcare
  ["open-eligibility", "1256 1260", "BEN-01 BEN-02"], // Government benefits
  ["open-eligibility", "1262 1327", "MON-05"], // Financial education
  ["open-eligibility", "1263 1328", "MON-01 MON-02"], // Credit counselling
  ["open-eligibility", "1286", "CAR-03"], // Relief for caregivers
  ["open-eligibility", "1293", "ACC-03"], // Help fill out forms
  ["open-eligibility", "1297 1353 1354 1357 1358 1369 1370", "EMP-01"], // Help find work
  ["open-eligibility", "1299 1301", "CAR-05"], // Assisted living, nursing home
  ["open-eligibility", "1308 1310 1312", "SOC-03"], // Mentoring, peer support, support groups
  ["open-eligibility", "1326 1348", "EDU-06"], // English as a second language
  ["open-eligibility", "1342", "EDU-03"], // Special education
  ["open-eligibility", "1341 1359 1373", "EMP-02"], // Supported employment
  ["open-eligibility", "1346 1381", "IMM-01"], // Citizenship and immigration
  ["open-eligibility", "1349 1365 1356 1372", "EDU-07"], // Skills and training
  ["open-eligibility", "1350 1366", "EDU-05"], // Basic literacy
  ["open-eligibility", "1351 1367", "ACC-03"], // Computer class
  ["open-eligibility", "1374 1386", "EMP-03"], // Workplace rights
  ["open-eligibility", "1375 1389", "JUS-08 CAR-06"], // Advocacy and legal aid
  ["open-eligibility", "1382", "SOC-04"], // Discrimination and civil rights
  ["open-eligibility", "1384", "ACC-05"], // Identification recovery
  ["open-eligibility", "1387", "FAM-03"], // Mediation
  ["open-eligibility", "1390", "ACC-04"], // Translation and interpretation
];

/** By words, for what British directories call things when they use lists of their own. Folded, whole text. */
const BY_LABEL: Readonly<Record<string, string>> = {
  advocacy: "CAR-06",
  "anti social behaviour": "JUS-03",
  "asylum seekers": "IMM-02",
  befriending: "SOC-01 SOC-02 SOC-03",
  benefits: "BEN-01 BEN-02",
  "benefits advice": "BEN-01 BEN-02",
  carers: "CAR-03",
  "carers support": "CAR-03",
  childcare: "EMP-06",
  "community transport": "ACC-01",
  counselling: "MEN-01 MEN-02",
  "crisis support": "MEN-03 BEN-07",
  debt: "MON-01 MON-02",
  "debt advice": "MON-01 MON-02",
  "debt and money advice": "MON-01 MON-02 MON-05",
  dementia: "MEN-09",
  "digital inclusion": "ACC-02 ACC-03",
  disability: "PHY-10",
  "domestic abuse": "SAF-01",
  "drug and alcohol": "SUB-01 SUB-02",
  "drugs and alcohol": "SUB-01 SUB-02",
  "eating disorders": "MEN-11",
  employment: "EMP-01",
  "employment support": "EMP-01 EMP-02",
  "energy advice": "BAS-02",
  "family support": "FAM-01 FAM-02",
  "financial advice": "MON-01 MON-03 MON-05",
  "financial support": "MON-03 BEN-07",
  food: "BAS-01",
  "food banks": "BAS-01",
  foodbank: "BAS-01",
  "furniture reuse": "BAS-04",
  gambling: "SUB-06",
  "healthy eating": "PHY-06",
  "healthy living": "PHY-06",
  "home care": "CAR-01",
  homelessness: "HOU-01 HOU-02 HOU-03",
  housing: "HOU-03 HOU-08",
  "housing advice": "HOU-03 HOU-08 HOU-12",
  immigration: "IMM-01",
  "immigration advice": "IMM-01",
  interpreting: "ACC-04",
  "learning disabilities": "MEN-10",
  "legal advice": "JUS-08",
  loneliness: "SOC-01 SOC-02",
  "long term conditions": "PHY-01",
  "low income": "MON-03",
  "lunch club": "SOC-01 SOC-03",
  "lunch clubs": "SOC-01 SOC-03",
  "mental health": "MEN-01 MEN-02",
  "mental health support": "MEN-01 MEN-02",
  "money advice": "MON-01 MON-02 MON-05",
  offenders: "JUS-04 JUS-05",
  parenting: "FAM-01",
  "physical activity": "PHY-06",
  refugees: "IMM-03",
  "sensory impairment": "PHY-10",
  "sexual health": "PHY-08",
  "sexual violence": "SAF-04",
  "smoking cessation": "SUB-04",
  "social activities": "SOC-03",
  "social groups": "SOC-03",
  "social isolation": "SOC-01 SOC-02",
  "stop smoking": "SUB-04",
  "substance misuse": "SUB-01 SUB-02",
  "support groups": "SOC-03",
  "talking therapies": "MEN-01 MEN-02",
  "training and skills": "EDU-07",
  transport: "ACC-01",
  "victims of crime": "JUS-01",
  volunteering: "SOC-03",
  "warm space": "BAS-02",
  "warm spaces": "BAS-02",
  "weight management": "PHY-06",
  "welfare benefits": "BEN-01 BEN-02",
  "welfare rights": "BEN-01 BEN-02 BEN-05",
  "young carers": "FAM-04",
  "youth clubs": "SOC-03",
};

const IDS: ReadonlyMap<string, readonly string[]> = new Map(
  BY_ID.flatMap(([vocabulary, ids, needs]) =>
    ids.split(" ").map((id) => [`${vocabulary}:${id}`, codes(needs)] as const),
  ),
);
const LABELS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(BY_LABEL).map(([label, needs]) => [label, codes(needs)]),
);

/** Needs of a term by its key, "open-eligibility:1120"; null when the term is not in the table. */
export const needsOfTerm = (key: string): readonly string[] | null => IDS.get(key) ?? null;

/** Needs of a folded text, such as "debt advice"; null when it is not in the table. */
export const needsOfLabel = (folded: string): readonly string[] | null => LABELS.get(folded) ?? null;

/** Every code in the table, for the test that each is a need. */
export const crosswalkCodes = (): string[] => [...IDS.values(), ...LABELS.values()].flat();
