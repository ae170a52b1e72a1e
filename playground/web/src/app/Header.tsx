/** Name, pages, state of the systems, theme and session. */
import { SessionMenu } from "../session/SessionMenu";
import { SystemsPill } from "../systems/SystemsPill";
import icon from "./icon.svg";
import { PAGES, routeHash, type Page } from "./route";
import { nextTheme, useTheme, type Theme } from "./theme";

const LABELS: Readonly<Record<Page, string>> = { explore: "Explore", alarms: "Alarms", systems: "Systems" };
const THEMES: Readonly<Record<Theme, { sign: string; label: string }>> = {
  system: { sign: "◐", label: "Theme: as the system" },
  light: { sign: "☀", label: "Theme: light" },
  dark: { sign: "☾", label: "Theme: dark" },
};

export function Header({ page }: { page: Page }) {
  const theme = useTheme();
  return (
    <header className="header">
      <span className="brand">
        <img src={icon} alt="" width="22" height="22" />
        gql_ems
      </span>
      <nav aria-label="Pages">
        {PAGES.map((name) => (
          <a key={name} href={routeHash(name)} aria-current={name === page ? "page" : undefined}>
            {LABELS[name]}
          </a>
        ))}
      </nav>
      <span className="header-end">
        <SystemsPill />
        <button type="button" className="icon-button" onClick={nextTheme} aria-label={THEMES[theme].label} title={THEMES[theme].label}>
          <span aria-hidden="true">{THEMES[theme].sign}</span>
        </button>
        <SessionMenu />
      </span>
    </header>
  );
}
