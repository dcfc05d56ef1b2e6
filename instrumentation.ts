/** Runs once when the web process starts, before it answers anybody. */

export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs" || process.env["NEXT_PHASE"] === "phase-production-build")
    return;
  const { nameCallers } = await import("./server/addresses");
  const { endUnlessBound } = await import("./server/readiness");
  const { pools } = await import("./server/pools");
  const { describeError, log } = await import("./server/log");
  const { renewPieces } = await import("./server/client-pieces");
  nameCallers();
  await endUnlessBound(pools());
  // Nobody waits for this: until it is done, people known before are found by what they could be found by before.
  renewPieces(pools()).then(
    (people) => people > 0 && log().info({ people }, "made findable in new ways"),
    (error: unknown) =>
      log().error({ error: describeError(error) }, "people were not made findable in new ways"),
  );
}
