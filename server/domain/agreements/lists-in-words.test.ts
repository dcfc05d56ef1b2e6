import { expect, test } from "vitest";
import type { Cell } from "./agreement";
import { howListsAreAsked, needsAsked, whereInWords } from "./lists-in-words";

const cell = (place: Cell["place"], detail: Cell["detail"], group: Cell["group"] = "manager"): Cell => ({
  ...{ place, detail, group, rests: "basis" },
});

test("what is signed says by which needs lists can be asked for", () => {
  const cells = [cell("street", "known-to"), cell("household", "full")];
  expect(howListsAreAsked({ cells, needs: ["HOU-04", "FAM", "MEN"] })).toEqual([
    "Managers can ask for lists of streets by these alone: Rent or mortgage arrears; Family and relationships: any of them. Being in one tells that the need is there.",
    "Managers can ask for lists of homes by any need that is covered.",
  ]);
  expect(howListsAreAsked({ cells: cells.slice(0, 1), needs: ["MEN"] })).toEqual([
    "Managers can make no list of streets: no need is named that is not sensitive.",
  ]);
  expect(howListsAreAsked({ cells: [cell("ward", "known-to")], needs: ["*"] })).toEqual([]);
});

test("each group is told what it can ask for, and those with the same together", () => {
  const cells = [
    cell("person", "rag", "caseworker"),
    cell("person", "rag"),
    cell("street", "coded"),
    // Commissioners see no row about a place or a person, and so ask for none.
    cell("street", "coded", "commissioner"),
  ];
  expect(howListsAreAsked({ cells, needs: ["*", "HOU-04"] })).toEqual([
    "Caseworkers and managers can ask for lists of own people by these alone: any need at all, without saying which; Rent or mortgage arrears. Being in one tells that the need is there.",
    "Managers can ask for lists of streets by any need that is covered.",
  ]);
});

test("a need that is sensitive is in no sentence of what can be asked for by name, also inside its domain", () => {
  const [said] = howListsAreAsked({ cells: [cell("street", "rag")], needs: ["PHY", "PHY-08"] });
  expect(said).toContain("by these alone: Physical health: any of them. Being");
});

test("a list is named by what it is of, where, and by which needs", () => {
  expect(whereInWords({ level: "household", within: ["SR1 3", "SR1 4"], street: "Whitby Street" })).toBe(
    "Homes in Whitby Street, SR1 3 and SR1 4",
  );
  expect(needsAsked(["HOU-04", "*"])).toBe("Rent or mortgage arrears and Any need that the agreement covers");
});
