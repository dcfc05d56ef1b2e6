/**
 * `lab evaluate`: matching and effects of a de-identified file, by a plan. Nothing is stored and no installation is
 * opened. The method: docs/methods/lab.md.
 */

import { Invalid } from "../domain/errors";
import { analyse } from "../domain/lab/analyse";
import {
  type Analysis,
  type AnalysisPlan,
  analysisPlanSchema,
  type LabTable,
  type MethodResult,
} from "../domain/lab/analysis";
import { type CellFault, PeopleReader } from "../domain/lab/evaluate";
import { analysisInWords, methodInWords } from "../domain/lab/evaluate-words";
import { inDigits } from "../domain/number-text";
import { rowsOfFile } from "../extract-file";
import { fitPropensityInThreads } from "../lab-threads";
import { type Call, type Command, readOptions, required, WrongUsage } from "./command";
import { readMapping } from "./parse";

/** Faults told one by one; the rest are counted. */
const MOST_FAULTS = 20;

export const labEvaluate: Command = {
  name: "lab evaluate",
  usage: "FILE.csv --plan PLAN.json",
  about:
    "Compares who took part with people like them, by a plan, in a file without names. Nothing is stored.",
  async run(call) {
    const { text, operands } = readOptions(call.args, ["plan"]);
    const [path, ...more] = operands;
    if (path === undefined || more.length > 0) throw new WrongUsage("Name one file to evaluate.");
    const plan = await readMapping(required(text.plan, "plan"), analysisPlanSchema, "plan");
    const table = await readTable(call, path, plan);
    tell(call, analyse(table, plan, await fitPropensityInThreads(table, plan.covariates)));
    return 0;
  },
};

/** The people of the file. Throws Invalid after telling what cannot be right: a file is taken whole or not at all. */
async function readTable(call: Call, path: string, plan: AnalysisPlan): Promise<LabTable> {
  let reader: PeopleReader | undefined;
  let faults = 0;
  const take = (found: readonly CellFault[]) => {
    for (const fault of found) {
      faults += 1;
      if (faults <= MOST_FAULTS) tellFault(call, fault);
    }
  };
  for await (const { line, cells, header } of rowsOfFile(
    path,
    (columns) => new PeopleReader(plan, columns),
  )) {
    reader = header;
    take(header.add(line, cells));
  }
  if (!reader || reader.people === 0) throw new Invalid(`${path} holds nobody below its first line.`);
  take(reader.doubles());
  if (faults > 0) {
    const rest = faults > MOST_FAULTS ? ` The first ${MOST_FAULTS} are told.` : "";
    throw new Invalid(`${inDigits(faults)} values of ${path} cannot be right.${rest} Nothing was evaluated.`);
  }
  return reader.table();
}

function tellFault(call: Call, { line, column, reason, remedy }: CellFault): void {
  if (call.json) call.result({ line, column, reason, remedy });
  else call.say(`  line ${line}, ${column}: ${reason}. ${remedy}.`);
}

/** One line for the people, the model, each method, each sub-group, and the tests. */
function tell(call: Call, analysis: Analysis): void {
  const { treated, comparison, propensity, methods, noHeadline, subgroups, subgroupsLeftOut, tests } =
    analysis;
  const words = analysisInWords(analysis);
  call.result({ people: treated + comparison, treated, comparison }, words.people);
  call.result({ propensity }, words.propensity);
  methods.forEach((method: MethodResult, at) => {
    call.result(
      { ...method, isHeadline: at === 0 && noHeadline === null },
      methodInWords(method, at, noHeadline),
    );
  });
  for (const subgroup of subgroups) call.result({ subgroup }, words.subgroup(subgroup));
  for (const leftOut of subgroupsLeftOut) call.result({ subgroupLeftOut: leftOut }, words.leftOut(leftOut));
  call.result({ tests, noHeadline }, words.tests);
}
