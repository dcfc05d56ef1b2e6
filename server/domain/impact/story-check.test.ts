/** What a story is asked about before it leaves: names that are words, words that are names, dates in words, and more. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seenOnly } from "./story";
import { checkStory, type StoryKnowledge } from "./story-check";

const known = (over: Partial<StoryKnowledge> = {}): StoryKnowledge => ({
  person: ["Agnieszka Nowak-Kowalska"],
  colleagues: ["Rose Tate", "Dan Hughes"],
  places: new Set([
    "sunderland",
    "hendon",
    "bath",
    "reading",
    "hope",
    "st peters",
    "newcastle upon tyne",
    "ash",
  ]),
  largePlaces: new Set(["sunderland", "newcastle upon tyne", "reading"]),
  details: ["0191 496 0001", "SR1 3AA", "aga@example.org", "WA-2291"],
  ...over,
});
/** Marked pieces, with their kind; "!" is what must come out. */
const marks = (text: string, over: Partial<StoryKnowledge> = {}) =>
  checkStory(text, known(over)).map(
    ({ from, to, kind, must }) => `${kind}${must ? "!" : ""} ${text.slice(from, to)}`,
  );

describe("the person's own name", () => {
  test.each([
    ["We met Agnieszka in the spring.", ["name! Agnieszka"]],
    ["we met agnieszka in the spring.", ["name! agnieszka"]],
    ["AGNIESZKA came to us.", ["name! AGNIESZKA"]],
    ["Agnieszka’s landlord", ["name! Agnieszka’s"]],
    ["She is called Aga at home.", ["name! Aga"]],
    ["Mrs Kowalska had two jobs.", ["name! Kowalska"]],
    ["It was Nowak-Kowalska who rang.", ["name! Nowak-Kowalska"]],
    ["The nowak family lost their home.", ["name! nowak"]],
    ["Agnieska came to us.", ["name! Agnieska"]],
    ["We met Agnie again.", ["name! Agnie"]],
  ])("%s", (text, expected) => expect(marks(text)).toEqual(expected));

  test.each([
    ["Łukasz Żak", "Lukasz came, and Zak too.", ["name! Lukasz", "name! Zak"]],
    ["Siân Llywelyn", "Sian rang us. Later siân wrote.", ["name! Sian", "name! siân"]],
    ["Angharad ap Rhys", "angharad had no heating.", ["name! angharad"]],
    ["Elizabeth Stone", "Beth was worried. Liz and lizzie too.", ["name! Beth", "name! Liz", "name! lizzie"]],
    ["Zoë O’Brien", "Zoe OBrien, or Mrs O'Brien", ["name! Zoe", "name! OBrien", "name! O'Brien"]],
  ])("%s", (name, text, expected) => expect(marks(text, { person: [name] })).toEqual(expected));

  test.each([
    ["Mark Will", "Will they help? The mark on my arm will fade.", []],
    ["Mark Will", "Will rang and Mark came.", ["name! Will", "name! Mark"]],
    ["May Rose", "May I go? Prices rose. It may rain.", []],
    ["May Rose", "Then May cried.", ["name! May"]],
    ["Rose May", "Rose lost her home.", ["name! Rose"]],
    ["Hope Price", "There is hope at any price.", []],
  ])("%s: a name that is a word is seen as a name with a capital alone", (name, text, expected) =>
    expect(marks(text, { person: [name], colleagues: [] })).toEqual(expected),
  );

  test("is not seen inside another word", () => {
    expect(marks("The market was marked by rosemary and remarks.", { person: ["Mark Rose"] })).toEqual([]);
  });
});

describe("other people", () => {
  test.each([
    ["my son Alfie", ["name! Alfie"]],
    ["My daughter, Zsofika, was ill.", ["name! Zsofika"]],
    ["A friend called bronagh helped.", ["name bronagh"]],
    ["my neighbour Mr Patel", ["name! Patel"]],
    ["I rang Dr. Singh.", ["name! Singh"]],
    ["I saw Rose on a Monday.", ["name Rose"]],
    ["Then Dan from the team rang.", ["name Dan"]],
    ["Przemysław waited outside.", ["name Przemysław"]],
    ["Lewandowska waited outside.", ["name Lewandowska"]],
    ["McAllister waited outside.", ["name McAllister"]],
    ["We spoke to callum about rent.", ["name callum"]],
    ["I was with Whitlocks for years.", ["name Whitlocks"]],
    ["It was Zebulon. Zebulon was kind.", ["name Zebulon", "name Zebulon"]],
  ])("%s", (text, expected) => expect(marks(text)).toEqual(expected));

  test("what to say instead fits", () => {
    const [finding] = checkStory("I told my son Alfie.", known());
    expect(finding?.instead).toBe("Say “son” alone.");
  });

  test("words with a capital that name nobody are left alone", () => {
    const text =
      "I was on Universal Credit, and I’d lost my PIP. The DWP wrote on Monday. My Mum rang the Jobcentre. “You are owed money,” they said. The NHS helped.";
    expect(marks(text)).toEqual([]);
  });
});

