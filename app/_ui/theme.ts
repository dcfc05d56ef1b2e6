"use client";
/**
 * Mantine told to use our tokens: its variables point at ours, so light and dark have one source (globals.css),
 * and the few controls that we use take their shape from theme.module.css.
 */
import { type CSSVariablesResolver, createTheme } from "@mantine/core";
import styles from "./theme.module.css";

const FONT = "var(--font-hyperlegible), system-ui, sans-serif";

/** Label, hint, error, then the field: the order in which people need them (GOV.UK error message pattern). */
const FIELD_ORDER = ["label", "description", "error", "input"] as const;
const field = {
  defaultProps: { inputWrapperOrder: [...FIELD_ORDER] },
  classNames: { input: styles["input"] },
};

export const theme = createTheme({
  fontFamily: FONT,
  headings: { fontFamily: FONT, fontWeight: "680" },
  primaryColor: "brand",
  colors: {
    // Mantine wants ten shades; every place that would show one reads a token instead (see below).
    brand: [
      "#E2EEE9",
      "#C6DED5",
      "#A6DDCD",
      "#7FCBB6",
      "#4E9A87",
      "#2F7565",
      "#1A594D",
      "#164D43",
      "#11423A",
      "#0B1F1A",
    ],
  },
  defaultRadius: "10px",
  cursorType: "pointer",
  respectReducedMotion: true,
  focusRing: "never",
  // Plain objects, not `Select.extend(…)`: naming a component here would send it to every page.
  components: {
    Button: { classNames: { root: styles["button"], label: styles["buttonWords"] } },
    Input: { classNames: { input: styles["input"] } },
    InputWrapper: {
      defaultProps: { inputWrapperOrder: [...FIELD_ORDER] },
      classNames: { label: styles["label"], description: styles["hint"], error: styles["error"] },
    },
    TextInput: field,
    PasswordInput: field,
    Textarea: field,
    Select: {
      defaultProps: { ...field.defaultProps, checkIconPosition: "right", allowDeselect: false },
      classNames: field.classNames,
    },
    MultiSelect: {
      ...field,
      classNames: { ...field.classNames, inputField: styles["typed"], pill: styles["pill"] },
    },
    Checkbox: { classNames: { label: styles["checkLabel"], description: styles["checkHint"] } },
    Radio: { classNames: { label: styles["checkLabel"], description: styles["checkHint"] } },
    Modal: {
      defaultProps: { centered: true, radius: "16px", overlayProps: { backgroundOpacity: 0.4 } },
      classNames: { content: styles["modal"], header: styles["modalHeader"], title: styles["modalTitle"] },
    },
  },
});

const TOKENS = {
  "--mantine-color-white": "var(--surface)",
  "--mantine-color-black": "var(--ink)",
  "--mantine-color-gray-0": "var(--sunk)",
  "--mantine-color-gray-1": "var(--sunk)",
  "--mantine-color-gray-2": "var(--line)",
  "--mantine-color-gray-3": "var(--line)",
  "--mantine-color-gray-4": "var(--line-strong)",
  "--mantine-color-gray-5": "var(--ink-3)",
  "--mantine-color-gray-6": "var(--ink-3)",
  "--mantine-color-gray-7": "var(--ink-2)",
  "--mantine-color-body": "var(--paper)",
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-bright": "var(--ink)",
  "--mantine-color-dimmed": "var(--ink-3)",
  "--mantine-color-placeholder": "var(--ink-3)",
  "--mantine-color-anchor": "var(--brand)",
  "--mantine-color-error": "var(--stop)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--sunk)",
  "--mantine-color-default-color": "var(--ink)",
  "--mantine-color-default-border": "var(--line-strong)",
  "--mantine-color-disabled": "var(--sunk)",
  "--mantine-color-disabled-color": "var(--ink-3)",
  "--mantine-color-disabled-border": "var(--line)",
  "--mantine-primary-color-filled": "var(--brand)",
  "--mantine-primary-color-filled-hover": "var(--brand-strong)",
  "--mantine-primary-color-contrast": "var(--on-brand)",
  "--mantine-color-brand-filled": "var(--brand)",
  "--mantine-color-brand-filled-hover": "var(--brand-strong)",
  "--mantine-color-brand-light": "var(--brand-wash)",
  "--mantine-color-brand-light-hover": "var(--brand-wash)",
  "--mantine-color-brand-light-color": "var(--brand-strong)",
  "--mantine-color-brand-outline": "var(--brand)",
  "--mantine-color-brand-outline-hover": "var(--brand-wash)",
};

/** Light and dark are the same here: the tokens themselves change with the reader's preference. */
export const tokensForMantine: CSSVariablesResolver = () => ({ variables: TOKENS, light: TOKENS, dark: {} });
