/**
 * A few choices side by side, of which one holds: native radio buttons, so arrow keys, form labels and screen
 * readers work as people expect. `value` null means that nothing is chosen yet.
 */
import { useId } from "react";
import styles from "./segmented.module.css";

interface SegmentedProps<T extends string> {
  /** What is asked, for people who listen to the page. */
  label: string;
  value: T | null;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  /** When given, pressing the chosen one again takes the choice back. */
  onClear?: () => void;
  disabled?: boolean;
}

export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
  onClear,
  disabled = false,
}: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset className={styles["segmented"]} disabled={disabled}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles["option"]}>
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            onClick={() => {
              if (option.value === value) onClear?.();
            }}
          />
          <span className={styles["words"]}>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
