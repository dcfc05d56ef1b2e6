import { expect, test } from "vitest";
import { splitName } from "./name-split";

test.each([
  ["dawn hetherington", "Dawn", "Hetherington"],
  ["Hetherington, Dawn", "Dawn", "Hetherington"],
  ["HETHERINGTON, DAWN MARY", "Dawn Mary", "Hetherington"],
  ["mary jane o'neill-smith", "Mary Jane", "O'Neill-Smith"],
  ["Maria de la Cruz", "Maria", "de la Cruz"],
  ["jan van der berg", "Jan", "van der Berg"],
  ["Ronan McKay", "Ronan", "McKay"],
  ["kofi", "Kofi", ""],
  ["  élodie   dubois ", "Élodie", "Dubois"],
  ["van dijk", "Van", "Dijk"],
  ["", "", ""],
])("%s is %s and %s", (said, givenName, familyName) => {
  expect(splitName(said)).toEqual({ givenName, familyName });
});
