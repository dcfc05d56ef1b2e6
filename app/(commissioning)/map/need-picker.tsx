"use client";
/** Picks any need, a domain or a single need by typing: labels, codes and the words that workers use all find it. */
import { type ComboboxParsedItem, Select } from "@mantine/core";
import { ANY_NODE, DOMAINS, findNode, getNodeByNumber, needsOf } from "../../../server/domain/needs";
import { chooseMarked } from "./choose-marked";

const ANY = getNodeByNumber(ANY_NODE);

const CHOICES = [
  { group: "Everything", items: [{ value: ANY.path, label: ANY.label }] },
  ...DOMAINS.map((domain) => ({
    group: domain.label,
    items: [
      { value: domain.code, label: `${domain.label} (all)` },
      ...needsOf(domain)
        .filter((need) => need.retiredOn === undefined)
        .map((need) => ({ value: need.code, label: need.label })),
    ],
  })),
];

/** Everything a choice is found by, in lower case. */
function wordsOf(path: string): string {
  const node = findNode(path);
  if (!node) return "";
  if (node.kind === "need") {
    return [node.label, node.path, node.need.definition, ...node.need.synonyms].join(" ").toLowerCase();
  }
  return `${node.label} ${node.path} all`.toLowerCase();
}
const WORDS = new Map(
  CHOICES.flatMap((group) => group.items.map((item) => [item.value, wordsOf(item.value)])),
);

export function NeedPicker({
  label = "Need",
  value,
  onChange,
}: {
  label?: string;
  value: string;
  onChange: (path: string) => void;
}) {
  return (
    <Select
      label={label}
      searchable
      data={CHOICES}
      value={value}
      onChange={(path) => path && onChange(path)}
      filter={({ options, search }) => {
        const words = search.toLowerCase().split(/\s+/).filter(Boolean);
        const isFound = (path: string) => words.every((word) => WORDS.get(path)?.includes(word));
        const isNamed = ({ label: name }: { label: string }) =>
          words.every((word) => name.toLowerCase().includes(word));
        // What is called so comes before what has it only in its other words: the first one found is marked.
        const named: ComboboxParsedItem[] = [];
        const found: ComboboxParsedItem[] = [];
        for (const option of options) {
          if (!("group" in option)) {
            if (isFound(option.value)) (isNamed(option) ? named : found).push(option);
            continue;
          }
          const items = option.items.filter((item) => isFound(item.value));
          items.sort((a, b) => Number(isNamed(b)) - Number(isNamed(a)));
          const [first] = items;
          if (first) (isNamed(first) ? named : found).push({ ...option, items });
        }
        return [...named, ...found];
      }}
      nothingFoundMessage="No need by that name. Try another word for it."
      maxDropdownHeight={320}
      // The field stands at the top, and there is always room below it: while its drawer moves in, that is not so yet.
      comboboxProps={{ shadow: "md", middlewares: { flip: false } }}
      selectFirstOptionOnChange
      wrapperProps={{ onKeyDownCapture: chooseMarked }}
      // The words of the choice are there to be typed over.
      onFocus={(event) => event.currentTarget.select()}
    />
  );
}
