"use client";
/** Says by hand who of the provider's people is which member: by the code that they read out. */
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { linkSubject } from "../../../../server/domain/sso";
import type { SignInSettings } from "../../../../server/sso";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultOf, faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import rows from "../../../_ui/rows.module.css";
import { useStepUp } from "../../../_ui/step-up";

const FIELDS: Readonly<Record<string, string>> = { memberId: "link-member", code: "link-code" };

function waitingInWords(waiting: number): string {
  if (waiting === 0) return "Nobody waits at present.";
  return waiting === 1 ? "One person waits." : `${waiting} people wait.`;
}

export function LinkPeople({ settings }: { settings: SignInSettings }) {
  const { organisationId, members, waiting } = settings;
  const trpc = useTRPC();
  const router = useRouter();
  const link = useMutation(trpc.sso.link.mutationOptions());
  const unlink = useMutation(trpc.sso.unlink.mutationOptions());
  const { ensure, dialog } = useStepUp();
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [done, setDone] = useState<string | null>(null);
  const [code, setCode] = useState("");
  const [memberId, setMemberId] = useState("");
  const linked = members.filter(({ linkedAt }) => linkedAt !== null);
  const open = members.filter(({ linkedAt }) => linkedAt === null);
  const nameOf = (id: string) => members.find((member) => member.id === id)?.name ?? "They";

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setDone(null);
    const asked = { organisationId, memberId, code };
    const read = linkSubject.safeParse(asked);
    if (!read.success) {
      setErrors(
        read.error.issues.map(({ path, message }) => {
          const fieldId = FIELDS[String(path[0])];
          return fieldId ? { message, fieldId } : { message };
        }),
      );
      return;
    }
    setErrors([]);
    try {
      if (!(await ensure())) return;
      await link.mutateAsync(asked);
      setDone(`${nameOf(memberId)} is linked and can sign in with the organisation.`);
      setCode("");
      setMemberId("");
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error, FIELDS));
    }
  };
  const takeAway = async (id: string) => {
    setDone(null);
    setErrors([]);
    try {
      await unlink.mutateAsync({ organisationId, memberId: id });
      setDone(`${nameOf(id)} is unlinked and was signed out.`);
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };

  return (
    <section style={{ marginTop: 28 }} aria-labelledby="link-title">
      {dialog}
      <h2 id="link-title">Link somebody</h2>
      <p>
        {waitingInWords(waiting)} Somebody who signs in for the first time sees a code. Be sure whom you speak
        to, then enter it: nothing else links anybody, no name and no e-mail address.
      </p>
      <div role="status">{done && <p className={form["good"]}>{done}</p>}</div>
      <form className={form["form"]} onSubmit={(event) => void submit(event)} noValidate>
        <ErrorSummary errors={errors} />
        <TextInput
          id="link-code"
          label="Code that they see"
          description="Such as K7QM-XW2P"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          error={faultOf(errors, "link-code")}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <NativeSelect
          id="link-member"
          label="Who it is"
          error={faultOf(errors, "link-member")}
          value={memberId}
          onChange={(event) => setMemberId(event.currentTarget.value)}
          data={[{ value: "", label: "Choose" }, ...open.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <div className={form["actions"]}>
          <Button type="submit" loading={link.isPending}>
            Link
          </Button>
        </div>
      </form>
      {linked.length > 0 && (
        <>
          <h3>Linked</h3>
          <ul className={rows["rows"]}>
            {linked.map(({ id, name }) => (
              <li key={id} className={rows["line"]}>
                <span className={rows["words"]}>
                  <strong>{name}</strong>
                </span>
                <Button
                  variant="default"
                  aria-label={`Unlink ${name}`}
                  disabled={unlink.isPending}
                  onClick={() => void takeAway(id)}
                >
                  Unlink
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
