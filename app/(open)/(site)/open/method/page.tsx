/** How we count, for everybody: the same words as for those who sign in. */
import type { Metadata } from "next";
import { Page, PageTitle } from "../../../../_ui/page-title";
import { MethodText } from "../../../../(commissioning)/method/method-text";

export const metadata: Metadata = { title: "How we count" };

export default function OpenMethodPage() {
  return (
    <Page narrow>
      <PageTitle title="How we count">What a figure says, what it does not, and when it moves.</PageTitle>
      <MethodText />
    </Page>
  );
}
