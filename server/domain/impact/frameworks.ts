/**
 * The same needs seen through a framework of outcomes: a national one, or an organisation's own (own-framework.ts). A
 * framework has lines; a need stands on every line that it maps to, and on the line UNMAPPED when it maps to none, so that
 * nobody drops out of a total. Lines of the national ones come from the taxonomy alone (needs.ts): the domains it names
 * and the indicator ids it carries. Titles of indicators are their publishers' and are not given here.
 */

import { getNeedByNumber, NEEDS, type Need } from "../needs";

/** The line of needs that a framework has no place for. */
export const UNMAPPED = "";
export const UNMAPPED_LABEL = "Not in this framework";

export interface FrameworkLine {
  /** Unique in the framework, and never UNMAPPED. */
  code: string;
  label: string;
  /** Storage numbers of the needs that stand on it. */
  needs: readonly number[];
}

export interface Framework {
  /** What a plan names it by: a word here, an id for an organisation's own. */
  key: string;
  name: string;
  /** Year or version; empty where it has none. */
  edition: string;
  lines: readonly FrameworkLine[];
}

/** "Public Health Outcomes Framework 2019". */
export const frameworkTitle = ({ name, edition }: Pick<Framework, "name" | "edition">): string =>
  edition === "" ? name : `${name} ${edition}`;

interface National {
  key: string;
  name: string;
  edition: string;
  /** Of `framework` in the taxonomy whose domains are this edition's; null: they are another edition's. */
  domainsOf: string | null;
  /** Before the colon of an indicator id; null: the edition has none in the taxonomy. */
  indicators: string | null;
  /** Codes of domains as the framework writes them, by the name that the taxonomy uses. */
  domainCodes: Readonly<Record<string, string>>;
}

const PHOF_DOMAINS = {
  wider: "Wider determinants of health",
  improvement: "Health improvement",
  healthcare: "Healthcare, public health and preventing premature mortality",
} as const;

const NATIONAL: readonly National[] = [
  {
    ...{ key: "phof-2013", name: "Public Health Outcomes Framework", edition: "2013" },
    ...{ domainsOf: "PHOF", indicators: "PHOF-2013" },
    domainCodes: {
      [PHOF_DOMAINS.wider]: "1",
      [PHOF_DOMAINS.improvement]: "2",
      [PHOF_DOMAINS.healthcare]: "4",
    },
  },
  {
    ...{ key: "phof-2019", name: "Public Health Outcomes Framework", edition: "2019" },
    ...{ domainsOf: "PHOF", indicators: "PHOF-2019" },
    domainCodes: {
      [PHOF_DOMAINS.wider]: "B",
      [PHOF_DOMAINS.improvement]: "C",
      [PHOF_DOMAINS.healthcare]: "E",
    },
  },
  {
    ...{ key: "nhsof", name: "NHS Outcomes Framework", edition: "" },
    ...{ domainsOf: "NHSOF", indicators: "NHSOF" },
    domainCodes: {
      "Preventing people from dying prematurely": "1",
      "Enhancing quality of life for people with long-term conditions": "2",
      "Helping people to recover from episodes of ill health or injury": "3",
      "Ensuring people have a positive experience of care": "4",
    },
  },
  // The taxonomy's domains of ASCOF are the objectives of 2023: for 2014 there are indicators alone.
  {
    ...{ key: "ascof-2014", name: "Adult Social Care Outcomes Framework", edition: "2014" },
    ...{ domainsOf: null, indicators: "ASCOF-2014", domainCodes: {} },
  },
  {
    ...{ key: "ascof-2023", name: "Adult Social Care Outcomes Framework", edition: "2023" },
    ...{ domainsOf: "ASCOF", indicators: null, domainCodes: {} },
  },
  {
    ...{ key: "supporting-families", name: "Supporting Families Outcome Framework", edition: "2022" },
    ...{ domainsOf: "SFOF", indicators: null, domainCodes: {} },
  },
];

const inCodeOrder = new Intl.Collator("en-GB", { numeric: true });

