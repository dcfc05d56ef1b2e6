"use client";
/** Which provider an organisation trusts. The secret goes in and is never shown again. */
import { Button, Checkbox, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { saveProvider } from "../../../../server/domain/sso";
import type { SignInSettings } from "../../../../server/sso";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultOf, faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { useStepUp } from "../../../_ui/step-up";

const FIELDS: Readonly<Record<string, string>> = {
  issuer: "issuer",
  clientId: "client-id",
  clientSecret: "client-secret",
  scopes: "scopes",
  acrValues: "acr-values",
};

export function ProviderForm({ settings }: { settings: SignInSettings }) {
  const { organisationId, provider } = settings;
  const trpc = useTRPC();
  const router = useRouter();
  const save = useMutation(trpc.sso.save.mutationOptions());
  const turnOff = useMutation(trpc.sso.turnOff.mutationOptions());
  const { ensure, dialog } = useStepUp();
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [done, setDone] = useState<string | null>(null);
  const [trusts, setTrusts] = useState(provider?.trustsSecondFactor ?? false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setDone(null);
    const given = new FormData(event.currentTarget);
    const text = (name: string) => String(given.get(name) ?? "");
    const asked = {
      organisationId,
      issuer: text("issuer"),
      clientId: text("client-id"),
      clientSecret: text("client-secret"),
      scopes: text("scopes"),
      trustsSecondFactor: trusts,
      acrValues: text("acr-values"),
    };
    const read = saveProvider.safeParse(asked);
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
      await save.mutateAsync(asked);
      setDone("Saved: the provider answered, and its people can sign in.");
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error, FIELDS));
    }
  };
  const off = async () => {
    setDone(null);
    setErrors([]);
    try {
      await turnOff.mutateAsync({ organisationId });
      setDone("Turned off: everybody who came in that way was signed out, and passwords work again.");
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };

  return (
    <section style={{ marginTop: 28 }} aria-labelledby="provider-title">
      {dialog}
      <h2 id="provider-title">Its own sign-in page</h2>
      <p>
        Register Common Need with the organisation’s provider (OpenID Connect) and enter what it gives you. It
        sends people back to <code>{settings.returnAddress}</code>
      </p>
      <div role="status">{done && <p className={form["good"]}>{done}</p>}</div>
      <form className={form["form"]} onSubmit={(event) => void submit(event)} noValidate>
        <ErrorSummary errors={errors} />
        <TextInput
          id="issuer"
          name="issuer"
          label="Address of the provider (issuer)"
          description="Such as https://login.example.org/tenant"
          autoComplete="off"
          inputMode="url"
          defaultValue={provider?.issuer ?? ""}
          error={faultOf(errors, "issuer")}
        />
        <TextInput
          id="client-id"
          name="client-id"
          label="Client ID"
          autoComplete="off"
          defaultValue={provider?.clientId ?? ""}
          error={faultOf(errors, "client-id")}
        />
        <PasswordInput
          id="client-secret"
          name="client-secret"
          label="Client secret"
          description={provider ? "Leave it empty to keep the one there is." : undefined}
          autoComplete="off"
          error={faultOf(errors, "client-secret")}
          visibilityToggleButtonProps={{ "aria-label": "Show the secret" }}
        />
        <Checkbox
          checked={trusts}
          onChange={(event) => setTrusts(event.currentTarget.checked)}
          label="Its second step counts as ours"
          description="Only where the provider says that there was one. Otherwise our own code is asked for."
        />
        <details>
          <summary>Where the provider needs more</summary>
          <div className={form["form"]}>
            <TextInput
              id="scopes"
              name="scopes"
              label="More scopes"
              description="offline_access, where it is needed to be asked again whether somebody still works there"
              autoComplete="off"
              defaultValue={provider?.scopes.join(" ") ?? ""}
              error={faultOf(errors, "scopes")}
            />
            <TextInput
              id="acr-values"
              name="acr-values"
              label="Values of acr that mean a second step"
              description="Beside amr “mfa”, which always does"
              autoComplete="off"
              defaultValue={provider?.acrValues.join(" ") ?? ""}
              error={faultOf(errors, "acr-values")}
            />
          </div>
        </details>
        <div className={form["actions"]}>
          <Button type="submit" loading={save.isPending}>
            {provider?.isOn ? "Save" : "Save and turn on"}
          </Button>
          {provider?.isOn && (
            <Button variant="default" loading={turnOff.isPending} onClick={() => void off()}>
              Turn off
            </Button>
          )}
        </div>
      </form>
    </section>
  );
}
