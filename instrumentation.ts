/** Runs once when the web process starts, before it answers anybody. */

export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs" || process.env["NEXT_PHASE"] === "phase-production-build")
    return;
  const { nameCallers } = await import("./server/addresses");
  const { endUnlessBound } = await import("./server/readiness");
  const { pools } = await import("./server/pools");
  const { describeError, log } = await import("./server/log");
  const { renewPieces } = await import("./server/client-pieces");
  const { sealOldWords } = await import("./server/sealed-words");
  nameCallers();
  await endUnlessBound(pools());
  // Nobody waits for this: until it is done, people known before are found by what they could be found by before.
  renewPieces(pools()).then(
    (people) => people > 0 && log().info({ people }, "made findable in new ways"),
    (error: unknown) =>
      log().error({ error: describeError(error) }, "people were not made findable in new ways"),
  );
  // Nor for this: words that older versions kept plain are read either way.
  sealOldWords(pools()).then(
    (rows) => rows > 0 && log().info({ rows }, "words sealed that lay plain"),
    (error: unknown) => log().error({ error: describeError(error) }, "words that lie plain were not sealed"),
  );
}
