"use client";
/** One's own devices and browsers. Shutting one out asks once more; the one at hand is left by signing out. */
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Place } from "../../../server/devices";
import form from "../../_ui/form.module.css";
import { PlaceList } from "../../_ui/place-list";

const ShutOut = dynamic(async () => (await import("./shut-out")).ShutOut, { ssr: false });

export function Places({ places, now }: { places: readonly Place[]; now: Date }) {
  const router = useRouter();
  const [leaving, setLeaving] = useState<Place | null>(null);
  const [done, setDone] = useState<string | null>(null);
  return (
    <>
      <div role="status">{done && <p className={form["good"]}>{done}</p>}</div>
      <PlaceList
        places={places}
        now={now}
        onShutOut={(place) => {
          setDone(null);
          setLeaving(place);
        }}
      />
      {leaving && (
        <ShutOut
          place={leaving}
          onDone={(words) => {
            setDone(words);
            setLeaving(null);
            router.refresh();
          }}
          onCancel={() => setLeaving(null)}
        />
      )}
    </>
  );
}
