/** Where a study is, as a word with a shape, and what comes next, as a sentence. */
import type { StudyView } from "../../../server/domain/lab/studies";
import type { StudyState } from "../../../server/domain/lab/study";
import type { IconName } from "../../_ui/icon";
import { Tag, type Tone } from "../../_ui/tag";

interface StateLook {
  word: string;
  tone: Tone;
  icon?: IconName;
  /** What happens next, and who does it. */
  next: string;
}

const LOOKS: Readonly<Record<StudyState, StateLook>> = {
  draft: { word: "Draft", tone: "plain", next: "Finish the plan and ask a second person." },
  asked: {
    word: "Waits for a second person",
    tone: "wait",
    icon: "clock",
    next: "Somebody else reads the plan and approves it.",
  },
  fixed: { word: "Plan fixed", tone: "info", icon: "lock", next: "Send the file." },
  running: {
    word: "Running",
    tone: "wait",
    icon: "clock",
    next: "You can leave: the result will be here when you come back.",
  },
  ready: { word: "Ready to read", tone: "brand", icon: "check", next: "Read it. The data holder checks it." },
  signed: { word: "Checked", tone: "brand", icon: "check", next: "Put it on the public register." },
  published: { word: "On the register", tone: "brand", icon: "check", next: "Everybody can read it." },
  "too-few": {
    word: "Too few people",
    tone: "plain",
    icon: "dash",
    next: "A line on the public register says so, without a number.",
  },
  withdrawn: { word: "Withdrawn", tone: "plain", icon: "dash", next: "Nothing more happens with it." },
};

export function StateTag({ state }: { state: StudyState }) {
  const { word, tone, icon } = LOOKS[state];
  return (
    <Tag tone={tone} {...(icon && { icon })}>
      {word}
    </Tag>
  );
}

export const nextStep = ({ state, needsFile }: Pick<StudyView, "state" | "needsFile">): string =>
  state === "fixed" && !needsFile ? "Run it." : LOOKS[state].next;
