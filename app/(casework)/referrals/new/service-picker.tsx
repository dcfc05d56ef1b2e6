"use client";
/**
 * Choosing where a referral goes: services that help with the chosen needs, those on Common Need first because they
 * see it at once, then the directory's; or one typed by hand. What is out of date is said before it is chosen.
 */
import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { SendReferralInput } from "../../../../server/domain/referral-input";
import type { ReferralDestination } from "../../../../server/domain/referral-shown";
import styles from "../../../_referral/referral.module.css";
import { useTRPC } from "../../../_trpc/client";
import { faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { Segmented } from "../../../_ui/segmented";
import { Tag } from "../../../_ui/tag";

export interface ChosenService {
  key: string;
  name: string;
  /** As it is read out to the person. */
  spokenName: string;
  phone: string | null;
  url: string | null;
  openingWords: string;
  destination: SendReferralInput["to"];
}

const FIRST_SHOWN = 6;

interface ServicePickerProps {
  clientId: string;
  /** Codes of the needs to hand over. */
  needs: readonly string[];
  chosen: ChosenService | null;
  onChoose: (service: ChosenService | null) => void;
}

export function ServicePicker({ clientId, needs, chosen, onChoose }: ServicePickerProps) {
  const trpc = useTRPC();
  const [typed, setTyped] = useState("");
  const [text] = useDebouncedValue(typed, 250);
  const [all, setAll] = useState(false);
  const [byHand, setByHand] = useState(false);
  const found = useQuery(
    trpc.referrals.destinations.queryOptions(
      { clientId, needs: [...new Set(needs)], text },
      { enabled: needs.length > 0 || text !== "", placeholderData: keepPreviousData },
    ),
  );
  const destinations = found.data?.destinations ?? [];
  const shown = all ? destinations : destinations.slice(0, FIRST_SHOWN);
  return (
    <section aria-labelledby="to-whom">
      <h2 id="to-whom">To whom</h2>
      <TextInput
        id="service-search"
        mt={8}
        label="Find a service"
        description="Services that help with what you chose stand below. Type a name for another one."
        type="search"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {found.data?.placeNote && <p className={styles["minor"]}>{found.data.placeNote}</p>}
      {found.isError && <p role="alert">{faultsOf(found.error)[0]?.message}</p>}
      <div className={styles["options"]} role="radiogroup" aria-label="Services">
        {shown.map((service) => (
          <ServiceOption
            key={service.key}
            service={service}
            checked={chosen?.key === service.key}
            onChoose={() => {
              setByHand(false);
              onChoose(chosenFrom(service));
            }}
          />
        ))}
      </div>
      <p role="status" className={styles["minor"]}>
        {needs.length === 0 &&
          text === "" &&
          "Choose what to hand over, and services that can help show up here."}
        {found.isSuccess &&
          destinations.length === 0 &&
          "No service found. Type another word, or enter one yourself."}
      </p>
      <div className={styles["tools"]}>
        {destinations.length > FIRST_SHOWN && !all && (
          <Button variant="default" size="sm" onClick={() => setAll(true)}>
            Show all {destinations.length}
          </Button>
        )}
        {!byHand && (
          <Button
            variant="subtle"
            size="sm"
            onClick={() => {
              setByHand(true);
              onChoose(null);
            }}
          >
            Enter another service
          </Button>
        )}
      </div>
      {byHand && <ByHand onChoose={onChoose} />}
    </section>
  );
}

interface ServiceOptionProps {
  service: ReferralDestination;
  checked: boolean;
  onChoose: () => void;
}

function ServiceOption({ service, checked, onChoose }: ServiceOptionProps) {
  const reachable = chosenFrom(service) !== null;
  return (
    <label className={styles["option"]}>
      <input type="radio" name="service" checked={checked} disabled={!reachable} onChange={onChoose} />
      <span className={styles["optionWords"]}>
        <strong>{service.name}</strong>
        <span className={styles["minor"]}>
          {[service.organisationName, ...service.why].filter(Boolean).join(" · ")}
        </span>
        {service.staleWords && <span className={styles["stale"]}>{service.staleWords}</span>}
        <span>
          <Tag tone={service.platform ? "brand" : "plain"}>{wayInWords(service)}</Tag>
        </span>
        {!service.platform && service.email && (
          <span className={service.emailBy ? styles["stale"] : styles["minor"]}>
            {[service.email, service.emailBy].filter(Boolean).join(", ")}
          </span>
        )}
      </span>
    </label>
  );
}

function wayInWords({ platform, email, phone }: ReferralDestination): string {
  if (platform) return "Sees it at once";
  if (email) return "By e-mail";
  return phone ? "By phone" : "No way to reach it is known";
}

/** The service as it is chosen; null when there is no way to reach it. */
function chosenFrom(service: ReferralDestination): ChosenService | null {
  const { key, name, organisationName, platform, directoryId, email, phone, url, openingWords } = service;
  const spokenName = organisationName && organisationName !== name ? `${name} at ${organisationName}` : name;
  const words = { key, name, spokenName, phone, url, openingWords };
  if (platform) return { ...words, destination: { way: "platform", ...platform } };
  if (email)
    return { ...words, spokenName: name, destination: { way: "email", name, email, phone, directoryId } };
  if (phone) return { ...words, spokenName: name, destination: { way: "phone", name, phone, directoryId } };
  return null;
}

/** A service that no list holds: its name and one way to reach it. */
function ByHand({ onChoose }: { onChoose: (service: ChosenService | null) => void }) {
  const [way, setWay] = useState<"email" | "phone">("email");
  const [name, setName] = useState("");
  const [reach, setReach] = useState("");
  const change = (next: { way?: "email" | "phone"; name?: string; reach?: string }) => {
    const now = { way, name, reach, ...next };
    setWay(now.way);
    setName(now.name);
    setReach(now.reach);
    onChoose({
      key: "by-hand",
      name: now.name,
      spokenName: now.name,
      phone: now.way === "phone" ? now.reach : null,
      url: null,
      openingWords: "",
      destination:
        now.way === "email"
          ? { way: "email", name: now.name, email: now.reach }
          : { way: "phone", name: now.name, phone: now.reach },
    });
  };
  return (
    <div className={form["form"]}>
      <TextInput
        id="referral-to-name"
        label="Name of the service"
        autoComplete="off"
        value={name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Segmented
        label="How you reach it"
        value={way}
        options={[
          { value: "email", label: "By e-mail" },
          { value: "phone", label: "By phone" },
        ]}
        onChange={(next) => change({ way: next, reach: "" })}
      />
      <TextInput
        id={`referral-to-${way}`}
        label={way === "email" ? "E-mail address of the service" : "Phone number of the service"}
        description={
          way === "email"
            ? "They get a link. Nothing about the person is in the mail."
            : "You call them, and write down what they say."
        }
        type={way === "email" ? "email" : "tel"}
        autoComplete="off"
        value={reach}
        onChange={(event) => change({ reach: event.currentTarget.value })}
      />
    </div>
  );
}
