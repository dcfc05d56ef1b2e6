/** What routes that hand out files answer with: a body that is made while it is read. */

/** Stretches of bytes as the body of an answer. Whoever stops reading stops the work behind it. */
export function bodyOf(stretches: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await stretches.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await stretches.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
}
