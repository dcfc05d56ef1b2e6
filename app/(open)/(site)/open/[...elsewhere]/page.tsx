/** Every other address below the public pages: it is answered in their own words. */
import { notFound } from "next/navigation";

export default function ElsewherePage(): never {
  notFound();
}
