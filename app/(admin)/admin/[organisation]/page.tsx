/** How one organisation signs in: its own provider, and who of the provider's people is which member. */
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { NotFound } from "../../../../server/domain/errors";
import { createCaller } from "../../../../server/routers";
import { Page, PageTitle } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { LinkPeople } from "./link-people";
import { ProviderForm } from "./provider-form";

export const metadata: Metadata = { title: "Sign-in of an organisation" };

interface SignInSettingsPageProps {
  params: Promise<{ organisation: string }>;
}

export default async function SignInSettingsPage({ params }: SignInSettingsPageProps) {
  await requireViewerWho("organisation.manage");
  const { organisation } = await params;
  if (!/^\d{1,9}$/.test(organisation)) notFound();
  const settings = await createCaller(await pageContext())
    .sso.read({ organisationId: Number(organisation) })
    .catch((error: unknown) => {
      if (error instanceof Error && error.cause instanceof NotFound) notFound();
      throw error;
    });
  return (
    <Page narrow>
      <PageTitle title={`Sign-in of ${settings.organisationName}`}>
        {settings.provider?.isOn
          ? "Its people sign in at their own organisation. Whoever leaves there is out here within five minutes."
          : "Its people sign in with a password and a code. It can have its own sign-in page instead."}
      </PageTitle>
      <p>
        <Link href="/admin">All organisations</Link>
      </p>
      {settings.provider?.isOn && <LinkPeople settings={settings} />}
      <ProviderForm settings={settings} />
    </Page>
  );
}
