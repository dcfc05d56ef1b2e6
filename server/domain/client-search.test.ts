import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Candidate,
  piecesOfClient,
  piecesOfQuery,
  rankCandidates,
  readClientQuery,
} from "./client-search";
import { otherNamesOf } from "./short-names";
import { fold, isOneSlip } from "./text-match";

const client = (name: string, with_: Partial<Parameters<typeof piecesOfClient>[0]> = {}) => {
  const [givenName = "", familyName = ""] = name.split(" ");
  return {
    givenName,
    familyName,
    dateOfBirth: null,
    reference: null,
    phone: null,
    identifiers: [],
    ...with_,
  };
};

const sharesAPiece = (name: string, typed: string) => {
  const pieces = new Set(piecesOfClient(client(name)));
  return piecesOfQuery(readClientQuery(typed, 2026)).some((piece) => pieces.has(piece));
};

const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];
const word = fc
  .array(fc.constantFrom(...LETTERS), { minLength: 3, maxLength: 12 })
  .map((letters) => letters.join(""));

/** A word with one slip: a letter wrong, missing, too many, or two swapped. */
const slipped = fc
  .tuple(word, fc.nat(11), fc.constantFrom(...LETTERS), fc.nat(3))
  .map(([text, place, letter, slip]) => {
    const at = place % text.length;
    if (slip === 0) return { text, typed: text.slice(0, at) + letter + text.slice(at + 1) };
    if (slip === 1) return { text, typed: text.slice(0, at) + text.slice(at + 1) };
    if (slip === 2) return { text, typed: text.slice(0, at) + letter + text.slice(at) };
    const [a = "", b = ""] = [text[at], text[at + 1]];
    return { text, typed: text.slice(0, at) + b + a + text.slice(at + 2) };
  })
  .filter(({ typed }) => typed.length >= 3);

test("A name typed with any one slip still shares a piece, and ranks", () => {
  fc.assert(
    fc.property(slipped, ({ text, typed }) => {
      expect(isOneSlip(text, typed)).toBe(true);
      expect(sharesAPiece(`${text} x`, typed)).toBe(true);
      const candidate = { ...client(`${text} x`), hasIdentifier: false, lastContactOn: null };
      expect(rankCandidates(readClientQuery(typed, 2026), [candidate], 5)).toHaveLength(1);
    }),
    { numRuns: 2000 },
  );
});

test("A name is found while it is typed, from its third letter on", () => {
  fc.assert(
    fc.property(word, fc.integer({ min: 3, max: 12 }), (text, length) => {
      expect(sharesAPiece(`x ${text}`, text.slice(0, length))).toBe(true);
    }),
  );
});

test("Short names are found whole", () => {
  expect(sharesAPiece("Li Ng", "ng")).toBe(true);
  expect(sharesAPiece("Jo Ó", "jo")).toBe(true);
});

test("Names are compared without case, accents and marks", () => {
  expect(fold("  Zoë O’Brien-Łukasz ")).toBe("zoe obrien lukasz");
  expect(sharesAPiece("Siân O'Brien", "OBRIEN sian")).toBe(true);
});

test("A date of birth is taken out of what was typed, wherever it stands", () => {
  for (const typed of ["amina 31/5/84", "31 May 1984 Amina", "amina 310584", "1984-05-31 amina"]) {
    expect(readClientQuery(typed, 2026)).toMatchObject({ words: ["amina"], bornOn: "1984-05-31" });
  }
});

test("An identifier is read in any form", () => {
  expect(readClientQuery("ab 12 34 56 c", 2026).identifiers).toEqual([{ kind: "nino", value: "AB123456C" }]);
});

