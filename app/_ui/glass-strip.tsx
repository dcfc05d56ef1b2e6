"use client";
/** One emergency access that is open: where, until when, and a way to end it. It goes by itself when its time is over. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { OwnGlass } from "../../server/break-glass";
import { useTRPC } from "../_trpc/client";
import { timeOf } from "./dates";
import { faultsOf } from "./faults";
import styles from "./glass-strip.module.css";
import { Icon } from "./icon";

export function GlassStrip({ glass }: { glass: OwnGlass }) {
  const trpc = useTRPC();
  const router = useRouter();
  const { id, clientId, givingOrganisationName, endsAt } = glass;
  const end = useMutation(trpc.desk.endGlass.mutationOptions({ onSettled: () => router.refresh() }));
  useEffect(() => {
    const over = setTimeout(() => router.refresh(), Math.max(0, endsAt.getTime() - Date.now()) + 500);
    return () => clearTimeout(over);
  }, [endsAt, router]);
  return (
    <section className={styles["strip"]} aria-label="Emergency access is open">
      <Icon name="warn" size={18} />
      <p>
        <strong>
          Emergency access to {givingOrganisationName} is open until {timeOf(endsAt)}.
        </strong>{" "}
        Officers will review it. <Link href={`/people/${clientId}/emergency?open=${id}`}>What it shows</Link>
      </p>
      <Button variant="default" size="sm" loading={end.isPending} onClick={() => end.mutate({ id })}>
        End now
      </Button>
      {end.isError && <span role="alert">{faultsOf(end.error)[0]?.message}</span>}
    </section>
  );
}
