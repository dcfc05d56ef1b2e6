/** Runs once when the web process starts, before it answers anybody. */

export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs" || process.env["NEXT_PHASE"] === "phase-production-build")
    return;
  const { nameCallers } = await import("./server/addresses");
  const { endUnlessBound } = await import("./server/readiness");
  const { pools } = await import("./server/pools");
  nameCallers();
  await endUnlessBound(pools());
}
