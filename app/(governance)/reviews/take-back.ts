"use client";
/** Takes a steward's word back, wherever on the desk they say so. The pair is open again if it rested on that word. */
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "../../_trpc/client";
import { takenBackInWords } from "./outcome";
import { useDesk, useQueue } from "./queue";

/** `opensPair`: leads back to the pair, from a screen that may show another by now. */
export function useTakeBack({ opensPair }: { opensPair: boolean }) {
  const { tell } = useDesk();
  const { refresh } = useQueue();
  const router = useRouter();
  const trpc = useTRPC();
  return useMutation(
    trpc.reviews.takeBack.mutationOptions({
      onSuccess: async ({ id, isOpen }) => {
        tell({ id, message: takenBackInWords(isOpen), isRecorded: false });
        await refresh();
        if (opensPair) router.push(`/reviews/${id}`);
        router.refresh();
      },
    }),
  );
}
