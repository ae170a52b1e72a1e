/** The frame: header, the page of the address, and the sign-in dialog. */
import { lazy, Suspense, useEffect } from "react";
import { AlarmsPage } from "../alarms/AlarmsPage";
import { SignInDialog } from "../session/SignInDialog";
import { useCell } from "../state/cell";
import { SystemsPage } from "../systems/SystemsPage";
import { Header } from "./Header";
import { useRoute, type Page } from "./route";
import { useServices } from "./services";

// The editor is by far the largest part, so the other pages do without it.
const ExplorePage = lazy(() => import("../explore/ExplorePage"));

const TITLES: Readonly<Record<Page, string>> = { explore: "Explore", alarms: "Alarms", systems: "Systems" };

export function App() {
  const { session, systems } = useServices();
  const { page } = useRoute();
  const { generation } = useCell(session.state);

  useEffect(() => {
    void session.load().catch(() => undefined);
  }, [session]);

  useEffect(() => systems.start(), [systems, generation]);

  useEffect(() => {
    document.title = `${TITLES[page]} · gql_ems`;
  }, [page]);

  return (
    <>
      <a className="skip-link" href="#main" onClick={focusMain}>
        Skip to the page
      </a>
      <Header page={page} />
      <main id="main" tabIndex={-1}>
        {page === "alarms" && <AlarmsPage />}
        {page === "systems" && <SystemsPage />}
        {page === "explore" && (
          <Suspense fallback={<p className="loading">Loading the editor…</p>}>
            <ExplorePage />
          </Suspense>
        )}
      </main>
      <SignInDialog />
    </>
  );
}

function focusMain(event: React.MouseEvent): void {
  // The address after the hash names the page, so the link must not change it.
  event.preventDefault();
  document.getElementById("main")?.focus();
}