/**
 * The national frameworks. Where one has domains and indicators, a domain's line holds everybody of its indicators, too:
 * a person counts once in each line, so lines do not add up.
 */
export const FRAMEWORKS: readonly Framework[] = NATIONAL.map((national) => {
  const { key, name, edition } = national;
  return { key, name, edition, lines: linesOfNational(national) };
});

function linesOfNational({ domainsOf, indicators, domainCodes }: National): FrameworkLine[] {
  const domainOfCode = new Map(Object.entries(domainCodes).map(([domain, code]) => [code, domain]));
  const needsOfLine = new Map<string, Set<number>>();
  const domainNames = new Map<string, string>();
  const put = (code: string, { number }: Need) =>
    needsOfLine.set(code, (needsOfLine.get(code) ?? new Set<number>()).add(number));
  for (const need of NEEDS) {
    if (domainsOf !== null && need.framework === domainsOf) {
      const code = domainCodes[need.frameworkDomain] ?? kebab(need.frameworkDomain);
      domainNames.set(code, need.frameworkDomain);
      put(code, need);
    }
    for (const code of indicatorsOf(need, indicators)) {
      put(code, need);
      // An indicator's first sign is the code of its domain, in every framework whose domains have codes.
      const domain = domainOfCode.get(code.slice(0, 1));
      if (domain === undefined) continue;
      domainNames.set(code.slice(0, 1), domain);
      put(code.slice(0, 1), need);
    }
  }
  return [...needsOfLine]
    .map(([code, needs]) => ({
      code,
      label: domainNames.get(code) ?? indicatorLabel(code, domainOfCode.get(code.slice(0, 1))),
      needs: [...needs].sort((a, b) => a - b),
    }))
    .sort((a, b) => inCodeOrder.compare(a.code, b.code));
}

/** The publisher's title is not ours to give: the code, and the domain it stands in. */
function indicatorLabel(code: string, domain: string | undefined): string {
  return domain === undefined ? `Indicator ${code}` : `Indicator ${code} (${domain})`;
}

function indicatorsOf({ indicators }: Need, edition: string | null): string[] {
  if (edition === null) return [];
  return indicators.flatMap((id) => (id.startsWith(`${edition}:`) ? [id.slice(edition.length + 1)] : []));
}

function kebab(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z]+/g, "-")
    .replace(/^-|-$/g, "");
}

const byKey = new Map(FRAMEWORKS.map((framework) => [framework.key, framework]));

/** A national framework by its key; null when there is none, and for an organisation's own. */
export function findFramework(key: string): Framework | null {
  return byKey.get(key) ?? null;
}

/** How needs stand in a framework, ready to be asked once for every issue. */
export type LinesOfNeed = (needNumber: number) => readonly string[];

/** Lines of each need: one or more, or UNMAPPED alone. */
export function linesIn({ lines }: Pick<Framework, "lines">): LinesOfNeed {
  const byNeed = new Map<number, string[]>();
  for (const { code, needs } of lines) {
    for (const need of needs) byNeed.set(need, [...(byNeed.get(need) ?? []), code]);
  }
  const nowhere = [UNMAPPED];
  return (needNumber) => byNeed.get(needNumber) ?? nowhere;
}

const linesByKey = new Map(FRAMEWORKS.map((framework) => [framework.key, linesIn(framework)]));

/** Lines of a need in a national framework. Throws for a framework or a need that there is not. */
export function linesOf(framework: string, needNumber: number): readonly string[] {
  const lines = linesByKey.get(framework);
  if (!lines) throw new Error(`There is no national framework "${framework}"`);
  return lines(getNeedByNumber(needNumber).number);
}

/** Needs that a framework has no line for, in the order of the taxonomy; those of a retired code are left out. */
export function unmappedNeeds(framework: Pick<Framework, "lines">): Need[] {
  const lines = linesIn(framework);
  return NEEDS.filter(({ number, retiredOn }) => !retiredOn && lines(number)[0] === UNMAPPED);
}
