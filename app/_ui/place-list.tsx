"use client";
/** Where somebody is signed in: devices and browsers, when each was used last, and a way to shut each out. */
import { Button } from "@mantine/core";
import type { Place } from "../../server/devices";
import { lastUsed } from "./dates";
import { Icon } from "./icon";
import rows from "./rows.module.css";
import { Tag } from "./tag";

interface PlaceListProps {
  places: readonly Place[];
  now: Date;
  onShutOut: (place: Place) => void;
}

export function PlaceList({ places, now, onShutOut }: PlaceListProps) {
  return (
    <ul className={rows["card"]}>
      {places.map((place) => (
        <li key={place.id}>
          <div className={rows["line"]}>
            <Icon name={place.kind === "device" ? "phone" : "key"} size={22} />
            <span className={rows["words"]}>
              <strong>{place.name}</strong>
              <span>
                {place.kind === "device" ? "Carries people for working without signal" : "Signed in"}
                {" · "}
                {place.isHere ? "in use now" : lastUsed(place.lastSeenAt, now)}
              </span>
            </span>
            {place.isHere ? (
              <Tag>This one</Tag>
            ) : (
              <Button
                variant="subtle"
                size="sm"
                aria-label={`Shut out ${place.name}, ${lastUsed(place.lastSeenAt, now)}`}
                onClick={() => onShutOut(place)}
              >
                Shut out
              </Button>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
