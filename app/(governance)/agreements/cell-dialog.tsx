"use client";
/** One cell of the grid: which groups see it, and what each waits for. What can never be shown says so. */
import { Button, Checkbox, Modal } from "@mantine/core";
import { type Cell, RESTS, type Rests } from "../../../server/domain/agreements/agreement";
import {
  type Detail,
  GROUPS,
  type Group,
  isAreaPlace,
  type Place,
} from "../../../server/domain/agreements/grid";
import {
  DETAIL_WORDS,
  GROUP_WORDS,
  PLACE_WORDS,
  RESTS_WORDS,
} from "../../../server/domain/agreements/in-words";
import { canExist } from "../../../server/domain/agreements/value-map";
import styles from "./agreements.module.css";

interface CellDialogProps {
  at: { place: Place; detail: Detail } | null;
  cells: readonly Cell[];
  /** Whether the agreement is for safeguarding, which alone may rest on a duty. */
  safeguarding: boolean;
  onChange: (cells: Cell[]) => void;
  onClose: () => void;
}

export function CellDialog({ at, cells, safeguarding, onChange, onClose }: CellDialogProps) {
  return (
    <Modal
      opened={at !== null}
      onClose={onClose}
      title={at ? `${PLACE_WORDS[at.place]}: ${DETAIL_WORDS[at.detail].name.toLowerCase()}` : ""}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {at && (
        <>
          <p className={styles["quiet"]}>{opensWords(at.place, at.detail)}</p>
          {GROUPS.map((group) => (
            <GroupChoice
              key={group}
              group={group}
              at={at}
              cells={cells}
              safeguarding={safeguarding}
              onChange={onChange}
            />
          ))}
          <Button mt={18} onClick={onClose}>
            Done
          </Button>
        </>
      )}
    </Modal>
  );
}

interface GroupChoiceProps extends Pick<CellDialogProps, "cells" | "safeguarding" | "onChange"> {
  group: Group;
  at: { place: Place; detail: Detail };
}

function GroupChoice({ group, at, cells, safeguarding, onChange }: GroupChoiceProps) {
  const { place, detail } = at;
  const isHere = (cell: Cell, rests: Rests) =>
    cell.group === group && cell.place === place && cell.detail === detail && cell.rests === rests;
  const put = (rests: Rests, shared: boolean) => {
    const others = cells.filter((cell) => !isHere(cell, rests));
    onChange(shared ? [...others, { place, detail, group, rests }] : others);
  };
  const choices: readonly Rests[] = isAreaPlace(place)
    ? ["basis"]
    : RESTS.filter((rests) => rests !== "duty" || safeguarding);
  return (
    <fieldset className={styles["choice"]}>
      <legend>{GROUP_WORDS[group]}</legend>
      {canExist(group, at) ? (
        choices.map((rests) => (
          <Checkbox
            key={rests}
            my={14}
            label={isAreaPlace(place) ? "See these figures" : RESTS_WORDS[rests].long}
            checked={cells.some((cell) => isHere(cell, rests))}
            onChange={(event) => put(rests, event.currentTarget.checked)}
          />
        ))
      ) : (
        <p className={styles["quiet"]}>
          Does not exist: no agreement can show {GROUP_WORDS[group].toLowerCase()} this.
        </p>
      )}
    </fieldset>
  );
}

function opensWords(place: Place, detail: Detail): string {
  if (place === "authority") {
    return `Opens ${DETAIL_WORDS[detail].area}. Figures of whole authorities are open data: everyone sees them without an agreement.`;
  }
  if (isAreaPlace(place)) return `Opens ${DETAIL_WORDS[detail].area}. Never a person.`;
  const less = detail === "known-to" ? "" : ", and all that less detail opens";
  return `Opens ${DETAIL_WORDS[detail].close}${less}.`;
}