test("Who fits everything typed comes alone; then whole names, beginnings, slips; then who was seen last", () => {
  const candidate = (name: string, lastContactOn: string | null = null) => ({
    ...client(name),
    hasIdentifier: false,
    lastContactOn,
  });
  const names = (typed: string, ...candidates: ReturnType<typeof candidate>[]) =>
    rankCandidates(readClientQuery(typed, 2026), candidates, 10).map(
      ({ client: { givenName, familyName } }) => `${givenName} ${familyName}`,
    );
  expect(names("jones mary", candidate("Mary Smith"), candidate("Mary Jones"))).toEqual(["Mary Jones"]);
  expect(names("jone", candidate("Al Jonse"), candidate("Al Jones"), candidate("Al Jone"))).toEqual([
    "Al Jone",
    "Al Jones",
    "Al Jonse",
  ]);
  expect(names("jones", candidate("Al Jones", "2026-01-01"), candidate("Bo Jones", "2026-03-01"))).toEqual([
    "Bo Jones",
    "Al Jones",
  ]);
});

describe("A part of a date of birth", () => {
  test.each<[string, Partial<ReturnType<typeof readClientQuery>>]>([
    ["amina 1984", { words: ["amina"], bornOn: null, bornIn: "1984" }],
    ["May 1984 amina", { words: ["amina"], bornOn: null, bornIn: "1984-05" }],
    ["amina 5/1984", { words: ["amina"], bornOn: null, bornIn: "1984-05" }],
    ["31/5/84", { words: [], bornOn: "1984-05-31", bornIn: null }],
    // Nobody living was born then, and years to come are none.
    ["amina 1850", { words: ["amina", "1850"], bornIn: null }],
    ["2027", { words: ["2027"], bornIn: null }],
  ])("is read from %s", (typed, read) => {
    expect(readClientQuery(typed, 2026)).toMatchObject(read);
  });

  test("is no month when it can be a name", () => {
    expect(readClientQuery("april may", 2026)).toMatchObject({ words: ["april", "may"], bornIn: null });
  });
});

describe("A phone number", () => {
  test.each([
    ["07700 900123", "07700900123"],
    ["+44 7700 900 123", "07700900123"],
    ["+44 (0)7700 900123", "07700900123"],
    ["0044 7700900123", "07700900123"],
    ["(0191) 498 0000", "01914980000"],
    ["900123", "900123"],
  ])("is read from %s", (typed, phone) => {
    expect(readClientQuery(typed, 2026).phone).toBe(phone);
  });

  test("finds whoever has it, beside a name and by its end, and nobody else", () => {
    const with_ = client("Amina Okafor", { phone: "+44 7700 900123" });
    const pieces = new Set(piecesOfClient(with_));
    for (const typed of ["07700900123", "amina 07700 900123", "900 123"]) {
      const query = readClientQuery(typed, 2026);
      expect(piecesOfQuery(query).some((piece) => pieces.has(piece))).toBe(true);
      const candidates = [with_, client("Amina Other", { phone: "07700 900999" })].map((each) => ({
        ...each,
        hasIdentifier: false,
        lastContactOn: null,
      }));
      expect(rankCandidates(query, candidates, 5)).toMatchObject([{ client: with_, matched: "phone" }]);
    }
    expect(readClientQuery("amina okafor", 2026).phone).toBeNull();
  });
});

/** Numbers below a limit from a seed (a linear congruential generator). */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const GIVEN =
  "Elizabeth Catherine Margaret Christopher Alexander Mohammed Aisha Katarzyna Wojciech Siobhan Gwendolyn Rhys Angus Oluwaseun Chidinma Harpreet Gurpreet Andreea Svetlana Jonathan Samantha Jo Li Ng Amina Fatima Yusuf Ibrahim Patricia William Robert James Thomas Daniel Jack Olivia Amelia Isla Ava Mia Grace Freya Charlotte Sophie Lily Emily Ella Evie Poppy Rosie Phoebe Dylan Owen Ewan Callum Duncan Fiona Morag Kirsty Niamh Roisin Declan Sean Bronwen Carys Ieuan Gareth Piotr Tomasz Agnieszka Magdalena Mihai Ioana Oksana Dmytro Priya Sanjay Sunita Vikram Hodan Abdirahman Ngozi Kwame Mei Jun Linh Reza Shirin Leroy Marcia Winston".split(
    " ",
  );
