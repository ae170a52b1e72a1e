/** The live board of standing alarms. */
import { useEffect, useMemo, useState } from "react";
import { replaceSearch, useRoute } from "../app/route";
import { useServices } from "../app/services";
import { useCell } from "../state/cell";
import { ActionBar } from "./ActionBar";
import { ActionDialog } from "./ActionDialog";
import { AlarmDetail } from "./AlarmDetail";
import { AlarmGrid } from "./AlarmGrid";
import "./alarms.css";
import { countBySeverity } from "./board";
import { Announcer } from "./Announcer";
import { filterFromSearch, filterToSearch, narrow, ofSeverities, subscriptionFilter, type BoardFilter } from "./filter";
import { FilterBar } from "./FilterBar";
import type { Link } from "./follow";
import { LinkBanner } from "./LinkBanner";
import { SeverityTiles } from "./SeverityTiles";
import { useOperator } from "./useOperator";

const EMPTY_TEXTS: Readonly<Record<Link["phase"], string>> = {
  connecting: "Reading the alarms…",
  live: "No alarm matches.",
  lost: "Not connected.",
  refused: "Nothing to show.",
};

export function AlarmsPage() {
  const { alarms, session } = useServices();
  const { search } = useRoute();
  const { generation, signedIn } = useCell(session.state);
  const board = useCell(alarms.board);
  const link = useCell(alarms.link);
  const damage = useCell(alarms.damage);

  const filter = useMemo(() => filterFromSearch(search), [search]);
  const narrowed = useMemo(() => narrow(board.rows, filter), [board, filter]);
  const rows = useMemo(() => ofSeverities(narrowed, filter.severities), [narrowed, filter]);
  const counts = useMemo(() => countBySeverity(narrowed), [narrowed]);

  const [activeId, setActiveId] = useState<string | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const operator = useOperator(board, activeId);

  useEffect(() => alarms.follow(subscriptionFilter(filter)), [alarms, filter, generation]);

  const change = (part: Partial<BoardFilter>) => replaceSearch(filterToSearch({ ...filter, ...part }));

  return (
    <div className="alarms">
      <h1 className="visually-hidden">Alarms</h1>
      <LinkBanner
        link={link}
        onRetry={() => alarms.retry()}
        onSignIn={signedIn ? null : () => session.ask("The alarm board needs a sign-in.")}
      />
      {damage && (
        <p className="banner banner-lost" role="status">
          {damage.count} {damage.count === 1 ? "alarm" : "alarms"} could not be read: {damage.message}
        </p>
      )}
      <div className="alarms-head">
        <SeverityTiles counts={counts} chosen={filter.severities} onChoose={(severities) => change({ severities })} />
        <FilterBar filter={filter} rows={board.rows} onChange={change} />
      </div>
      <ActionBar operator={operator} shown={rows.length} link={link} />
      <div className="alarms-body">
        <AlarmGrid
          rows={rows}
          activeId={activeId}
          selected={operator.selected}
          empty={EMPTY_TEXTS[link.phase]}
          onActive={setActiveId}
          onOpen={setOpenId}
          onClose={() => setOpenId(null)}
          onSelect={operator.select}
          onToggle={operator.toggle}
          onAction={operator.begin}
        />
        {openId !== null && (
          <AlarmDetail
            key={openId}
            id={openId}
            standing={board.alarms.get(openId) ?? null}
            onAction={(kind) => operator.begin(kind, [openId])}
            onClose={() => setOpenId(null)}
          />
        )}
      </div>
      <Announcer />
      {operator.asking && <ActionDialog key={operator.asking.kind} asking={operator.asking} onDone={operator.finish} />}
    </div>
  );
}
