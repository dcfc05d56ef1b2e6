/** Where contacts were logged before the field screens had an address of their own. */
import { redirect } from "next/navigation";

export default async function OldContactPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  redirect(`/contact?with=${encodeURIComponent(id)}`);
}
