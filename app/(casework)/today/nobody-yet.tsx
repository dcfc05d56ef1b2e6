/** What a day says to whoever looks after nobody yet, and where they begin. */
import Link from "next/link";

/** `unassigned`: how many people stand further down to be taken on. */
export function NobodyYet({ unassigned }: { unassigned: number }) {
  if (unassigned > 0) return <>You look after nobody yet. Take somebody on below, or on their record.</>;
  return (
    <>
      You look after nobody yet, and nobody waits to be taken on.{" "}
      <Link href="/people">Find or add somebody</Link>
    </>
  );
}
