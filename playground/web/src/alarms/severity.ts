/** How severities are written and coloured. */
import type { Severity } from "../generated/operations";

export const SEVERITY_LABELS: Readonly<Record<Severity, string>> = {
  CRITICAL: "Critical",
  MAJOR: "Major",
  MINOR: "Minor",
  WARNING: "Warning",
  INDETERMINATE: "Indeterminate",
  CLEARED: "Cleared",
};

/** The style sheet gives each class its colour as `--severity`. */
export function severityClass(severity: Severity): string {
  return `severity-${severity.toLowerCase()}`;
}