const FAMILY =
  "Smith Jones Taylor Brown Wilson Davies Robinson Thompson Walker White Hughes Edwards Green Lewis Wood Harris Martin Jackson Clarke Khan Ahmed Hussain Ali Begum Patel Singh Kaur Chowdhury Miah Nowak Kowalski Wisniewski Popescu Ionescu Ivanov Kovalenko O'Brien Murphy Kelly O'Connor McDonald MacLeod Campbell Stewart Fraser Griffiths Llewellyn Pritchard Okafor Adeyemi Okonkwo Mensah Owusu Warsame Farah Moyo Wong Chan Nguyen Tran Rahimi Silva Ferreira Fairweather Murgatroyd Featherstone Ashworth-Hill Barraclough Sutcliffe Whitaker".split(
    " ",
  );
const chosen = numbers(7);
const pick = (list: readonly string[]) => list[chosen(list.length)] ?? "";
const PEOPLE = Array.from({ length: 4000 }, (_, at) => {
  const born = `${1930 + chosen(85)}-${String(1 + chosen(12)).padStart(2, "0")}-${String(1 + chosen(28)).padStart(2, "0")}`;
  return {
    ...client("x", { dateOfBirth: born, phone: `07700 9${String(at).padStart(5, "0")}` }),
    givenName: pick(GIVEN),
    familyName: pick(FAMILY),
    hasIdentifier: false,
    lastContactOn: null,
  } satisfies Candidate;
});
type Person = (typeof PEOPLE)[number];

const withPiece = new Map<string, Person[]>();
for (const person of PEOPLE) {
  for (const piece of piecesOfClient(person)) {
    const held = withPiece.get(piece);
    if (held) held.push(person);
    else withPiece.set(piece, [person]);
  }
}

/** As the server searches: those who share most pieces are opened, 400 at most, and ranked. */
function search(typed: string): Person[] {
  const query = readClientQuery(typed, 2026);
  const shared = new Map<Person, number>();
  for (const piece of piecesOfQuery(query)) {
    for (const person of withPiece.get(piece) ?? []) shared.set(person, (shared.get(person) ?? 0) + 1);
  }
  const opened = [...shared].sort((a, b) => b[1] - a[1]).slice(0, 400);
  return rankCandidates(
    query,
    opened.map(([person]) => person),
    20,
  ).map(({ client: found }) => found);
}

const nameOf = (person: Person) => `${person.givenName} ${person.familyName}`;

/** How many of some people are found by what is typed for them: themselves, or a namesake, among the first three. */
function hitRate(
  label: string,
  typedFor: (person: Person, next: (limit: number) => number) => string,
): number {
  const next = numbers(label.length);
  const sample = PEOPLE.slice(0, 1000);
  const hits = sample.filter((person) =>
    search(typedFor(person, next))
      .slice(0, 3)
      .some((found) => nameOf(found) === nameOf(person)),
  );
  console.log(`${label}: ${hits.length} of ${sample.length} among the first three`);
  return hits.length / sample.length;
}

/** A name with one slip at any place of any of its words of three letters and more. */
function withSlip(name: string, next: (limit: number) => number): string {
  const words = name.split(" ");
  const long = words.flatMap((each, at) => (each.length >= 3 ? [at] : []));
  const which = long[next(long.length)] ?? 0;
  const text = (words[which] ?? "").toLowerCase();
  const at = next(text.length);
  const letter = LETTERS[next(26)] ?? "";
  const [a = "", b = ""] = [text[at], text[at + 1]];
  const slips = [
    text.slice(0, at) + letter + text.slice(at + 1),
    text.slice(0, at) + text.slice(at + 1),
    text.slice(0, at) + letter + text.slice(at),
    text.slice(0, at) + b + a + text.slice(at + 2),
  ];
  words[which] = slips[next(4)] ?? text;
  return words.join(" ");
}