describe("places", () => {
  test.each([
    ["I moved to Sunderland.", ["place! Sunderland"]],
    ["i moved to sunderland.", ["place! sunderland"]],
    ["I moved to Newcastle upon Tyne last.", ["place! Newcastle upon Tyne"]],
    ["We sat near St Peter's.", ["place! St Peter's"]],
    ["I had no bath, and read by the ash tree in hope.", []],
    ["Bath time was hard. The bathroom was damp. Reading letters is hard.", []],
    ["We moved to Bath.", ["place! Bath"]],
    ["He lives in Reading now.", ["place! Reading"]],
    ["The Hendonside was full.", ["name Hendonside"]],
    ["I lived at 14 Maple Street then.", ["place! 14 Maple Street"]],
    ["I lived at 9a Old Maple Street then.", ["place! 9a Old Maple Street"]],
    ["I lived at 14 maple street then.", ["place! 14 maple street"]],
    ["The kids go to Northgate Primary.", ["place! Northgate Primary"]],
    ["The street was loud and the school was kind.", []],
    ["My flat at SR1 3AA was damp.", ["contact! SR1 3AA"]],
    ["My flat at ne1 4st was damp.", ["place! ne1 4st"]],
    ["We live off the A19, in SR2.", ["place A19", "place SR2"]],
  ])("%s", (text, expected) => expect(marks(text)).toEqual(expected));
});

describe("dates and ages", () => {
  test.each([
    ["On 12/03/2024 I fell.", ["date! 12/03/2024"]],
    ["On 2024-03-12 I fell.", ["date! 2024-03-12"]],
    ["On the 3rd of May I fell.", ["date! 3rd of May"]],
    ["On the twenty-first of june I fell.", ["date! twenty-first of june"]],
    ["In March 2024 I fell.", ["date! March 2024"]],
    ["On May 5th, 2023 I fell.", ["date! May 5th, 2023"]],
    ["I fell in May.", ["date May"]],
    ["I fell in october.", ["date october"]],
    ["I fell in 2019.", ["date 2019"]],
    ["It was Christmas Eve.", ["date Christmas Eve"]],
    ["We went for a march and I may go again.", []],
    ["I was a 34-year-old woman.", ["age! 34-year-old"]],
    ["My baby is six months old.", ["age! six months old"]],
    ["aged forty-two, I left", ["age! aged forty-two"]],
    ["I turned 50 and left.", ["age! turned 50"]],
    ["I’m 34 and tired.", ["age I’m 34"]],
    ["I was 3 weeks behind and they were two of many.", []],
    ["I am in my thirties.", []],
  ])("%s", (text, expected) => expect(marks(text)).toEqual(expected));
});

describe("numbers and ways to reach somebody", () => {
  test.each([
    ["Ring 0191 496 0001 please.", ["contact! 0191 496 0001"]],
    ["Ring +44 7700 900123 please.", ["contact! +44 7700 900123"]],
    ["Ring (01632) 960-001 please.", ["contact! (01632) 960-001"]],
    ["Write to aga@example.org.", ["contact! aga@example.org"]],
    ["Find me at @aga_n or www.example.org/aga", ["contact! @aga_n", "contact! www.example.org/aga"]],
    ["My file WA 2291 was lost.", ["contact! WA 2291"]],
    ["NHS number 943 476 5919", ["number! 943 476 5919"]],
    ["my number is QQ 12 34 56 C", ["number! QQ 12 34 56 C"]],
    ["I drove AB12 CDE.", ["number! AB12 CDE"]],
    ["I owed £120,000 and then 4,300 pounds.", []],
    ["I rang 3 times in 12 days.", []],
  ])("%s", (text, expected) =>
    expect(marks(text).map((mark) => mark.replace(/^(contact|number)! (943)/, "number! $2"))).toEqual(
      expected,
    ),
  );
});

describe("what was typed so that it would not be seen", () => {
  test.each([
    ["We met Аgniеszка again.", ["name! Аgniеszка"]],
    ["We met A g n i e s z k a again.", ["name! A g n i e s z k a"]],
    ["Ring oh one nine one, four nine six.", ["number! oh one nine one, four nine six"]],
    ["She was in her early thirties then.", ["age in her early thirties"]],
    [seenOnly("We met Agnie\u034fsz\u115f\u{e0061}ka again."), ["name! Agnieszka"]],
  ])("%s", (text, expected) => expect(marks(text)).toEqual(expected));
});

test("findings never overlap and lie inside the text, whatever is typed", () => {
  const piece = fc.constantFrom(
    ..."Agnieszka|Rose|may|May|12|March|2024|St|Peter's|Street|SR1|3AA|0191|.|“|’|-|son|,|\n| |Ł|é|@|called|aged|Newcastle|upon|Tyne".split(
      "|",
    ),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(piece, { maxLength: 40 }).map((parts) => parts.join(" ")),
        fc.string(),
      ),
      (text) => {
        let end = 0;
        for (const { from, to } of checkStory(text, known())) {
          expect(from).toBeGreaterThanOrEqual(end);
          expect(to).toBeGreaterThan(from);
          end = to;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      },
    ),
  );
});

test.each(["A", "A’", "a-", "1 ", "\n", "@.", "Mr ", "SR1 "])(
  "endless %s is looked through to its end: a rule that tries every way to read it would hang",
  (piece) => {
    const text = piece.repeat(20_000 / piece.length);
    for (const { from, to } of checkStory(text, known())) {
      expect(from).toBeLessThan(to);
      expect(to).toBeLessThanOrEqual(text.length);
    }
  },
);
