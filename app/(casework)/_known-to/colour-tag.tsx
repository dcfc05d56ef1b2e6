/** How serious what is open is: a colour, always with its name and what it means. */
import type { Colour } from "../../../server/domain/agreements/known-to";
import { Tag, type Tone } from "../../_ui/tag";

const COLOURS: Readonly<Record<Colour, { tone: Tone; words: string }>> = {
  red: { tone: "stop", words: "Red: something serious is open" },
  amber: { tone: "wait", words: "Amber: something is open" },
  green: { tone: "brand", words: "Green: something small is open" },
  none: { tone: "plain", words: "Nothing is open" },
};

export function ColourTag({ colour }: { colour: Colour }) {
  return <Tag tone={COLOURS[colour].tone}>{COLOURS[colour].words}</Tag>;
}