describe("Of four thousand people, whoever is looked for is among the first three", () => {
  test("by their name, in either order", () => {
    expect(hitRate("name", nameOf)).toBe(1);
    expect(hitRate("family name first", (person) => `${person.familyName}, ${person.givenName}`)).toBe(1);
  });

  test("by their name with one slip anywhere", () => {
    expect(hitRate("one slip", (person, next) => withSlip(nameOf(person), next))).toBeGreaterThan(0.97);
    expect(
      hitRate("family name first, one slip", (person, next) =>
        withSlip(`${person.familyName} ${person.givenName}`, next),
      ),
    ).toBeGreaterThan(0.97);
  });

  test("by a name that is not finished", () => {
    expect(
      hitRate(
        "four letters of the family name",
        (person) => `${person.givenName} ${person.familyName.slice(0, 4)}`,
      ),
    ).toBeGreaterThan(0.97);
  });

  test("by a slip in the given name and a year of birth, or a slip and a date", () => {
    expect(
      hitRate(
        "slip and year",
        (person, next) => `${withSlip(nameOf(person), next)} ${person.dateOfBirth?.slice(0, 4)}`,
      ),
    ).toBeGreaterThan(0.99);
    expect(
      hitRate(
        "given name and date",
        (person) => `${person.givenName} ${person.dateOfBirth?.split("-").reverse().join("/")}`,
      ),
    ).toBe(1);
  });

  test("by another form of their given name", () => {
    const known = PEOPLE.map((person) => ({ person, others: otherNamesOf(fold(person.givenName)) }))
      .filter(({ others }) => others.length > 0)
      .slice(0, 1000);
    let [tried, hit] = [0, 0];
    for (const { person, others } of known) {
      for (const other of others) {
        tried += 1;
        if (
          search(`${other} ${person.familyName}`)
            .slice(0, 3)
            .some((found) => nameOf(found) === nameOf(person))
        )
          hit += 1;
      }
    }
    console.log(`other names: ${hit} of ${tried} among the first three`);
    expect(tried).toBeGreaterThan(3000);
    expect(hit / tried).toBeGreaterThan(0.97);
  });

  test("by their phone number, or its end", () => {
    expect(hitRate("phone", ({ phone }) => phone ?? "")).toBe(1);
    expect(hitRate("end of the phone", ({ phone }) => (phone ?? "").slice(-6))).toBeGreaterThan(0.97);
  });
});

test("Short forms, spellings and names from elsewhere find whom they mean", () => {
  const candidates = ["Elizabeth", "Lisbeth", "Mohammed", "Katarzyna", "Oleksandr", "Harjit"].map((name) => ({
    ...client(`${name} Test`),
    hasIdentifier: false,
    lastContactOn: null,
  }));
  const found = (typed: string) =>
    rankCandidates(readClientQuery(typed, 2026), candidates, 10).map(
      ({ client: { givenName } }) => givenName,
    );
  expect(found("liz")).toContain("Elizabeth");
  expect(found("muhammad")).toEqual(["Mohammed"]);
  expect(found("kasia")).toEqual(["Katarzyna"]);
  expect(found("sasha")).toEqual(["Oleksandr"]);
  expect(found("harjeet")).toEqual(["Harjit"]);
  expect(otherNamesOf("mcdonald")).toEqual(["macdonald"]);
  expect(otherNamesOf("mace")).toEqual([]);
});

test("Names written together or apart are one", () => {
  const found = (name: string, typed: string) => {
    const [givenName = "", familyName = ""] = name.split("|");
    const candidate = { ...client("x"), givenName, familyName, hasIdentifier: false, lastContactOn: null };
    const decoy = { ...candidate, familyName: "Mack" };
    const query = readClientQuery(typed, 2026);
    const shares = piecesOfQuery(query).some((piece) => piecesOfClient(candidate).includes(piece));
    return shares && rankCandidates(query, [decoy, candidate], 5)[0]?.client.familyName === familyName;
  };
  expect(found("Ann|Mac Donald", "ann macdonald")).toBe(true);
  expect(found("Ann|MacDonald", "ann mac donald")).toBe(true);
  expect(found("Ann|Ashworth-Hill", "ashworthhill ann")).toBe(true);
  expect(found("Ann|O'Brien", "ann o brien")).toBe(true);
});

test("Every line of names is folded and says more than one", () => {
  for (const name of ["liz", "mohammed", "kasia", "siobhan"]) {
    for (const other of otherNamesOf(name)) {
      expect(fold(other)).toBe(other);
      expect(otherNamesOf(other)).toContain(name);
    }
  }
});
