/** The front door: everybody goes to where their role begins its day. */
import { redirect } from "next/navigation";
import { homeOf, requireViewer } from "./_ui/viewer";

export default async function FrontDoor() {
  const viewer = await requireViewer();
  redirect(homeOf(viewer.roles));
}
