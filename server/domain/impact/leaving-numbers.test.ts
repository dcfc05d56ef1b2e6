import { expect, test } from "vitest";
import { numbersNotShown, whyNotLeaving } from "./leaving-numbers";
import { makePaper } from "./make-paper";
import { measures } from "./numbers";
import { figuresOf, planFor, SCOPE } from "./testing-numbers";

const people = {
  [measures.helped]: 485,
  [measures.need("brought", "*")]: 470,
  [measures.need("resolved", "*")]: 180,
  [measures.need("brought", "MON")]: 310,
  [measures.need("resolved", "MON")]: 105,
};
const drafted = makePaper({
  plan: planFor("funder", { sections: ["needs"] }),
  numbers: figuresOf(people),
  scope: SCOPE,
});
const foundIn = (text: string) => numbersNotShown({ needs: text }, drafted).flatMap(({ numbers }) => numbers);

test.each([
  ["13 got it resolved.", "13"],
  ["four women", "four"],
  ["Three came to us.", "Three"],
  ["ninety-two people", "ninety-two"],
  ["Ninety two of them", "Ninety two"],
  ["seventy‑seven people", "seventy-seven"],
  ["only one was a refugee, a Somali mother", "one"],
  ["One woman found a home.", "One"],
  ["one of them", "one"],
  ["2024 people", "2024"],
  ["In 2024 people were turned away", "2024"],
  ["of 2024 who came", "2024"],
  ["In May 12 people came", "12"],
  ["７ people", "7"],
  ["٧ people", "7"],
  ["7\u200b2 people", "72"],
  ["1,236 people", "1,236"],
  ["4people", "4"],
  ["a hundred and twelve people", "a hundred and twelve"],
  ["half a dozen families", "half a dozen"],
  ["a couple of girls", "a couple of"],
  ["one in seven", "one in seven"],
  ["41% had it resolved", "41%"],
  ["twelve per cent", "twelve per cent"],
  ["about £4,321 saved", "£4,321"],
  ["43 days", "43"],
  ["10 people", "10"],
  ["30 in 5 hostels", "30"],
])("“%s” may not leave: the paper does not show it", (text, number) => {
  expect(foundIn(text)).toContain(number);
});

test.each([
  "We helped 485 people, and 180 of 470 had a need resolved (38%).",
  "In 2026 we helped people, as since 2019 and in the summer of 2024.",
  "By 24 November we were open again; July 2026 was quiet, and from 1 to 24 May we were shut.",
  "This is our report for 2025/26.",
  "We answer within 24 hours, 24/7, five days a week, from 9.30am.",
  "Our 12 volunteers and three services worked for two years.",
  "Call 0191 496 0001 or come to SR1 3AA, by the A19.",
  "For the first time, on the 21st and the twenty-second, no one was turned away.",
  "Nobody should wait. Each one matters, one day at a time, and everyone is welcome.",
  "Groups were small: fewer than 10 people, or none.",
  "One-to-one help is what works, one step after another.",
  "About two in five had a need resolved.",
])("“%s” leaves", (text) => {
  expect(foundIn(text)).toEqual([]);
});

test("a sentence that is left as it was drafted passes", () => {
  const [section] = drafted.sections;
  expect(foundIn(`${section?.text} We are proud of it.`)).toEqual([]);
});

test("the part and the number are named, and a part that is not in the paper does not count", () => {
  const parts = numbersNotShown({ lead: "We met 13.", needs: "Four and 13 and 13.", value: "77" }, drafted);
  expect(whyNotLeaving(parts)).toContain("13 in the lead; Four and 13 in “What people needed help with”.");
  expect(whyNotLeaving([])).toBeNull();
});
